"""Lines over time as a native chart, with the marks that keep them from misleading.

In: a `TrendView`, an open slide. Out: the chart and, over it, the changes of the mix and the events. Trap: a
missing value must stay a gap, not become 0; a stretch of a line is drawn as its last point is formatted,
and a point inherits nothing once it has a format. LibreOffice paints a marker, its fill too, in the colour of
its point's line, so that hollow ones are solid there; crosses and stars are never hollow. An open period is
therefore pale.
"""

from __future__ import annotations

from math import ceil
from typing import Any

import pandas as pd
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import PP_ALIGN
from pptx.util import Emu, Pt

from dashboard.charts.axis_marks import mixed_periods, place_of
from dashboard.charts.colours import Look
from dashboard.charts.marks import by_point
from dashboard.charts.scope import Row
from dashboard.charts.segments import stretches
from dashboard.charts.trend_view import TrendView
from dashboard.export import native, slide

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
_FILLED = ("circle", "square", "diamond", "triangle-up")
_STRETCH = {
    "partial": (2.75, MSO_LINE.ROUND_DOT),
    "thin": (1.5, MSO_LINE.DASH),
    "across": (1.0, MSO_LINE.ROUND_DOT),
}
_PALE = 0.45  # of the ink, where a period may still grow
_MARK = 100_000  # EMU, side of the mark of an event


def draw(page: Any, view: TrendView) -> None:
    """Fill the slide."""
    order = _by_last_value(view)
    data = _trend_data(view, order)
    kind = XL_CHART_TYPE.LINE_MARKERS
    chart = native.add_chart(page, kind, data, view.measure, _highest(view))
    if view.ends:  # error bars reach higher than the line
        chart.value_axis.maximum_scale = ceil(_highest(view) * 20) / 20
    width = native.fix_plot(chart, [view.names[i] for i in order])
    for series, id_ in zip(chart.plots[0].series, order, strict=True):
        _draw_line(series, view.look(id_), small=len(view.periods) > 40)
        _draw_stretches(series, view, id_)
        _draw_intervals(series, view, id_)
    _draw_changes(page, view, width)
    _draw_events(page, view, width)


def event_lines(view: TrendView) -> str:
    """The events of the chart for the speaker's notes, one a line."""
    return "\n".join(f"{view.say.day(e.day)}: {e.title}" for e in view.events)


def _by_last_value(view: TrendView) -> list[str]:
    """Ids from the highest line end to the lowest, so that the legend stands in the lines' order."""
    last = {i: view.rows(i)[view.drawn].dropna().tail(1).sum() for i in view.ids}
    return sorted(view.ids, key=lambda i: -last[i])


def _highest(view: TrendView) -> float:
    columns = [view.drawn, *(view.ends or ())]
    highest = view.frame[columns].max().max()
    return 0.0 if pd.isna(highest) else float(highest)


def _trend_data(view: TrendView, order: list[str]) -> CategoryChartData:
    moments = slots(view)
    open_periods = set(view.frame[view.frame["is_partial"]]["period_start"])
    data = CategoryChartData(number_format="0.0%" if view.is_ratio else "#,##0")
    labels = [
        "\u00a0" if m is None else _written(view, m) + "*" * (m in open_periods) for m in moments
    ]
    data.categories = native.one_line(labels)
    for id_ in order:
        values = view.rows(id_).set_index("period_start")[view.drawn]
        data.add_series(
            view.names[id_], [None if m is None else native.number(values.get(m)) for m in moments]
        )
    return data


def _written(view: TrendView, moment: pd.Timestamp) -> str:
    """A period below the axis, in few letters: a week by its first day, as the subtitle tells, Q1 2026."""
    if view.grain == "quarter":
        return view.say.tick(moment.date(), "quarter", True).replace("<br>", " ")
    return view.say.period(moment.date(), "day" if view.grain == "week" else view.grain)


def slots(view: TrendView) -> list[pd.Timestamp | None]:
    """The places on the axis of time: a period each, and an empty one where no line may run.

    An empty place breaks a line in every program; not all of them heed a point's own dash.
    """
    rows = view.frame.drop_duplicates("period_start").sort_values("period_start").to_dict("records")
    found: list[pd.Timestamp | None] = []
    for number, row in enumerate(rows):
        if number and _is_apart(rows[number - 1], row, view.is_raw):
            found.append(None)
        found.append(row["period_start"])
    return found


def _is_apart(one: Row, two: Row, moves_with_mix: bool) -> bool:
    mixed = pd.isna(one["regime"]) or one["regime"] != two["regime"]
    return bool(two["is_partial"]) or (moves_with_mix and bool(mixed))


