"""START HERE: fill the tables `events`, `bursts`, `rising`, `breaks` and `tag_quality` of a draft.

In: a connection whose other marts are filled. Out: the five tables, as a whole, at every publication.
Trap: the analyst's own events stand in the warehouse folder; the draft knows it, since it lies in
`<warehouse>/snapshots/` itself. A database in memory has no folder and no own events.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from warehouse.queries import statement
from warehouse.schema import arrow_schema, arrow_table, create_sql
from warehouse.taxonomy.events import event_rows, load_events
from warehouse.taxonomy.quality import quality_rows
from warehouse.trends.breaks import break_rows
from warehouse.trends.bursts import burst_rows
from warehouse.trends.rising import rising_columns
from warehouse.trends.units import Units, read_units

Row = dict[str, Any]
TABLES = ("events", "bursts", "rising", "breaks", "tag_quality")
EVIDENCE_RANKS = 5  # of a period and kind, in channel set `all`, that get their stories


def fill_trends(connection: Any) -> None:
    """Compute the five tables anew; creates those that are not there."""
    units = read_units(connection)
    events = load_events(_warehouse_of(connection))
    mix = connection.execute(statement("trends", "mix_breaks")).fetchall()
    bursts, rising = burst_rows(units), _rising(units)
    leading = _rows_with_evidence(rising)
    spans = [(b["tag_kind"], b["tag_id"], b["first_on"], b["last_on"]) for b in bursts]
    told = _stories(connection, [*spans, *map(_span, leading.values())])
    for burst, (stories, story_ids) in zip(bursts, told, strict=False):
        burst |= {"stories": stories, "story_ids": story_ids}
    evidence: list[list[str] | None] = [None] * len(rising)
    for place, (_, story_ids) in zip(leading, told[len(bursts) :], strict=True):
        evidence[place] = story_ids
    rising = rising.append_column("story_ids", pa.array(evidence, pa.list_(pa.string())))
    tables = {
        "events": arrow_table("events", event_rows(events)),
        "bursts": arrow_table("bursts", bursts),
        "rising": rising.select(arrow_schema("rising").names),
        "breaks": arrow_table("breaks", break_rows(units, mix, events)),
        "tag_quality": arrow_table("tag_quality", quality_rows()),
    }
    there = {r[0] for r in connection.execute("SHOW TABLES").fetchall()}
    connection.begin()  # one commit: each one waits for the disk
    for name, rows in tables.items():
        connection.execute(f"TRUNCATE {name}" if name in there else create_sql(name))
        connection.register("incoming", rows)
        connection.execute(f"INSERT INTO {name} SELECT * FROM incoming")
        connection.unregister("incoming")
    connection.commit()


def _warehouse_of(connection: Any) -> Path | None:
    path = connection.execute(statement("trends", "own_file")).fetchone()[0]
    return Path(path).parent.parent if path else None


def _rising(units: Units) -> pa.Table:
    parts = [pa.table(columns) for columns in rising_columns(units)]
    schema = pa.schema([f for f in arrow_schema("rising") if f.name != "story_ids"])
    table = pa.concat_tables(parts) if parts else schema.empty_table()
    return table.select(schema.names).cast(schema)


def _rows_with_evidence(rising: pa.Table) -> dict[int, Row]:
    """The rows that lead their period and rose for sure, by position."""
    columns = ("channel_set", "rank", "growth_low", "grain", "period_start", "tag_kind", "tag_id")
    rank, low = rising["rank"].to_pylist(), rising["growth_low"].to_pylist()
    sets = rising["channel_set"].to_pylist()
    places = [
        n
        for n, (place, growth, name) in enumerate(zip(rank, low, sets, strict=True))
        if name == "all" and place is not None and place <= EVIDENCE_RANKS and growth > 0
    ]
    rows = rising.select(columns).take(pa.array(places, pa.int64())).to_pylist()
    return dict(zip(places, rows, strict=True))


def _span(row: Row) -> tuple[str, str, date, date]:
    first: date = row["period_start"]
    if row["grain"] == "week":
        last = first + timedelta(days=6)
    else:
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return row["tag_kind"], row["tag_id"], first, last


def _stories(
    connection: Any, spans: Sequence[tuple[str, str, date, date]]
) -> list[tuple[int, list[str]]]:
    """Number of stories and the first three of them, for each span."""
    names = ("tag_kinds", "tag_ids", "first_days", "last_days")
    columns: Iterable[list[Any]] = map(list, zip(*spans, strict=True)) if spans else ([],) * 4
    params = dict(zip(names, columns, strict=True))
    rows = connection.execute(statement("trends", "top_stories"), params).fetchall()
    return [(stories, ids) for _, stories, ids in rows]
