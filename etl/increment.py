"""A short cut for the daily build: what a few new digests change in the current snapshot.

In: rows of new digests, the current snapshot. Out: `Changes` for `warehouse.increment`, or None when the
whole collection has to be built anew. The result is equal to that of the long way (a test compares both).
Traps: only digests that are new, of recent days and not too many take the short cut; a correction or an
old digest may move what other days say. An item that joins a story changes the row of that story, and
with it a translation's languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from etl.canonical import canonical_url
from etl.collection import link_digests
from etl.digest_rows import FileRows, urls_by_item
from etl.stories.join import Earlier, join_stories, story_rows
from etl.stories.near import WINDOW_DAYS
from warehouse.connect import Snapshot
from warehouse.increment import Changes
from warehouse.queries import statement
from warehouse.schema import arrow_table

Row = dict[str, Any]
# Beyond these the long way is not much slower, and the short cut would read most of the archive.
MOST_DIGESTS = 10
MOST_DAYS = 40
_JOINED = ("story_id", "text_group", "is_counted")


def ask(snap: Snapshot, name: str, **params: Any) -> list[Row]:
    """Rows of a query of `warehouse/sql/increments/`."""
    with snap.connection.cursor() as cursor:
        rows = cursor.execute(statement("increments", name), params).to_arrow_table()
    return list(rows.to_pylist())


def small_changes(
    snap: Snapshot, files: Sequence[FileRows], stored: dict[str, Row]
) -> Changes | None:
    """What `files` change on top of `snap`; None when they need the long way.

    `stored`: rows of `digests` in the lake by digest_id.
    """
    fresh = [f.digest for f in files if f.digest]
    if not fresh or not stored or len(fresh) > MOST_DIGESTS:
        return None
    since = min(d["published_on"] for d in fresh)
    newest = max(d["published_on"] for d in stored.values())
    if any(d["digest_id"] in stored for d in fresh) or since < newest - timedelta(days=MOST_DAYS):
        return None
    digests = link_digests([*stored.values(), *fresh])
    moved = [d for d in digests if d != stored.get(d["digest_id"])]
    if any(d["published_on"] < since for d in moved):
        return None
    span = _Span.read(snap, files, digests, since)
    before = {i["item_id"]: tuple(i[c] for c in _JOINED) for i in span.published}
    span.join()
    changed = [i for i in span.later if before.get(i["item_id"]) != tuple(i[c] for c in _JOINED)]
    old_stories = {before[i["item_id"]][0] for i in changed if i["item_id"] in before}
    stories = _stories(snap, changed, old_stories | {i["story_id"] for i in changed})
    return Changes(
        upserts={
            "digests": arrow_table("digests", moved),
            "items": arrow_table("items", changed),
            "stories": arrow_table("stories", stories),
            **{n: _table(n, files) for n in ("item_links", "mentions", "item_themes")},
        },
        gone=sorted(old_stories - {s["story_id"] for s in stories} - {None}),
    )


def _table(name: str, files: Sequence[FileRows]) -> pa.Table:
    return pa.concat_tables([f.tables[name] for f in files if f.digest])


@dataclass
class _Span:
    """The items of `since` and later, and the earlier ones that they are compared with."""

    digests: list[Row]
    published: list[Row]  # items of the span that the snapshot holds
    later: list[Row]  # these and the new ones
    earlier: list[Row]
    links: dict[str, list[str]]
    known: Earlier

    @classmethod
    def read(
        cls, snap: Snapshot, files: Sequence[FileRows], digests: list[Row], since: date
    ) -> _Span:
        """From the snapshot, as much as the rules of `etl/stories` look at."""
        published = ask(snap, "span_items", from_day=since)
        later = [*published, *_table("items", files).to_pylist()]
        earlier = ask(
            snap,
            "earlier_items",
            from_day=since,
            window_day=since - timedelta(days=WINDOW_DAYS),
            digest_ids=_of_same_originals(digests, {i["digest_id"] for i in later}),
        )
        earlier += _originals_of_translations(snap, digests, later, earlier)
        ids = [i["item_id"] for i in (*published, *earlier)]
        links = urls_by_item(ask(snap, "item_addresses", item_ids=ids), "canonical_url")
        links |= urls_by_item(_table("item_links", files).to_pylist(), "canonical_url")
        mains = sorted({links[i["item_id"]][0] for i in later if links.get(i["item_id"])})
        known = {
            r["canonical_url"]: (r["story_id"], r["last_on"])
            for r in ask(snap, "known_addresses", addresses=mains, from_day=since)
        }
        return cls(digests, published, later, earlier, links, Earlier(since, known))

    def join(self) -> None:
        """Set the stories of `later`."""
        items = [*self.earlier, *self.later]
        join_stories(self.digests, items, self.links, [i["text"] for i in items], self.known)


def _of_same_originals(digests: list[Row], wanted: set[str]) -> list[str]:
    """Digests that were made from the same original issues as the `wanted` ones."""
    issue = {d["digest_id"]: canonical_url(d["original_url"]) for d in digests if d["original_url"]}
    issues = {issue[d] for d in wanted if d in issue}
    return sorted(d for d, of in issue.items() if of in issues)


def _originals_of_translations(
    snap: Snapshot, digests: list[Row], later: list[Row], earlier: list[Row]
) -> list[Row]:
    """Items of older originals whose translations are among `later`."""
    of_later = {i["digest_id"] for i in later}
    needed = (
        {d["translation_of"] for d in digests if d["digest_id"] in of_later} - of_later - {None}
    )
    there = {i["item_id"] for i in earlier}
    rows = ask(snap, "digest_items", digest_ids=sorted(needed)) if needed else []
    return [r for r in rows if r["item_id"] not in there]


def _stories(snap: Snapshot, changed: list[Row], story_ids: set[str | None]) -> list[Row]:
    """Rows of the stories that changed items belong or belonged to."""
    wanted = sorted(s for s in story_ids if s is not None)
    again = {i["item_id"] for i in changed}
    members = [m for m in ask(snap, "story_members", story_ids=wanted) if m["item_id"] not in again]
    return story_rows([*members, *changed])
