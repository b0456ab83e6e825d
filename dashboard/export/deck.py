"""A view as a slide with a native, editable chart (or table), for PowerPoint and its relatives.

In: a view, the SQL behind it, the snapshot id. Out: the bytes of a .pptx. Trap: a slide leaves the page that
explains it, so it carries what its numbers mean and what must not be compared.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE

from dashboard.charts.bars import BarsView
from dashboard.charts.colours import look
from dashboard.charts.compare_view import CompareView
from dashboard.charts.trend_view import TrendView
from dashboard.charts.views import MatrixView, View, VolumeView
from dashboard.export import bars_slide, native, slide, tables, trend_slide

_NAMED = 3  # labs or themes in the sentence on what does not compare: a footer is short


def slide_of(view: View, sql: str, snapshot_id: str) -> bytes:
    """The slide of any view."""
    deck, page = _open(view, sql, snapshot_id)
    _DRAW[type(view)](page, view)
    return slide.save(deck)


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
}


def _open(view: View, sql: str, snapshot_id: str) -> tuple[Any, Any]:
    """A slide with the view's words; the SQL and the known events go into the notes."""
    say = view.say
    guard = view.guard_of(_NAMED) if isinstance(view, TrendView) else view.guard
    said = [guard.replace("**", ""), *view.notes, say("deck.footer", snapshot=snapshot_id)]
    footer = "\n".join([view.definition, " ".join(x for x in said if x)])
    definition = view.definition
    if isinstance(view, TrendView) and view.events:
        definition += "\n" + trend_slide.event_lines(view)
    notes = say("deck.notes", definition=definition, snapshot=snapshot_id, sql=sql)
    return slide.new(view.title, view.subtitle, footer, notes)
