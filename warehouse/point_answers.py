"""Answers on points of a chart: the items and the stories that make their numbers.

In: an open snapshot, filters, points as (lab, theme or topic, first day of the period), or a cell of
lab × theme. Out: an `Answer` whose items_total is the number of items or stories in all. Trap: an item may
stand behind two of the points, so the points' counts do not add up to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from warehouse.answers import Answer, Filters
from warehouse.connect import Snapshot
from warehouse.queries import statement, written_out

Point = tuple[str, date]


def items_of_points(
    snap: Snapshot, filters: Filters, kind: str, points: Sequence[Point], limit: int = 200
) -> Answer:
    """The items behind points of labs, themes or topics (`kind`), newest first, each once."""
    return _ask(snap, "items_of_points", _points(filters, kind, points, limit))


def stories_of_points(
    snap: Snapshot, filters: Filters, kind: str, points: Sequence[Point], limit: int = 200
) -> Answer:
    """The stories behind points of labs, themes or topics (`kind`), those with most items first."""
    return _ask(snap, "stories_of_points", _points(filters, kind, points, limit))


def stories_behind(
    snap: Snapshot, filters: Filters, lab_id: str, theme_id: str, limit: int = 200
) -> Answer:
    """The stories behind one cell of lab × theme, those with most items first."""
    params = {"lab_id": lab_id, "theme_id": theme_id, "limit": limit, **filters.scope()}
    return _ask(snap, "stories_behind", params)


def _points(filters: Filters, kind: str, points: Sequence[Point], limit: int) -> dict[str, Any]:
    return {
        "kind": kind,
        "ids": [id_ for id_, _ in points],
        "period_starts": [day for _, day in points],
        "grain": filters.grain,
        "limit": limit,
        **filters.scope(),
    }


def _ask(snap: Snapshot, name: str, params: dict[str, Any]) -> Answer:
    sql = statement("answers", name)
    frame = snap.frame(sql, params)
    hits = 0 if frame.empty else int(frame["hits"].iloc[0])
    return Answer(frame.drop(columns="hits"), written_out(sql, params), snap.snapshot_id, hits)
