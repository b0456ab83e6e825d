"""The bar above what rose: labs or themes, weeks or months, which period, which channels.

In: the periods of the snapshot. Out: what is asked. Trap: the newest period that compares is another one
after the next build, so it is the default, and a link without a period shows the newest.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard import data, links
from dashboard.charts.scope import Row
from dashboard.parts import filters
from dashboard.texts import Texts
from warehouse import trend_answers
from warehouse.spans import Span, code_of, parse_span

KINDS, GRAINS = ("lab", "theme"), ("month", "week")
ALL = "all"  # channel set


@dataclass(frozen=True)
class Asked:
    """What the reader asks; `period` None: the snapshot has nothing to compare."""

    kind: str
    grain: str
    period: Span | None
    channel_set: str


def ask(say: Texts) -> Asked:
    """The whole bar."""
    what, per, where, when, _ = st.columns([1.5, 1.5, 1.7, 2.3, 3], vertical_alignment="bottom")
    with what:
        kind = _segments(say("rising.what"), "kind", KINDS, _kind_names(say))
    with per:
        names = {code: say(f"grain.{code}") for code in GRAINS}
        grain = _segments(say("filters.grain"), "rise_per", GRAINS, names)
    with where:
        channel_set = _channels(say, grain)
    with when:
        period = _period(say, kind, grain, channel_set)
    return Asked(kind, grain, period, channel_set)


def _kind_names(say: Texts) -> dict[str, str]:
    return {"lab": say("pages.labs"), "theme": say("pages.themes")}


def _segments(label: str, key: str, options: tuple[str, ...], names: dict[str, str]) -> str:
    links.one(key, options, options[0])
    return str(
        st.segmented_control(
            label, options, format_func=lambda code: names[code], key=key, required=True
        )
    )


def _channels(say: Texts, grain: str) -> str:
    options = [ALL, *filters.available_channels()] if grain == "month" else [ALL]
    links.one("rise_channel", options, ALL)
    return str(
        st.selectbox(
            say("filters.channels"),
            options,
            format_func=lambda c: (
                say("rising.all_channels") if c == ALL else say.code("channel", c)
            ),
            key="rise_channel",
            help=say("rising.weeks_all_only"),
            disabled=len(options) == 1,
            placeholder=say("widgets.choose"),
        )
    )


def _period(say: Texts, kind: str, grain: str, channel_set: str) -> Span | None:
    """The chosen period; the options say what is to be found in each."""
    frame = data.ask(trend_answers.rising_periods, kind, grain, channel_set).frame
    rows = {code_of(grain, r["period_start"].date()): r for r in frame.to_dict("records")}
    if not rows:
        return None
    newest = next((code for code, row in rows.items() if row["comparable"]), next(iter(rows)))
    links.one("rise_in", list(rows), newest)
    code = st.selectbox(
        say("rising.period"),
        list(rows),
        format_func=lambda c: _label(say, c, rows[c]) if c in rows else c,
        key="rise_in",
        placeholder=say("widgets.choose"),
    )
    return parse_span(code)


def _label(say: Texts, code: str, row: Row) -> str:
    span = parse_span(code)
    period = say.period(span.first, span.grain)
    if not row["comparable"]:
        return say("rising.option_not", period=period)
    key = "rising.option" if row["rose"] else "rising.option_none"
    return say(key, period=period, n=say.number(row["rose"]))
