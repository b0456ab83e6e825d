"""What a theme is made of: the parts that the machine finds in it, and the topics its items belong to.

In: the themes drawn. Out: two tables below the chart. Trap: parts are made of the theme's items alone and
tell small things apart; topics divide all news and are large: both are shown, each with what it counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from dashboard import data, links
from dashboard.charts.scope import Row
from dashboard.charts.topic_map import label_of
from dashboard.parts import items, percents, session
from dashboard.texts import Texts
from warehouse import topic_answers

_ROW_HEIGHT, _ROWS = 36, 10


def show(say: Texts, chosen: Sequence[str], names: Mapping[str, str]) -> None:
    """The section; without topics it says how to make them."""
    links.one("split", list(chosen), chosen[0])
    st.subheader(say("split.heading"), anchor=False)
    theme = st.selectbox(
        say("topics.theme"),
        list(chosen),
        format_func=lambda id_: names[id_],
        key="split",
        label_visibility="collapsed",
        width=360,
        placeholder=say("widgets.choose"),
    )
    parts = data.ask(topic_answers.parts_of_theme, theme)
    topics = data.ask(topic_answers.topics_of_theme, theme)
    if parts.frame.empty and topics.frame.empty:
        st.caption(say("split.none"))
        return
    left, right = st.columns(2)
    with left:
        part = _parts(say, theme, parts.frame, parts.items_total)
    with right:
        _topics(say, theme, topics.frame, topics.items_total)
    if part is not None:
        found = data.ask(topic_answers.items_by_id, tuple(part["typical_items"]))
        with st.container(key="part-name"):
            st.text(label_of(part, say))
        labs, themes = data.lab_names(say), data.theme_names(say)
        items.table(say, found.frame, labs, themes, f"part-{theme}-{part['position']}")


def _parts(say: Texts, theme: str, frame: pd.DataFrame, n: int) -> dict[str, object] | None:
    """The parts; returns the selected one."""
    together = say.number(frame["item_count"].sum())
    st.caption(say("split.parts", n=say.number(n), together=together))
    if frame.empty:
        return None
    rows = frame.to_dict("records")
    shown = pd.DataFrame(
        {
            "name": [label_of(row, say) for row in rows],
            "items": [row["item_count"] for row in rows],
            "terms": [say("join").join(_further_terms(row)) for row in rows],
        }
    )
    config = {
        "name": st.column_config.TextColumn(say("split.part"), width=230),
        "items": st.column_config.NumberColumn(say("topics.items"), width=56),
        "terms": st.column_config.TextColumn(say("split.terms"), width=300),
    }
    row = _selected(shown, config, f"parts-{theme}")
    return None if row is None else {str(k): v for k, v in rows[row].items()}


def _further_terms(row: Row) -> list[str]:
    """The terms that the name does not hold already."""
    named = f"{row['label']} {row['label_zh']}".lower()
    return [term for term in row["terms"] if term.lower() not in named]


def _topics(say: Texts, theme: str, frame: pd.DataFrame, n: int) -> None:
    """The topics; the selected one can be opened."""
    together = say.number(frame["mentions"].sum())
    st.caption(say("split.topics", n=say.number(n), together=together))
    if frame.empty:
        return
    rows = frame.to_dict("records")
    shown = pd.DataFrame(
        {
            "name": [label_of(row, say) for row in rows],
            "mentions": list(frame["mentions"]),
            "share": list(frame["share"]),
        }
    )
    config = {
        "name": st.column_config.TextColumn(say("topics.name"), width=230),
        "mentions": st.column_config.NumberColumn(say("topics.items"), width=56),
        "share": st.column_config.NumberColumn(say("split.share"), width=90),
    }
    row = _selected(shown, config, f"topics-of-{theme}", percents.written(say, shown, "share"))
    if row is not None and st.button(
        say("split.open"), icon=":material/bubble_chart:", key=f"open-topic-{theme}"
    ):
        session.open_page("topics", topic=rows[row]["topic_id"])


def _selected(
    shown: pd.DataFrame, config: dict[str, object], key: str, written: Styler | None = None
) -> int | None:
    """A table, shown as it is or as `written`; returns the place of the selected row."""
    event = st.dataframe(
        shown if written is None else written,
        column_config=config,
        hide_index=True,
        row_height=_ROW_HEIGHT,
        height=min(len(shown), _ROWS) * _ROW_HEIGHT + 40,
        key=key,
        on_select="rerun",
        selection_mode="single-row",
    )
    rows = event["selection"]["rows"]
    return rows[0] if rows and rows[0] < len(shown) else None
