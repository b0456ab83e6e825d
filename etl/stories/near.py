"""Group items that tell one story in nearly the same words.

In: rows of items in one language or several, their texts, the original issue of a digest. Out: groups
of item_ids. Pure; the order of the items plays no part; pairs are made one window of days at a time, so
only the counted words (0.4 KB an item) and the like pairs (one an item) grow with the archive. A day's
groups depend only on that day and the days before it: a later digest may lengthen an earlier group, but
never changes what was in it.
Traps: chains (a joins b, b joins c, and c tells something else) are cut by average link and by the
story's first day; the same words with other numbers (v1.2 / v1.3) are two stories; the layers of a
Discord recap re-word one another, so they join at less likeness than two items of one list do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from etl.stories.alike import Texts, alike_by_day

Row = dict[str, Any]
# Likeness of (row, earlier row).
Links = dict[tuple[int, int], float]

# How far apart two items may be published, unless their digests stem from one original issue.
WINDOW_DAYS = 3
# Likeness (cosine) from which two items tell one story. Read by hand on the real archive in steps of
# 0.05; the figures are those of `tests/etl/story_pairs.csv`.
ANYWHERE = {"en": 0.55, "zh": 0.60}
# Two layers of the Discord part of one issue (recap, summary by server, detail by channel) or two
# digests of one original issue re-tell each other: nearly every item has its twin.
RETOLD = {"en": 0.45, "zh": 0.45}
# The same for a summary and the item of another layer that is likest to it, its twin: of such pairs
# between 0.40 and 0.45, 10 of 10 told one story; between 0.35 and 0.40, 8 of 10.
TWIN = 0.40
# Two items of one list in one issue are told apart on purpose: only a plain repetition joins.
ONE_LIST = 0.70
# Mean likeness that two groups need (pairs below FLOOR count as 0): what stops a chain.
AVERAGE = 0.35
# Likeness below this is not kept.
FLOOR = 0.25
_SUMMARY, _DETAIL = "discord", "discord_detail"


class _Item(NamedTuple):
    item_id: str
    day: date
    digest_id: str
    channel: str
    section: str
    original: str | None
    group: str | None

    @property
    def layer(self) -> tuple[str, str]:
        """Which telling of the day's Discord news it belongs to."""
        return self.channel, self.section.split(" › ")[0]

    def retells(self, other: _Item) -> bool:
        """Whether both stand in different layers of the Discord part of one issue."""
        return (
            self.digest_id == other.digest_id
            and {self.channel, other.channel} <= {_SUMMARY, _DETAIL}
            and self.layer != other.layer
        )

    def near(self, other: _Item) -> bool:
        """Whether both may report one event at all."""
        if self.original is not None and self.original == other.original:
            return True
        return abs((self.day - other.day).days) <= WINDOW_DAYS


def near_groups(
    items: Sequence[Row],
    texts: Sequence[str | None],
    originals: Mapping[str, str],
    since: date | None = None,
) -> list[list[str]]:
    """Groups of two or more item_ids, the earliest item first; no item stands in two.

    `texts`: the text of each of `items` (its title is added here). `originals`: by digest_id, the
    address of the issue that it was made from. Languages without constants are left alone. With
    `since`, items before that day keep the group that they have (`text_group`), and only later days
    are grouped: the result is the same as from all items, provided that `items` holds the window
    before that day, all digests of the same original issues, and whole groups.
    """
    groups: list[list[str]] = []
    for language in ANYWHERE:
        chosen = [
            (_item(row, originals), f"{row['title']} {text or ''}", row["title"])
            for row, text in zip(items, texts, strict=True)
            if row["language"] == language
        ]
        chosen.sort(key=lambda c: (c[0].day, c[0].item_id))
        if chosen:
            told = Texts([c[1] for c in chosen], [c[2] for c in chosen], language)
            groups += _groups([c[0] for c in chosen], told, language, since)
    return sorted(groups)


def _item(row: Row, originals: Mapping[str, str]) -> _Item:
    digest_id = row["digest_id"]
    return _Item(
        row["item_id"],
        row["published_on"],
        digest_id,
        row["channel"],
        row.get("section") or "",
        originals.get(digest_id),
        row.get("text_group"),
    )


def _threshold(one: _Item, other: _Item, language: str) -> float:
    if one.digest_id == other.digest_id:
        if one.section == other.section:
            return ONE_LIST
        return RETOLD[language] if one.retells(other) else ANYWHERE[language]
    same_original = one.original is not None and one.original == other.original
    return RETOLD[language] if same_original else ANYWHERE[language]


