"""The page of lines over time, for labs and for themes: controls → answer → chart → items.

In: `lab` or `theme`. Out: the page. Trap: which moving averages there are depends on the grain, so their
choice is prepared after it.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import data, links
from dashboard.charts.trend_view import TREND_MEASURES, TrendView
from dashboard.parts import behind, card, filters, marks, session, theme_split
from dashboard.scenes import trend_scene
from dashboard.texts import Texts
from warehouse.answers import Filters


def show(kind: str) -> None:
    """The whole page."""
    say, span = session.say(), filters.loaded_days()
    if span is None:
        session.show_no_items()
        return
    names = data.names(say, kind)
    wide, dates, per, how, rest = st.columns(
        [3.4, 2.1, 1.25, 1.6, 1.3], vertical_alignment="bottom"
    )
    with wide:
        chosen = filters.series(say, kind, names, filters.named_most(kind))
    with dates:
        start, end = filters.period(say, *span)
    with per:
        grain = filters.grain(say, (span[1] - span[0]).days + 1)
    with how:
        measure = filters.measure(say, options=TREND_MEASURES)
    with rest:
        links.one("band", filters.BANDS, filters.BANDS[0])
        filters.prepare_smooth(grain)
        channels, languages = filters.more(say, partial(_how_drawn, grain))
    if not chosen:
        st.info(say("trend.nothing_chosen"), icon=":material/arrow_upward:")
        return
    scope = Filters(grain, channels, languages, start, end)
    drawn = (filters.has_band(), int(st.session_state["smooth"]))
    scene = data.drawn(trend_scene, say, kind, chosen, scope, measure, *drawn)
    if scene is None:
        st.info(say("problem.no_rows"), icon=":material/filter_alt_off:")
        return
    view = scene.view
    picked = card.draw(say, scene.name, view, scene.figure(), scene.answer, has_area=True)
    behind.show(view, scope, [point.get("customdata") for point in picked], say("trend.click_area"))
    marks.table(view)
    if kind == "theme":
        theme_split.show(say, chosen, names)


def _how_drawn(grain: str, say: Texts) -> None:
    """In the popover of filters: intervals and moving average."""
    filters.band(say)
    filters.smooth(say, grain)


def items_of(view: TrendView, scope: Filters, clicked: object) -> None:
    """The items and stories behind the one clicked point."""
    behind.show(view, scope, [clicked])
