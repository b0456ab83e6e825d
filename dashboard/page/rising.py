"""Rising: what grew most against the four periods before, how surely, and the bursts of the time.

In: the session. Out: the page. Trap: the period above and the days of the bursts are two choices, since a
burst may lie in no period that compares.
"""

import streamlit as st

from dashboard import data, links
from dashboard.parts import bursts, card, filters, rising, rising_controls, session
from dashboard.parts.rising_controls import Asked
from dashboard.scenes.movement import rising_scene
from dashboard.texts import Texts


def show() -> None:
    """The whole page."""
    say, span = session.say(), filters.loaded_days()
    if span is None:
        session.show_no_items()
        return
    asked = rising_controls.ask(say)
    growth(say, asked)
    heading, days = st.columns([4, 1.4], vertical_alignment="bottom")
    with heading:
        st.subheader(say("bursts.heading"), anchor=False)
    with days:
        links.days("burst_days", *span)
        st.date_input(
            say("bursts.days"),
            min_value=span[0],
            max_value=span[1],
            key="burst_days",
            format="YYYY-MM-DD",
        )
    first, last = links.whole_span(st.session_state["burst_days"], *span)
    bursts.show(say, asked.kind, first, last)


def growth(say: Texts, asked: Asked) -> None:
    """The chart of growth, the chosen row, the table."""
    period = asked.period
    first = period.first if period else None
    asked_for = (asked.kind, asked.grain, first, asked.channel_set)
    scene = data.drawn(rising_scene, say, *asked_for)
    if scene is None or period is None:
        st.caption(say("rising.nothing"))
        return
    view = scene.view
    card.show(say, scene.name, view, scene.figure(), scene.answer, on_click=rising.choose_on_chart)
    rising.detail(view, period)
    rising.table(view)
