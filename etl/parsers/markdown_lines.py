"""The lines of an issue, before they are put into blocks: HTML as Markdown, fences and comments gone.

In: the lines of the body and the number of the first one. Out: lines with their numbers, and what
needs no further reading. Traps: `#` inside a code fence is no heading; a fence that is never closed is
a stray mark; words may stand on the line of a fence; a box of links may never be closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from etl.parsers.html_lines import OPENS_BLOCK, HtmlLines
from etl.parsers.line_ledger import Kind, LineLedger

_FENCE = re.compile(r"\s*(?:```|~~~)[^`]*\Z")
_LINKS_BOX = re.compile(r"<div[^>]*\blinksMentioned\b", re.IGNORECASE)
_LONGEST_FENCE = 200


def markdown_lines(
    lines: Sequence[str], first: int, ledger: LineLedger
) -> Iterator[tuple[int, str, str]]:
    """Lines with their numbers; HTML is turned into Markdown.

    The third value marks what needs no further reading: "code", or "links" (their number). The lines of
    a box of links are entered in `ledger`, since they are passed on as a number only.
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
                ledger.mark(first + index, first + end - 1, Kind.boilerplate)
                yield first + index, str(count or 1), "links"
            else:
                for part in tags.to_markdown(line):
                    yield first + index, part, ""
        elif ("```" in line or "~~~" in line) and _FENCE.match(line):
            end = _end_of_fence(lines, index)
            inside = lines[index + 1 : end - 1]
            yield from _words_of_fence(first + index, line)
            if line.rstrip().endswith("html"):  # words, not code
                yield from markdown_lines(inside, first + index + 1, ledger)
            else:
                yield from ((first + index + n, text, "code") for n, text in enumerate(inside, 1))
            if end > index + 1:
                yield from _words_of_fence(first + end - 1, lines[end - 1])
        else:
            yield first + index, line, ""
        index = end


def _words_of_fence(number: int, line: str) -> Iterator[tuple[int, str, str]]:
    """What stands on the line of a fence, unless it is the name of a language."""
    words = line.strip().strip("`~ ")
    if " " in words:
        yield number, words, "code"


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
