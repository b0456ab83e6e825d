"""What was understood in a Chinese digest although it is not in the usual form, in words.

In: what the parser found. Out: notes, one sentence a deviation; a digest in the usual form has none.
Trap: a note is no refusal: everything it speaks of was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from etl.parsers.markdown import heading
from etl.parsers.zh_parts import Outline
from warehouse.model import ParsedItem

_FENCE = re.compile(r"\s*(?:```|~~~)")


def notes_on_frame(
    lines: Sequence[str], start: int, outline: Outline, days: tuple[date | None, date | None]
) -> Iterator[str]:
    """What is unusual around the items.

    Args:
        lines: of the whole file.
        start: index of the digest's first line below its day.
        outline: the digest in parts.
        days: as the text and as the path state them.
    """
    in_text, in_path = days
    if in_text is None:
        yield "no valid day in the text; the day is from the path"
    elif in_path and in_path != in_text:
        yield f"the heading says {in_text}, the path says {in_path}; the heading counts"
    if any(heading(line) for line in lines[: max(start - 1, 0)]):
        yield "the digest stands inside a page; the rest of the page was left out"
        if not outline.has_end:
            yield "nothing of the page follows the digest; it may be cut off"
    if any(_FENCE.match(line) for line in lines):
        yield "code fences were ignored"
    if outline.is_list:
        yield "the items are lines of a list, not headings"
    yield from _on_sections(outline)


def _on_sections(outline: Outline) -> Iterator[str]:
    for channel in ("news", "tools"):
        if channel in outline.inferred:
            yield f"the section for {channel} has no heading; order and numbers tell it"
        elif channel not in outline.channels:
            yield f"no section for {channel}"
    for number in outline.left_out:
        yield f"line {number}: a heading of something else; what stands below it was left out"


def notes_on_items(
    outline: Outline, items: Sequence[ParsedItem], closing: Sequence[int]
) -> Iterator[str]:
    """Numbers that do not count 1, 2, 3…, items without an address, and closing notes.

    `closing` holds the lines of notes on the whole digest below the last item of a section.
    """
    for channel in dict.fromkeys(entry.channel for entry in outline.entries):
        numbers = [e.written_number for e in outline.entries if e.channel == channel]
        if numbers != list(range(1, len(numbers) + 1)):
            written = ", ".join("none" if n is None else str(n) for n in numbers)
            yield f"{channel}: the written numbers are {written}; positions follow the order"
    without = [f"{item.channel} {item.position}" for item in items if not item.urls]
    if without:
        yield f"no address: {', '.join(without)}"
    for number in closing:
        yield f"line {number}: a closing note, not part of the item above it"
