"""Parse: text → a typed digest. Which format it is, its content decides, never its name.

In: text and the path it came from (only for a day or a name that stands nowhere else).
Out: `ParsedDigest`, or `Unreadable` with a reason of reasons.yml.
Trap: adding a format is one module with `looks_like` and `parse`, and one line in `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable

from etl.parsers.en_archive import looks_like as looks_like_en_archive
from etl.parsers.en_archive import parse as parse_en_archive
from etl.parsers.errors import Unreadable
from etl.parsers.zh_digest import looks_like as looks_like_zh_digest
from etl.parsers.zh_digest import parse as parse_zh_digest
from warehouse.model import ParsedDigest

# Tried in order: the archive's front matter is the surer sign.
FORMATS: tuple[tuple[Callable[[str], bool], Callable[[str, str], ParsedDigest]], ...] = (
    (looks_like_en_archive, parse_en_archive),
    (looks_like_zh_digest, parse_zh_digest),
)

__all__ = ["FORMATS", "Unreadable", "parse"]


def parse(text: str, path: str) -> ParsedDigest:
    """Read one digest; raises Unreadable when nothing in it can be understood."""
    for looks_like, parse_format in FORMATS:
        if looks_like(text):
            return parse_format(text, path)
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    raise Unreadable("unknown_format", "line 1", first[:120])
