"""Bytes → text.

In: the bytes of a file. Out: text with \\n line ends, or None when it is no text.
Traps: a byte-order mark, Windows line ends, GB18030 from Chinese editors (it accepts almost any bytes,
so UTF-8 is tried first), and a binary file that happens to decode.
"""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> tuple[str, str] | None:
    """(text, encoding), or None for what is not text."""
    encodings = next(([e] for mark, e in _MARKS if data.startswith(mark)), ["utf-8", "gb18030"])
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            return None
        return text.replace("\r\n", "\n").replace("\r", "\n"), encoding
    return None