def _groups(items: list[_Item], texts: Texts, language: str, since: date | None) -> list[list[str]]:
    """Day by day: group the day's items, then attach each group to an earlier one."""
    stories = _Stories(items)
    if since is not None:
        stories.take_over(since)
    days = [d for d in _days(items) if since is None or items[d[0].start].day >= since]
    for (today, _), pairs in zip(days, alike_by_day(texts, days, FLOOR), strict=True):
        links = {
            (later, earlier): likeness
            for later, earlier, likeness in pairs
            if items[later].near(items[earlier])
        }
        twins = _twins(items, links)
        strong = [
            (-likeness, later, earlier)
            for (later, earlier), likeness in links.items()
            if likeness >= _threshold(items[later], items[earlier], language)
            or (likeness >= TWIN and (later, earlier) in twins)
        ]
        agreeing = [s for s in strong if texts.agree(s[1], s[2])]
        _join(stories, sorted(agreeing), links, today.start)
    return [[items[i].item_id for i in members] for members in stories.groups()]


def _twins(items: list[_Item], links: Links) -> set[tuple[int, int]]:
    """Each summary with the item of another layer that is likest to it."""
    best: dict[int, tuple[float, int, int]] = {}
    for (later, earlier), likeness in links.items():
        if items[later].retells(items[earlier]):
            for one in (later, earlier):
                if items[one].channel == _SUMMARY:
                    best[one] = max(best.get(one, (0.0, 0, 0)), (likeness, later, earlier))
    return {(later, earlier) for _, later, earlier in best.values()}


def _days(items: list[_Item]) -> Iterator[tuple[range, list[int]]]:
    """Each day's items, and the items (that day's included) that they are compared with."""
    of_original: dict[str, list[int]] = defaultdict(list)
    first = start = 0
    while start < len(items):
        end = start
        while end < len(items) and items[end].day == items[start].day:
            end += 1
        while (items[start].day - items[first].day).days > WINDOW_DAYS:
            first += 1
        old: set[int] = set()
        for i in range(start, end):
            if (original := items[i].original) is not None:
                old.update(of_original[original])
        for i in range(start, end):
            if (original := items[i].original) is not None:
                of_original[original].append(i)
        yield range(start, end), sorted(old.union(range(first, end)))
        start = end


class _Stories:
    """Growing groups of items; a story is named by its first item's index."""

    def __init__(self, items: list[_Item]) -> None:
        self._items = items
        self._story = list(range(len(items)))
        self._members = {i: [i] for i in range(len(items))}

    def take_over(self, since: date) -> None:
        """Put the items before `since` into the groups that they have already."""
        index = {item.item_id: i for i, item in enumerate(self._items)}
        for i, item in enumerate(self._items):
            # A group whose first item is not here is out of reach: only translations asked for it.
            first = index.get(item.group or "")
            if item.day < since and first is not None and first != i:
                self.merge(self.of(first), self.of(i))

    def of(self, item: int) -> int:
        return self._story[item]

    def members(self, story: int) -> list[int]:
        return self._members[story]

    def may_hold(self, story: int, other: int) -> bool:
        """Whether all of `other` is near the first item of `story`: no story outgrows its window."""
        first = self._items[story]
        return all(first.near(self._items[i]) for i in self._members[other])

    def merge(self, one: int, other: int) -> None:
        first, last = min(one, other), max(one, other)
        moved = self._members.pop(last)
        for item in moved:
            self._story[item] = first
        self._members[first] = sorted(self._members[first] + moved)

    def groups(self) -> list[list[int]]:
        return [m for m in self._members.values() if len(m) > 1]


def _join(
    stories: _Stories,
    strong: list[tuple[float, int, int]],
    links: Links,
    today: int,
) -> None:
    """Merge along the strongest pairs first: within the day, then onto the days before.

    Two stories that both began before `today` never merge, so what was published stays.
    """
    for within_day in (True, False):
        for _, later, earlier in strong:
            one, other = stories.of(later), stories.of(earlier)
            if one == other or (earlier >= today) != within_day:
                continue
            first, last = min(one, other), max(one, other)
            if last < today or not stories.may_hold(first, last):
                continue
            if _mean(stories.members(first), stories.members(last), links) >= AVERAGE:
                stories.merge(one, other)


def _mean(one: list[int], other: list[int], links: Links) -> float:
    found = sum(links.get((max(a, b), min(a, b)), 0.0) for a in one for b in other)
    return found / (len(one) * len(other))
