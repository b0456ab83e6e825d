"""A view as a slide with a native, editable chart (or table), for PowerPoint and its relatives.

In: a view, the SQL behind it, the snapshot id. Out: the bytes of a .pptx. Traps: a line's default style
is too thin and its grid too dark to project; a chart type for heat maps does not exist, so the matrix
is a coloured table; a missing value must stay a gap, not become 0.
"""

from __future__ import annotations

from math import ceil
from typing import Any

import pandas as pd
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboard.charts.colours import look
from dashboard.charts.matrix import colour_of
from dashboard.charts.style import text_width
from dashboard.charts.views import MatrixView, TrendView, View, VolumeView, periods
from dashboard.export import slide

_DASH = {"solid": MSO_LINE.SOLID, "dash": MSO_LINE.DASH, "longdashdot": MSO_LINE.LONG_DASH_DOT}
_MARKER = {
    "circle": XL_MARKER_STYLE.CIRCLE,
    "square": XL_MARKER_STYLE.SQUARE,
    "diamond": XL_MARKER_STYLE.DIAMOND,
    "triangle-up": XL_MARKER_STYLE.TRIANGLE,
    "x": XL_MARKER_STYLE.X,
    "cross": XL_MARKER_STYLE.PLUS,
    "star": XL_MARKER_STYLE.STAR,
}
_AXIS_PIXELS = 700  # the axis of time at 72 pixels an inch, less the legend


def slide_of(view: View, sql: str, snapshot_id: str) -> bytes:
    """The slide of any view."""
    if isinstance(view, TrendView):
        return trend_slide(view, sql, snapshot_id)
    if isinstance(view, MatrixView):
        return matrix_slide(view, sql, snapshot_id)
    return volume_slide(view, sql, snapshot_id)


def trend_slide(view: TrendView, sql: str, snapshot_id: str) -> bytes:
    """Lines over time, one a lab or theme, in the look that they have on screen."""
    deck, page = _open(view, sql, snapshot_id)
    order = _by_last_value(view)
    data = _trend_data(view, order)
    chart = _add_chart(page, XL_CHART_TYPE.LINE_MARKERS, data, view.measure, _highest(view))
    moments = periods(view)
    open_periods = set(view.frame[view.frame["is_partial"]]["period_start"])
    for series, id_ in zip(chart.plots[0].series, order, strict=True):
        _draw_line(series, view.kind, id_, small=len(moments) > 40)
        for number, moment in enumerate(moments):
            if moment in open_periods:
                _draw_open_point(series.points[number], view.kind, id_)
    return slide.save(deck)


