"""Slides of words: the first one of a deck, and rows of a word and a sentence.

In: an open deck, texts. Out: one more slide each. Trap: rows of a table grow with their words in every
program, text boxes do not, so findings and definitions are tables without lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Pt

from dashboard.export import slide

_GROUND, _BRIGHT, _SOFT, _ACCENT = "122033", "FFFFFF", "B9C6D6", "3A8DDE"
_SIZES = (14, 13, 12, 11, 10)  # the largest at which all rows fit
_MARGIN, _RIGHT, _LESS = 4, 8, 3  # air around a cell, in points; how much smaller the pale is
_ROOM = slide.BODY_HEIGHT + 100_000
_WIDTHS = {2: (0.17, 0.83), 3: (0.17, 0.74, 0.09)}  # parts of the slide by number of columns


@dataclass(frozen=True)
class Cover:
    """The first slide; `facts` stand below one another."""

    title: str
    subtitle: str
    facts: tuple[str, ...]
    notes: str


@dataclass(frozen=True)
class Rows:
    """A slide of rows: a word, a sentence, and perhaps where more of it stands."""

    title: str
    subtitle: str
    rows: tuple[tuple[str, ...], ...]
    footer: str
    notes: str


def add_cover(deck: Any, cover: Cover) -> Any:
    """Title, span and facts on a dark ground."""
    page = slide.add(deck, cover.title, "", "", cover.notes)
    page.background.fill.solid()
    page.background.fill.fore_color.rgb = slide.colour(_GROUND)
    for shape in list(page.shapes):
        if shape != page.shapes.title:
            shape._element.getparent().remove(shape._element)
    heading = page.shapes.title
    heading.top, heading.height = Emu(2_000_000), Emu(900_000)
    heading.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    for run in heading.text_frame.paragraphs[0].runs:
        run.font.size, run.font.color.rgb = Pt(40), slide.colour(_BRIGHT)
    line = page.shapes.add_shape(1, slide.LEFT, Emu(3_020_000), Emu(1_100_000), Emu(45_720))
    line.fill.solid()
    line.fill.fore_color.rgb = slide.colour(_ACCENT)
    line.line.fill.background()
    _box(page, 3_200_000, 420_000, cover.subtitle, 20, _BRIGHT)
    _box(page, 3_750_000, 1_900_000, "\n".join(cover.facts), 15, _SOFT)
    return page


def add_rows(deck: Any, words: Rows) -> Any:
    """One row a finding or definition."""
    page = slide.add(deck, words.title, words.subtitle, words.footer, words.notes)
    widths = [int(slide.INNER * part) for part in _WIDTHS[len(words.rows[0])]]
    size = next((s for s in _SIZES if sum(_heights(words, s, widths)) <= _ROOM), _SIZES[-1])
    heights = _heights(words, size, widths)
    place = (slide.LEFT, slide.BODY_TOP, slide.INNER, sum(heights))
    frame = page.shapes.add_table(len(words.rows), len(widths), *place)
    frame._element.graphic.graphicData.tbl.tblPr.attrib.clear()  # no banding, no header style
    for column, width in zip(frame.table.columns, widths, strict=True):
        column.width = width
    for y, row in enumerate(words.rows):
        frame.table.rows[y].height = heights[y]
        for x, text in enumerate(row):
            _write(frame.table.cell(y, x), text, size, x)
    return page


def _heights(words: Rows, size: int, widths: list[int]) -> list[Emu]:
    """Of the rows, by the lines that their words take; programs differ in how they let rows grow."""
    return [
        max(_height(text, size, width) for text, width in zip(row, widths, strict=True))
        for row in words.rows
    ]


def _height(text: str, size: int, width: int) -> Emu:
    first, *rest = text.split("\n")
    lines = [(first, size), *((line, size - _LESS) for line in rest)]
    points = sum(_line(t) * s * slide.lines_of(t, s, width - Pt(_RIGHT)) for t, s in lines)
    return Pt(round(points) + 2 * _MARGIN)


def _line(text: str) -> float:
    """Height of a line as a factor of its type; Chinese fonts are taller."""
    return 1.5 if any(ord(c) > 0x2E7F for c in text) else 1.22


def add_number(page: Any, number: int) -> None:
    """The number of a slide in its lower right corner."""
    place = (slide.LEFT + slide.INNER - 200_000, slide.HEIGHT - 330_000, 700_000, 260_000)
    box = page.shapes.add_textbox(*place)
    slide.write(box, str(number), 11, slide.MUTED, PP_ALIGN.RIGHT)


def _box(page: Any, top: int, height: int, text: str, size: int, ink: str) -> None:
    box = page.shapes.add_textbox(slide.LEFT, Emu(top), slide.INNER, Emu(height))
    slide.write(box, text, size, ink)


def _write(cell: Any, text: str, size: int, column: int) -> None:
    """The first line as it is; further ones, and where more of it stands, smaller and paler."""
    cell.fill.background()
    cell.margin_left, cell.margin_right = Pt(0), Pt(_RIGHT)
    cell.margin_top = cell.margin_bottom = Pt(_MARGIN)
    for number, line in enumerate(text.split("\n")):
        frame = cell.text_frame
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.RIGHT if column == 2 else PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text = line
        pale = column == 2 or number > 0
        run.font.size, run.font.bold = Pt(size - _LESS if pale else size), column == 0
        run.font.color.rgb = slide.colour(slide.MUTED if pale else slide.INK)
