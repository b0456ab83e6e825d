"""The digests of a warehouse in memory: what the lake holds, plus what a run adds.

In: the lake, rows of new or changed digests. Out: one Arrow table per lake table, stories joined.
Traps: a corrected digest replaces all rows of its former text; the long texts stay in Arrow, since
300,000 of them as Python strings cost a gigabyte; tags made by other code or another taxonomy are made
again from the stored text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from etl.canonical import canonical_url
from etl.digest_rows import FileRows, urls_by_item
from etl.read_digests import FEW, pool
from etl.run_log import RunLog
from etl.stories.join import join_stories
from etl.tag.items import tag_items
from etl.version import code_version
from warehouse.lake import lake_tables, read_table
from warehouse.schema import arrow_schema, arrow_table
from warehouse.taxonomy.sources import sources

Row = dict[str, Any]
MADE_BY = "made_by.json"
# Columns of items that say nothing about its story, or in the case of the text are kept apart.
_NOT_FOR_STORIES = ["text", "handles", "activity", "comment_count"]
_OF_ITEM = ("item_links", "mentions", "item_themes")


@dataclass(frozen=True)
class MadeBy:
    """Which code wrote the lake, which contents it left out since a fuller copy of the digest counts,
    and which snapshot was made of it ("" while it is being written)."""

    code_version: str = ""
    superseded: frozenset[str] = frozenset()
    snapshot_id: str = ""

    @classmethod
    def read(cls, warehouse: Path) -> MadeBy:
        """As the last run left it."""
        marker = warehouse / "lake" / MADE_BY
        if not marker.exists():
            return cls()
        stored = json.loads(marker.read_text("utf-8"))
        return cls(
            stored["code_version"],
            frozenset(stored.get("superseded", ())),
            stored.get("snapshot_id", ""),
        )

    def write(self, warehouse: Path) -> None:
        """For the next run."""
        (warehouse / "lake").mkdir(parents=True, exist_ok=True)
        stored = {
            "code_version": self.code_version,
            "superseded": sorted(self.superseded),
            "snapshot_id": self.snapshot_id,
        }
        (warehouse / "lake" / MADE_BY).write_text(json.dumps(stored) + "\n", "utf-8")

    @property
    def is_this_code(self) -> bool:
        """Whether what it wrote can be kept as it is."""
        return self.code_version == code_version()

    @property
    def is_whole(self) -> bool:
        """Whether it was written to the end, by this code."""
        return self.is_this_code and bool(self.snapshot_id)


def stored_digests(warehouse: Path) -> dict[str, Row]:
    """Rows of `digests` in the lake, by digest_id."""
    return {r["digest_id"]: r for r in read_table(warehouse, "digests").to_pylist()}


def known_contents(stored: dict[str, Row], made_by: MadeBy) -> frozenset[str]:
    """SHA-256 of the files that need not be read again; none if the code has changed."""
    if not made_by.is_this_code:
        return frozenset()
    return frozenset(r["content_sha256"] for r in stored.values()) | made_by.superseded


class Collection:
    """Arrow tables by name; `add` and `join_stories` keep them consistent."""

    def __init__(self, tables: dict[str, pa.Table]) -> None:
        """Tables of the declared schemas."""
        self.tables = tables

    @classmethod
    def empty(cls) -> Collection:
        """Nothing loaded yet."""
        return cls({t.name: arrow_schema(t.name).empty_table() for t in lake_tables()})

    @classmethod
    def from_lake(cls, warehouse: Path) -> Collection:
        """What earlier runs wrote, without what a run that broke off left half written."""
        collection = cls({t.name: read_table(warehouse, t.name) for t in lake_tables()})
        collection._drop_orphans()
        return collection

    def _drop_orphans(self) -> None:
        """Drop items without their digest, and rows without their item: they will be read again."""
        items = self.tables["items"]
        digest_ids = self.tables["digests"]["digest_id"].combine_chunks()
        self.tables["items"] = items.filter(pc.is_in(items["digest_id"], value_set=digest_ids))
        item_ids = self.tables["items"]["item_id"].combine_chunks()
        for name in _OF_ITEM:
            rows = self.tables[name]
            self.tables[name] = rows.filter(pc.is_in(rows["item_id"], value_set=item_ids))

    def add(self, files: Iterable[FileRows]) -> None:
        """Add digests; those that are there already are replaced with all their rows."""
        new = [f for f in files if f.digest is not None]
        if not new:
            return
        self._remove({f.digest["digest_id"] for f in new if f.digest})
        added = arrow_table("digests", [f.digest for f in new if f.digest])
        self.tables["digests"] = pa.concat_tables([self.tables["digests"], added])
        for name in ("items", *_OF_ITEM):
            parts = [self.tables[name], *(f.tables[name] for f in new)]
            self.tables[name] = pa.concat_tables(parts).combine_chunks()

    def _remove(self, digest_ids: set[str]) -> None:
        items = self.tables["items"]
        gone = pa.array(sorted(digest_ids))
        of_gone = pc.is_in(items["digest_id"], value_set=gone)
        gone_items = items.filter(of_gone)["item_id"].combine_chunks()
        self.tables["items"] = items.filter(pc.invert(of_gone))
        digests = self.tables["digests"]
        self.tables["digests"] = digests.filter(
            pc.invert(pc.is_in(digests["digest_id"], value_set=gone))
        )
        for name in _OF_ITEM:
            rows = self.tables[name]
            keep = pc.invert(pc.is_in(rows["item_id"], value_set=gone_items))
            self.tables[name] = rows.filter(keep)

    def retag_all_but(self, fresh: Iterable[FileRows], workers: int | None, log: RunLog) -> None:
        """Tag the stored items again, all but those of the `fresh` files."""
        new = {f.digest["digest_id"] for f in fresh if f.digest}
        of_new = pc.is_in(
            self.tables["items"]["digest_id"], value_set=pa.array(sorted(new), pa.string())
        )
        names = ("item_id", "published_on", "channel", "title", "text")
        items = self.tables["items"].filter(pc.invert(of_new)).select(names).to_pylist()
        if not items:
            return
        links = urls_by_item(self._links_in_order(("item_id", "url")))
        chunks = [items[i : i + 2000] for i in range(0, len(items), 2000)]
        jobs = [(c, {i["item_id"]: links.get(i["item_id"], []) for i in c}) for c in chunks]
        rows: dict[str, list[Row]] = {"mentions": [], "item_themes": []}
        for number, (mentions, themes) in enumerate(_tag_all(jobs, workers), 1):
            log.progress(number, len(jobs), "batches tagged again")
            rows["mentions"] += mentions
            rows["item_themes"] += themes
        again = pa.array([i["item_id"] for i in items])
        for name, tags in rows.items():
            kept = pc.invert(pc.is_in(self.tables[name]["item_id"], value_set=again))
            old = self.tables[name].filter(kept)
            self.tables[name] = pa.concat_tables([old, arrow_table(name, tags)])

    def _links_in_order(self, columns: tuple[str, ...]) -> list[Row]:
        order = [("item_id", "ascending"), ("position", "ascending")]
        return list(self.tables["item_links"].sort_by(order).select(columns).to_pylist())

    def join_stories(self) -> None:
        """Link translations to their originals and set story_id and is_counted of every item."""
        digests = link_digests(self.tables["digests"].to_pylist())
        self.tables["digests"] = arrow_table("digests", digests)
        items = self.tables["items"].drop_columns(_NOT_FOR_STORIES).to_pylist()
        links = urls_by_item(self._links_in_order(("item_id", "canonical_url")), "canonical_url")
        stories = join_stories(digests, items, links, self.tables["items"]["text"].to_pylist())
        self.tables["stories"] = arrow_table("stories", stories)
        table = self.tables["items"]
        for column in ("story_id", "text_group", "is_counted"):
            index = table.column_names.index(column)
            kind = table.schema.field(column)
            values = pa.array([i[column] for i in items], kind.type)
            table = table.set_column(index, kind, values)
        self.tables["items"] = table

    def extent(self) -> Row | None:
        """Items, digests, first and last day; None when there is no digest."""
        days = self.tables["digests"]["published_on"]
        if not len(days):
            return None
        ends = pc.min_max(days).as_py()
        return {
            "items": len(self.tables["items"]),
            "digests": len(days),
            "first_on": ends["min"],
            "last_on": ends["max"],
        }


def without_stubs(refused: list[Row], locations: Iterable[str]) -> list[Row]:
    """Refusals without the stubs whose body stands at one of `locations` under the same file name."""
    bodies = {Path(p).name for p in locations}
    return [
        r
        for r in refused
        if r["reason"] != "stub_body" or Path(r["source"].replace(":", "/")).name not in bodies
    ]


def link_digests(rows: list[Row]) -> list[Row]:
    """The rows with translations tied to their originals, and repeats of one original to the first."""
    there = {r["digest_id"] for r in rows}
    first: dict[tuple[str, str], str] = {}
    out = []
    for row in sorted(rows, key=lambda r: (r["published_on"], r["digest_id"])):
        repeat_of = None
        if row["original_url"]:
            key = row["source"], canonical_url(row["original_url"])
            earliest = first.setdefault(key, row["digest_id"])
            repeat_of = None if earliest == row["digest_id"] else earliest
        out.append({**row, "translation_of": _original_of(row, there), "repeat_of": repeat_of})
    return out


def _original_of(digest: Row, there: set[str]) -> str | None:
    """The digest_id of the original of a translation, if it is among `there`."""
    source = sources().get(digest["source"])
    if source is None or not source.translates or digest["language"] != "zh":
        return None
    slug = digest["digest_id"].removeprefix(f"{digest['source']}/").removesuffix(".zh")
    original = f"{source.translates}/{slug}.en"
    return original if original in there else None


def _tag_all(
    jobs: list[tuple[list[Row], dict[str, list[str]]]], workers: int | None
) -> Iterable[tuple[list[Row], list[Row]]]:
    if len(jobs) * 10 < FEW:
        yield from (tag_items(*job) for job in jobs)
        return
    with pool(workers or 2) as executor:
        yield from executor.map(tag_items, *zip(*jobs, strict=True))