def volume_slide(view: VolumeView, sql: str, snapshot_id: str) -> bytes:
    """Stacked columns a month, one series a channel."""
    deck, page = _open(view, sql, snapshot_id)
    moments = periods(view)
    data = CategoryChartData(number_format="#,##0")
    data.categories = [view.say.period(m.date(), "month") for m in moments]
    for channel in view.channels:
        rows = view.frame[view.frame["channel"] == channel].set_index("period_start")["items_total"]
        data.add_series(view.say.code("channel", channel), [int(rows.get(m, 0)) for m in moments])
    chart = _add_chart(page, XL_CHART_TYPE.COLUMN_STACKED, data, "items", 0)
    chart.plots[0].gap_width, chart.plots[0].overlap = 35, 100
    for series, channel in zip(chart.plots[0].series, view.channels, strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = slide.colour(look("channel", channel).colour)
    return slide.save(deck)


def matrix_slide(view: MatrixView, sql: str, snapshot_id: str) -> bytes:
    """Lab × theme as a coloured table."""
    deck, page = _open(view, sql, snapshot_id)
    rows, columns = len(view.theme_ids) + 1, len(view.lab_ids) + 1
    place = (slide.LEFT, slide.BODY_TOP, slide.INNER, slide.BODY_HEIGHT)
    frame = page.shapes.add_table(rows, columns, *place)
    table = frame.table
    frame._element.graphic.graphicData.tbl.tblPr.attrib.clear()  # no banding, no header style
    first = int(slide.INNER * 0.23)
    for number, column in enumerate(table.columns):
        column.width = first if number == 0 else (slide.INNER - first) // (columns - 1)
    for row in table.rows:
        row.height = slide.BODY_HEIGHT // rows
    _fill_table(table, view, size=11 if max(rows, columns) <= 13 else 9)
    return slide.save(deck)


def _open(view: View, sql: str, snapshot_id: str) -> tuple[Any, Any]:
    """A slide with the view's words; the SQL goes into the notes."""
    say = view.say
    footer = "\n".join(
        [view.definition, " ".join([*view.notes, say("deck.footer", snapshot=snapshot_id)])]
    )
    notes = say("deck.notes", definition=view.definition, snapshot=snapshot_id, sql=sql)
    return slide.new(view.title, view.subtitle, footer, notes)


def _by_last_value(view: TrendView) -> list[str]:
    """Ids from the highest line end to the lowest, so that the legend stands in the lines' order."""
    last = {i: view.rows(i)[view.measure].dropna().tail(1).sum() for i in view.ids}
    return sorted(view.ids, key=lambda i: -last[i])


def _highest(view: TrendView) -> float:
    highest = view.frame[view.measure].max()
    return 0.0 if pd.isna(highest) else float(highest)


def _trend_data(view: TrendView, order: list[str]) -> CategoryChartData:
    moments = periods(view)
    open_periods = set(view.frame[view.frame["is_partial"]]["period_start"])
    data = CategoryChartData(number_format="0.0%" if view.measure == "share" else "#,##0")
    data.categories = [
        view.say.period(m.date(), view.grain) + ("*" if m in open_periods else "") for m in moments
    ]
    for id_ in order:
        values = view.rows(id_).set_index("period_start")[view.measure]
        data.add_series(view.names[id_], [_number(values.get(m)) for m in moments])
    return data


def _number(value: Any) -> float | int | None:
    """A plain number for the chart's workbook, None for a gap."""
    if value is None or pd.isna(value):
        return None
    return int(value) if float(value).is_integer() else float(value)


def _add_chart(page: Any, kind: Any, data: CategoryChartData, measure: str, highest: float) -> Any:
    """A native chart with light grid, large type and a legend on the right."""
    place = (slide.LEFT, slide.BODY_TOP, slide.INNER, slide.BODY_HEIGHT)
    chart = page.shapes.add_chart(kind, *place, data).chart
    chart.font.size, chart.font.color.rgb = Pt(13), slide.colour(slide.INK)
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.RIGHT, False
    chart.legend.font.size = Pt(14)
    values = chart.value_axis
    values.minimum_scale = 0
    values.major_gridlines.format.line.color.rgb = slide.colour(slide.GRID)
    values.format.line.fill.background()
    share_format = "0%" if highest >= 0.05 else "0.0%"
    values.tick_labels.number_format = share_format if measure == "share" else "#,##0"
    values.tick_labels.number_format_is_linked = False
    times = chart.category_axis
    times.format.line.color.rgb = slide.colour(slide.GRID)
    times.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    times.has_major_gridlines = False
    _skip_labels(times, _label_step([category.label for category in data.categories]))
    slide.set_typefaces(chart._chartSpace)
    return chart


def _label_step(labels: list[str]) -> int:
    """Write every n-th label, so that the longest part without a blank fits in its place."""
    widest = max((text_width(word, 14) for label in labels for word in label.split()), default=0)
    room = _AXIS_PIXELS / max(len(labels), 1)
    return max(1, ceil(widest / room))


def _skip_labels(axis: Any, step: int) -> None:
    """Write every step-th label; python-pptx has no name for this."""
    if step < 2:
        return
    for tag in ("c:tickLblSkip", "c:tickMarkSkip"):
        element = axis._element.makeelement(qn(tag), {"val": str(step)})
        axis._element.find(qn("c:noMultiLvlLbl")).addprevious(element)


def _draw_line(series: Any, kind: str, id_: str, small: bool) -> None:
    drawn = look(kind, id_)
    ink = slide.colour(drawn.colour)
    series.smooth = False
    line = series.format.line
    line.width, line.color.rgb, line.dash_style = Pt(2.75), ink, _DASH[drawn.dash]
    series.marker.style = _MARKER.get(drawn.symbol, XL_MARKER_STYLE.CIRCLE)
    series.marker.size = 4 if small else 7
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = ink
    series.marker.format.line.color.rgb = ink


def _draw_open_point(point: Any, kind: str, id_: str) -> None:
    """An incomplete period: dotted way, hollow marker. A point inherits nothing once it has a format."""
    drawn = look(kind, id_)
    ink = slide.colour(drawn.colour)
    line = point.format.line
    line.width, line.color.rgb, line.dash_style = Pt(2.75), ink, MSO_LINE.ROUND_DOT
    point.marker.style = _MARKER.get(drawn.symbol, XL_MARKER_STYLE.CIRCLE)
    point.marker.size = 8
    point.marker.format.fill.solid()
    point.marker.format.fill.fore_color.rgb = RGBColor(255, 255, 255)
    point.marker.format.line.color.rgb = ink


def _fill_table(table: Any, view: MatrixView, size: int) -> None:
    cells = view.cells()
    highest = max((float(row[view.measure]) for row in cells.values()), default=0.0)
    for number, lab in enumerate(view.lab_ids, start=1):
        _cell(table.cell(0, number), view.lab_names[lab], size - 1, None, bold=True)
    _cell(table.cell(0, 0), "", size, None)
    for y, theme in enumerate(view.theme_ids, start=1):
        _cell(table.cell(y, 0), view.theme_names[theme], size, None, bold=True, left=True)
        for x, lab in enumerate(view.lab_ids, start=1):
            row = cells.get((lab, theme))
            fill = colour_of(float(row[view.measure]), highest) if row else "#F5F7FA"
            _cell(table.cell(y, x), view.value(row), size, fill)


def _cell(
    cell: Any, text: str, size: int, fill: str | None, bold: bool = False, left: bool = False
) -> None:
    cell.margin_left = cell.margin_right = cell.margin_top = cell.margin_bottom = Pt(3)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    if fill is None:
        cell.fill.background()
    else:
        cell.fill.solid()
        cell.fill.fore_color.rgb = slide.colour(fill)
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT if left else PP_ALIGN.CENTER
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = (
        RGBColor(255, 255, 255) if fill and _is_dark(fill) else slide.colour(slide.INK)
    )


def _is_dark(code: str) -> bool:
    red, green, blue = (int(code[i : i + 2], 16) for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 140
