"""Native, editable charts in the look of the screen: what all of them share.

In: a page, data. Out: a python-pptx chart. Traps: a line's default style is too thin and its grid too dark
to project; shapes can be laid over a chart only where its plot has a fixed place, so it gets one.
"""

from __future__ import annotations

import re
from math import ceil
from typing import Any

import pandas as pd
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboard.charts.style import text_width
from dashboard.export import slide

_AXIS_PIXELS = 560  # the axis of time at 72 pixels an inch, less the legend and some air
_UPRIGHT = 16  # labels that fit side by side in two lines
_BREAKABLE = re.compile(r"[\u4e00-\u9fff]")
PLOT_LEFT, PLOT_TOP, PLOT_HEIGHT = 0.06, 0.09, 0.71  # parts of the chart


def number(value: Any) -> float | int | None:
    """A plain number for the chart's workbook, None for a gap."""
    if value is None or pd.isna(value):
        return None
    return int(value) if float(value).is_integer() else float(value)


def _is_crowded(labels: list[str]) -> bool:
    return (
        sum(bool(label.strip()) for label in labels) > _UPRIGHT
    )  # an empty place needs no room for words


def one_line(labels: list[str]) -> list[str]:
    """Labels that will be turned must not break: LibreOffice drops their second line, the year.

    A Chinese one may break anywhere, so its characters are joined (U+2060 is not seen).
    """
    if not _is_crowded(labels):
        return labels
    joined = [_BREAKABLE.sub("\u2060\\g<0>\u2060", label) for label in labels]
    return [label.replace(" ", "\u00a0") for label in joined]


def add_chart(page: Any, kind: Any, data: CategoryChartData, measure: str, highest: float) -> Any:
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
    is_share = measure.startswith("share")
    values.tick_labels.number_format = share_format if is_share else "#,##0"
    values.tick_labels.number_format_is_linked = False
    times = chart.category_axis
    times.format.line.color.rgb = slide.colour(slide.GRID)
    times.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    times.has_major_gridlines = False
    crowded = _is_crowded([category.label for category in data.categories])
    times.tick_labels.font.size = Pt(11 if crowded else 13)
    body = times._element.find(qn("c:txPr")).find(qn("a:bodyPr"))
    body.set("rot", "-2700000" if crowded else "0")
    body.set("vert", "horz")
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


def fix_plot(chart: Any, names: list[str]) -> float:
    """Give the plot a fixed place that leaves room for the legend; returns its width, a part of the chart."""
    legend = max((text_width(name, 15) for name in names), default=0) * 12_700 + 620_000
    width = max(0.4, 1 - PLOT_LEFT - legend / slide.INNER)
    values = {"x": PLOT_LEFT, "y": PLOT_TOP, "w": width, "h": PLOT_HEIGHT}
    modes = "".join(f'<c:{axis}Mode val="edge"/>' for axis in "xy")
    sizes = "".join(f'<c:{key} val="{value:.4f}"/>' for key, value in values.items())
    layout = parse_xml(
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/>'
        f"{modes}{sizes}</c:manualLayout></c:layout>"
    )
    area = chart._chartSpace.find(".//" + qn("c:plotArea"))
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    area.insert(0, layout)
    return width


def add_intervals(series: Any, low: list[float | None], high: list[float | None]) -> None:
    """Error bars of a line: how far the interval reaches below and above each of its points."""

    def listed(tag: str, lengths: list[float | None]) -> str:
        points = "".join(
            f'<c:pt idx="{i}"><c:v>{length:.6f}</c:v></c:pt>'
            for i, length in enumerate(lengths)
            if length is not None
        )
        return f'<c:{tag}><c:numLit><c:ptCount val="{len(lengths)}"/>{points}</c:numLit></c:{tag}>'

    ink = series.format.line.color.rgb
    bars = parse_xml(
        f'<c:errBars {nsdecls("c", "a")}><c:errDir val="y"/><c:errBarType val="both"/>'
        f'<c:errValType val="cust"/><c:noEndCap val="1"/>{listed("plus", high)}{listed("minus", low)}'
        f'<c:spPr><a:ln w="15875"><a:solidFill><a:srgbClr val="{ink}"><a:alpha val="45000"/>'
        "</a:srgbClr></a:solidFill></a:ln></c:spPr></c:errBars>"
    )
    element = series._element
    after = next(
        element.find(qn(tag)) for tag in ("c:cat", "c:val") if element.find(qn(tag)) is not None
    )
    after.addprevious(bars)
