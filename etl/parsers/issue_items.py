"""From the blocks of an issue to its items.

In: blocks in reading order. Out: items with channel, section and position, and counts of what was
passed over. The rule for what is an item stands in `en_archive.py`.
Traps: an item's last lines may come as a block of their own (a quotation, a comment that lost its
indentation), so an item is stored only when the next one begins; a bold line may be a motto, the
title of a list, or the only sentence of a part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from unicodedata import east_asian_width

from etl.parsers import entries
from etl.parsers.blocks import Block
from etl.parsers.headings import Headings
from etl.parsers.markdown import plain_text
from warehouse.model import ParsedItem

SHORTEST_PARAGRAPH = 80  # columns
_IN_DISGUISE = 3  # level of a heading that is written as a paragraph


@dataclass(slots=True)
class _Pending:
    """An item that may go on."""

    channel: str
    section: str
    lines: list[str]
    is_paragraph: bool = False
    is_post: bool = False  # a Reddit post with counters


@dataclass
class IssueItems:
    """Takes the blocks of an issue and keeps its items."""

    table: Headings
    items: list[ParsedItem] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    unexplained: list[int] = field(default_factory=list)  # lines of the file
    _channel: str = "headline"
    _path: list[tuple[int, str]] = field(default_factory=list)
    _theme: str = ""
    _section: str = ""
    _lead: Block | None = None  # a heading or bold line as long as nothing stands under it
    _pending: _Pending | None = None
    _positions: Counter[str] = field(default_factory=Counter)
    _is_link_list: bool = False

    def take(self, block: Block) -> None:
        """Read one block."""
        takes: dict[str, Callable[[Block], None]] = {
            "heading": self._heading,
            "bold": self._bold,
            "entry": self._entry,
            "paragraph": self._paragraph,
            "quote": self._quote,
            "rule": self._rule,
            "links": self._links,
        }
        takes[block.kind](block)

    def finish(self) -> None:
        """Store what is still open."""
        self._close_lead()
        self._store()

    def notes(self) -> list[str]:
        """What was passed over, as short strings."""
        notes = [f"{reason}: {count}" for reason, count in sorted(self.skipped.items())]
        if self.unexplained:
            count = len(self.unexplained)
            notes.append(f"unexplained: {count} lines (first at line {self.unexplained[0]})")
        return notes

    # ------------------------------------------------------------ headings

    def _heading(self, block: Block) -> None:
        self._close_lead()
        self._store()
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
        self._close_lead()
        text = plain_text(block.lines[0])
        if self.table.is_link_list(text):
            self._is_link_list = True
            self.skipped["link_list"] += 1
            return
        if self.table.is_boilerplate(text):
            self._skip("boilerplate", block)
            return
        self._store()
        self._channel = self.table.channel_of(text, is_bold=True) or self._channel
        self._enter(self.table.section_name(text), block)

    def _rule(self, block: Block) -> None:
        self._close_lead()
        self._store()
        self._enter("", None)

    def _enter(self, theme: str, lead: Block | None) -> None:
        """Begin a part of the issue under a heading or bold line."""
        self._theme, self._lead, self._is_link_list = theme, lead, False
        names = [name for _, name in self._path if name]
        self._section = " › ".join([*names, theme] if theme else names)

    def _close_lead(self) -> None:
        """A long heading or bold line with nothing under it is an item itself."""
        lead, self._lead = self._lead, None
        if lead is not None and is_long(plain_text(lead.lines[0])):
            self._open(lead.lines, is_paragraph=True)

    # ------------------------------------------------------------ content

    def _entry(self, block: Block) -> None:
        if self._is_link_list:
            self.skipped["link_list"] += 1
            return
        is_post = self._channel == "reddit" and self.table.counter(block.lines[0]) is not None
        if self._pending is not None and self._pending.is_post and not is_post:
            self._pending.lines += block.lines
            return
        self._open(block.lines, is_post=is_post)

    def _paragraph(self, block: Block) -> None:
        text = plain_text(block.lines[0])
        if self.table.is_heading(text):
            self._heading(Block("heading", block.line, block.lines, _IN_DISGUISE))
            return
        if self._is_link_list or self.table.is_link_list(text):
            self._is_link_list = True
            self.skipped["link_list"] += len(block.lines)
            return
        self._words(block)

    def _quote(self, block: Block) -> None:
        if self.table.is_boilerplate(plain_text(block.lines[0])):
            self._skip("boilerplate", block)
            if self._channel == "headline":
                self._enter("", None)  # the motto above it is no title of what follows
        elif self._pending is None and self.table.is_topic_list(block.lines[0]):
            self._skip("topic_list", block)
        else:
            self._words(block)

    def _words(self, block: Block) -> None:
        """A paragraph or quotation: an item if long, else more of the one above."""
        lines = [line for line in block.lines if not self._is_empty(line)]
        self.skipped["boilerplate"] += len(block.lines) - len(lines)
        if not lines:
            return
        is_quote = block.kind == "quote"
        pending = self._pending
        if (
            pending is not None
            and (is_quote or pending.is_paragraph)
            and (is_quote or not is_long(" ".join(map(plain_text, lines))))
        ):
            pending.lines += lines
        elif is_long(" ".join(map(plain_text, lines))):
            self._open(lines, is_paragraph=True)
        else:
            self.unexplained += range(block.line, block.line + len(lines))

    def _links(self, block: Block) -> None:
        self.skipped["link_list"] += block.level

    def _is_empty(self, line: str) -> bool:
        """Whether a line has no words (an image) or says nothing about the day."""
        text = plain_text(line)
        return not text or self.table.is_boilerplate(text)

    def _skip(self, reason: str, block: Block) -> None:
        self.skipped[reason] += len(block.lines)

    def _open(self, lines: list[str], is_paragraph: bool = False, is_post: bool = False) -> None:
        self._store()
        self._lead = None
        self._pending = _Pending(self._channel, self._section, lines, is_paragraph, is_post)

    def _store(self) -> None:
        pending, self._pending = self._pending, None
        if pending is None:
            return
        entry = entries.read(pending.lines, self.table)
        if entry is None:
            self.skipped["boilerplate"] += len(pending.lines)
            return
        channel = pending.channel
        self._positions[channel] += 1
        position = self._positions[channel]
        self.items.append(
            ParsedItem(channel, pending.section, position, entry.title, entry.text, entry.urls)
        )


def is_long(text: str) -> bool:
    """Whether a paragraph of plain text is long enough to carry a fact; Chinese is denser."""
    if len(text) >= SHORTEST_PARAGRAPH or text.isascii():
        return len(text) >= SHORTEST_PARAGRAPH
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text) >= SHORTEST_PARAGRAPH
