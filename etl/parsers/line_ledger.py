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
so that nothing hides behind an item on the same line. A million lines are counted in a second's
fraction, so the sums are made by `compress`, not line by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
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


class LineLedger:
    """Takes notes on the lines of one file, which count from 1."""

    def __init__(self, lines: Sequence[str], sizes: Sequence[int]) -> None:
        """`lines` without their ends, and how many bytes each has with it."""
        self.lines = lines
        self._sizes = sizes
        self._kinds = bytearray(map(bool, lines))  # empty or unread

    @classmethod
    def of_text(cls, text: str) -> LineLedger:
        """Lines that end at `\\n`."""
        sizes = [len(line) + 1 for line in encoded(text).split(b"\n")]
        sizes[-1] -= 1
        return cls(text.split("\n"), sizes)

    def mark(self, numbers: Iterable[int], kind: Kind) -> None:
        """Say what lines are; empty ones stay what they are."""
        kinds = self._kinds
        for number in numbers:
            if 0 < kinds[number - 1] < kind:
                kinds[number - 1] = kind

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
        return [n for n, kind in enumerate(self.kinds(), 1) if kind == Kind.unexplained]

    def coverage(self) -> Coverage:
        """The bytes of each class."""
        kinds = self.kinds()
        return Coverage(
            bytes_read=sum(self._sizes),
            bytes_in_items=self._bytes_of(kinds, Kind.item),
            bytes_in_headings=self._bytes_of(kinds, Kind.heading),
            bytes_in_boilerplate=self._bytes_of(kinds, Kind.boilerplate),
            bytes_unexplained=self._bytes_of(kinds, Kind.unexplained),
        )

    def _bytes_of(self, kinds: bytes, kind: Kind) -> int:
        is_of_kind = kinds.translate(bytes(code == kind for code in range(256)))
        return sum(compress(self._sizes, is_of_kind))


def encoded(text: str) -> bytes:
    """UTF-8, with half a surrogate pair let through."""
    return text.encode("utf-8", "surrogatepass")
