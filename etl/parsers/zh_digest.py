"""The Chinese daily digest (十大AI新闻要点, 十大工具产品要点) in all the forms that it takes.

In: the text of a day's file, or of a newsletter page in which the digest is one part; the path only
tells the day when the text does not. Out: a `ParsedDigest`, or `Unreadable`.
Traps: a language model writes these files, so every mark may be missing or different (see
`tests/digests/zh_*` for the known forms); `---` is a line between items, never a heading; a page may
break off inside an address. What stands around the items is read in zh_frame.py, words are recognised
in zh_words.py, the text is cut into entries in zh_outline.py, one entry is read in zh_item.py,
deviations are put into words in zh_notes.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.parsers.errors import Unreadable
from etl.parsers.line_ledger import Kind, LineLedger
from etl.parsers.markdown import addresses
from etl.parsers.zh_frame import Start, enter_frame, find_start, lines_of
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
from etl.parsers.zh_words import day_of_path
from warehouse.model import ParsedDigest, ParsedItem, Refusal


def looks_like(text: str) -> bool:
    """Whether the text has a digest's day as a heading, or a section with a digest's name."""
    return find_start(lines_of(text)[0]) is not None


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
    lines, ends = lines_of(text)
    start = find_start(lines)
    if start is None:
        raise Unreadable("unknown_format", "line 1", next((x for x in lines if x.strip()), ""))
    day = start.day or day_of_path(path)
    if day is None:
        raise Unreadable("no_date", f"line {max(start.index, 1)}", start.title or path)
    outline, broken = _outline(lines, start)
    ledger = LineLedger(lines, ends)
    original_url = enter_frame(lines, start, outline, ledger)
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
        title_line: list[Line] = []
        if not title and lines and lines[0].is_title:
            title, title_urls = read_title(lines[0].markdown)
            title_line, lines = lines[:1], lines[1:]
        if not title:
            return None
        if entry.is_last:
            has_source = bool(title_urls) or "](" in entry.markdown
            lines, closing = without_closing(lines, self.usual, has_source, self.original_url)
            self.closing.extend(line.number for line in closing[:1])
            for line in closing:
                self.ledger.mark(line.number, line.number, Kind.boilerplate)
        self._mark(entry, [*title_line, *lines])
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
        self.ledger.mark(entry.line_number, entry.line_number, Kind.item)
        for line in lines:
            is_kept = line.kind == "text" or addresses(line.markdown)
            kind = Kind.item if is_kept else Kind.boilerplate
            self.ledger.mark(line.number, line.number, kind)

    def _is_cut_title(self, entry: Entry) -> bool:
        """Whether the digest breaks off in a heading: half a title is worse than none."""
        if entry.markdown.count("[") > entry.markdown.count("]"):
            return True
        others_have_lines = any(self.lines[:-1]) and all(self.lines[:-1])
        return self.is_abrupt and "](" not in entry.markdown and others_have_lines

    def _refuse(self, location: str, reason: str, detail: str) -> None:
        self.refusals.append(Refusal(location, reason, detail[:200]))


def _outline(lines: Sequence[str], start: Start) -> tuple[Outline, str | None]:
    """The digest in parts and, if its last line breaks off in an address, what is left of that."""
    body = list(lines[start.index :])
    outline = read_outline(body, start.index + 1)
    broken = _cut_last_line(body, outline.end) if outline.ends_with_entry else None
    return (read_outline(body, start.index + 1) if broken else outline), broken


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
