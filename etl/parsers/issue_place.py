"""Where in an issue the reader stands, and the item that is still open there.

In: headings, titles and names of lists as they come. Out: channel and section of the next item.
Trap: the name of a list holds for that list only, a theme until the next heading or rule.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from etl.parsers.blocks import Block

BOLD_LEVEL = 9  # a bold line stands under every heading


@dataclass
class Place:
    """The channel, and the headings above, outermost first."""

    channel: str = "headline"
    section: str = ""
    _path: list[tuple[int, str]] = field(default_factory=list)
    _theme: str = ""

    def go_under(self, level: int, name: str) -> None:
        """A heading ends those of its level and below; `set_theme` follows."""
        while self._path and self._path[-1][0] >= level:
            self._path.pop()
        self._path.append((level, name))

    def go_to_part(self) -> None:
        """Leave all headings but the part of the issue; `set_theme` follows."""
        self._path = [(level, name) for level, name in self._path if level == 1]

    def set_theme(self, theme: str) -> None:
        """Stand under a bold line, or under none."""
        self._theme = theme
        self.name_list("")

    def name_list(self, name: str) -> None:
        """Stand in a list with a name of its own, or in none."""
        names = [part for _, part in self._path]
        self.section = " › ".join(part for part in (*names, self._theme, name) if part)


@dataclass(slots=True)
class Pending:
    """An item that may go on."""

    channel: str
    section: str
    lines: list[str]
    spans: list[tuple[int, int]]  # first and last lines of the file
    is_paragraph: bool = False
    is_post: bool = False  # a Reddit post with counters

    def add(self, block: Block) -> None:
        """Go on with the lines of a block."""
        self.lines += block.lines
        self.spans.append((block.starts[0], block.last))
