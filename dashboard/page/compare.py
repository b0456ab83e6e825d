"""Compare: two periods of a lab or theme, or two of them in one period, with a plain verdict.

In: the session. Out: the page. Trap: cards, chart and table are of one list, so that no verdict, which is
corrected for the length of the list, contradicts another one on the same page.
"""

import streamlit as st

from dashboard import data
from dashboard.parts import behind_dot, card, compare_controls, filters, plain, session, verdicts
from dashboard.scenes import compare_scene
from warehouse.spans import SpanProblem


def show() -> None:
    """The whole page."""
    say, span = session.say(), filters.loaded_days()
    if span is None:
        session.show_no_items()
        return
    try:
        asked = compare_controls.ask(say, (span[1] - span[0]).days + 1)
    except SpanProblem as problem:
        st.info(
            say("compare.no_period", text=plain.label(str(problem), 60)),
            icon=":material/event_busy:",
        )
        return
    least = 1 if asked.against or asked.is_all else 2
    if len(asked.ids) < least:
        words = say("compare.need_one") if least == 1 else say("compare.need_two")
        st.info(words, icon=":material/arrow_upward:")
        return
    scene = data.drawn(
        compare_scene,
        say,
        asked.kind,
        asked.ids,
        asked.filters,
        asked.period,
        asked.against,
        asked.is_all,
    )
    view = scene.view
    verdicts.cards(view)
    if view.shown():
        clicked = card.show(say, scene.name, view, scene.figure(), scene.answer)
        behind_dot.show(view, asked.filters, clicked)
    verdicts.table(view)
