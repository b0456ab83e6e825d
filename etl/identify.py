"""Give digests and items their ids, and addresses their canonical form.

In: a `ParsedDigest` and where it came from. Out: rows of digests, items and item_links.
Traps: an id must not change when a digest is corrected elsewhere or moves in its archive, so item ids
are made from the item's own words; the same words twice in one digest are two items (counted up).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import asdict
from typing import Any

from etl.canonical import canonical_url
from etl.handles import handles
from warehouse.model import ParsedDigest, ParsedItem

Row = dict[str, Any]


def digest_id(source: str, digest: ParsedDigest) -> str:
    """`<source>/<slug>.<language>`: what was published, whatever its text."""
    return f"{source}/{digest.slug}.{digest.language}"


def digest_row(source: str, digest: ParsedDigest, sha256: str, location: str) -> Row:
    """The row of `digests`; translation_of and repeat_of are set when all digests are known."""
    return {
        "digest_id": digest_id(source, digest),
        "source": source,
        "format": digest.format,
        "published_on": digest.published_on,
        "language": digest.language,
        "title": digest.title,
        "url": digest.url,
        "original_url": digest.original_url,
        "translation_of": None,
        "repeat_of": None,
        "item_count": len(digest.items),
        "content_sha256": sha256,
        "location": location,
        **asdict(digest.coverage),
    }


def item_rows(source: str, digest: ParsedDigest) -> tuple[list[Row], list[Row]]:
    """Rows of `items` (story_id still open) and of `item_links`."""
    of_digest = digest_id(source, digest)
    seen: Counter[str] = Counter()
    items, links = [], []
    for item in digest.items:
        key = "\x1f".join((of_digest, item.channel, item.title, item.text))
        seen[key] += 1
        item_id = _short_hash(f"{key}\x1f{seen[key]}")
        items.append(_item_row(item_id, of_digest, digest, item))
        links += [
            {
                "item_id": item_id,
                "position": number,
                "url": url,
                "canonical_url": canonical_url(url),
                "published_on": digest.published_on,
            }
            for number, url in enumerate(item.urls, 1)
        ]
    return items, links


def _item_row(item_id: str, of_digest: str, digest: ParsedDigest, item: ParsedItem) -> Row:
    return {
        "item_id": item_id,
        "digest_id": of_digest,
        "published_on": digest.published_on,
        "channel": item.channel,
        "section": item.section,
        "position": item.position,
        "language": digest.language,
        "title": item.title,
        "text": item.text,
        "url": item.urls[0] if item.urls else None,
        "handles": handles(f"{item.title} {item.text}", item.urls),
        "activity": item.activity,
        "comment_count": item.comment_count,
        "story_id": None,
        "text_group": None,
        "is_counted": True,
    }


def _short_hash(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
