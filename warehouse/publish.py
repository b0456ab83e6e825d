"""Publish a snapshot: a new immutable DuckDB file, checked, then `current` switched in one step.

In: Arrow tables of the declared schemas and the taxonomy. Out: `snapshots/<id>.duckdb` and `current`.
Traps: a reader holds the old file open while we publish, so nothing is ever written in place; a link
is replaced by rename (never removed first), so that there is no moment without a snapshot; the id is
made from the content, so that equal input publishes nothing new.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from warehouse.connect import CURRENT, close_draft, connect_new, current_path, open_file
from warehouse.marts import build_marts, carry_history, run_checks
from warehouse.problems import SnapshotProblem
from warehouse.schema import comment_sql, create_sql, tables


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
        switch(warehouse, target)
        return Published(snapshot_id, target, is_new=False)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".draft-{os.getpid()}.duckdb")
    draft.unlink(missing_ok=True)
    try:
        warnings = _build(draft, rows, current_or_none(warehouse))
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return finish(warehouse, draft, snapshot_id, warnings)


def finish(warehouse: Path, draft: Path, snapshot_id: str, warnings: tuple[str, ...]) -> Published:
    """Give a finished draft its name and make it current."""
    target = warehouse / "snapshots" / f"{snapshot_id}.duckdb"
    draft.with_name(draft.name + ".wal").unlink(missing_ok=True)
    draft.replace(target)
    switch(warehouse, target)
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


def current_or_none(warehouse: Path) -> Path | None:
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
                insert_rows(connection, name, rows[name])
        build_marts(connection)
        carry_history(connection, previous)
        for name in tables():
            for comment in comment_sql(name):
                connection.execute(comment)
        warnings = run_checks(connection)
        close_draft(connection)
    finally:
        connection.close()
    return warnings


def insert_rows(connection: Any, name: str, rows: pa.Table) -> None:
    """Append Arrow rows of the declared columns to a table of a draft."""
    connection.register("incoming", rows.select(tables()[name].columns))
    connection.execute(f"INSERT INTO {name} SELECT * FROM incoming")
    connection.unregister("incoming")


def switch(warehouse: Path, target: Path) -> None:
    """Make `target` current in one step: a link of another name is renamed over `current`."""
    link = warehouse / CURRENT
    draft = warehouse / f".{CURRENT}-{os.getpid()}"
    draft.unlink(missing_ok=True)
    draft.symlink_to(Path("snapshots") / target.name)
    draft.replace(link)
