"""What rose, as a table on a slide.

In: a `RisingView`, an open slide. Out: a native, editable table. Trap: PowerPoint has no dot with an interval
on a scale of factors, so the interval stands in words.
"""

from __future__ import annotations

from typing import Any

from dashboard.charts.rising_view import RisingView
from dashboard.export.tables import draw_table

_MOST_ROWS = 12
_WIDTHS = (0.26, 0.1, 0.11, 0.11, 0.1, 0.15, 0.17)
_FILLS = {"rose": "#D9F0E3", "fell": "#F8DDD9"}


def draw(page: Any, view: RisingView) -> None:
    """One row a lab or theme of the chart, the surest growth first."""
    say = view.say
    heads = [
        say("rising.name"),
        say("rising.mentions"),
        say("rising.before"),
        say("rising.now"),
        say("rising.factor"),
        say("rising.interval"),
        say("rising.verdict"),
    ]
    rows, fills = [], []
    for row in view.shown()[:_MOST_ROWS]:
        mentions = say.number(row["mentions"])
        rows.append([view.name(row), mentions, *view.numbers(row), view.verdict(row)])
        fills.append(_FILLS.get(row["verdict"]))
    draw_table(page, heads, rows, _WIDTHS, fills)
