"""The own page of one lab or theme: how much, since when, with what, for which news.

In: `lab` or `theme`; the id in the address. Out: the page. Traps: all below the head is of the days and
channels chosen above, the head of the last complete period; the id stands in the address even if it is the
default, since that changes with the data.
"""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import data, links
from dashboard.charts.trend_view import TREND_MEASURES
from dashboard.parts import (
    behind,
    bursts,
    card,
    filters,
    marks,
    named_with,
    session,
    story_list,
    tag_head,
)
from dashboard.scenes import trend_scene
from dashboard.texts import Texts
from warehouse import tag_answers
from warehouse.answers import Filters

_STORIES = 30


def show(kind: str) -> None:
    """The whole page."""
    say, span = session.say(), filters.loaded_days()
    if span is None:
        session.show_no_items()
        return
    id_, scope, measure = _controls(say, kind, span)
    tag_head.show(say, kind, id_, scope, (span[1] - span[0]).days + 1)
    _trend(say, kind, id_, scope, measure)
    named_with.show(say, kind, id_, scope)
    first, last = scope.start or span[0], scope.end or span[1]
    st.subheader(say("bursts.heading"), anchor=False)
    bursts.show(say, kind, first, last, (id_,))
    st.subheader(say("tag.stories"), anchor=False)
    found = data.ask(tag_answers.stories, scope, kind, id_, True, _STORIES)
    story_list.show(say, found.frame, f"stories-of-{kind}-{id_}")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        card.actions(say, f"stories-{id_}", found)


def _controls(say: Texts, kind: str, span: tuple[date, date]) -> tuple[str, Filters, str]:
    """Which one, over which days, per what, which measure, which channels."""
    which, dates, per, how, rest = st.columns(
        [2.6, 2.1, 1.25, 1.6, 1.3], vertical_alignment="bottom"
    )
    with which:
        id_ = _which(say, kind)
    with dates:
        start, end = filters.period(say, *span)
    with per:
        grain = filters.grain(say, (span[1] - span[0]).days + 1)
    with how:
        measure = filters.measure(say, options=TREND_MEASURES)
    with rest:
        channels, languages = filters.more(say)
    return id_, Filters(grain, channels, languages, start, end), measure


def _which(say: Texts, kind: str) -> str:
    """The lab or theme; without one in the address that with most mentions."""
    names = data.names(say, kind)
    links.one(kind, ["", *names], "")
    if not st.session_state[kind]:
        st.session_state[kind] = filters.named_most(kind)[0]
    return str(
        st.selectbox(
            say("tag.lab") if kind == "lab" else say("tag.theme"),
            list(names),
            format_func=lambda id_: names.get(id_, id_),
            key=kind,
            placeholder=say("widgets.choose"),
        )
    )


def _trend(say: Texts, kind: str, id_: str, scope: Filters, measure: str) -> None:
    """Its line with the interval, and the events of the time."""
    scene = data.drawn(trend_scene, say, kind, (id_,), scope, measure, True)
    if scene is None:
        st.caption(say("problem.no_rows"))
        return
    name, view = f"{scene.name}-{id_}", scene.view
    picked = card.draw(say, name, view, scene.figure(), scene.answer, has_area=True)
    behind.show(view, scope, [point.get("customdata") for point in picked], say("trend.click_area"))
    marks.table(view)
