"""From the blocks of an issue to its items.

In: blocks in reading order. Out: items with channel, section and position, and counts of what was
passed over; what became of each line is entered in the ledger. The rule for what is an item stands in
`en_archive.py`.
Traps: an item's last lines may come as a block of their own (a quotation, a comment that lost its
indentation), so an item is stored only when the next one begins; a bold line may be a motto, the
title of a list, or the only sentence of a part.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from etl.parsers import entries
from etl.parsers.blocks import Block
from etl.parsers.headings import Headings
from etl.parsers.issue_place import BOLD_LEVEL, Pending, Place
from etl.parsers.line_ledger import Kind, LineLedger
from etl.parsers.markdown import plain_text
from warehouse.model import ParsedItem

# In a list of links, a bullet that begins with words of its own is none.
_OPENS_LINK = ("[", "<", "http", "*", "!")


@dataclass
class IssueItems:
    """Takes the blocks of an issue and keeps its items."""

    table: Headings
    ledger: LineLedger
    items: list[ParsedItem] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    _place: Place = field(default_factory=Place)
    _lead: Block | None = None  # a heading or bold line as long as nothing stands under it
    _opening: Block | None = None  # a short paragraph, until it is clear what it opens
    _pending: Pending | None = None
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
        self._mark(block, Kind.heading)
        text = plain_text(block.lines[0])
        self._place.go_under(block.level, self.table.section_name(text))
        channel = self.table.channel_of(text)
        if channel is not None:
            self._place.channel = channel
        elif block.level == 1 and self._place.channel != "headline":
            self._place.channel = "other"
            self.skipped[f"unknown heading: {text[:60]}"] += 1
        self._enter("", block if channel is None else None)

    def _bold(self, block: Block) -> None:
        self._close_lead(BOLD_LEVEL)
        text = plain_text(block.lines[0])
        if self.table.is_link_list(text):
            self._is_link_list = True
            self._skip("link_list", block)
            return
        if self.table.is_boilerplate(text):
            self._skip("boilerplate", block)
            return
        self._store()
        self._mark(block, Kind.heading)
        self._place.channel = self.table.channel_of(text, is_bold=True) or self._place.channel
        self._enter(self.table.section_name(text), block)

    def _rule(self) -> None:
        """A rule ends everything but the part of the issue."""
        self._close_lead(0)
        self._store()
        self._place.go_to_part()
        self._enter("", None)

    def _enter(self, theme: str, lead: Block | None) -> None:
        """Begin a part of the issue under a heading or bold line."""
        self._lead, self._is_link_list = lead, False
        self._place.set_theme(theme)

    def _close_lead(self, level: int) -> None:
        """A long heading or bold line is an item itself if what follows is not under it."""
        lead, self._lead = self._lead, None
        if lead is None or level > (lead.level or BOLD_LEVEL):
            return
        if entries.is_long(plain_text(lead.lines[0])):
            self._open(lead, is_paragraph=True)

    # ------------------------------------------------------------ content

    def _entry(self, block: Block) -> None:
        first = block.lines[0]
        if self._is_link_list and "http" in first and first.startswith(_OPENS_LINK):
            self.skipped["link_list"] += 1
            self._mark(block, Kind.boilerplate)
            return
        self._is_link_list = False
        if self._opening is not None:
            self._name_list(self._opening)
        is_post = self._place.channel == "reddit" and self.table.counter(block.lines[0]) is not None
        if self._pending is not None and self._pending.is_post and not is_post:
            self._pending.add(block)
            return
        self._open(block, is_post=is_post)

    def _paragraph(self, block: Block) -> None:
        text = plain_text(block.lines[0])
        level = self.table.level_of(text)
        if level is not None:
            self._heading(Block("heading", block.lines, block.starts, block.last, level))
        elif self.table.is_link_list(text):
            self._is_link_list = True
            self._skip("link_list", block)
        elif self._is_link_list and block.lines[0].startswith(("[", "<", "http")):
            self._skip("link_list", block)
        else:
            self._is_link_list = False
            self._words(block)

    def _quote(self, block: Block) -> None:
        if self._pending is None and self.table.is_topic_list(block.lines[0]):
            self._skip_quote("topic_list", block)
        elif self.table.is_boilerplate(plain_text(block.lines[0])):
            self._skip_quote("boilerplate", block)
            if self._place.channel == "headline":
                self._enter("", None)  # the motto above it is no title of what follows
        else:
            self._words(block)

    def _skip_quote(self, reason: str, block: Block) -> None:
        """The first line tells what a quotation is; what does not go on with it is unexplained."""
        self.skipped[reason] += len(block.lines)
        is_known, above = False, 0
        for line, first, last in block.pieces():
            goes_on = is_known and first <= above + 1
            is_known = goes_on or self.table.is_topic_list(line) or self._is_empty(line)
            self.ledger.mark(first, last, Kind.boilerplate if is_known else Kind.unexplained)
            above = first  # each line of a quotation has its own

    def _words(self, block: Block) -> None:
        """A paragraph or quotation: an item if it carries a fact, else more of the one above."""
        kept, empty = block.without(self._is_empty)
        self.skipped["boilerplate"] += len(empty)
        for first, last in empty:
            self.ledger.mark(first, last, Kind.boilerplate)
        if kept is None:
            return
        if kept.kind == "quote" and self._pending is not None:
            self._pending.add(kept)
        elif entries.carries_fact(kept.lines):
            self._open(kept, is_paragraph=True)
        else:
            self._opening = kept

    def _close_opening(self) -> None:
        """A short paragraph that opened no list goes on with the paragraph above it."""
        block, self._opening = self._opening, None
        if block is None:
            return
        if self._pending is not None and self._pending.is_paragraph:
            self._pending.add(block)
        elif self._place.channel == "discord_detail":
            self._skip("short_message", block)  # a channel of one message has no summary
        else:
            self._mark(block, Kind.unexplained)

    def _name_list(self, opening: Block) -> None:
        """A short paragraph directly above a list is the last part of the section."""
        self._opening = None
        self._store()
        self._mark(opening, Kind.heading)
        self._place.name_list(self.table.section_name(plain_text(opening.lines[0])))

    def _is_empty(self, line: str) -> bool:
        """Whether a line has no words (an image) or says nothing about the day."""
        text = plain_text(line)
        return not text or self.table.is_boilerplate(text)

    def _skip(self, reason: str, block: Block) -> None:
        self.skipped[reason] += len(block.lines)
        self._mark(block, Kind.boilerplate)

    def _mark(self, block: Block, kind: Kind) -> None:
        self.ledger.mark(block.starts[0], block.last, kind)

    def _open(self, block: Block, is_paragraph: bool = False, is_post: bool = False) -> None:
        self._store()
        self._lead = None
        if is_paragraph:
            self._place.name_list("")  # the name of a list above ends here
        place, span = self._place, (block.starts[0], block.last)
        self._pending = Pending(
            place.channel, place.section, block.lines, [span], is_paragraph, is_post
        )

    def _store(self) -> None:
        pending, self._pending = self._pending, None
        if pending is None:
            return
        entry = entries.read(pending.lines, self.table, pending.is_post)
        if entry is None:
            self.skipped["boilerplate"] += len(pending.lines)
        for first, last in pending.spans:
            self.ledger.mark(first, last, Kind.item if entry else Kind.boilerplate)
        if entry is None:
            return
        channel = pending.channel
        self._positions[channel] += 1
        position = self._positions[channel]
        self.items.append(
            ParsedItem(
                channel,
                pending.section,
                position,
                entry.title,
                entry.text,
                entry.urls,
                entry.activity,
                entry.comment_count,
            )
        )
