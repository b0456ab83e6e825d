"""Answers for the first page: the last complete periods, who leads in them, newest digests and stories.

In: an open snapshot. Out: an `Answer` each, as in `answers.py`. Trap: the page opens before anything else, so
what the marts hold already is read from them, and nothing here counts the archive anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from warehouse.answers import Answer, Filters, items_in_scope
from warehouse.connect import Snapshot
from warehouse.queries import statement, written_out
from warehouse.spans import Span, code_of, parse_span


def last_periods(snap: Snapshot) -> Answer:
    """One row a grain (week, month): the last complete period and the days it is compared with."""
    return _ask(snap, "last_periods", {})


def most_in_period(snap: Snapshot, kind: str, grain: str, period: date, limit: int) -> Answer:
    """One row a lab or theme (`kind`) of one period, the most mentioned first, from the marts.

    items_total and digests_total are n of the period.
    """
    span = parse_span(code_of(grain, period))
    params = {"kind": kind, "grain": grain, "period": period, "limit": limit}
    answer = _ask(snap, "most_in_period", params)
    n = items_in_scope(snap, Filters(start=span.first, end=span.last))
    return Answer(answer.frame, answer.sql, answer.snapshot_id, n.items, n.digests)


def last_digests(snap: Snapshot, limit: int) -> Answer:
    """One row a digest, the newest first."""
    return _ask(snap, "last_digests", {"limit": limit})


def largest_stories(snap: Snapshot, span: Span, limit: int) -> Answer:
    """One row a story of the span, the one that reached most channels and issues first."""
    days = {"first_day": span.first, "last_day": span.last}
    return _ask(snap, "largest_stories", {**days, "limit": limit})


def stories_of_tags(
    snap: Snapshot, kind: str, ids: Sequence[str], span: Span, limit: int
) -> Answer:
    """One row a lab or theme of `ids` × story of the span, its largest stories first."""
    params = {"kind": kind, "ids": list(ids), "limit": limit}
    return _ask(snap, "stories_of_tags", {**params, "first_day": span.first, "last_day": span.last})


def _ask(snap: Snapshot, name: str, params: dict[str, Any]) -> Answer:
    sql = statement("answers", name)
    frame = snap.frame(sql, params)
    return Answer(frame, written_out(sql, params), snap.snapshot_id, len(frame))
