"""HTML blocks inside an issue as Markdown lines.

In: one line that opens with a block tag. Out: the same content as lines of Markdown.
Traps: one issue of June 2024 is HTML from end to end; recaps of early 2024 are one line of nested
lists; a list may span many lines, so its depth outlives the line.
"""

from __future__ import annotations

import re

OPENS_BLOCK = re.compile(
    r"</?(?:!doctype|html|head|body|meta|title|div|figure|ul|ol|li|p|h[1-6]|hr|blockquote|pre)\b"
    r"|<(?=!doctype)",
    re.IGNORECASE,
)
_TAG = re.compile(r"(</?[A-Za-z!][^<>]*>)")
_NAME = re.compile(r"</?([A-Za-z!][A-Za-z0-9]*)")
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`"}
_BREAKS = frozenset({"div", "pre", "figure", "body", "html", "head", "title"})
_KEPT = frozenset({"a", "img", "span"})  # `plain_text` and `addresses` know what to do with them


class HtmlLines:
    """Turns lines into Markdown; remembers how deep in lists and quotes they stand."""

    def __init__(self) -> None:
        """Outside every list."""
        self._lists = 0
        self._in_entry = False
        self._in_quote = False
        self._in_pre = False

    def reset(self) -> None:
        """Forget unclosed lists: a heading stands outside all of them."""
        self._lists = 0
        self._in_entry = False
        self._in_quote = False

    def to_markdown(self, line: str) -> list[str]:
        """The Markdown lines that say what `line` says."""
        parts = [
            self._tag(part) if part.startswith("<") and _NAME.match(part) else part
            for part in _TAG.split(line.strip())
        ]
        return "".join(parts).split("\n")

    def _tag(self, tag: str) -> str:
        match = _NAME.match(tag)
        name = match[1].lower() if match else ""
        if name in _KEPT:
            return tag
        if name == "pre":
            self._in_pre = not tag.startswith("</")
        if name in _MARKS:
            return "" if self._in_pre else _MARKS[name]
        return self._close(name) if tag.startswith("</") else self._open(name)

    def _open(self, name: str) -> str:
        if name in ("ul", "ol"):
            self._lists += 1
            return "\n"
        if name == "li":
            self._in_entry = True
            return "\n" + "  " * max(self._lists - 1, 0) + "- "
        if name == "p":
            return "" if self._in_entry else self._paragraph()
        if name == "hr":
            return "\n\n---\n\n"
        if name == "blockquote":
            self._in_quote = True
        if name[:1] == "h" and name[1:].isdigit():
            self.reset()
            return "\n\n" + "#" * int(name[1:]) + " "
        return "\n" if name in _BREAKS or name in ("br", "blockquote") else ""

    def _close(self, name: str) -> str:
        if name in ("ul", "ol"):
            self._lists = max(self._lists - 1, 0)
            self._in_entry = self._lists > 0
            return "\n\n" if self._lists == 0 else "\n"
        if name == "blockquote":
            self._in_quote = False
        if name in ("li", "p") and self._in_entry:
            return ""
        return "\n\n" if name == "p" or name[:1] == "h" or name in _BREAKS else ""

    def _paragraph(self) -> str:
        return "\n> " if self._in_quote else "\n\n"
