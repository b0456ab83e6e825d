"""The rows that pass between stages, as frozen dataclasses.

In: nothing. Out: the types that parsers return, taggers add to and the lake stores.
Trap: a parser knows neither ids nor labs; ids are given once, in `etl/identify.py`, so that every
format gets them by the same rule.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Refusal:
    """Something that could not be read: where it stands, why, and a short excerpt of it."""

    location: str  # "line 57" or "news 3"; "whole file" when nothing could be read
    reason: str  # a code of `etl/parsers/reasons.yml`
    detail: str = ""  # what was found, at most 200 characters


@dataclass(frozen=True)
class ParsedItem:
    """One news entry as it stands in a digest; texts are plain (no Markdown link syntax)."""

    channel: str  # news, tools, headline, twitter, reddit, discord, discord_detail, other
    section: str  # the heading(s) above it, plain text, outermost first, joined by " › "
    position: int  # 1, 2, 3… within digest and channel, in reading order
    title: str
    text: str
    urls: tuple[str, ...] = ()  # as written, the main one first, no repeats
    activity: int | None = None  # the counter beside a Reddit post: its score or activity
    comment_count: int | None = None


@dataclass(frozen=True)
class Coverage:
    """Where the bytes of a digest's text went (UTF-8, line ends included).

    Every line is in exactly one of the four classes, which therefore add up to `bytes_read`; what
    they mean stands in `etl/parsers/line_ledger.py`.
    """

    bytes_read: int
    bytes_in_items: int
    bytes_in_headings: int
    bytes_in_boilerplate: int
    bytes_unexplained: int


@dataclass(frozen=True)
class ParsedDigest:
    """One digest as a parser returns it."""

    format: str  # zh_digest or en_archive
    slug: str  # names the digest within its source: a day or a file stem
    published_on: date
    language: str  # en or zh
    title: str
    url: str | None  # where this digest itself was published, if it says so
    original_url: str | None  # the issue that it was made from, if it says so
    items: tuple[ParsedItem, ...]
    coverage: Coverage
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()  # what was understood although it was not in the usual form
    front_matter: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Tag:
    """A lab or theme found in an item, with the words that say so."""

    kind: str  # lab or theme
    id: str
    evidence: str  # the words, handle or address as they stand in the item
    evidence_kind: str  # name, handle, address (labs); phrase (themes)
    score: float = 1.0
