"""What stands around the items of a Chinese digest: lines, the day, the page, the original issue.

In: the text of a file. Out: its lines, where the digest begins, and the address of the original.
Traps: a page holds other sites' news before the digest and dozens of dated links after it; a digest
that was cut has no line end of its own before the page goes on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from etl.parsers.line_ledger import Kind, LineLedger, encoded
from etl.parsers.markdown import addresses, heading
from etl.parsers.zh_parts import Outline
from etl.parsers.zh_words import day_of_heading, day_of_line, is_named_section

_ORIGINAL = re.compile(r"原文|original|source|来源", re.IGNORECASE)
_LINE_END = re.compile(r"(\r\n|\r|\n)")
_GLUED_END = re.compile(r"(?<=[^\s#])(#{1,4}[ \t]+(?:推荐阅读|往日新闻))")


@dataclass(frozen=True)
class Start:
    """Where the digest begins: index of its first line below the day, and what the day says."""

    index: int
    title: str | None
    day: date | None


def lines_of(text: str) -> tuple[list[str], list[int]]:
    """The lines without their ends, and how many bytes each end has."""
    bare = text.lstrip("\ufeff")
    parts = [*_LINE_END.split(bare), ""]
    lines: list[str] = []
    ends: list[int] = []
    for written, end in zip(parts[::2], parts[1::2], strict=True):
        cut = _GLUED_END.sub(r"\n\1", written).split("\n")
        lines += cut
        ends += [*[0] * (len(cut) - 1), len(end)]
    ends[0] += len(encoded(text)) - len(encoded(bare))  # marks of the byte order, of the first line
    return lines, ends


def find_start(lines: Sequence[str]) -> Start | None:
    """The day's heading; without one, the first section that has a digest's name."""
    section = spoken = None
    for index, line in enumerate(lines):
        found = day_of_heading(line)
        if found and heading(line):
            return Start(index + 1, *found)
        if found and spoken is None:  # a chat sentence may name the day, too
            spoken = Start(index + 1, *found)
        if section is None and line.strip() and is_named_section(_words_of(line)):
            section = index
    if section is None or spoken is not None:
        return spoken
    # The day in another form, and the link to the original, may stand above the first section.
    above = range(max(section - 8, 0), section)
    first = next((i for i in above if "原文" in lines[i]), section)
    day = next((day for i in above if (day := day_of_line(lines[i]))), None)
    return Start(first, None, day)


def _words_of(line: str) -> str:
    found = heading(line)
    return found[1] if found else line.strip()


def enter_frame(
    lines: Sequence[str], start: Start, outline: Outline, ledger: LineLedger
) -> str | None:
    """Enter what is no item: page, day, headings of sections, header; return the original issue."""
    ledger.mark(start.index + outline.end + 1, len(lines), Kind.boilerplate)
    above = start.index if start.title is None else start.index - 1
    ledger.mark(1, above, Kind.boilerplate)
    original_url = _original_url([line for _, line in outline.header])
    links = [number for number, line in outline.header if original_url in addresses(line)]
    day = range(above + 1, start.index + 1)
    for number in chain(day, outline.section_lines, links):
        ledger.mark(number, number, Kind.heading)
    return original_url


def _original_url(header: Sequence[str]) -> str | None:
    named = [line for line in header if _ORIGINAL.search(line)]
    return next((urls[0] for line in [*named, *header] if (urls := addresses(line))), None)
