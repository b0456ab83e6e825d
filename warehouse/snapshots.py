"""Earlier states: list them, go back to one.

In: a warehouse folder. Out: entries for `trends snapshots`; `current` switched. Trap: a broken snapshot
must be listed with its problem and never become current.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from warehouse.connect import current_path, open_file
from warehouse.problems import NoSnapshot, SnapshotProblem
from warehouse.publish import switch
from warehouse.queries import statement


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
    switch(warehouse, target)
    return target
