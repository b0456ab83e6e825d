"""Join stories: the items that report one event, in any digest or language.

In: rows of digests, items and item_links, the items' texts. Out: `story_id`, `text_group` and `is_counted`
per item, rows of `stories`. The rule, day by day: an item joins the story of an earlier item whose main
address is the same post or paper, or the same page within a week; else one that says nearly the same
(`near.py`); a translated item takes the story of its original.
Traps: an item with many addresses would chain unrelated stories together, so only the main one joins; a
repository's page is cited for years, so for pages the days must be near; a digest's own issue is no
story; what was decided for earlier days stays, so that a new digest moves no published number of stories
(`days.py`), and so that a few days can be joined without all the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from etl.canonical import canonical_url, names_one_thing
from etl.stories.align import align
from etl.stories.days import Addresses, fold_days
from etl.stories.near import near_groups
from warehouse.taxonomy.sources import not_stories

Row = dict[str, Any]


@dataclass(frozen=True)
class Earlier:
    """What earlier days decided: items before `since` keep their story; where addresses belong."""

    since: date | None = None
    addresses: Addresses = field(default_factory=dict)


def join_stories(
    digests: list[Row],
    items: list[Row],
    links: Mapping[str, Sequence[str]],
    texts: Sequence[str | None],
    earlier: Earlier | None = None,
) -> list[Row]:
    """Set `story_id`, `text_group` and `is_counted` on `items`; returns the rows of their `stories`.

    `links`: canonical addresses by item_id, the main one first. `texts`: those of `items`, in the same
    order, apart since only this step needs them. Items keep their order. With `earlier`, only items of
    its day and later are joined; see `near_groups` for the items that must be there as well.
    """
    earlier = earlier or Earlier()
    originals = {d["digest_id"]: d["translation_of"] for d in digests if d["translation_of"]}
    for item in items:
        item["is_counted"] = item["digest_id"] not in originals
    told = [(i, t) for i, t in zip(items, texts, strict=True) if i["is_counted"]]
    counted = [i for i, _ in told]
    groups = near_groups(counted, [t for _, t in told], _original_issues(digests), earlier.since)
    _note_groups(items, groups, earlier.since)
    fold_days(
        counted, _main_addresses(digests, counted, links), groups, earlier.addresses, earlier.since
    )
    _set_story_of_translated(items, originals, links)
    return story_rows(items)


def _original_issues(digests: list[Row]) -> dict[str, str]:
    return {d["digest_id"]: canonical_url(d["original_url"]) for d in digests if d["original_url"]}


def _note_groups(items: list[Row], groups: list[list[str]], since: date | None) -> None:
    first = {member: group[0] for group in groups for member in group[1:]}
    for item in items:
        if since is None or item["published_on"] >= since:
            item["text_group"] = first.get(item["item_id"])


def _main_addresses(
    digests: list[Row], items: list[Row], links: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """The address that names each item's story, of the items that have one."""
    own = {
        d["digest_id"]: {canonical_url(d[k]) for k in ("url", "original_url") if d[k]}
        for d in digests
    }
    prefixes = not_stories()
    out = {}
    for item in items:
        address = next(iter(links.get(item["item_id"], ())), None)
        if (
            address
            and address not in own[item["digest_id"]]
            and not address.startswith(prefixes)
            and names_one_thing(address)
        ):
            out[item["item_id"]] = address
    return out


def _set_story_of_translated(
    items: list[Row], originals: dict[str, str], links: Mapping[str, Sequence[str]]
) -> None:
    wanted = set(originals) | set(originals.values())
    by_digest: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        if item["digest_id"] in wanted:
            by_digest[item["digest_id"]][item["channel"]].append(item)
    for translated, original in originals.items():
        for channel, copies in by_digest[translated].items():
            sources = by_digest[original].get(channel, [])
            copies.sort(key=lambda i: i["position"])
            sources.sort(key=lambda i: i["position"])
            pairs = align(
                [links.get(i["item_id"], []) for i in copies],
                [links.get(i["item_id"], []) for i in sources],
            )
            for copy, source in pairs:
                copies[copy]["story_id"] = sources[source]["story_id"]


def story_rows(items: list[Row]) -> list[Row]:
    """One row a story: first and last day, title and address of the earliest item."""
    by_story: dict[str, list[Row]] = defaultdict(list)
    for item in items:
        if item["story_id"] is not None:
            by_story[item["story_id"]].append(item)
    return [_story_row(story_id, members) for story_id, members in by_story.items()]


def _story_row(story_id: str, members: list[Row]) -> Row:
    first = min(members, key=_when)
    return {
        "story_id": story_id,
        "first_on": first["published_on"],
        "last_on": max(m["published_on"] for m in members),
        "title": first["title"],
        "url": first["url"],
        "item_count": len(members),
        "languages": sorted({m["language"] for m in members}),
    }


def _when(item: Row) -> tuple[Any, bool, str]:
    """Order by day, originals before translations, then by id."""
    return item["published_on"], not item["is_counted"], item["item_id"]
