"""Join stories: the items that report one event, in any digest or language.

In: rows of digests, items and item_links, the items' texts. Out: `story_id` and `is_counted` per item,
rows of `stories`. The rule: two items share a story when their main address is the same post or paper, or
the same page within a week; or when they say nearly the same (`near.py`); a translated item takes the
story of its original.
Traps: an item with many addresses would chain unrelated stories together, so only the main one joins; a
repository's page is cited for years, so for pages the days must be near; a digest's own issue is no story.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from etl.canonical import canonical_url, is_status, names_one_thing
from etl.stories.align import align
from etl.stories.near import near_groups

Row = dict[str, Any]
# A page that is cited again after a longer pause reports something else (an analyst's judgement).
PAGE_WINDOW_DAYS = 7
# Share of a story's items that a group of like texts must hold to join it to another story.
HELD_SHARE = 0.5


def join_stories(
    digests: list[Row],
    items: list[Row],
    links: dict[str, list[str]],
    texts: Sequence[str | None] | None = None,
) -> list[Row]:
    """Set `story_id` and `is_counted` on `items`; returns the rows of `stories`.

    `links`: canonical addresses by item_id, the main one first. `texts`: those of `items`, in the same
    order, apart since only this step needs them; without them only addresses join. Items keep their order.
    """
    originals = {d["digest_id"]: d["translation_of"] for d in digests if d["translation_of"]}
    own_pages = _own_pages(digests)
    for item in items:
        item["is_counted"] = item["digest_id"] not in originals
    counted = [i for i in items if i["is_counted"]]
    _set_story_of_counted(counted, links, own_pages)
    if texts is not None:
        told = [t for i, t in zip(items, texts, strict=True) if i["is_counted"]]
        _unite(counted, near_groups(counted, told, _original_issues(digests)))
    _set_story_of_translated(items, originals, links)
    return story_rows(items)


def _own_pages(digests: list[Row]) -> frozenset[str]:
    pages = [d[k] for d in digests for k in ("url", "original_url") if d[k]]
    return frozenset(canonical_url(p) for p in pages)


def _set_story_of_counted(
    items: list[Row], links: dict[str, list[str]], own_pages: frozenset[str]
) -> None:
    by_address: dict[str, list[Row]] = defaultdict(list)
    for item in items:
        address = next(iter(links.get(item["item_id"], ())), None)
        if address and address not in own_pages and names_one_thing(address):
            by_address[address].append(item)
        else:
            item["story_id"] = f"s{item['item_id']}"
    for address, same in by_address.items():
        same.sort(key=_when)
        for group in _near(same, None if is_status(address) else PAGE_WINDOW_DAYS):
            for item in group:
                item["story_id"] = f"s{group[0]['item_id']}"


def _original_issues(digests: list[Row]) -> dict[str, str]:
    return {d["digest_id"]: canonical_url(d["original_url"]) for d in digests if d["original_url"]}


def _unite(items: list[Row], groups: Iterable[Sequence[str]]) -> None:
    """Make one story of the stories of a group; the earliest item names it.

    Stories that addresses made are joined by their words only if the group holds half of each: one
    item that tells two things must not chain two stories of twenty items together.
    """
    by_id = {i["item_id"]: i for i in items}
    size = Counter(i["story_id"] for i in items)
    parent: dict[str, str] = {}

    def root(story: str) -> str:
        while story in parent:
            story = parent[story]
        return story

    for group in groups:
        held = Counter(by_id[i]["story_id"] for i in group)
        hub = min(held, key=lambda s: (-held[s], -size[s], s))
        joined = {root(s) for s in held if s == hub or held[s] >= HELD_SHARE * size[s]}
        first = min(joined, key=lambda s: _when(by_id[s[1:]]))
        parent.update(dict.fromkeys(joined - {first}, first))
    for item in items:
        item["story_id"] = root(item["story_id"])


def _near(items: list[Row], window: int | None) -> Iterable[list[Row]]:
    """Items in order of day, cut where the pause is longer than `window` days (None: never)."""
    group = [items[0]]
    for item in items[1:]:
        if window is not None and (item["published_on"] - group[-1]["published_on"]).days > window:
            yield group
            group = []
        group.append(item)
    yield group


def _set_story_of_translated(
    items: list[Row], originals: dict[str, str], links: dict[str, list[str]]
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
