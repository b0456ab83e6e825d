"""Sentences in a hover box: wrapped, since Plotly wraps nothing, and escaped, since it reads HTML.

In: a sentence. Out: HTML of several lines. Trap: an escaped character must not be cut in two, so a text is
wrapped first; Chinese has no blanks and twice the width.
"""

from __future__ import annotations

from html import escape
from textwrap import wrap

_LETTERS = 84  # in a line


def wrapped(text: str) -> str:
    """The sentence in lines."""
    wide = sum(ord(c) > 0x2E7F for c in text) > len(text) / 3
    return "<br>".join(escape(line) for line in wrap(text, _LETTERS // 2 if wide else _LETTERS))
