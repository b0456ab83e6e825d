"""The page of lines over time, for labs and for themes: controls → answer → chart → items.

In: `lab` or `theme`. Out: the page. Trap: which moving averages there are depends on the grain, so their
choice is prepared after it.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import data, links
from dashboard.charts.trend_view import TREND_MEASURES
from dashboard.parts import behind, card, filters, marks, open_tag, session, theme_split
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
    wide, dates, per, what, rest = st.columns(
        [3.4, 2.1, 1.25, 1.6, 1.3], vertical_alignment="bottom"
    )
    with wide:
        chosen = filters.series(say, kind, names, filters.named_most(kind))
    with dates:
        start, end = filters.period(say, *span)
    with per:
        grain = filters.grain(say, (span[1] - span[0]).days + 1)
    with what:
        measure = filters.measure(say, options=TREND_MEASURES)
    with rest:
        channels, languages = how(say, grain)
    if not chosen:
        st.info(say("trend.nothing_chosen"), icon=":material/arrow_upward:")
        return
    scope = Filters(grain, channels, languages, start, end)
    scene = data.drawn(trend_scene, say, kind, chosen, scope, measure, *drawn_how())
    if scene is None:
        st.info(say("problem.no_rows"), icon=":material/filter_alt_off:")
        return
    view = scene.view
    picked = card.draw(say, scene.name, view, scene.figure(), scene.answer, has_area=True)
    open_tag.links(say, [(kind, id_) for id_ in chosen], "own-page")
    behind.show(view, scope, [point.get("customdata") for point in picked], say("trend.click_area"))
    marks.table(view)
    if kind == "theme":
        theme_split.show(say, chosen, names)


def how(say: Texts, grain: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The popover of filters with how the lines are drawn; returns channels and languages."""
    links.one("band", filters.BANDS, filters.BANDS[0])
    filters.prepare_smooth(grain)
    return filters.more(say, partial(_how_drawn, grain))


def drawn_how() -> tuple[bool | None, int | None]:
    """What was chosen there: intervals, and how many periods the moving average is over."""
    return filters.has_band(), filters.smooth_over()


def _how_drawn(grain: str, say: Texts) -> None:
    """In the popover of filters: intervals and moving average."""
    filters.band(say)
    filters.smooth(say, grain)
