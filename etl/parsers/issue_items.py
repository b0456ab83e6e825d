"""From the blocks of an issue to its items.

In: blocks in reading order. Out: items with channel, section and position, and counts of what was
passed over; what became of each line is entered in the ledger. The rule for what is an item stands in `en_archive.py`.
Traps: an item's last lines may come as a block of their own (a quotation, a comment that lost its
indentation), so an item is stored only when the next one begins; a bold line may be a motto, the
title of a list, or the only sentence of a part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain, compress
from operator import not_

from etl.parsers import entries
from etl.parsers.blocks import Block
from etl.parsers.headings import Headings
from etl.parsers.line_ledger import Kind, LineLedger
from etl.parsers.markdown import plain_text
from warehouse.model import ParsedItem

_BOLD_LEVEL = 9  # a bold line stands under every heading
_OPENS_LINK = ("[", "<", "http", "*", "!")  # in a list of links, a bullet that begins with words is none


@dataclass(slots=True)
class _Pending:
    """An item that may go on."""

    channel: str
    section: str
    lines: list[str]
    numbers: list[list[int]]  # of the file
    is_paragraph: bool = False
    is_post: bool = False  # a Reddit post with counters

    def add(self, block: Block) -> None:
        """Go on with the lines of a block."""
        self.lines += block.lines
        self.numbers += block.numbers


@dataclass
class IssueItems:
    """Takes the blocks of an issue and keeps its items."""

    table: Headings
    ledger: LineLedger
    items: list[ParsedItem] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    _channel: str = "headline"
    _path: list[tuple[int, str]] = field(default_factory=list)
    _theme: str = ""
    _section: str = ""
    _lead: Block | None = None  # a heading or bold line as long as nothing stands under it
    _opening: Block | None = None  # a short paragraph, until it is clear what it opens
    _pending: _Pending | None = None
    _positions: Counter[str] = field(default_factory=Counter)
    _is_link_list: bool = False

    def take(self, block: Block) -> None:
        """Read one block."""
        if self._opening is not None and block.kind != "entry":
            self._close_opening()
        match block.kind:
            case "heading":
                self._heading(block)
            case "bold":
                self._bold(block)
            case "entry":
                self._entry(block)
            case "paragraph":
                self._paragraph(block)
            case "quote":
                self._quote(block)
            case "rule":
                self._rule()
            case "links":
                self.skipped["link_list"] += block.level

    def finish(self) -> None:
        """Store what is still open."""
        self._close_opening()
        self._close_lead(0)
        self._store()

    def notes(self) -> list[str]:
        """What was passed over, as short strings."""
        notes = [f"{reason}: {count}" for reason, count in sorted(self.skipped.items()) if count]
        if unexplained := self.ledger.unexplained():
            notes.append(f"unexplained: {len(unexplained)} lines (first at line {unexplained[0]})")
        return notes

    # ------------------------------------------------------------ headings

    def _heading(self, block: Block) -> None:
        self._close_lead(block.level)
        self._store()
        self._mark(block.numbers, Kind.heading)
        text = plain_text(block.lines[0])
        while self._path and self._path[-1][0] >= block.level:
            self._path.pop()
        self._path.append((block.level, self.table.section_name(text)))
        channel = self.table.channel_of(text)
        if channel is not None:
            self._channel = channel
        elif block.level == 1 and self._channel != "headline":
            self._channel = "other"
            self.skipped[f"unknown heading: {text[:60]}"] += 1
        self._enter("", block if channel is None else None)

    def _bold(self, block: Block) -> None:
        self._close_lead(_BOLD_LEVEL)
        text = plain_text(block.lines[0])
        if self.table.is_link_list(text):
            self._is_link_list = True
            self._skip("link_list", block)
            return
        if self.table.is_boilerplate(text):
            self._skip("boilerplate", block)
            return
        self._store()
        self._mark(block.numbers, Kind.heading)
        self._channel = self.table.channel_of(text, is_bold=True) or self._channel
        self._enter(self.table.section_name(text), block)

    def _rule(self) -> None:
        """A rule ends everything but the part of the issue."""
        self._close_lead(0)
        self._store()
        self._path = [(level, name) for level, name in self._path if level == 1]
        self._enter("", None)

    def _enter(self, theme: str, lead: Block | None) -> None:
        """Begin a part of the issue under a heading or bold line."""
        self._theme, self._lead, self._is_link_list = theme, lead, False
        self._section = " › ".join(self._names())

    def _names(self) -> list[str]:
        names = [name for _, name in self._path if name]
        return [*names, self._theme] if self._theme else names

    def _close_lead(self, level: int) -> None:
        """A long heading or bold line is an item itself if what follows is not under it."""
        lead, self._lead = self._lead, None
        if lead is None or level > (lead.level or _BOLD_LEVEL):
            return
        if entries.is_long(plain_text(lead.lines[0])):
            self._open(lead, is_paragraph=True)

    # ------------------------------------------------------------ content

    def _entry(self, block: Block) -> None:
        first = block.lines[0]
        if self._is_link_list and "http" in first and first.startswith(_OPENS_LINK):
            self.skipped["link_list"] += 1
            self._mark(block.numbers, Kind.boilerplate)
            return
        self._is_link_list = False
        if self._opening is not None:
            self._name_list(self._opening)
        is_post = self._channel == "reddit" and self.table.counter(block.lines[0]) is not None
        if self._pending is not None and self._pending.is_post and not is_post:
            self._pending.add(block)
            return
        self._open(block, is_post=is_post)

    def _paragraph(self, block: Block) -> None:
        text = plain_text(block.lines[0])
        level = self.table.level_of(text)
        if level is not None:
            self._heading(Block("heading", block.line, block.lines, level, block.numbers))
        elif self.table.is_link_list(text):
            self._is_link_list = True
            self._skip("link_list", block)
        elif self._is_link_list and block.lines[0].startswith(("[", "<", "http")):
            self._skip("link_list", block)
        else:
            self._is_link_list = False
            self._words(block)

    def _quote(self, block: Block) -> None:
        if self.table.is_boilerplate(plain_text(block.lines[0])):
            self._skip_quote("boilerplate", block)
            if self._channel == "headline":
                self._enter("", None)  # the motto above it is no title of what follows
        elif self._pending is None and self.table.is_topic_list(block.lines[0]):
            self._skip_quote("topic_list", block)
        else:
            self._words(block)

    def _skip_quote(self, reason: str, block: Block) -> None:
        """The first line tells what a quotation is; the ledger says which lines bear that out."""
        self.skipped[reason] += len(block.lines)
        for line, numbers in zip(block.lines, block.numbers, strict=True):
            is_known = self._is_empty(line) or self.table.is_topic_list(line)
            self.ledger.mark(numbers, Kind.boilerplate if is_known else Kind.unexplained)

    def _words(self, block: Block) -> None:
        """A paragraph or quotation: an item if it carries a fact, else more of the one above."""
        block = self._without_empty_lines(block)
        if not block.lines:
            return
        if block.kind == "quote" and self._pending is not None:
            self._pending.add(block)
        elif entries.carries_fact(block.lines):
            self._open(block, is_paragraph=True)
        else:
            self._opening = block

    def _without_empty_lines(self, block: Block) -> Block:
        is_kept = [not self._is_empty(line) for line in block.lines]
        if all(is_kept):
            return block
        empty = list(compress(block.numbers, map(not_, is_kept)))
        self.skipped["boilerplate"] += len(empty)
        self._mark(empty, Kind.boilerplate)
        lines, numbers = compress(block.lines, is_kept), compress(block.numbers, is_kept)
        return Block(block.kind, block.line, list(lines), block.level, list(numbers))

    def _close_opening(self) -> None:
        """A short paragraph that opened no list goes on with the paragraph above it."""
        block, self._opening = self._opening, None
        if block is None:
            return
        if self._pending is not None and self._pending.is_paragraph:
            self._pending.add(block)
        elif self._channel == "discord_detail":
            self._skip("short_message", block)  # a channel of one message has no summary
        else:
            self._mark(block.numbers, Kind.unexplained)

    def _name_list(self, opening: Block) -> None:
        """A short paragraph directly above a list is the last part of the section."""
        self._opening = None
        self._store()
        self._mark(opening.numbers, Kind.heading)
        name = self.table.section_name(plain_text(opening.lines[0]))
        self._section = " › ".join([*self._names(), name])

    def _is_empty(self, line: str) -> bool:
        """Whether a line has no words (an image) or says nothing about the day."""
        text = plain_text(line)
        return not text or self.table.is_boilerplate(text)

    def _skip(self, reason: str, block: Block) -> None:
        self.skipped[reason] += len(block.lines)
        self._mark(block.numbers, Kind.boilerplate)

    def _mark(self, numbers: Iterable[Iterable[int]], kind: Kind) -> None:
        self.ledger.mark(chain.from_iterable(numbers), kind)

    def _open(self, block: Block, is_paragraph: bool = False, is_post: bool = False) -> None:
        self._store()
        self._lead = None
        if is_paragraph:
            self._section = " › ".join(self._names())  # the name of a list above ends here
        self._pending = _Pending(
            self._channel, self._section, block.lines, block.numbers, is_paragraph, is_post
        )

    def _store(self) -> None:
        pending, self._pending = self._pending, None
        if pending is None:
            return
        entry = entries.read(pending.lines, self.table, pending.is_post)
        if entry is None:
            self.skipped["boilerplate"] += len(pending.lines)
            self._mark(pending.numbers, Kind.boilerplate)
            return
        self._mark(pending.numbers, Kind.item)
        channel = pending.channel
        self._positions[channel] += 1
        position = self._positions[channel]
        self.items.append(
            ParsedItem(channel, pending.section, position, entry.title, entry.text, entry.urls)
        )
