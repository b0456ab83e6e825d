"""A feed (RSS or Atom) → one Markdown file per entry that holds a digest.

In: the bytes of a feed. Out: `Entry`s, and files that `etl.parsers` reads: with front matter (title, date,
link, id), or bare where the entry is a Chinese digest.
Traps: many feeds only link to what they announce, so an entry is a digest if a parser finds items in it,
not if it has a text; content may be HTML or Markdown and links in it may be relative; a feed may declare
entities that grow without end, arrive packed, or nest a thousand deep; the slug of an entry's link is a
file name here and the name of the digest, so it is the archive's name of the same issue.
"""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from calendar import timegm
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import yaml

from etl.parsers import Unreadable, parse
from etl.parsers.zh_digest import looks_like as looks_like_zh_digest

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
# The parser reads sloppy feeds and cut ones alike; only the cut ones are to be fetched again.
_END = re.compile(rb"</(?:rss|feed|(?:\w+:)?RDF)\s*>\s*(?:<!--.*-->\s*)?\Z", re.DOTALL)
_BLOCK_TAG = re.compile(
    r"<(?:p|ul|ol|li|h[1-6]|div|blockquote|br|section|article)\b", re.IGNORECASE
)
_NO_TEXT = ("script", "style", "iframe", "noscript", "template", "object", "form")
_NOT_IN_SLUG = re.compile(r"[^\w.-]+")
_DAY_IN_SLUG = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONGEST_SLUG = 100


class NoFeed(ValueError):
    """The bytes are no feed; the message says why."""


@dataclass(frozen=True)
class Entry:
    """One entry; `contents` are its texts, the fullest first, as the feed has them."""

    slug: str
    title: str
    link: str
    id: str
    published_at: str  # ISO 8601, UTC; "" when the feed states no time
    contents: tuple[str, ...]


@dataclass
class Written:
    """What became of the entries of a feed."""

    files: list[tuple[str, Path]] = field(default_factory=list)  # status, path
    no_content: list[str] = field(default_factory=list)  # links of entries that hold no digest
    in_archive: list[str] = field(default_factory=list)  # links of entries that the archive has


def read_entries(data: bytes, max_bytes: int) -> list[Entry]:
    """All entries of a feed, without two of one slug; raises NoFeed."""
    import feedparser  # type: ignore[import-untyped,import-not-found,unused-ignore]

    data = _unpacked(data, max_bytes)
    if _ENTITY.search(data):
        raise NoFeed("it declares entities, which no feed needs")
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.get("version"):
        raise NoFeed("it is neither RSS nor Atom")
    if not _END.search(data[-200:]):
        raise NoFeed("it is cut off")
    entries: dict[str, Entry] = {}
    for row in feed.entries:
        entry = _entry(row, str(feed.feed.get("link", "")))
        entries.setdefault(entry.slug, entry)
    return list(entries.values())


def write_entries(
    entries: list[Entry],
    folder: Path,
    least_items: int,
    in_archive: Callable[[], Collection[str]] = frozenset,
) -> Written:
    """Write the digests among `entries`, but those whose slug is `in_archive` (asked if needed)."""
    written = Written()
    for entry in entries:
        found = digest_of(entry, least_items)
        if found is None:
            written.no_content.append(entry.link or entry.slug)
            continue
        name, text = found
        if entry.slug in in_archive():
            (folder / name).unlink(missing_ok=True)
            written.in_archive.append(entry.link or entry.slug)
            continue
        written.files.append((_write(folder / name, text), folder / name))
    return written


def digest_of(entry: Entry, least_items: int) -> tuple[str, str] | None:
    """File name and text of the digest that the entry holds, or None."""
    for name, text in _candidates(entry):
        try:
            digest = parse(text, name)
        except Unreadable:
            continue
        if len(digest.items) >= least_items:
            return name, text
    return None


def _candidates(entry: Entry) -> Iterator[tuple[str, str]]:
    """The texts of the entry as files, the fullest first."""
    head = {"title": entry.title, "date": entry.published_at, "link": entry.link, "id": entry.id}
    fields = {name: value for name, value in head.items() if value}
    matter = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=10_000)
    for content in entry.contents:
        try:
            body = to_markdown(content, entry.link)
        except RecursionError:  # nested a thousand deep: no digest
            continue
        if looks_like_zh_digest(body):
            day = entry.published_at[:10]
            has_day = not day or _DAY_IN_SLUG.search(entry.slug)
            yield f"{entry.slug}.md" if has_day else f"{day}-{entry.slug}.md", body
        yield f"{entry.slug}.md", f"---\n{matter}---\n\n{body}"


def to_markdown(content: str, base: str) -> str:
    """HTML as Markdown; Markdown as it is. Relative links are completed from `base`."""
    if not _BLOCK_TAG.search(content):
        return content.strip() + "\n"
    from bs4 import BeautifulSoup
    from markdownify import MarkdownConverter

    soup = BeautifulSoup(content, "html.parser")
    for tag in soup(_NO_TEXT):
        tag.decompose()
    for tag in soup("a", href=True):
        try:
            tag["href"] = urljoin(base, str(tag["href"]))
        except ValueError:  # no address at all: its words stay
            del tag["href"]
    converter = MarkdownConverter(
        heading_style="atx", bullets="-", escape_asterisks=False, escape_underscores=False
    )
    return str(converter.convert_soup(soup)).strip() + "\n"


def _unpacked(data: bytes, max_bytes: int) -> bytes:
    """The bytes, unpacked if a server packed them, and no more than `max_bytes` of them."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    unpacker = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacker.decompress(data, max_bytes + 1)
    except zlib.error as error:
        raise NoFeed(f"it cannot be unpacked: {error}") from error
    if len(unpacked) > max_bytes:
        raise NoFeed(f"it unpacks to more than {max_bytes:,} bytes")
    return unpacked


def _entry(row: Any, feed_link: str) -> Entry:
    link = str(row.get("link", ""))
    try:
        link = urljoin(feed_link, link)
    except ValueError:
        link = ""
    contents = [str(part.get("value", "")) for part in row.get("content", [])]
    contents.append(str(row.get("summary", "")))
    key = str(row.get("id", "")) or link or str(row.get("title", ""))
    return Entry(
        slug=slug_of(link, key),
        title=" ".join(str(row.get("title", "")).split()),
        link=link,
        id=str(row.get("id", "")),
        published_at=_moment(row.get("published_parsed") or row.get("updated_parsed")),
        contents=tuple(sorted(filter(None, contents), key=len, reverse=True)),
    )


def slug_of(link: str, key: str) -> str:
    """The last part of the link's path as a safe file name; without one, a hash of `key`."""
    try:
        path = unquote(urlsplit(link).path)
    except ValueError:
        path = ""
    last = path.rstrip("/").replace("\\", "/").rpartition("/")[2].removesuffix(".html")
    slug = _NOT_IN_SLUG.sub("-", last).strip(".-_")
    if slug and len(slug) <= _LONGEST_SLUG and len(slug.encode()) <= 2 * _LONGEST_SLUG:
        return slug
    return f"entry-{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:12]}"


def _moment(parsed: Any) -> str:
    if not parsed:
        return ""
    try:
        return f"{datetime.fromtimestamp(timegm(parsed), UTC):%Y-%m-%dT%H:%M:%SZ}"
    except (ValueError, OverflowError, OSError):
        return ""


def _write(path: Path, text: str) -> str:
    data = text.encode("utf-8", "replace")
    status = "new"
    if path.is_file():
        if path.read_bytes() == data:
            return "unchanged"
        status = "updated"
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(data)
    new.replace(path)
    return status
