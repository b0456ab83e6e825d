"""Put the items of each day into stories, one day after the other.

In: counted items, the address of each, groups of like texts, what addresses belong to so far. Out:
`story_id` on the items. A story is named by its first item and never merges into an older one later.
Traps: a group of like texts may touch stories that addresses made; it moves such a story only on the day
that it began and only if it holds half of it: one item that tells two things must not chain two stories
of twenty items together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from etl.canonical import is_status

Row = dict[str, Any]
Addresses = dict[str, tuple[str, date]]  # canonical address → its story and the day last seen

# A page that is cited again after a longer pause reports something else (an analyst's judgement).
PAGE_WINDOW_DAYS = 7
# Share of a story's items that a group of like texts must hold to join it to another story.
HELD_SHARE = 0.5


def fold_days(
    items: Sequence[Row],
    address_of: Mapping[str, str],
    groups: Sequence[Sequence[str]],
    addresses: Mapping[str, tuple[str, date]],
    since: date | None = None,
) -> None:
    """Set `story_id` on the items of `since` and later; earlier items have theirs already."""
    seen: Addresses = dict(addresses)
    story = {
        i["item_id"]: i["story_id"]
        for i in items
        if since is not None and i["published_on"] < since
    }
    group_of = {member: group for group in groups for member in group}
    later = [i for i in items if since is None or i["published_on"] >= since]
    later.sort(key=lambda i: (i["published_on"], i["item_id"]))
    for day, of_day in groupby(later, key=lambda i: i["published_on"]):
        today = [i["item_id"] for i in of_day]
        _by_address(today, day, address_of, seen, story)
        _by_text(today, group_of, story)
        for item_id in today:
            if address := address_of.get(item_id):
                seen[address] = (story[item_id], day)
    for item in later:
        item["story_id"] = story[item["item_id"]]


def _by_address(
    today: list[str],
    day: date,
    address_of: Mapping[str, str],
    seen: Addresses,
    story: dict[str, str],
) -> None:
    for item_id in today:
        address = address_of.get(item_id)
        known = seen.get(address) if address else None
        if address and known and (is_status(address) or (day - known[1]).days <= PAGE_WINDOW_DAYS):
            story[item_id] = known[0]
        else:
            story[item_id] = f"s{item_id}"
        if address:
            seen[address] = (story[item_id], day)


def _by_text(
    today: list[str], group_of: Mapping[str, Sequence[str]], story: dict[str, str]
) -> None:
    """Join stories that began today, along the groups that have an item of today."""
    size = Counter(story[i] for i in today)
    here = set(today)
    began = {s for s in size if s[1:] in here}
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while name in parent:
            name = parent[name]
        return name

    for group in sorted(
        {g[0]: g for i in today if (g := group_of.get(i))}.values(), key=lambda g: g[0]
    ):
        held = Counter(story[i] for i in group if i in here)
        before = Counter(story[i] for i in group if i in story and i not in here)
        hub = min(before or held, key=lambda s: (-(before or held)[s], -size[s], s))
        for name in sorted(held):
            one, other = root(hub), root(name)
            if one == other or held[name] < HELD_SHARE * size[name]:
                continue
            if other in began:  # an older story keeps its name and its items
                winner = min(one, other) if one in began else one
                parent[other if winner == one else one] = winner
            elif one in began:
                parent[one] = other
    for item_id in today:
        story[item_id] = root(story[item_id])
