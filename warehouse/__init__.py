"""The middle: tables, their meaning, all SQL, and the answers. Imports nothing of etl or dashboard."""

from warehouse.connect import Snapshot, open_snapshot
from warehouse.problems import (
    BrokenSnapshot,
    CheckFailed,
    NoSnapshot,
    QueryProblem,
    SnapshotProblem,
)

__all__ = [
    "BrokenSnapshot",
    "CheckFailed",
    "NoSnapshot",
    "QueryProblem",
    "Snapshot",
    "SnapshotProblem",
    "open_snapshot",
]
