"""Fit the topics of a warehouse: read the lake, fit, write.

In: a warehouse folder. Out: the folder `topics/`, and lines that say what came of it. Trap: a build in
between would assign items to topics that are gone, so the warehouse is locked meanwhile.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np

from etl.topics.fit import fit
from etl.topics.items import read_archive
from etl.topics.state import State, read_state, write_fit
from warehouse.lock import locked


def fit_warehouse(warehouse: Path) -> list[str]:
    """Fit and write. Raises TooFewItems; then what was there stays."""
    with locked(warehouse):
        previous = read_state(warehouse)
        state = fit(read_archive(warehouse), previous)
        write_fit(state, warehouse)
    return report(state, previous)


def report(state: State, previous: State | None) -> list[str]:
    """What a fit did, in a few lines."""
    counted = np.array(state.assigned["is_counted"].to_pylist(), dtype=bool)
    nowhere = np.array([t is None for t in state.assigned["topic_id"].to_pylist()], dtype=bool)
    lines = [
        f"{len(state.centroid_ids)} topics of {counted.sum():,} items and {(~counted).sum():,} "
        f"translations; {nowhere[counted].mean():.1%} of the items belong nowhere"
    ]
    if previous is not None:
        kept = len(set(previous.centroid_ids) & set(state.centroid_ids))
        lines.append(f"{kept} of {len(previous.centroid_ids)} former topics keep their id")
    new = state.events[len(previous.events) if previous else 0 :]
    happened = Counter(e["event"] for e in new)
    lines.append("events: " + ", ".join(f"{n} {what}" for what, n in sorted(happened.items())))
    return lines
