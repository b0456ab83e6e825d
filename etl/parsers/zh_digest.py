"""The Chinese daily digest (十大AI新闻要点, 十大工具产品要点) in all the forms that it takes.

In: the text of a day's file, or of a newsletter page in which the digest is one part; the path only
tells the day when the text does not. Out: a `ParsedDigest`, or `Unreadable`.
Traps: a language model writes these files, so every mark may be missing or different (see
`tests/digests/zh_*` for the known forms); a page holds other sites' bullets before the digest and
dozens of dated links after it; `---` is a line between items, never a heading; a page may break off
inside an address. Words are recognised in zh_words.py, the text is cut into entries in
zh_outline.py, one entry is read in zh_item.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from etl.parsers.errors import Unreadable
from etl.parsers.markdown import addresses, heading
from etl.parsers.zh_item import (
    Line,
    cut_unclosed,
    read_lines,
    read_text,
    read_title,
    without_closing,
)
from etl.parsers.zh_outline import Entry, Outline, read_outline
from etl.parsers.zh_words import day_of_heading, day_of_line, day_of_path, is_named_section
from warehouse.model import ParsedDigest, ParsedItem, Refusal

_ORIGINAL = re.compile(r"原文|original|source|来源", re.IGNORECASE)
# A digest that was cut has no line end of its own before the page goes on.
_GLUED_END = re.compile(r"(?<=[^\s#])(#{1,4}[ \t]+(?:推荐阅读|往日新闻))")
_FENCE = re.compile(r"\s*(?:```|~~~)")


@dataclass(frozen=True)
class _Start:
    """Where the digest begins: index of its first line below the day, and what the day says."""

    index: int
    title: str | None
    day: date | None


def looks_like(text: str) -> bool:
    """Whether the text has a digest's day as a heading, or a section with a digest's name."""
    return _start(_lines(text)) is not None


def parse(text: str, path: str) -> ParsedDigest:
    """Read one Chinese digest.

    Args:
        text: the whole file, decoded.
        path: where it came from; only its day counts, and only if the text states none.

    Raises:
        Unreadable: unknown_format, no_date or no_items.
    """
    lines = _lines(text)
    start = _start(lines)
    if start is None:
        raise Unreadable("unknown_format", "line 1", next((x for x in lines if x.strip()), ""))
    day = start.day or day_of_path(path)
    if day is None:
        raise Unreadable("no_date", f"line {max(start.index, 1)}", start.title or path)
    body = lines[start.index :]
    outline = read_outline(body, start.index + 1)
    broken = None
    if outline.ends_with_entry:
        broken = _cut_last_line(body, outline.end)
        outline = read_outline(body, start.index + 1) if broken else outline
    original_url = _original_url(outline.header)
    reader = _Reader(outline, original_url, broken)
    items = tuple(reader.read())
    if not items:
        raise Unreadable("no_items", f"line {start.index + 1}", start.title or "")
    return ParsedDigest(
        format="zh_digest",
        slug=day.isoformat(),
        published_on=day,
        language="zh",
        title=start.title or f"AINews - {day.isoformat()}",
        url=None,
        original_url=original_url,
        items=items,
        refusals=tuple(reader.refusals),
        notes=tuple([*_notes_on_frame(lines, start, path, outline), *reader.notes(items)]),
    )


class _Reader:
    """Reads the entries one by one and remembers what was refused or left out on the way."""

    def __init__(self, outline: Outline, original_url: str | None, broken: str | None) -> None:
        self.entries = outline.entries
        self.original_url = original_url
        self.broken = broken
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
            is_end_of_file = entry is self.entries[-1]
            if is_end_of_file and self.broken is None and _is_cut_title(entry, lines):
                self._refuse(f"line {entry.line_number}", "truncated_item", entry.markdown)
                continue
            item = self._item(entry, lines, positions.get(entry.channel, 0) + 1)
            if item is None:
                self._refuse(f"line {entry.line_number}", "item_without_title", entry.markdown)
                continue
            positions[entry.channel] = item.position
            if is_end_of_file and self.broken is not None:
                where = f"{item.channel} {item.position}"
                self._refuse(where, "truncated_item", self.broken)
            yield item

    def notes(self, items: Sequence[ParsedItem]) -> Iterator[str]:
        """What was understood although it is not in the usual form."""
        for channel in dict.fromkeys(entry.channel for entry in self.entries):
            numbers = [e.written_number for e in self.entries if e.channel == channel]
            if numbers != list(range(1, len(numbers) + 1)):
                written = ", ".join("none" if n is None else str(n) for n in numbers)
                yield f"{channel}: the written numbers are {written}; positions follow the order"
        without = [f"{item.channel} {item.position}" for item in items if not item.urls]
        if without:
            yield f"no address: {', '.join(without)}"
        for number in self.closing:
            yield f"line {number}: a closing note, not part of the item above it"

    def _item(self, entry: Entry, lines: list[Line], position: int) -> ParsedItem | None:
        title, title_urls = read_title(entry.markdown)
        if not title and lines and _is_title_line(lines[0]):
            title, title_urls = read_title(lines[0].markdown)
            lines = lines[1:]
        if not title:
            return None
        if entry.is_last:
            lines, closing = without_closing(lines, self.usual, title_urls, self.original_url)
            self.closing.extend(line.number for line in closing[:1])
        text, urls = read_text(lines)
        return ParsedItem(
            channel=entry.channel,
            section=entry.section,
            position=position,
            title=title,
            text=text,
            urls=tuple(dict.fromkeys(title_urls + urls)),
        )

    def _refuse(self, location: str, reason: str, detail: str) -> None:
        self.refusals.append(Refusal(location, reason, detail[:200]))


def _lines(text: str) -> list[str]:
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _GLUED_END.sub(r"\n\1", text).split("\n")


def _start(lines: Sequence[str]) -> _Start | None:
    """The day's heading; without one, the first section that has a digest's name."""
    section = None
    for index, line in enumerate(lines):
        found = day_of_heading(line)
        if found:
            return _Start(index + 1, *found)
        if section is None and line.strip() and is_named_section(_words_of(line)):
            section = index
    if section is None:
        return None
    # The day in another form, and the link to the original, may stand above the first section.
    above = range(max(section - 8, 0), section)
    first = next((i for i in above if "原文" in lines[i]), section)
    day = next((day for i in above if (day := day_of_line(lines[i]))), None)
    return _Start(first, None, day)


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


def _is_cut_title(entry: Entry, lines: Sequence[Line]) -> bool:
    return not lines and entry.markdown.count("[") > entry.markdown.count("]")


def _is_title_line(line: Line) -> bool:
    marked = line.markdown
    return marked.startswith("[") or (marked.startswith("**") and marked.endswith("**"))


def _original_url(header: Sequence[str]) -> str | None:
    named = [line for line in header if _ORIGINAL.search(line)]
    return next((urls[0] for line in [*named, *header] if (urls := addresses(line))), None)


def _notes_on_frame(
    lines: Sequence[str], start: _Start, path: str, outline: Outline
) -> Iterator[str]:
    day_by_path = day_of_path(path)
    if start.day is None:
        yield "no valid day in the text; the day is from the path"
    elif day_by_path and day_by_path != start.day:
        yield f"the heading says {start.day}, the path says {day_by_path}; the heading counts"
    if any(heading(line) for line in lines[: max(start.index - 1, 0)]):
        yield "the digest stands inside a page; the rest of the page was left out"
        if not outline.has_end:
            yield "nothing of the page follows the digest; it may be cut off"
    if any(_FENCE.match(line) for line in lines):
        yield "code fences were ignored"
    if outline.is_list:
        yield "the items are lines of a list, not headings"
    for channel in ("news", "tools"):
        if channel not in outline.channels:
            yield f"no section for {channel}"
    for number in outline.left_out:
        yield f"line {number}: a heading of something else; what stands below it was left out"
