"""The page of lines over time, for labs and for themes: controls → answer → chart → items.

In: `lab` or `theme`. Out: the page. Trap: a click belongs to the figure that was clicked; after a filter
changed, its point may no longer be there, so it is looked up before items are asked for.
"""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from dashboard import data, links
from dashboard.charts import trend
from dashboard.charts.scope import Row
from dashboard.charts.trend_view import TREND_MEASURES, TrendView
from dashboard.parts import card, filters, items, marks, session, theme_split
from warehouse import answers
from warehouse.answers import Filters

_MOST_ITEMS = 200


def show(kind: str) -> None:
    """The whole page."""
    say, span = session.say(), filters.loaded_days()
    if span is None:
        session.show_no_items()
        return
    question = answers.lab_trend if kind == "lab" else answers.theme_trend
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
        channels, languages = filters.more(say, filters.band)
    if not chosen:
        st.info(say("trend.nothing_chosen"), icon=":material/arrow_upward:")
        return
    scope = Filters(grain, channels, languages, start, end)
    answer = data.ask(question, scope, tuple(chosen))
    if answer.frame.empty:
        st.info(say("problem.no_rows"), icon=":material/filter_alt_off:")
        return
    found = marks.mix_changes(scope)
    view = TrendView(
        kind,
        answer.frame,
        tuple(chosen),
        names,
        measure,
        grain,
        filters.scope(scope, (start, end), answer.items_total),
        say,
        breaks=found,
        events=marks.events(say, scope, (*chosen, *filters.counted_channels(channels))),
        levels=marks.levels(scope, chosen),
        across=marks.across(scope, kind, chosen, found),
        band=filters.is_band(len(chosen)),
    )
    clicked = card.show(say, f"{kind}_trend", view, trend.figure(view), answer)
    _items_of(view, scope, clicked)
    marks.table(view)
    if kind == "theme":
        theme_split.show(say, chosen, names)


def _items_of(view: TrendView, scope: Filters, clicked: object) -> None:
    """The items behind the clicked point."""
    say = view.say
    row = _row(view, clicked)
    if row is None:
        st.caption(say("trend.click"))
        return
    id_, moment = str(row[view.id_column]), row["period_start"].date()
    chosen = {view.id_column: id_, "period_start": moment, "limit": _MOST_ITEMS}
    found = data.ask(answers.items_behind, scope, **chosen)
    title = say("items.heading", name=view.names[id_], period=say.period(moment, view.grain))
    items.heading(say, title, len(found.frame), int(row["mentions"]))
    if not found.frame.empty:
        labs, themes = data.lab_names(say), data.theme_names(say)
        items.table(say, found.frame, labs, themes, f"items-{view.kind}-{id_}-{moment}")


def _row(view: TrendView, clicked: object) -> Row | None:
    """The row of the clicked point, if it is still on the chart."""
    if not isinstance(clicked, (list, tuple)) or len(clicked) != 2:
        return None
    id_, day = clicked
    frame = view.frame
    hit = frame[
        (frame[view.id_column] == id_)
        & (frame["period_start"] == pd.Timestamp(date.fromisoformat(day)))
    ]
    return None if hit.empty else hit.to_dict("records")[0]
