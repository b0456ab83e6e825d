"""Publish a snapshot: a new immutable DuckDB file, checked, then `current` switched in one step.

In: Arrow tables of the declared schemas and the taxonomy. Out: `snapshots/<id>.duckdb` and `current`.
Traps: a reader holds the old file open while we publish, so nothing is ever written in place; a link
is replaced by rename (never removed first), so that there is no moment without a snapshot; the id is
made from the content, so that equal input publishes nothing new.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from warehouse.answers import GRAINS
from warehouse.connect import CURRENT, attach_read_only, connect_new, current_path, open_file
from warehouse.problems import CheckFailed, NoSnapshot, SnapshotProblem
from warehouse.queries import body, names, parameters, statement
from warehouse.schema import comment_sql, create_sql, fields, tables


@dataclass(frozen=True)
class Published:
    """What publication did; `is_new` is false when this very state was there already."""

    snapshot_id: str
    path: Path
    is_new: bool
    warnings: tuple[str, ...] = ()


def publish(warehouse: Path, snapshot_id: str, rows: Mapping[str, pa.Table]) -> Published:
    """Build the snapshot from `rows` (every lake and snapshot table) and make it current.

    Raises CheckFailed when a check marked `fail` finds rows; then nothing is published.
    """
    target = warehouse / "snapshots" / f"{snapshot_id}.duckdb"
    if _is_readable(target, snapshot_id):
        _switch(warehouse, target)
        return Published(snapshot_id, target, is_new=False)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".draft-{os.getpid()}.duckdb")
    draft.unlink(missing_ok=True)
    try:
        warnings = _build(draft, rows, _previous(warehouse))
        draft.replace(target)
    finally:
        for leftover in (draft, draft.with_name(draft.name + ".wal")):
            leftover.unlink(missing_ok=True)
    _switch(warehouse, target)
    return Published(snapshot_id, target, is_new=True, warnings=warnings)


def _is_readable(path: Path, snapshot_id: str) -> bool:
    if not path.exists():
        return False
    try:
        snap = open_file(path)
    except SnapshotProblem:
        path.unlink()  # a damaged file of this very id: build it again
        return False
    found = snap.snapshot_id
    snap.close()
    return found == snapshot_id


def _previous(warehouse: Path) -> Path | None:
    """The snapshot that is current so far, if it can be opened."""
    try:
        path = current_path(warehouse)
        open_file(path).close()
    except SnapshotProblem:
        return None
    return path


def _build(draft: Path, rows: Mapping[str, pa.Table], previous: Path | None) -> tuple[str, ...]:
    connection = connect_new(draft)
    try:
        for name, table in tables().items():
            if table.kind in ("lake", "snapshot"):
                connection.execute(create_sql(name))
                connection.register("incoming", rows[name].select(table.columns))
                connection.execute(f"INSERT INTO {name} SELECT * FROM incoming")
                connection.unregister("incoming")
        build_marts(connection)
        _carry_history(connection, previous)
        for name in tables():
            for comment in comment_sql(name):
                connection.execute(comment)
        warnings = run_checks(connection)
        connection.execute("CHECKPOINT s")
        connection.execute("USE memory")
        connection.execute("DETACH s")
    finally:
        connection.close()
    return warnings


def _carry_history(connection: Any, previous: Path | None) -> None:
    """Fill the tables of kind history from the snapshot before."""
    for name in [t.name for t in tables().values() if t.kind == "history"]:
        connection.execute(create_sql(name))
    if previous is None:
        return
    attach_read_only(connection, previous, "previous")
    try:
        there = {r[0] for r in connection.execute("SHOW TABLES FROM previous").fetchall()}
        for name in [t.name for t in tables().values() if t.kind == "history"]:
            if name in there:
                connection.execute(f"INSERT INTO {name} BY NAME SELECT * FROM previous.{name}")
            connection.execute(f"INSERT INTO {name} {body(statement('marts', name))}")
    finally:
        connection.execute("DETACH previous")


def build_marts(connection: Any) -> None:
    """Create macros and marts in a database that holds the lake and snapshot tables."""
    for step in build_order():
        name, sql = step["name"], statement("marts", step["name"])
        if body(sql).lstrip().startswith("CREATE"):
            connection.execute(sql)
            continue
        connection.execute(create_sql(name))
        insert = f"INSERT INTO {name} {body(sql)}"
        runs = _grains_and_channel_sets(connection) if step.get("each") else iter([{}])
        for params in runs:
            wanted = parameters(sql)
            connection.execute(insert, {k: v for k, v in params.items() if k in wanted})


@cache
def build_order() -> list[dict[str, str]]:
    """The steps of `warehouse/sql/marts/build_order.yml`."""
    text = (files("warehouse") / "sql" / "marts" / "build_order.yml").read_text("utf-8")
    return list(yaml.safe_load(text))


def _grains_and_channel_sets(connection: Any) -> Iterator[dict[str, Any]]:
    there = {
        r[0] for r in connection.execute("SELECT DISTINCT channel FROM counted_items").fetchall()
    }
    for grain in GRAINS:
        yield {"grain": grain, "channel_set": "all", "channels": []}
        for channel in [c for c in fields()["channel"].values if c in there]:
            yield {"grain": grain, "channel_set": channel, "channels": [channel]}


def run_checks(connection: Any) -> tuple[str, ...]:
    """Run all checks: rows of a `-- fail` check raise CheckFailed, of a `-- warn` check are returned."""
    warnings = []
    for name in names("checks"):
        sql = statement("checks", name)
        found = connection.execute(sql).fetchmany(6)
        if not found:
            continue
        message = f"check {name}: " + "; ".join(" ".join(map(str, row)) for row in found[:5])
        if sql.startswith("-- fail"):
            raise CheckFailed(f"{message}. Nothing was published; the state before stays current.")
        warnings.append(message)
    return tuple(warnings)


def _switch(warehouse: Path, target: Path) -> None:
    link = warehouse / CURRENT
    draft = warehouse / f".{CURRENT}-{os.getpid()}"
    draft.unlink(missing_ok=True)
    draft.symlink_to(Path("snapshots") / target.name)
    draft.replace(link)


@dataclass(frozen=True)
class SnapshotEntry:
    """One line of `trends snapshots`; `problem` says why it cannot be opened."""

    snapshot_id: str
    published_at: str  # UTC, from the file, since data holds no wall clock
    items: int
    digests: int
    is_current: bool
    size_mb: float
    problem: str = ""


def list_snapshots(warehouse: Path) -> list[SnapshotEntry]:
    """All snapshots, newest first."""
    current = None
    with suppress(SnapshotProblem):
        current = current_path(warehouse)
    files_found = sorted(
        (warehouse / "snapshots").glob("[!.]*.duckdb"),
        key=lambda p: p.stat().st_mtime,
        reverse=True,
    )
    return [_entry(p, p.resolve() == current) for p in files_found]


def _entry(path: Path, is_current: bool) -> SnapshotEntry:
    stat = path.stat()
    at = datetime.fromtimestamp(stat.st_mtime, UTC).strftime("%Y-%m-%d %H:%M:%S")
    size = round(stat.st_size / 1e6, 1)
    try:
        snap = open_file(path)
    except SnapshotProblem as problem:
        return SnapshotEntry(path.stem, at, 0, 0, is_current, size, problem.detail)
    row = snap.frame(statement("answers", "loaded")).iloc[0]
    snap.close()
    return SnapshotEntry(
        snap.snapshot_id, at, int(row["items"]), int(row["digests"]), is_current, size
    )


def rollback(warehouse: Path, snapshot_id: str) -> Path:
    """Make an earlier snapshot current; raises a SnapshotProblem if it is missing or broken."""
    target = warehouse / "snapshots" / f"{snapshot_id}.duckdb"
    if not target.is_file():
        raise NoSnapshot(target)
    open_file(target).close()
    _switch(warehouse, target)
    return target