def _draw_line(series: Any, drawn: Look, small: bool) -> None:
    ink = slide.colour(drawn.colour)
    series.smooth = False
    line = series.format.line
    line.width, line.color.rgb, line.dash_style = Pt(2.75), ink, _DASH[drawn.dash]
    series.marker.style = _MARKER.get(drawn.symbol, XL_MARKER_STYLE.CIRCLE)
    series.marker.size = 4 if small else 7
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = ink
    series.marker.format.line.color.rgb = ink


def _draw_stretches(series: Any, view: TrendView, id_: str) -> None:
    """Weak stretches dotted or dashed, points of few items hollow, of an open period pale."""
    places = {moment: n for n, moment in enumerate(slots(view)) if moment is not None}
    rows = view.rows(id_).to_dict("records")
    drawn = view.look(id_)
    weak: dict[int, str] = {}
    for name, found in stretches(rows, view.drawn, view.is_raw):
        if name in _STRETCH:
            weak |= {places[row["period_start"]]: name for row in found[1:]}
    is_open = {places[row["period_start"]]: bool(row["is_partial"]) for row in rows}
    hollow = {places[r["period_start"]] for r in rows if r["is_partial"] or r["is_thin"]}
    for number in sorted({*weak, *hollow}):
        point, ink = series.points[number], slide.colour(drawn.colour)
        pale = _paler(ink) if is_open[number] else ink
        line = point.format.line  # no line runs to an open period
        points, dash = _STRETCH.get(weak.get(number, ""), (2.75, _DASH[drawn.dash]))
        line.width, line.color.rgb, line.dash_style = Pt(points), pale, dash
        point.marker.style = _MARKER.get(drawn.symbol, XL_MARKER_STYLE.CIRCLE)
        point.marker.size = 8 if number in hollow else 6
        point.marker.format.fill.solid()
        white = RGBColor(255, 255, 255)
        point.marker.format.fill.fore_color.rgb = white if number in hollow else ink
        point.marker.format.line.color.rgb = ink if drawn.symbol in _FILLED else pale


def _paler(ink: RGBColor) -> RGBColor:
    return slide.colour(bytes(round(255 - (255 - part) * _PALE) for part in ink).hex())


def _draw_intervals(series: Any, view: TrendView, id_: str) -> None:
    if not view.ends:
        return
    rows = view.rows(id_).set_index("period_start")
    low, high = ([_length(rows, m, view.measure, end) for m in slots(view)] for end in view.ends)
    native.add_intervals(series, low, high)


def _length(
    rows: pd.DataFrame, moment: pd.Timestamp | None, measure: str, end: str
) -> float | None:
    """From a point to the end of its interval."""
    if moment not in rows.index or pd.isna(rows.at[moment, end]):
        return None
    return abs(float(rows.at[moment, end]) - float(rows.at[moment, measure]))


def _x(view: TrendView, moment: pd.Timestamp, width: float) -> int:
    """Where a moment lies on the slide; a native chart gives every period the same room."""
    places = slots(view)
    before = [n for n, m in enumerate(places) if m is not None and m <= moment]
    place = before[-1] if before else 0
    is_gap = place + 1 < len(places) and places[place + 1] is None
    part = place + (0.5 if moment in places else 1.5 if is_gap else 1.0)
    return round(slide.LEFT + slide.INNER * (native.PLOT_LEFT + width * part / len(places)))


def _draw_changes(page: Any, view: TrendView, width: float) -> None:
    """A dashed line where a channel begins or ends, with its name on the top."""
    mixed, top = mixed_periods(view.frame), slide.BODY_TOP + slide.BODY_HEIGHT * native.PLOT_TOP
    bottom = top + slide.BODY_HEIGHT * native.PLOT_HEIGHT
    for change in view.breaks:
        at = place_of(change, view.periods, mixed)
        if at is None:
            continue
        x = _x(view, at, width)
        line = page.shapes.add_connector(
            MSO_CONNECTOR.STRAIGHT, x, round(top), x, round(bottom)
        ).line
        line.width, line.color.rgb, line.dash_style = (
            Pt(1.25),
            slide.colour(slide.MUTED),
            MSO_LINE.DASH,
        )
        box = page.shapes.add_textbox(x - 900_000, round(top) - 300_000, 1_800_000, 280_000)
        slide.write(box, view.break_text(change, "trend.break"), 12, slide.MUTED, PP_ALIGN.CENTER)


def _draw_events(page: Any, view: TrendView, width: float) -> None:
    """A mark under the top edge of the plot for each period with known events."""
    top = round(slide.BODY_TOP + slide.BODY_HEIGHT * native.PLOT_TOP)
    for moment in by_point(view.events, view.periods):
        x = _x(view, moment, width)
        place = (Emu(x - _MARK // 2), Emu(top), Emu(_MARK), Emu(_MARK))
        mark = page.shapes.add_shape(MSO_SHAPE.FLOWCHART_MERGE, *place)
        mark.fill.solid()
        mark.fill.fore_color.rgb = slide.colour(slide.MUTED)
        mark.line.fill.background()
