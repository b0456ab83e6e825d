"""Text from the web where Streamlit reads Markdown: the label of a button.

In: any text. Out: Markdown that shows it letter by letter. Trap: a title such as `**sale** [here](http://…)`
would otherwise be formatted, or coloured, or linked.
"""

from __future__ import annotations

import re

_MARKDOWN = re.compile(r"([!-/:-@\[-`{-~])")  # all punctuation of ASCII may be escaped (CommonMark)


def label(text: str, most: int = 0) -> str:
    """The text on one line with every sign of Markdown escaped, cut to `most` characters (0: not)."""
    line = " ".join(text.split())
    if most and len(line) > most:
        line = line[: most - 1].rstrip() + "…"
    return _MARKDOWN.sub(r"\\\1", line)
