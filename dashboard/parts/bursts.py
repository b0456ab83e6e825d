"""Bursts: the timeline, and one burst explained by its words, stories and known events.

In: a kind and days. Out: parts of a page. Traps: words and titles come from the web, so they stand in tables
or as plain text; the words are computed for the chosen burst alone, since most are never opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard import data, links
from dashboard.charts.bursts_view import BurstsView, code_of
from dashboard.charts.scope import Row
from dashboard.parts import card, open_tag, percents, story_list
from dashboard.scenes.movement import bursts_scene
from dashboard.texts import Texts
from warehouse import trend_answers

_WORDS, _STORIES = 12, 8


def show(say: Texts, kind: str, first: date, last: date, ids: Sequence[str] = ()) -> None:
    """The timeline of all or of some labs or themes, and the chosen burst."""
    scene = data.drawn(bursts_scene, say, kind, first, last, tuple(ids))
    if scene is None:
        st.caption(say("bursts.none"))
        return
    view = scene.view
    rows = sorted(view.frame.to_dict("records"), key=lambda r: r["first_on"], reverse=True)
    codes = {code_of(row): row for row in rows}
    links.one("burst", ["", *codes], "")
    name = "-".join([scene.name, *ids])

    def choose() -> None:
        points = st.session_state[f"chart-{name}"]["selection"]["points"]
        if points:
            st.session_state["burst"] = points[0]["customdata"][0]

    card.show(say, name, view, scene.figure(), scene.answer, on_click=choose)
    chosen = st.selectbox(
        say("bursts.explain"),
        ["", *codes],
        format_func=lambda code: view.label(codes[code]) if code else say("bursts.choose"),
        key="burst",
        width=560,
        placeholder=say("widgets.choose"),
    )
    if chosen:
        explain(view, codes[chosen], with_page=not ids)


def explain(view: BurstsView, row: Row, with_page: bool = True) -> None:
    """One burst: what was counted, known events, words, stories; `with_page`: the way to its own page."""
    say, id_ = view.say, str(row["tag_id"])
    span = (row["first_on"].date(), row["last_on"].date())
    with st.container(border=True, key="burst-explained"):
        st.text(view.sentence(row))
        if view.events(row):
            st.text(say("bursts.known_events", events=view.events(row)))
        left, right = st.columns([2, 3])
        with left:
            st.markdown(f"**{say('bursts.words')}**", help=say("bursts.words_help"))
            _words(say, view.kind, id_, span)
        with right:
            st.markdown(f"**{say('bursts.stories')}**")
            found = data.ask(trend_answers.burst_stories, view.kind, id_, *span, _STORIES)
            story_list.show(say, found.frame, f"burst-stories-{code_of(row)}", title_width=430)
        if with_page:
            open_tag.button(say, view.kind, id_, "burst-page", name=view.name(row))


def _words(say: Texts, kind: str, id_: str, span: tuple[date, date]) -> None:
    frame = data.ask(trend_answers.burst_terms, kind, id_, *span, _WORDS).frame
    if frame.empty:
        st.caption(say("bursts.no_words"))
        return
    number = st.column_config.NumberColumn
    config = {
        "term": st.column_config.TextColumn(say("bursts.word"), width=150),
        "share": number(say("bursts.inside"), width=90),
        "baseline_share": number(say("bursts.around"), width=80),
        "z": number(say("bursts.z"), format="%.1f", width=56),
    }
    rows = percents.written(say, frame[list(config)], "share", "baseline_share")
    st.dataframe(rows, column_config=config, hide_index=True, row_height=36)
