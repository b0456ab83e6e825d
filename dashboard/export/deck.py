"""A view as a slide with a native, editable chart (or table), for PowerPoint and its relatives.

In: a view, the SQL behind it, the snapshot id. Out: the bytes of a .pptx. Trap: a slide leaves the page that
explains it, so it carries what its numbers mean and what must not be compared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE

from dashboard.charts.bars import BarsView
from dashboard.charts.bursts_view import BurstsView
from dashboard.charts.colours import look
from dashboard.charts.compare_view import CompareView
from dashboard.charts.rising_view import RisingView
from dashboard.charts.stories_view import StoriesView
from dashboard.charts.trend_view import TrendView
from dashboard.charts.views import MatrixView, View, VolumeView
from dashboard.export import (
    bars_slide,
    burst_slide,
    native,
    rising_slide,
    slide,
    story_slide,
    tables,
    text_slide,
    trend_slide,
    words,
)
from dashboard.scenes import Scene


def slide_of(view: View, sql: str, snapshot_id: str) -> bytes:
    """The slide of any view."""
    deck = slide.blank()
    add(deck, view, sql, snapshot_id)
    return slide.save(deck)


def deck_of(cover: text_slide.Cover, pages: Sequence[Scene[Any] | text_slide.Rows]) -> bytes:
    """A cover, then charts and slides of words with their numbers."""
    deck = slide.blank()
    text_slide.add_cover(deck, cover)
    for number, page in enumerate(pages, start=2):
        if isinstance(page, text_slide.Rows):
            drawn = text_slide.add_rows(deck, page)
        else:
            drawn = add(deck, page.view, page.answer.sql, page.answer.snapshot_id)
        text_slide.add_number(drawn, number)
    return slide.save(deck)


def add(deck: Any, view: View, sql: str, snapshot_id: str) -> Any:
    """One more slide of an open deck; the SQL and the known events go into its notes."""
    say, definition = view.say, view.definition
    if isinstance(view, TrendView) and view.events:
        definition += "\n" + trend_slide.event_lines(view)
    notes = say("deck.notes", definition=definition, snapshot=snapshot_id, sql=sql)
    footer = "\n".join(words.below(view, snapshot_id, is_slide=True))
    page = slide.add(deck, view.title, view.subtitle, footer, notes)
    _DRAW[type(view)](page, view)
    return page


def draw_volume(page: Any, view: VolumeView) -> None:
    """Stacked columns a month, one series a channel."""
    moments = view.periods
    data = CategoryChartData(number_format="#,##0")
    data.categories = [view.say.period(m.date(), "month") for m in moments]
    for channel in view.channels:
        rows = view.frame[view.frame["channel"] == channel].set_index("period_start")["items_total"]
        data.add_series(view.say.code("channel", channel), [int(rows.get(m, 0)) for m in moments])
    chart = native.add_chart(page, XL_CHART_TYPE.COLUMN_STACKED, data, "items", 0)
    chart.plots[0].gap_width, chart.plots[0].overlap = 35, 100
    for series, channel in zip(chart.plots[0].series, view.channels, strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = slide.colour(look("channel", channel).colour)


# How each kind of view is drawn; a new kind is one line here.
_DRAW: dict[type[Any], Callable[[Any, Any], None]] = {
    TrendView: trend_slide.draw,
    MatrixView: tables.draw_matrix,
    CompareView: tables.draw_verdicts,
    VolumeView: draw_volume,
    BarsView: bars_slide.draw,
    RisingView: rising_slide.draw,
    BurstsView: burst_slide.draw,
    StoriesView: story_slide.draw,
}
