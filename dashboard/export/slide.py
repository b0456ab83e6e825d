"""The frame of a slide: 16:9, title, subtitle, footer, notes, and fonts for both scripts.

In: texts. Out: an open python-pptx presentation, its slides, its bytes. Traps: python-pptx's template is 4:3,
so the title must be put in its new place; `font.name` sets the Latin typeface only, and without an East Asian
one PowerPoint picks a font for Chinese by the reader's system.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from math import ceil
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from dashboard.charts.style import text_width
from dashboard.export.stable import without_hour

MAKER = "AINews Trends"
LATIN, EAST_ASIAN = "Segoe UI", "Microsoft YaHei"
INCH = 914_400  # EMU, the unit of python-pptx
_POINT = 12_700
_WIDER = 1.08  # words leave a rest of the line, and the reader's font may be wider
WIDTH, HEIGHT = 12_192_000, 6_858_000  # 16:9
LEFT, INNER = 548_640, 11_094_720
BODY_TOP, BODY_HEIGHT = 1_371_600, 4_617_720
INK, MUTED, GRID = "1B2733", "5B6875", "DDE3E9"
_TITLE_ONLY = 5  # layout of the default template


def colour(code: str) -> RGBColor:
    """`#0E8F6E` as python-pptx wants it."""
    return RGBColor(*bytes.fromhex(code.lstrip("#")))


def _inches(value: float) -> Emu:
    return Emu(round(value * INCH))


def set_typefaces(root: Any) -> None:
    """Both typefaces on every run and default below an element."""
    for tag in ("a:rPr", "a:defRPr", "a:endParaRPr"):
        for properties in root.iter(qn(tag)):
            for kind, face in (("a:latin", LATIN), ("a:ea", EAST_ASIAN)):
                for old in properties.findall(qn(kind)):
                    properties.remove(old)
                element = properties.makeelement(qn(kind), {"typeface": face})
                _insert_in_order(properties, element)


# The schema fixes the order of a run's children; PowerPoint "repairs" a file that breaks it.
_BEFORE_FONTS = (
    "a:ln",
    "a:noFill",
    "a:solidFill",
    "a:gradFill",
    "a:effectLst",
    "a:highlight",
    "a:latin",
)


def _insert_in_order(properties: Any, element: Any) -> None:
    before = {qn(tag) for tag in _BEFORE_FONTS}
    place = sum(1 for child in properties if child.tag in before)
    properties.insert(place, element)


def blank() -> Any:
    """A presentation without slides."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(WIDTH), Emu(HEIGHT)
    return deck


def add(deck: Any, title: str, subtitle: str, footer: str, notes: str) -> Any:
    """One more slide, the middle still empty."""
    page = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    heading = page.shapes.title
    heading.left, heading.top, heading.width, heading.height = (
        LEFT,
        _inches(0.22),
        INNER,
        _inches(0.78),
    )
    heading.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    write(heading, title, fitting(title, (26, 20, 17, 15), (1, 2, 2, 2)), INK, bold=True)
    small = fitting(subtitle, (14, 12, 11), (1, 1, 1))
    write(page.shapes.add_textbox(LEFT, _inches(0.98), INNER, _inches(0.4)), subtitle, small, MUTED)
    lines = fitting(footer, (11, 10, 9), (4, 5, 5))
    write(page.shapes.add_textbox(LEFT, _inches(6.6), INNER, _inches(0.8)), footer, lines, MUTED)
    page.notes_slide.notes_text_frame.text = notes
    return page


def lines_of(text: str, size: int, width: int = INNER) -> int:
    """How many lines a text takes in a box of so many EMU."""
    room = width / _POINT
    wide = (text_width(line, size) * _WIDER for line in text.split("\n"))
    return sum(max(1, ceil(points / room)) for points in wide)


def fitting(text: str, sizes: Sequence[int], lines: Sequence[int]) -> int:
    """The first size at which a text takes no more than its number of lines, else the last."""
    fits = (size for size, most in zip(sizes, lines, strict=True) if lines_of(text, size) <= most)
    return next(fits, sizes[-1])


def write(
    shape: Any,
    text: str,
    size: int,
    ink: str,
    alignment: Any = PP_ALIGN.LEFT,  # the template centres its titles
    bold: bool = False,
) -> None:
    """Put a text into a shape, one paragraph a line."""
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = 0
    for number, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = alignment
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, colour(ink)


def save(deck: Any) -> bytes:
    """The presentation as a file, fonts set everywhere, the same bytes for the same slides."""
    for page in deck.slides:
        set_typefaces(page._element)
        set_typefaces(page.notes_slide._element)
    properties = deck.core_properties  # the template has those of its maker
    properties.title, properties.author = deck.slides[0].shapes.title.text_frame.text, MAKER
    properties.last_modified_by = MAKER
    out = BytesIO()
    deck.save(out)
    return without_hour(out.getvalue())
