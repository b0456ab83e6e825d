"""What stands behind a dot of a comparison: the items and stories of its lab or theme, in either period.

In: a `CompareView`, its channels and languages, the customdata of a dot. Out: a heading and two lists. Traps:
a click belongs to the figure that it was made on, so it is looked up before anything is asked for; a period
may be any days, so it is asked for as the months that it touches, of which the filters leave its days.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.charts.compare_view import CompareView
from dashboard.parts import behind
from warehouse import point_answers
from warehouse.answers import Answer, Filters
from warehouse.spans import Span

SIDE = "compare-side"  # the key of the choice of a period; no link holds it, as no link holds the click
_MOST = 200


def show(view: CompareView, filters: Filters, clicked: object) -> None:
    """Items and stories of the clicked lab or theme; of two periods the first, or the chosen one."""
    say, id_ = view.say, _clicked(view, clicked)
    if id_ is None:
        st.caption(say("compare.click"))
        return
    span = _side(view)
    found, told = of_span(filters, view.kind, id_, span)
    period = say.stretch(span.first, span.last, span.grain)
    heading = say("items.heading", name=view.names.get(id_, id_), period=period)
    key = f"compare-{view.kind}-{id_}-{span.first}-{span.last}"
    behind.lists(say, heading, found, told, key, [(view.kind, id_)])


def of_span(filters: Filters, kind: str, id_: str, span: Span) -> tuple[Answer, Answer]:
    """Items and stories of a lab or theme within the days of a period."""
    months = pd.period_range(span.first, span.last, freq="M")
    points = tuple((id_, month.start_time.date()) for month in months)
    scope = replace(filters, grain="month", start=span.first, end=span.last)
    asked = (scope, kind, points, _MOST)
    found = data.ask(point_answers.items_of_points, *asked)
    return found, data.ask(point_answers.stories_of_points, *asked)


def _clicked(view: CompareView, clicked: object) -> str | None:
    """The lab or theme of the clicked dot, None if the chart has no such dot any more."""
    there = {str(row[view.row_column]) for row in view.shown()}
    id_ = clicked[0] if isinstance(clicked, list | tuple) and clicked else None
    return id_ if isinstance(id_, str) and id_ in there else None


def _side(view: CompareView) -> Span:
    """The period whose items are shown; where there is only one, nothing is to be chosen."""
    if view.against is None:
        return view.period
    spans, names = {"period": view.period, "against": view.against}, view.sides()
    if (
        st.session_state.get(SIDE) not in spans
    ):  # a click is read with the labels of another language
        st.session_state[SIDE] = "period"
    chosen = st.segmented_control(
        view.say("filters.period"),
        list(spans),
        format_func=lambda side: names[side],
        key=SIDE,
        required=True,
        label_visibility="collapsed",
    )
    return spans[str(chosen)]
