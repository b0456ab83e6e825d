"""The parts into which a Chinese digest is cut: what zh_outline.py fills and zh_digest.py reads.

In: nothing, or an `Outline` with entries under no section. Out: the types, and channels for those.
Trap: when the heading of a section is missing, only the order and the numbers of the entries are left
to tell news from tools.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

NO_SECTION = ""


@dataclass
class Entry:
    """An item as it stands: its heading without the number, and the numbered lines below it."""

    channel: str
    section: str
    written_number: int | None
    line_number: int
    markdown: str
    lines: list[tuple[int, str]] = field(default_factory=list)
    is_last: bool = False  # of its section


@dataclass
class Outline:
    """The digest in parts; `left_out` are the lines of headings that belong to something else."""

    header: list[tuple[int, str]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    section_lines: list[int] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)
    inferred: list[str] = field(default_factory=list)  # channels of sections without a heading
    end: int = 0  # index of the line behind the digest
    has_end: bool = False  # something says that the digest is over
    is_list: bool = False

    @property
    def ends_with_entry(self) -> bool:
        """Whether the last line of the digest is a line of its last entry."""
        last_entry = self.entries[-1].line_number if self.entries else 0
        return last_entry > max(self.left_out, default=0)


def name_sections(outline: Outline) -> None:
    """Give entries whose section has lost its heading the channel that order or numbers tell."""
    nameless = [entry for entry in outline.entries if entry.channel == NO_SECTION]
    for entry in nameless:
        entry.channel = "other" if "news" in outline.channels else "news"
    if nameless and "news" not in outline.channels:
        outline.inferred.append("news")
    if "tools" in outline.channels:
        return
    news = [entry for entry in outline.entries if entry.channel == "news"]
    restart = next(
        (i for i, (a, b) in enumerate(pairwise(news), 1) if b.written_number == 1 and _is_late(a)),
        len(news),
    )
    for entry in news[restart:]:
        entry.channel, entry.section = "tools", ""
    if news[restart:]:
        outline.inferred.append("tools")


def _is_late(entry: Entry) -> bool:
    """Whether a number is so high that a 1 after it begins a new section, not an item numbered wrong."""
    return (entry.written_number or 0) >= 5
