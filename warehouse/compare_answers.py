"""Answers to "is this more than that?": two periods of a lab or theme, or two of them in one period.

In: an open snapshot and what is compared. Out: an `Answer` whose rows carry the verdict beside the shares
that its SQL gives. Trap: q depends on the list, so rows that are shown together are judged together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from warehouse.answers import Answer, Counted, Filters
from warehouse.compare import judged
from warehouse.connect import Snapshot
from warehouse.queries import statement, written_out
from warehouse.spans import Span

if TYPE_CHECKING:  # loading pandas takes a moment that a build does not need
    import pandas as pd


def compare_periods(
    snap: Snapshot,
    filters: Filters,
    kind: str,
    ids: Sequence[str],
    period: Span,
    against: Span,
) -> Answer:
    """One row a lab or theme (`kind`, empty `ids`: all): its share in `period` less that in `against`."""
    params = {
        "kind": kind,
        "ids": list(ids),
        "channels": list(filters.channels),
        "languages": list(filters.languages),
        "first_day": period.first,
        "last_day": period.last,
        "against_first_day": against.first,
        "against_last_day": against.last,
    }
    return _judged(snap, "compare_periods", params)


def compare_tags(
    snap: Snapshot, filters: Filters, kind: str, tag_id: str, ids: Sequence[str], period: Span
) -> Answer:
    """One row another lab or theme (empty `ids`: all): the share of `tag_id` less that of the other."""
    params = {
        "kind": kind,
        "tag_id": tag_id,
        "ids": list(ids),
        "channels": list(filters.channels),
        "languages": list(filters.languages),
        "first_day": period.first,
        "last_day": period.last,
    }
    return _judged(snap, "compare_tags", params)


def mix_changes(snap: Snapshot, filters: Filters) -> Answer:
    """One row a beginning or end of a counted channel within the days of `filters`."""
    params = filters.scope()
    sql = statement("answers", "mix_changes")
    frame = snap.frame(sql, params)
    return Answer(frame, written_out(sql, params), snap.snapshot_id, len(frame))


def periods(snap: Snapshot, grains: Sequence[str]) -> Answer:
    """One row a period of these grains that has items, newest first: items_total, is_partial."""
    params = {"grains": list(grains)}
    sql = statement("answers", "periods")
    frame = snap.frame(sql, params)
    return Answer(frame, written_out(sql, params), snap.snapshot_id, len(frame))


def together(*answers: Answer) -> Answer:
    """Several comparisons as one list, judged as one family."""
    import pandas as pd

    frame: pd.DataFrame = pd.concat([a.frame for a in answers], ignore_index=True)
    sql = "\n\n".join(a.sql for a in answers)
    first = answers[0]
    return Answer(judged(frame), sql, first.snapshot_id, first.items_total, first.digests_total)


def _judged(snap: Snapshot, name: str, params: dict[str, Any]) -> Answer:
    sql = statement("answers", name)
    frame = snap.frame(sql, params)
    n = Counted.of(frame)
    return Answer(judged(frame), written_out(sql, params), snap.snapshot_id, n.items, n.digests)
