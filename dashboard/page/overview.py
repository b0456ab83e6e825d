"""Overview: how far the data go, what moved and why, who leads, what came in last.

In: the session. Out: the page. Trap: everyone opens this page first, so it asks few questions and loads no
heavy widget; what is counted at all is read from the marts.
"""

import streamlit as st

from dashboard import data
from dashboard.parts import card, digest_list, overview, session
from dashboard.parts.open_tag import open_tag
from dashboard.scenes import overview as scenes
from dashboard.scenes.overview import Last
from dashboard.scenes.scene import loaded_days
from dashboard.texts import Texts
from warehouse import answers, overview_answers

_NEWEST, _LARGEST = 5, 5


def show() -> None:
    """The whole page."""
    say, span = session.say(), loaded_days(data.ask)
    if span is None:
        session.show_no_items()
        return
    periods = scenes.last_periods(data.ask)
    refused = len(data.ask(answers.quarantine).frame)
    broken = scenes.breaks_between(data.ask, periods, span[1])
    overview.facts(say, overview.what_is_loaded(say, data.loaded(), periods, refused, broken))
    for column, grain in zip(st.columns(2, gap="medium"), ("week", "month"), strict=True):
        with column:
            overview.moves(say, grain, periods.get(grain))
    if periods:
        st.caption(say("overview.rule"))
    last = periods.get("month") or periods.get("week")
    if last is not None:
        for column, kind in zip(st.columns(2, gap="small"), ("lab", "theme"), strict=True):
            with column:
                draw_top(say, kind, last)
    newest, largest = st.columns(2, gap="medium")
    with newest:
        st.subheader(say("overview.newest"), anchor=False)
        st.html(digest_list.html(data.ask(overview_answers.last_digests, _NEWEST).frame, say))
    week = periods.get("week") or last
    if week is not None:
        with largest, st.container(key="largest", gap="xsmall"):
            days = say.stretch(week.period.first, week.period.last, week.period.grain)
            st.subheader(say("overview.largest", period=days), anchor=False)
            found = data.ask(overview_answers.largest_stories, week.period, _LARGEST)
            overview.stories(say, found.frame)


def draw_top(say: Texts, kind: str, last: Last) -> None:
    """Who is named most; a click on a bar opens its page."""
    scene = data.drawn(scenes.top_scene, say, kind, last)
    if scene is None:
        return
    clicked = card.show(say, scene.name, scene.view, scene.figure(), scene.answer)
    if isinstance(clicked, (list, tuple)) and clicked:
        open_tag(kind, str(clicked[0]))
