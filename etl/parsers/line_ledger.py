"""Where every line of a digest went: into an item, a heading, known boilerplate, or nowhere.

In: the lines of a file and what the parser made of each. Out: `Coverage`, in UTF-8 bytes.
What the classes mean, the same in all formats:
- item: title, text or addresses of an item hold what the line says.
- heading: front matter, headings and bold titles, the line that names the original issue.
- boilerplate: what a known pattern says is no news (lists of links, notes on the digest, "no new
  messages", channels too short for a summary), what stands around the digest on its page, and lines
  without any word (blank, rules, fences, tags).
- unexplained: all the rest, refused entries among them.
Traps: a line that the parser forgets counts as unexplained, never as explained, so that a new form of
digest shows; a line of HTML may hold several blocks: the highest `Kind` of them is that of the line,
so that nothing hides behind an item on the same line. There are a million lines: the sums are made
by `translate` and `compress`, not line by line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from itertools import compress

from warehouse.model import Coverage

_WORD = re.compile(r"[^\W_]")
_MARK = re.compile(r"[\s>＞]*(?:(?:```|~~~)\s*[\w+#.-]*|(?:<[^<>]*>\s*)+)\s*\Z")  # fence, tags


class Kind(IntEnum):
    """The class of a line; of two, the higher one counts."""

    empty = 0  # in the end boilerplate
    unread = 1  # in the end boilerplate if it has no word, else unexplained
    boilerplate = 2
    heading = 3
    item = 4
    unexplained = 5


# For bytes.translate: what lines become when they are marked, and which are of a kind.
_RAISED = {k: bytes(max(code, k) if code else 0 for code in range(256)) for k in Kind}
_ONLY = {k: bytes(code == k for code in range(256)) for k in Kind}


class LineLedger:
    """Takes notes on the lines of one file, which count from 1."""

    def __init__(self, lines: Sequence[str], ends: Sequence[int]) -> None:
        """`lines` without their ends, and how many bytes each end has."""
        self.lines = lines
        self._ends = ends
        self._kinds = bytearray(map(bool, lines))  # empty or unread

    @classmethod
    def of_text(cls, text: str) -> LineLedger:
        """Lines that end at `\\n`."""
        lines = text.split("\n")
        return cls(lines, [1] * (len(lines) - 1) + [0])

    def mark(self, first: int, last: int, kind: Kind) -> None:
        """Say what the lines from `first` to `last` are; empty ones stay what they are."""
        kinds = self._kinds
        if first == last:
            if 0 < kinds[first - 1] < kind:
                kinds[first - 1] = kind
        elif first < last:
            kinds[first - 1 : last] = kinds[first - 1 : last].translate(_RAISED[kind])

    def kinds(self) -> bytes:
        """The `Kind` of each line, seen from the end: boilerplate, heading, item or unexplained."""
        kinds = bytearray(self._kinds.replace(b"\0", bytes([Kind.boilerplate])))
        index = kinds.find(Kind.unread)
        while index >= 0:
            line = self.lines[index]
            has_words = _WORD.search(line) and not _MARK.match(line)
            kinds[index] = Kind.unexplained if has_words else Kind.boilerplate
            index = kinds.find(Kind.unread, index + 1)
        return bytes(kinds)

    def unexplained(self) -> list[int]:
        """The lines that nothing explains."""
        kinds = self.kinds()
        return list(compress(range(1, len(kinds) + 1), kinds.translate(_ONLY[Kind.unexplained])))

    def coverage(self) -> Coverage:
        """The bytes of each class."""
        kinds = self.kinds()
        items = self._bytes_of(kinds, Kind.item)
        headings = self._bytes_of(kinds, Kind.heading)
        boilerplate = self._bytes_of(kinds, Kind.boilerplate)
        unexplained = self._bytes_of(kinds, Kind.unexplained)
        read = items + headings + boilerplate + unexplained
        return Coverage(read, items, headings, boilerplate, unexplained)

    def _bytes_of(self, kinds: bytes, kind: Kind) -> int:
        is_of_kind = kinds.translate(_ONLY[kind])
        lines = "".join(compress(self.lines, is_of_kind))
        return len(encoded(lines)) + sum(compress(self._ends, is_of_kind))


def encoded(text: str) -> bytes:
    """UTF-8, with half a surrogate pair let through."""
    return text.encode("utf-8", "surrogatepass")
