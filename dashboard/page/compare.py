"""Compare: two periods of a lab or theme, or two of them in one period, with a plain verdict.

In: the session. Out: the page. Trap: cards, chart and table are of one list, so that no verdict, which is
corrected for the length of the list, contradicts another one on the same page.
"""

import streamlit as st

from dashboard import data
from dashboard.charts import compare
from dashboard.charts.compare_view import CompareView
from dashboard.charts.scope import Scope
from dashboard.parts import card, compare_controls, filters, session, verdicts
from dashboard.parts.compare_controls import Question
from dashboard.texts import Texts
from warehouse import compare_answers
from warehouse.answers import Answer
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
        st.info(say("compare.no_period", text=problem), icon=":material/event_busy:")
        return
    least = 1 if asked.against or asked.is_all else 2
    if len(asked.ids) < least:
        words = say("compare.need_one") if least == 1 else say("compare.need_two")
        st.info(words, icon=":material/arrow_upward:")
        return
    answer = answer_of(asked)
    view = view_of(say, asked, answer)
    verdicts.cards(view)
    name = "compare_periods" if asked.against else "compare_tags"
    if view.shown():
        card.show(say, name, view, compare.figure(view), answer, clickable=False)
    verdicts.table(view)


def answer_of(asked: Question) -> Answer:
    """The comparison that was asked for."""
    if asked.against:
        ids = () if asked.is_all else asked.ids
        return data.ask(
            compare_answers.compare_periods,
            asked.filters,
            asked.kind,
            ids,
            asked.period,
            asked.against,
        )
    first, others = asked.ids[0], () if asked.is_all else asked.ids[1:]
    return data.ask(
        compare_answers.compare_tags, asked.filters, asked.kind, first, others, asked.period
    )


def view_of(say: Texts, asked: Question, answer: Answer) -> CompareView:
    """The answer with the names and words of the page."""
    scope = Scope(
        asked.period.first,
        asked.period.last,
        answer.items_total,
        asked.filters.channels,
        asked.filters.languages,
    )
    names = data.names(say, asked.kind)
    return CompareView(
        asked.kind, answer.frame, asked.ids, names, asked.period, asked.against, scope, say
    )
