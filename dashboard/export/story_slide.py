"""The listed stories as a table on a slide.

In: a `StoriesView`, an open slide. Out: a native, editable table. Trap: a title may be a whole sentence; in
full it would make its row three lines high and push the last rows over the footer, so texts are cut to the
width of their column, a Chinese character counting as two letters.
"""

from __future__ import annotations

from typing import Any

from dashboard.charts import style
from dashboard.charts.stories_view import StoriesView
from dashboard.export import tables

_MOST_ROWS = 10
_WIDTHS = (0.41, 0.14, 0.09, 0.07, 0.07, 0.22)
_TITLE, _LABS = 26.0, 14.0  # widths of the columns in heights of a letter


def draw(page: Any, view: StoriesView) -> None:
    """The first stories: title, first day, channels, issues, items, labs."""
    say = view.say
    columns = ("story", "first_on", "channels", "originals", "items", "labs")
    rows = [
        [
            fitted(view.name(row), _TITLE),
            say.day(row["first_on"]),
            say.number(row["channel_count"]),
            say.number(row["originals"]),
            say.number(row["items"]),
            fitted(view.labs(row), _LABS),
        ]
        for row in view.rows()[:_MOST_ROWS]
    ]
    heads = [say(f"stories.{column}") for column in columns]
    tables.draw_table(page, heads, rows, _WIDTHS, [None] * len(rows))


def fitted(text: str, width: float) -> str:
    """The text, cut with an ellipsis where it is wider than `width` letters are high."""
    if style.text_width(text, 1) <= width:
        return text
    while style.text_width(text, 1) > width - 1:
        text = text[:-1]
    return text.rstrip(" ,、，(（") + "…"
