"""What rose: the chosen lab or theme with its stories, and all of them as a table.

In: a `RisingView`. Out: parts of the page. Trap: the stories of a row are those with most items of the period
in the channels compared; they show what happened, not that it caused the growth.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import data, links
from dashboard.charts.rising_view import RisingView
from dashboard.parts import open_tag, story_list
from dashboard.parts.rising_controls import ALL
from warehouse import tag_answers
from warehouse.answers import Filters
from warehouse.spans import Span

CHART = "chart-rising"
_TABLE = "rising-table"
_ROW_HEIGHT, _ROWS, _STORIES = 36, 12, 8


def choose_on_chart() -> None:
    """A dot was clicked."""
    points = st.session_state[CHART]["selection"]["points"]
    if points:
        st.session_state["rise_of"] = points[0]["customdata"][0]


def detail(view: RisingView, period: Span) -> None:
    """The chosen row in a sentence, its stories, the way to its page."""
    say = view.say
    rows = {row["tag_id"]: row for row in view.frame.to_dict("records")}
    links.one("rise_of", ["", *rows], "")
    id_ = st.session_state["rise_of"]
    if not id_:
        st.caption(say("rising.click"))
        return
    channels = () if view.channel_set == ALL else (view.channel_set,)
    days = Filters("day", channels, (), period.first, period.last)
    with st.container(border=True, key="rise-in-full"):
        st.markdown(f"**{view.name(rows[id_])} · {view.when}**")
        st.caption(view.sentence(rows[id_]))
        found = data.ask(tag_answers.stories, days, view.kind, id_, False, _STORIES)
        story_list.show(say, found.frame, f"rise-stories-{id_}-{period.first}")
        open_tag.button(say, view.kind, id_, "rise-page", name=view.name(rows[id_]))


def table(view: RisingView) -> None:
    """All rows with verdict and reason; a selected one is shown in full above."""
    say, rows = view.say, view.frame.to_dict("records")
    numbers = [view.numbers(row) for row in rows]
    shown = pd.DataFrame(
        {
            "name": [view.name(row) for row in rows],
            "verdict": [view.verdict(row) for row in rows],
            "before": [n[0] for n in numbers],
            "now": [n[1] for n in numbers],
            "factor": [n[2] for n in numbers],
            "interval": [n[3] for n in numbers],
            "mentions": [row["mentions"] for row in rows],
            "stories": [list(row["story_titles"]) for row in rows],
            "note": [view.why(row) or view.note(row) for row in rows],
        }
    )
    ids = [row["tag_id"] for row in rows]

    def choose() -> None:
        picked = st.session_state[_TABLE]["selection"]["rows"]
        if picked and picked[0] < len(ids):
            st.session_state["rise_of"] = ids[picked[0]]

    with st.expander(say("rising.table", n=say.number(len(rows))), icon=":material/table:"):
        st.dataframe(
            shown,
            column_config=_config(view),
            hide_index=True,
            row_height=_ROW_HEIGHT,
            height=min(len(shown), _ROWS) * _ROW_HEIGHT + 42,
            key=_TABLE,
            on_select=choose,
            selection_mode="single-row",
        )


def _config(view: RisingView) -> dict[str, object]:
    say, text = view.say, st.column_config.TextColumn
    return {
        "name": text(say("rising.name"), width=170),
        "verdict": text(say("rising.verdict"), width=130),
        "before": text(say("rising.before"), width=72),
        "now": text(say("rising.now"), width=72),
        "factor": text(say("rising.factor"), width=72),
        "interval": text(say("rising.interval"), width=130),
        "mentions": st.column_config.NumberColumn(say("rising.mentions"), width=64),
        "stories": st.column_config.ListColumn(say("rising.stories"), width=320),
        "note": text(say("rising.note"), width=320),
    }
