"""The middle: tables, their meaning, all SQL, and the answers. Imports nothing of etl or dashboard.

The public names are loaded when they are first used: workers that only tag must not wait for pandas.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'warehouse' has no attribute {name!r}")
    home = "warehouse.connect" if name in ("Snapshot", "open_snapshot") else "warehouse.problems"
    return getattr(import_module(home), name)
