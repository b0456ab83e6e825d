"""The Chinese daily digest (十大AI新闻要点, 十大工具产品要点) in all the forms that it takes.

In: the text of a day's file, or of a newsletter page in which the digest is one part; the path only
tells the day when the text does not. Out: a `ParsedDigest`, or `Unreadable`.
Traps: a language model writes these files, so every mark may be missing or different (see
`tests/digests/zh_*` for the known forms); a page holds other sites' bullets before the digest and
dozens of dated links after it; `---` is a line between items, never a heading; a page may break off
inside an address. Words are recognised in zh_words.py, the text is cut into entries in
zh_outline.py, one entry is read in zh_item.py, deviations are put into words in zh_notes.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from etl.parsers.errors import Unreadable
from etl.parsers.line_ledger import Kind, LineLedger, encoded
from etl.parsers.markdown import addresses, heading
from etl.parsers.zh_item import (
    Line,
    cut_unclosed,
    read_lines,
    read_text,
    read_title,
    without_closing,
)
from etl.parsers.zh_notes import notes_on_frame, notes_on_items
from etl.parsers.zh_outline import read_outline
from etl.parsers.zh_parts import Entry, Outline
from etl.parsers.zh_words import day_of_heading, day_of_line, day_of_path, is_named_section
from warehouse.model import ParsedDigest, ParsedItem, Refusal

_ORIGINAL = re.compile(r"原文|original|source|来源", re.IGNORECASE)
# A digest that was cut has no line end of its own before the page goes on.
_LINE_END = re.compile(r"(\r\n|\r|\n)")
_GLUED_END = re.compile(r"(?<=[^\s#])(#{1,4}[ \t]+(?:推荐阅读|往日新闻))")


@dataclass(frozen=True)
class _Start:
    """Where the digest begins: index of its first line below the day, and what the day says."""

    index: int
    title: str | None
    day: date | None


def looks_like(text: str) -> bool:
    """Whether the text has a digest's day as a heading, or a section with a digest's name."""
    return _start(_lines(text)[0]) is not None


def parse(text: str, path: str) -> ParsedDigest:
    """Read one Chinese digest.

    Args:
        text: the whole file, decoded.
        path: where it came from; only its day counts, and only if the text states none.

    Raises:
        Unreadable: unknown_format, no_date or no_items.
    """
    return read(text, path)[0]


def read(text: str, path: str) -> tuple[ParsedDigest, LineLedger]:
    """The same, with what became of each line."""
    lines, sizes = _lines(text)
    start = _start(lines)
    if start is None:
        raise Unreadable("unknown_format", "line 1", next((x for x in lines if x.strip()), ""))
    day = start.day or day_of_path(path)
    if day is None:
        raise Unreadable("no_date", f"line {max(start.index, 1)}", start.title or path)
    outline, broken = _outline(lines, start)
    ledger = LineLedger(lines, sizes)
    original_url = _frame(lines, start, outline, ledger)
    is_abrupt = not outline.has_end and bool(lines[-1].strip())
    reader = _Reader(outline, original_url, broken, is_abrupt, ledger)
    items = tuple(reader.read())
    if not items:
        raise Unreadable("no_items", f"line {start.index + 1}", start.title or "")
    notes = [
        *notes_on_frame(lines, start.index, outline, (start.day, day_of_path(path))),
        *notes_on_items(outline, items, reader.closing),
    ]
    digest = ParsedDigest(
        format="zh_digest",
        slug=day.isoformat(),
        published_on=day,
        language="zh",
        title=start.title or f"AINews - {day.isoformat()}",
        url=None,
        original_url=original_url,
        items=items,
        coverage=ledger.coverage(),
        refusals=tuple(reader.refusals),
        notes=tuple(notes),
    )
    return digest, ledger


class _Reader:
    """Reads the entries one by one and remembers what was refused or left out on the way."""

    def __init__(
        self,
        outline: Outline,
        original_url: str | None,
        broken: str | None,
        is_abrupt: bool,
        ledger: LineLedger,
    ) -> None:
        """`broken`: an address that the last line breaks off in; `is_abrupt`: no line end follows."""
        self.entries = outline.entries
        self.original_url = original_url
        self.broken = broken
        self.is_abrupt = is_abrupt
        self.ledger = ledger
        self.refusals: list[Refusal] = []
        self.closing: list[int] = []
        self.lines = [read_lines(entry.lines) for entry in self.entries]
        self.usual = {
            line.manner
            for entry, lines in zip(self.entries, self.lines, strict=True)
            if not entry.is_last
            for line in lines
        }

    def read(self) -> Iterator[ParsedItem]:
        """Yield the items in reading order; what cannot be understood becomes a refusal."""
        positions: dict[str, int] = {}
        for entry, lines in zip(self.entries, self.lines, strict=True):
            is_end = entry is self.entries[-1]
            if is_end and self.broken is None and not lines and self._is_cut_title(entry):
                self._refuse(f"line {entry.line_number}", "truncated_item", entry.markdown)
                continue
            item = self._item(entry, lines, positions.get(entry.channel, 0) + 1)
            if item is None:
                self._refuse(f"line {entry.line_number}", "item_without_title", entry.markdown)
                continue
            positions[entry.channel] = item.position
            if is_end and self.broken is not None:
                where = f"{item.channel} {item.position}"
                self._refuse(where, "truncated_item", self.broken)
            yield item

    def _item(self, entry: Entry, lines: list[Line], position: int) -> ParsedItem | None:
        title, title_urls = read_title(entry.markdown)
        if not title and lines and lines[0].is_title:
            title, title_urls = read_title(lines[0].markdown)
            lines = lines[1:]
        if not title:
            return None
        if entry.is_last:
            has_source = bool(title_urls) or "](" in entry.markdown
            lines, closing = without_closing(lines, self.usual, has_source, self.original_url)
            self.closing.extend(line.number for line in closing[:1])
            self.ledger.mark((line.number for line in closing), Kind.boilerplate)
        self._mark(entry, lines)
        text, urls = read_text(lines)
        return ParsedItem(
            channel=entry.channel,
            section=entry.section,
            position=position,
            title=title,
            text=text,
            urls=tuple(dict.fromkeys(title_urls + urls)),
        )

    def _mark(self, entry: Entry, lines: Sequence[Line]) -> None:
        """Enter the lines of an item; a source without an address is in none of its fields."""
        self.ledger.mark((entry.line_number,), Kind.item)
        for line in lines:
            is_kept = line.kind == "text" or addresses(line.markdown)
            self.ledger.mark((line.number,), Kind.item if is_kept else Kind.boilerplate)

    def _is_cut_title(self, entry: Entry) -> bool:
        """Whether the digest breaks off in a heading: half a title is worse than none."""
        if entry.markdown.count("[") > entry.markdown.count("]"):
            return True
        others_have_lines = any(self.lines[:-1]) and all(self.lines[:-1])
        return self.is_abrupt and "](" not in entry.markdown and others_have_lines

    def _refuse(self, location: str, reason: str, detail: str) -> None:
        self.refusals.append(Refusal(location, reason, detail[:200]))


def _lines(text: str) -> tuple[list[str], list[int]]:
    """The lines without their ends, and how many bytes each has with it."""
    bare = text.lstrip("\ufeff")
    parts = [*_LINE_END.split(bare), ""]
    lines: list[str] = []
    sizes: list[int] = []
    for written, end in zip(parts[::2], parts[1::2], strict=True):
        lines += _GLUED_END.sub(r"\n\1", written).split("\n")
        sizes += [len(encoded(line)) for line in lines[len(sizes) :]]
        sizes[-1] += len(end)
    sizes[0] += len(encoded(text)) - len(encoded(bare))
    return lines, sizes


def _start(lines: Sequence[str]) -> _Start | None:
    """The day's heading; without one, the first section that has a digest's name."""
    section = spoken = None
    for index, line in enumerate(lines):
        found = day_of_heading(line)
        if found and heading(line):
            return _Start(index + 1, *found)
        if found and spoken is None:  # a chat sentence may name the day, too
            spoken = _Start(index + 1, *found)
        if section is None and line.strip() and is_named_section(_words_of(line)):
            section = index
    if section is None or spoken is not None:
        return spoken
    # The day in another form, and the link to the original, may stand above the first section.
    above = range(max(section - 8, 0), section)
    first = next((i for i in above if "原文" in lines[i]), section)
    day = next((day for i in above if (day := day_of_line(lines[i]))), None)
    return _Start(first, None, day)


def _outline(lines: Sequence[str], start: _Start) -> tuple[Outline, str | None]:
    """The digest in parts and, if its last line breaks off in an address, what is left of that."""
    body = list(lines[start.index :])
    outline = read_outline(body, start.index + 1)
    broken = _cut_last_line(body, outline.end) if outline.ends_with_entry else None
    return (read_outline(body, start.index + 1) if broken else outline), broken


def _words_of(line: str) -> str:
    found = heading(line)
    return found[1] if found else line.strip()


def _cut_last_line(body: list[str], end: int) -> str | None:
    """Take a link that breaks off out of the digest's last line; return what is left of it.

    The page may go on behind it: its template adds the rest after the digest was cut.
    """
    last = max((i for i in range(end) if body[i].strip(" \t-*`")), default=None)
    cut = cut_unclosed(body[last]) if last is not None else None
    if last is None or cut is None:
        return None
    body[last], address = cut
    return address


def _frame(
    lines: Sequence[str], start: _Start, outline: Outline, ledger: LineLedger
) -> str | None:
    """Enter what is no item: page, day, headings of sections, header; return the original issue."""
    end = start.index + outline.end
    ledger.mark(chain(range(1, start.index + 1), range(end + 1, len(lines) + 1)), Kind.boilerplate)
    if start.title is not None:
        ledger.mark((start.index,), Kind.heading)
    ledger.mark(outline.section_lines, Kind.heading)
    original_url = _original_url([line for _, line in outline.header])
    links = (number for number, line in outline.header if original_url in addresses(line))
    ledger.mark(links, Kind.heading)
    return original_url


def _original_url(header: Sequence[str]) -> str | None:
    named = [line for line in header if _ORIGINAL.search(line)]
    return next((urls[0] for line in [*named, *header] if (urls := addresses(line))), None)
