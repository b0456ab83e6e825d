"""The lines of an issue as blocks: headings, bold lines, list entries, paragraphs, quotes.

In: Markdown lines and the number of the first one. Out: blocks in reading order, every line that
is not empty, a rule, a fence or a comment in exactly one of them. An entry is a top-level bullet or
number with its sub-bullets and continuation lines, their marks removed.
Traps: whole lists are indented (Reddit posts of 2026), so "top-level" is relative to the list; the
translator worked on pieces and lost the indentation of a piece's first line, so a post with its
counter opens an entry wherever it stands; `#` inside a code fence is no heading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from etl.parsers.html_lines import OPENS_BLOCK, HtmlLines
from etl.parsers.line_ledger import Kind, LineLedger

_HEADING = re.compile(r" {0,3}(#{1,6})(?:\s|\Z)")
_BULLET = re.compile(r"(?:([-*+•·])|(\d{1,3})[.)])(?:\s+(?=\S)|\Z)")
_RULE = re.compile(r"(?:-\s*){3,}\Z|(?:\*\s*){3,}\Z|(?:_\s*){3,}\Z|(?:=){3,}\Z")
_BOLD_LINE = re.compile(r"\*\*(?!\s)(?:[^*]|\*(?!\*))+\*\*\s*[:：]?\Z")
_FENCE = re.compile(r"\s*(?:```|~~~)[^`]*\Z")
_LINKS_BOX = re.compile(r"<div[^>]*\blinksMentioned\b", re.IGNORECASE)
_BULLET_STARTS = frozenset("-*+•·0123456789")
_RULE_STARTS = frozenset("-*_=")
_LONGEST_FENCE = 200
_LONGEST_TITLE = 160
_DEEPER = 2  # columns beyond the list's own indentation that make a sub-bullet


@dataclass(slots=True)
class Block:
    """A piece of the issue; `lines` are Markdown without the marks that made it a block."""

    kind: str  # heading, bold, entry, paragraph, quote, rule, links
    line: int  # of the file, from 1
    lines: list[str]
    level: int = 0  # of a heading; of `links`, their number; 1 for the first numbered entry
    numbers: list[list[int]] = field(default_factory=list)  # lines of the file, for each of `lines`

    def add(self, number: int, text: str) -> None:
        """Go on with a line of its own."""
        self.lines.append(text)
        self.numbers.append([number])


def read(
    lines: Sequence[str], first: int, opens_entry: Callable[[str], bool], ledger: LineLedger
) -> list[Block]:
    """The blocks of `lines`; `opens_entry` knows a bullet that is never a sub-bullet.

    Boxes of links, whose lines are in no block, are entered in `ledger`.
    """
    reader = _Reader(opens_entry)
    for number, line, mark in _markdown_lines(lines, first, ledger):
        text = line.strip()
        if not text:
            reader.was_blank = True
        elif mark:
            reader.take_marked(number, text, mark)
        else:
            reader.take(number, line, text)
    reader.close()
    return reader.done


def _markdown_lines(
    lines: Sequence[str], first: int, ledger: LineLedger
) -> Iterator[tuple[int, str, str]]:
    """Lines with their numbers; HTML is turned into Markdown.

    The third value marks what needs no further reading: "code", or "links" (their number).
    """
    tags = HtmlLines()
    index = 0
    while index < len(lines):
        line = lines[index]
        end = index + 1
        if "<" in line and "<!--" in line:
            line = _without_comments(line)
        if "<" in line and OPENS_BLOCK.match(line.lstrip()):
            if _LINKS_BOX.search(line):
                end = _end_of_box(lines, index)
                count = sum(text.count("<li") for text in lines[index:end])
                ledger.mark(range(first + index, first + end), Kind.boilerplate)
                yield first + index, str(count or 1), "links"
            else:
                for part in tags.to_markdown(line):
                    yield first + index, part, ""
        elif ("```" in line or "~~~" in line) and _FENCE.match(line):
            end = _end_of_fence(lines, index)
            inside = lines[index + 1 : end - 1]
            if line.rstrip().endswith("html"):  # words, not code
                yield from _markdown_lines(inside, first + index + 1, ledger)
            else:
                yield from ((first + index + n, text, "code") for n, text in enumerate(inside, 1))
        else:
            yield first + index, line, ""
        index = end


def _without_comments(line: str) -> str:
    while (start := line.find("<!--")) >= 0 and (end := line.find("-->", start)) >= 0:
        line = line[:start] + line[end + 3 :]
    return line


def _end_of_box(lines: Sequence[str], start: int) -> int:
    """The line after `</div>`, or the next heading or rule if the box is never closed."""
    for index in range(start, len(lines)):
        text = lines[index]
        if "</div>" in text:
            return index + 1
        if index > start and (text.startswith(("# ", "## ", "### ")) or text.strip() == "---"):
            return index
    return len(lines)


def _end_of_fence(lines: Sequence[str], start: int) -> int:
    """The line after the closing fence; a fence that is not closed soon is a stray mark."""
    mark = lines[start].strip()[:3]
    for index in range(start + 1, min(start + _LONGEST_FENCE, len(lines))):
        if lines[index].strip().startswith(mark):
            return index + 1
    return start + 1


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
                self._single(Block("heading", number, [title], len(match[1]), [[number]]))
        elif char in _RULE_STARTS and _RULE.match(text):
            self._single(Block("rule", number, []))
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
            self._single(Block("links", number, [], int(text)))
        elif self._open is None:
            self._open = Block("paragraph", number, [text], 0, [[number]])
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
        self._open = Block("entry", number, [text], level, [[number]])
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
        self._open = Block("quote", number, [text], 0, [[number]])

    def _words(self, number: int, line: str, text: str) -> None:
        """Text goes on with the open block, unless an empty line or a bold line parts them."""
        block = self._open
        if block is not None:
            is_parted = self.was_blank or (block.kind == "entry" and _is_bold_line([line.rstrip()]))
            if not is_parted or self._is_inside_entry(line):
                if self.was_blank or block.kind == "quote" or not block.lines:
                    block.add(number, text)
                else:
                    block.lines[-1] += " " + text  # a line was only wrapped
                    block.numbers[-1].append(number)
                return
        self.close()
        self._is_counting = False
        self._open = Block("paragraph", number, [text], 0, [[number]])

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
