"""The lines of an issue as blocks: headings, bold lines, list entries, paragraphs, quotes.

In: Markdown lines and the number of the first one. Out: blocks in reading order, every line that
is not empty, a rule, a fence or a comment in exactly one of them. An entry is a top-level bullet or
number with its sub-bullets and continuation lines, their marks removed.
Traps: whole lists are indented (Reddit posts of 2026), so "top-level" is relative to the list; the
translator worked on pieces and lost the indentation of a piece's first line, so a post with its
counter opens an entry wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from etl.parsers.line_ledger import LineLedger
from etl.parsers.markdown_lines import markdown_lines

_HEADING = re.compile(r" {0,3}(#{1,6})(?:\s|\Z)")
_BULLET = re.compile(r"(?:([-*+•·])|(\d{1,3})[.)])(?:\s+(?=\S)|\Z)")
_RULE = re.compile(r"(?:-\s*){3,}\Z|(?:\*\s*){3,}\Z|(?:_\s*){3,}\Z|(?:=){3,}\Z")
_BOLD_LINE = re.compile(r"\*\*(?!\s)(?:[^*]|\*(?!\*))+\*\*\s*[:：]?\Z")
_BULLET_STARTS = frozenset("-*+•·0123456789")
_RULE_STARTS = frozenset("-*_=")
_LONGEST_TITLE = 160
_DEEPER = 2  # columns beyond the list's own indentation that make a sub-bullet


@dataclass(slots=True)
class Block:
    """A piece of the issue; `lines` are Markdown without the marks that made it a block."""

    kind: str  # heading, bold, entry, paragraph, quote, rule, links
    lines: list[str]
    starts: list[int]  # the line of the file, from 1, at which each of `lines` begins
    last: int  # line of the file
    level: int = 0  # of a heading; of `links`, their number; 1 for the first numbered entry

    def add(self, number: int, text: str) -> None:
        """Go on with a line of its own."""
        self.lines.append(text)
        self.starts.append(number)
        self.last = number

    def pieces(self) -> Iterator[tuple[str, int, int]]:
        """Each of `lines` with its first and last line in the file."""
        ends = [max(start, below - 1) for start, below in pairwise([*self.starts, self.last + 1])]
        return zip(self.lines, self.starts, ends, strict=True)

    def without(
        self, is_dropped: Callable[[str], bool]
    ) -> tuple[Block | None, list[tuple[int, int]]]:
        """The block without some of its lines, and where in the file those stand."""
        if not any(map(is_dropped, self.lines)):
            return self, []
        kept = Block(self.kind, [], [], 0, self.level)
        dropped = []
        for text, first, last in self.pieces():
            if is_dropped(text):
                dropped.append((first, last))
            else:
                kept.add(first, text)
                kept.last = last
        return (kept if kept.lines else None), dropped


def read(
    lines: Sequence[str], first: int, opens_entry: Callable[[str], bool], ledger: LineLedger
) -> list[Block]:
    """The blocks of `lines`; `opens_entry` knows a bullet that is never a sub-bullet.

    Boxes of links, whose lines are in no block, are entered in `ledger`.
    """
    reader = _Reader(opens_entry)
    for number, line, mark in markdown_lines(lines, first, ledger):
        text = line.strip()
        if not text:
            reader.was_blank = True
        elif mark:
            reader.take_marked(number, text, mark)
        else:
            reader.take(number, line, text)
    reader.close()
    return reader.done


class _Reader:
    """Takes one line after the other; holds the block that is still open."""

    def __init__(self, opens_entry: Callable[[str], bool]) -> None:
        self.done: list[Block] = []
        self.was_blank = True
        self._opens_entry = opens_entry
        self._open: Block | None = None
        self._base = 0  # indentation of the open list
        self._is_counting = False  # the last entry had a number

    def take(self, number: int, line: str, text: str) -> None:
        """A line that is not empty, and the same without its indentation."""
        char = text[0]
        if char == "#" and (match := _HEADING.match(line)):
            if title := _without_closing_marks(line[match.end() :].strip()):
                self._single(Block("heading", [title], [number], number, len(match[1])))
        elif char in _RULE_STARTS and _RULE.match(text):
            self._single(Block("rule", [], [], number))
        elif char in _BULLET_STARTS and (match := _BULLET.match(text)):
            self._bullet(number, line, text[match.end() :], match[2] is not None)
        elif char == ">":
            self._quote(number, line, text.lstrip("> "))
        else:
            self._words(number, line, text)
        self.was_blank = False

    def take_marked(self, number: int, text: str, mark: str) -> None:
        """A line of code, or the number of links in a box."""
        if mark == "links":
            self._single(Block("links", [], [], number, int(text)))
        elif self._open is None:
            self._open = Block("paragraph", [text], [number], number)
        else:
            self._open.add(number, text)
        self.was_blank = False

    def close(self) -> None:
        """Finish the block that is still open."""
        block, self._open = self._open, None
        if block is None:
            return
        if block.kind == "paragraph" and _is_bold_line(block.lines):
            block.kind = "bold"
        self.done.append(block)

    def _single(self, block: Block) -> None:
        self.close()
        self._is_counting = False
        self.done.append(block)

    def _bullet(self, number: int, line: str, text: str, is_numbered: bool) -> None:
        indent = len(line) - len(line.lstrip())
        block = self._open
        if block is not None and block.kind == "entry":
            if indent >= self._base + _DEEPER and not self._opens_entry(text):
                block.add(number, text)
                return
            if block.level and not is_numbered and _is_title(block.lines):
                block.kind, block.level = "bold", 0  # a lone `1. Theme` above unindented bullets
        self.close()
        self._base = indent
        level = int(is_numbered and not self._is_counting)
        self._open = Block("entry", [text], [number], number, level)
        self._is_counting = is_numbered

    def _quote(self, number: int, line: str, text: str) -> None:
        block = self._open
        if not text:
            return
        if block is not None and (
            (block.kind == "quote" and not self.was_blank) or self._is_inside_entry(line)
        ):
            block.add(number, text)
            return
        self.close()
        self._open = Block("quote", [text], [number], number)

    def _words(self, number: int, line: str, text: str) -> None:
        """Text goes on with the open block, unless an empty line or a bold line parts them."""
        block = self._open
        if block is not None:
            is_title = block.kind in ("entry", "quote") and _is_bold_line([line.rstrip()])
            is_parted = self.was_blank or is_title
            if not is_parted or self._is_inside_entry(line):
                if self.was_blank or block.kind == "quote" or not block.lines:
                    block.add(number, text)
                else:
                    block.lines[-1] += " " + text  # a line was only wrapped
                    block.last = number
                return
        self.close()
        self._is_counting = False
        self._open = Block("paragraph", [text], [number], number)

    def _is_inside_entry(self, line: str) -> bool:
        if self._open is None or self._open.kind != "entry":
            return False
        return len(line) - len(line.lstrip()) >= self._base + _DEEPER


def _without_closing_marks(title: str) -> str:
    """`Title ##` without its closing marks; `C#` keeps its own."""
    bare = title.rstrip("#")
    return bare.rstrip() if not bare or bare[-1].isspace() else title


def _is_bold_line(lines: list[str]) -> bool:
    return len(lines) == 1 and _BOLD_LINE.match(lines[0]) is not None


def _is_title(lines: list[str]) -> bool:
    return len(lines) == 1 and len(lines[0]) <= _LONGEST_TITLE
