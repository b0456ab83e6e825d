"""Tables on a slide: lab × theme in colours, and verdicts of a comparison.

In: a view, an open slide. Out: a native, editable table. Trap: a chart type for heat maps does not exist,
and PowerPoint has no dot with an interval, so both are tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Pt

from dashboard.charts.compare_view import CompareView
from dashboard.charts.matrix import colour_of
from dashboard.charts.views import MatrixView
from dashboard.export import slide

_MOST_ROWS = 12
_SIDE, _HEAD_LINES = 3, 2  # points around a cell; lines of a lab's name
_WIDTHS = (0.24, 0.12, 0.12, 0.12, 0.18, 0.22)
_FILLS = {"higher": "#D9F0E3", "lower": "#F8DDD9"}


def draw_matrix(page: Any, view: MatrixView) -> None:
    """Lab × theme as a coloured table."""
    rows, columns = len(view.theme_ids) + 1, len(view.lab_ids) + 1
    first = int(slide.INNER * 0.25)
    rest = (slide.INNER - first) // (columns - 1)
    names = [view.theme_names[i] for i in view.theme_ids]
    words = [word for i in view.lab_ids for word in view.lab_names[i].split()]
    size = _one_line(names, (11, 10, 9) if max(rows, columns) <= 13 else (9, 8), first)
    head = _one_line(words, (size - 1, size - 2), rest)
    table = _table(page, rows, [first] + [rest] * (columns - 1), slide.BODY_HEIGHT // rows)
    height = Pt(head * _HEAD_LINES * 1.3 + 6)
    for row in table.rows:
        row.height = (slide.BODY_HEIGHT - height) // (rows - 1)
    table.rows[0].height = height
    _fill_table(table, view, size, head)


def _one_line(names: Sequence[str], sizes: Sequence[int], width: int) -> int:
    """The largest size at which no name needs a second line, else the last."""
    room = width - 2 * Pt(_SIDE)
    fits = (s for s in sizes if all(slide.lines_of(name, s, room) == 1 for name in names))
    return next(fits, sizes[-1])


def draw_verdicts(page: Any, view: CompareView) -> None:
    """One row a lab or theme: the chosen ones, then the surest differences."""
    say, chosen = view.say, view.chosen()
    ids = {row[view.row_column] for row in chosen}
    rows = [*chosen, *(row for row in view.shown() if row[view.row_column] not in ids)][:_MOST_ROWS]
    height = min(slide.BODY_HEIGHT // (len(rows) + 1), 420_000)
    table = _table(page, len(rows) + 1, [int(slide.INNER * w) for w in _WIDTHS], height)
    heads = ("name", "now", "before", "difference", "interval", "verdict")
    for x, head in enumerate(heads):
        _cell(table.cell(0, x), say(f"compare.{head}"), 12, None, bold=True, left=x == 0)
    for y, row in enumerate(rows, start=1):
        cells = [view.heading(row), *view.numbers(row), view.verdict(row)]
        for x, text in enumerate(cells):
            fill = _FILLS.get(row["verdict"]) if x == len(cells) - 1 else None
            _cell(table.cell(y, x), text, 12, fill, bold=x == 0 or fill is not None, left=x == 0)


def draw_table(
    page: Any,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    fills: Sequence[str | None],
) -> None:
    """A table of words: `widths` are parts of the slide, `fills` the colour of each row's last cell."""
    height = min(slide.BODY_HEIGHT // (len(rows) + 1), 420_000)
    table = _table(page, len(rows) + 1, [int(slide.INNER * w) for w in widths], height)
    for x, head in enumerate(heads):
        _cell(table.cell(0, x), head, 12, None, bold=True, left=x == 0)
    for y, (row, fill) in enumerate(zip(rows, fills, strict=True), start=1):
        for x, text in enumerate(row):
            is_last = x == len(row) - 1
            _cell(table.cell(y, x), text, 12, fill if is_last else None, bold=x == 0, left=x == 0)


def _table(page: Any, rows: int, widths: list[int], height: int) -> Any:
    place = (slide.LEFT, slide.BODY_TOP, slide.INNER, height * rows)
    frame = page.shapes.add_table(rows, len(widths), *place)
    frame._element.graphic.graphicData.tbl.tblPr.attrib.clear()  # no banding, no header style
    for column, width in zip(frame.table.columns, widths, strict=True):
        column.width = width
    for row in frame.table.rows:
        row.height = height
    return frame.table


def _fill_table(table: Any, view: MatrixView, size: int, head: int) -> None:
    cells = view.cells()
    highest = max((float(row[view.measure]) for row in cells.values()), default=0.0)
    for number, lab in enumerate(view.lab_ids, start=1):
        _cell(table.cell(0, number), view.lab_names[lab], head, None, bold=True)
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
    cell.margin_left = cell.margin_right = cell.margin_top = cell.margin_bottom = Pt(_SIDE)
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
