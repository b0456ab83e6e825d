"""Ranked bars as a native chart with their intervals.

In: a `BarsView`, an open slide. Out: a bar chart with error bars. Trap: a native bar chart draws its first
category at the bottom, so the axis is turned round; and a program scales an axis by its bars alone, so an
interval would be cut.
"""

from __future__ import annotations

from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.util import Pt

from dashboard.charts.bars import BarsView
from dashboard.export import native, slide

_PALE = "#B9CFF5"  # a bar that may be chance
_FORMATS = {"share": "0.0%", "growth": "0.0×"}
_AIR = 1.03  # of the axis, beyond what is longest
_KEY = 280_000  # EMU, height of the line below the bars


def draw(page: Any, view: BarsView) -> None:
    """Fill the slide."""
    form = _FORMATS.get(view.measure, "#,##0")
    data = CategoryChartData(number_format=form)
    data.categories = [bar.name for bar in view.bars]
    data.add_series(view.title, [native.number(bar.value) for bar in view.bars])
    kind = XL_CHART_TYPE.BAR_CLUSTERED
    chart = native.add_chart(page, kind, data, view.measure, view.highest)
    chart.has_legend = False
    chart.category_axis.reverse_order = True
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    plot = chart.plots[0]
    plot.gap_width, plot.vary_by_categories = 45, False
    series = plot.series[0]
    for number, bar in enumerate(view.bars):
        fill = series.points[number].format.fill
        fill.solid()
        fill.fore_color.rgb = slide.colour(view.colour if bar.is_sure else _PALE)
    has_intervals = any(bar.low is not None for bar in view.bars)
    _label(series, form, has_intervals)
    if has_intervals:
        for number, bar in enumerate(view.bars):
            if not bar.is_sure:
                _label_pale(series.points[number])
        series.format.line.color.rgb = slide.colour(slide.MUTED)
        low = [None if b.low is None else max(b.value - b.low, 0.0) for b in view.bars]
        high = [None if b.high is None else max(b.high - b.value, 0.0) for b in view.bars]
        native.add_intervals(series, low, high)
        chart.value_axis.maximum_scale = _AIR * max(max(b.value, b.high or 0.0) for b in view.bars)
        _add_key(page, view)


def _add_key(page: Any, view: BarsView) -> None:
    """What the thin lines are, below the bars; the screen's words would name marks that no slide has."""
    page.shapes[-1].height -= _KEY  # the chart
    box = page.shapes.add_textbox(
        slide.LEFT, slide.BODY_TOP + slide.BODY_HEIGHT - _KEY, slide.INNER, _KEY
    )
    slide.write(box, view.say("report.interval"), 12, slide.MUTED)


def _label(series: Any, form: str, has_intervals: bool) -> None:
    """The values: at the end of a bar, or inside it where an interval would cross them."""
    labels = series.data_labels  # those of the plot would give way to the labels of single points
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = form, False
    labels.font.size = Pt(13)
    labels.position = (
        XL_LABEL_POSITION.INSIDE_BASE if has_intervals else XL_LABEL_POSITION.OUTSIDE_END
    )
    if has_intervals:
        labels.font.color.rgb, labels.font.bold = slide.colour("FFFFFF"), True


def _label_pale(point: Any) -> None:
    """White is not read on a pale bar; a point's own label takes nothing over from those of all."""
    label = point.data_label
    label.position = XL_LABEL_POSITION.INSIDE_BASE
    label.font.size, label.font.bold = Pt(13), True
    label.font.color.rgb = slide.colour(slide.INK)
