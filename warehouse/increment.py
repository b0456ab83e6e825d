"""Publish a small change on top of the current snapshot: copy it, change the copy, switch.

In: the rows that are new or different. Out: the changed months of the lake and a new snapshot, equal to
one built from everything. Traps: the published file itself is never written, its copy is; a story that
was merged into another leaves a row behind unless it is removed; a period that was running until now
may be complete.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from warehouse.connect import close_draft, connect_draft
from warehouse.lake import lake_tables, write_month
from warehouse.marts import carry_history, refresh_marts, run_checks
from warehouse.publish import Published, finish, insert_rows
from warehouse.queries import statement
from warehouse.schema import Table, arrow_table, tables

Row = dict[str, Any]


@dataclass(frozen=True)
class Changes:
    """`upserts`: rows of lake tables that are new or replace the row of the same key; `gone`: keys of
    stories that no longer exist; `replaced`: snapshot tables as a whole (without snapshot_info)."""

    upserts: Mapping[str, pa.Table]
    gone: Sequence[str] = ()
    replaced: dict[str, pa.Table] = field(default_factory=dict)


def publish_changes(
    warehouse: Path, base: Path, changes: Changes, describe: Callable[[Row], Row]
) -> Published:
    """Write the changed months of the lake and publish the changed copy of `base`.

    `describe` turns the extent (items, digests, first_on, last_on) into the row of snapshot_info; it is
    called when the lake is written, since the id is made from the lake's content.
    """
    draft = base.with_name(f".draft-{os.getpid()}.duckdb")
    shutil.copyfile(base, draft)
    connection = connect_draft(draft)
    try:
        touched = {t.name: _apply(connection, t, changes) for t in lake_tables()}
        for name, rows in changes.replaced.items():
            connection.execute(f"TRUNCATE {name}")
            insert_rows(connection, name, rows)
        for name, months in touched.items():
            for month in sorted(months):
                write_month(
                    warehouse, name, f"{month:%Y-%m}", _month(connection, tables()[name], month)
                )
        extent = _extent(connection)
        info = describe(extent)
        connection.execute("TRUNCATE snapshot_info")
        insert_rows(connection, "snapshot_info", arrow_table("snapshot_info", [info]))
        channels = pc.unique(changes.upserts["items"]["channel"]).to_pylist()
        refresh_marts(connection, sorted(touched["items"]), sorted(channels))
        carry_history(connection, base)
        warnings = _check_since(connection, min(touched["items"] | touched["digests"]))
        close_draft(connection)
    except BaseException:
        connection.close()
        draft.unlink(missing_ok=True)
        raise
    connection.close()
    return finish(warehouse, draft, info["snapshot_id"], warnings)


def _apply(connection: Any, table: Table, changes: Changes) -> set[date]:
    """Delete and insert the changed rows of one table; returns the months that it touched."""
    rows = changes.upserts.get(table.name)
    months: set[date] = set()
    if table.name == "stories" and changes.gone:
        gone = {"gone": list(changes.gone)}
        where = "WHERE list_contains($gone, story_id)"
        months |= _months(connection, f"SELECT first_on FROM stories {where}", gone)
        connection.execute(f"DELETE FROM stories {where}", gone)
    if rows is None or not len(rows):
        return months
    connection.register("changed", rows.select(table.columns))
    same = " AND ".join(f"t.{k} = c.{k}" for k in table.key)
    replaced = _months(
        connection, f"SELECT t.{table.month_of} FROM {table.name} AS t JOIN changed AS c ON {same}"
    )
    if replaced:
        connection.execute(f"DELETE FROM {table.name} AS t USING changed AS c WHERE {same}")
    connection.execute(f"INSERT INTO {table.name} SELECT * FROM changed")
    connection.unregister("changed")
    days = pc.unique(rows[table.month_of]).to_pylist()
    return months | replaced | {d.replace(day=1) for d in days}


def _check_since(connection: Any, day: date) -> tuple[str, ...]:
    """Run the checks on the items of `day` and later: older ones were checked when they were published.

    Temporary tables hide the older rows, since a temporary table comes before one of the same name. The
    stories stay whole: an item may belong to an old one. So do the marts.
    """
    hidden = [t for t in lake_tables() if t.month_of == "published_on"]
    for table in hidden:
        sql = f"CREATE TEMP TABLE {table.name} AS SELECT * FROM s.{table.name} WHERE published_on >= $day"
        connection.execute(sql, {"day": day})
    warnings = run_checks(connection)
    for table in hidden:
        connection.execute(f"DROP TABLE temp.{table.name}")
    return warnings


def _months(connection: Any, sql: str, params: Mapping[str, Any] | None = None) -> set[date]:
    return {r[0].replace(day=1) for r in connection.execute(sql, dict(params or {})).fetchall()}


def _month(connection: Any, table: Table, month: date) -> pa.Table:
    columns = ", ".join(table.columns)
    sql = f"SELECT {columns} FROM {table.name} WHERE period_of('month', {table.month_of}) = $month"
    return connection.execute(sql, {"month": month}).to_arrow_table()


def _extent(connection: Any) -> Row:
    """Items, digests, first and last day of the changed copy."""
    cursor = connection.execute(statement("answers", "extent"))
    names = [d[0] for d in cursor.description]
    return dict(zip(names, cursor.fetchone(), strict=True))
