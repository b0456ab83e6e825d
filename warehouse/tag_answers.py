"""Answers on one lab or theme: what it is named with, which place it has, which stories name it.

In: an open snapshot and one lab or theme. Out: an `Answer` each, as in `answers.py`. Trap: what it is named
with is a share of its own items, so n is the number of these and not of all items.
"""

from __future__ import annotations

from typing import Any

from warehouse.answers import Answer, Counted, Filters
from warehouse.compare import judged
from warehouse.connect import Snapshot
from warehouse.queries import statement, written_out


def named_with(snap: Snapshot, filters: Filters, kind: str, tag_id: str, with_kind: str) -> Answer:
    """One row a lab or theme (`with_kind`): its share of the items of `tag_id`, and of all others.

    `verdict` says whether it is higher in its items than in the others, corrected for the whole list;
    items_total is the number of items of `tag_id`, digests_total of how many digests they are.
    """
    params = {"kind": kind, "tag_id": tag_id, "with_kind": with_kind, **filters.scope()}
    sql = statement("answers", "named_with")
    frame = snap.frame(sql, params)
    n = Counted.of(frame)
    return Answer(judged(frame), written_out(sql, params), snap.snapshot_id, n.items, n.digests)


def standing(snap: Snapshot, filters: Filters, kind: str, tag_id: str) -> Answer:
    """One row: mentions, share and place among its like within the days of `filters`."""
    params = {"kind": kind, "tag_id": tag_id, **filters.scope()}
    answer = _ask(snap, "tag_standing", params)
    n = int(answer.frame["items_total"].iloc[0])
    return Answer(answer.frame, answer.sql, answer.snapshot_id, n)


def stories(
    snap: Snapshot,
    filters: Filters,
    kind: str,
    tag_id: str,
    newest_first: bool = True,
    limit: int = 20,
) -> Answer:
    """One row a story that names a lab or theme within the days of `filters`, newest or largest first."""
    order = {"newest_first": newest_first, "limit": limit}
    return _ask(snap, "tag_stories", {"kind": kind, "tag_id": tag_id, **filters.scope(), **order})


def _ask(snap: Snapshot, name: str, params: dict[str, Any]) -> Answer:
    sql = statement("answers", name)
    frame = snap.frame(sql, params)
    return Answer(frame, written_out(sql, params), snap.snapshot_id, len(frame))
