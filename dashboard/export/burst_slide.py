"""Bursts as a table on a slide, the strongest first.

In: a `BurstsView`, an open slide. Out: a native, editable table. Trap: PowerPoint has no chart of spans, and
a picture of one could not be edited.
"""

from __future__ import annotations

from typing import Any

from dashboard.charts.bursts_view import BurstsView
from dashboard.charts.factor import times
from dashboard.charts.style import text_width
from dashboard.export.tables import draw_table

_MOST_ROWS = 10
_WIDTHS = (0.19, 0.23, 0.07, 0.07, 0.08, 0.07, 0.29)
_EVENT = 250  # pixels of one line in the last cell


def draw(page: Any, view: BurstsView) -> None:
    """One row a burst."""
    say = view.say
    heads = [
        say("bursts.name"),
        say("bursts.days"),
        say("bursts.mentions"),
        say("bursts.share"),
        say("bursts.expected"),
        say("bursts.factor"),
        say("bursts.events"),
    ]
    rows = [
        [
            view.name(row),
            say("span", first=f"{row['first_on']:%Y-%m-%d}", last=f"{row['last_on']:%Y-%m-%d}"),
            say.number(row["mentions"]),
            say.percent(row["share"]),
            say.percent(row["expected_share"]),
            times(row["factor"]),
            _short(view.events(row)),
        ]
        for row in view.frame.head(_MOST_ROWS).to_dict("records")
    ]
    draw_table(page, heads, rows, _WIDTHS, [None] * len(rows))


def _short(text: str) -> str:
    """As much as stands in one line; two lines a row would push the table into the footer."""
    if text_width(text, 12) <= _EVENT:
        return text
    while text_width(text, 12) > _EVENT:
        text = text[:-1]
    return text.rstrip() + "…"
