"""The items that topics are made of, read from the lake.

In: the lake's tables. Out: `Items`, column by column, in an order that depends on nothing but the items.
Traps: discord_detail repeats discord in more words and would count every talk twice, so it is left out,
as it is in channel set `all`; translations take part (they tie the two languages together and get a topic)
but do not count; a translated item is found by the alignment of its digest with the original.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from etl.digest_rows import urls_by_item
from etl.stories.align import align
from etl.topics.vectors import Indices
from warehouse.lake import read_table

T = TypeVar("T")
CHANNELS = ("headline", "twitter", "reddit", "discord", "news", "tools")
COLUMNS = [
    "item_id", "digest_id", "published_on", "channel", "language", "title", "text", "is_counted",
    "story_id", "position",
]  # fmt: skip


@dataclass(frozen=True)
class Items:
    """Columns of equal length, ordered by day and id."""

    ids: list[str]
    digests: list[str]
    days: list[date]
    channels: list[str]
    languages: list[str]
    titles: list[str | None]
    texts: list[str | None]
    stories: list[str | None]
    positions: list[int]
    is_counted: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def of(cls, table: pa.Table) -> Items:
        """From rows of the table `items`, of whichever channels."""
        of_topics = pc.is_in(table["channel"], value_set=pa.array(CHANNELS))
        rows = table.select(COLUMNS).filter(of_topics)
        rows = rows.sort_by([("published_on", "ascending"), ("item_id", "ascending")])
        column = {name: rows[name].to_pylist() for name in COLUMNS}
        counted = np.array([bool(c) for c in column["is_counted"]], dtype=bool)
        return cls(
            column["item_id"], column["digest_id"], column["published_on"], column["channel"],
            column["language"], column["title"], column["text"], column["story_id"],
            column["position"], counted,
        )  # fmt: skip

    def take(self, chosen: npt.NDArray[Any]) -> Items:
        """The items of these indices or of this mask."""
        places = np.flatnonzero(chosen) if chosen.dtype == bool else chosen

        def of(column: list[T]) -> list[T]:
            return [column[n] for n in places]

        return Items(
            of(self.ids), of(self.digests), of(self.days), of(self.channels), of(self.languages),
            of(self.titles), of(self.texts), of(self.stories), of(self.positions),
            self.is_counted[places],
        )  # fmt: skip


@dataclass(frozen=True)
class Archive:
    """All items, the pairs (translation, original) among them, and the themes of each."""

    items: Items
    pairs: Indices
    themes: dict[str, list[str]]


def read_archive(warehouse: Path) -> Archive:
    """Everything that a fit needs, from the lake."""
    items = Items.of(read_table(warehouse, "items"))
    digests = read_table(warehouse, "digests").select(["digest_id", "translation_of"]).to_pylist()
    originals = {d["digest_id"]: d["translation_of"] for d in digests if d["translation_of"]}
    links = read_table(warehouse, "item_links")
    concerned = pa.array(sorted(_concerned(items, originals)), pa.string())
    links = links.filter(pc.is_in(links["item_id"], value_set=concerned))
    links = links.sort_by([("item_id", "ascending"), ("position", "ascending")])
    urls = urls_by_item(links.select(["item_id", "canonical_url"]).to_pylist(), "canonical_url")
    themes: dict[str, list[str]] = defaultdict(list)
    tags = read_table(warehouse, "item_themes").select(["item_id", "theme_id"])
    for tag in tags.sort_by([("item_id", "ascending"), ("theme_id", "ascending")]).to_pylist():
        themes[tag["item_id"]].append(tag["theme_id"])
    return Archive(items, translation_pairs(items, originals, urls), dict(themes))


def _concerned(items: Items, originals: dict[str, str]) -> list[str]:
    digests = set(originals) | set(originals.values())
    return [i for i, d in zip(items.ids, items.digests, strict=True) if d in digests]


def translation_pairs(
    items: Items, originals: dict[str, str], urls: dict[str, Sequence[str]] | dict[str, list[str]]
) -> Indices:
    """Indices (n × 2) of translated items and their originals, aligned digest by digest."""
    parts: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n, key in enumerate(zip(items.digests, items.channels, strict=True)):
        parts[key].append(n)
    for places in parts.values():
        places.sort(key=lambda n: items.positions[n])
    out = []
    for (digest, channel), copies in sorted(parts.items()):
        sources = parts.get((originals.get(digest, ""), channel))
        if sources is None:
            continue
        addresses = [[urls.get(items.ids[n], ()) for n in side] for side in (copies, sources)]
        out += [(copies[a], sources[b]) for a, b in align(addresses[0], addresses[1])]
    return np.array(out, dtype=np.int64).reshape(-1, 2)
