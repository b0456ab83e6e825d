"""Answers on the topics that the machine found, and on what a theme is made of.

In: an open snapshot and what is asked. Out: an `Answer` each, as in `answers.py`; without topics its rows
are none. Trap: of 150 topics some would seem to grow by chance, so `movement` goes by the verdict for lists
of many (`compare.py`), over all topics at once, whichever of them a page then shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from warehouse.answers import Answer, Filters, items_in_scope
from warehouse.compare import judged
from warehouse.connect import Snapshot
from warehouse.queries import statement, written_out

if TYPE_CHECKING:  # loading pandas takes a moment that a build does not need
    import pandas as pd

MOVEMENTS = ("new", "growing", "fading", "unclear", "not_comparable")
NEWEST_DAYS = 28
_BY_VERDICT = {
    "higher": "growing",
    "lower": "fading",
    "not_distinguishable": "unclear",
    "not_comparable": "not_comparable",
}


def topics(snap: Snapshot, days: int = NEWEST_DAYS, last_day: date | None = None) -> Answer:
    """One row a topic, former ones included, the largest first, with its `movement`.

    Compared are the newest `days` with the four times as many before: difference of the shares with its
    interval, q over all topics, verdict. Movement is one of MOVEMENTS; new beats growing and fading, since
    the share before says little where half of the items are newer. Without a topic there is no row.
    """
    if days < 1:
        raise ValueError(f"{days} days cannot be compared")
    answer = _ask(snap, "topics", {"days": days, "last_day": last_day})
    frame = _with_movement(answer.frame)
    n = frame["items_total"].dropna()
    return Answer(frame, answer.sql, answer.snapshot_id, int(n.iloc[0]) if len(n) else 0)


def topics_by_size(snap: Snapshot) -> Answer:
    """One row an active topic, the largest first, without any comparison."""
    return _ask(snap, "topics_by_size", {})


def _with_movement(frame: pd.DataFrame) -> pd.DataFrame:
    rows = judged(frame)
    moved = [
        "new" if new else _BY_VERDICT[verdict]
        for new, verdict in zip(rows["is_new"], rows["verdict"], strict=True)
    ]
    return rows.assign(movement=moved)


def topic_trend(
    snap: Snapshot, filters: Filters, topic_ids: Sequence[str], window: int = 1
) -> Answer:
    """One row a period × topic: mentions, stories, items_total, shares (0-1), as of labs and themes.

    Items of discord_detail have no topic: of that channel alone every share is 0. `window` is how many
    periods the moving averages (smooth_…) are over.
    """
    params = {"grain": filters.grain, "topic_ids": list(topic_ids), "window": window}
    params |= filters.scope()
    answer = _ask(snap, "topic_trend", params)
    n = items_in_scope(snap, filters)
    return Answer(answer.frame, answer.sql, answer.snapshot_id, n.items, n.digests)


def topic_labs(snap: Snapshot, topic_id: str, limit: int = 10) -> Answer:
    """One row a lab that items of the topic name: mentions, share (0-1) of the topic's items."""
    return _ask(snap, "topic_labs", {"topic_id": topic_id, "limit": limit})


def topic_life(snap: Snapshot, topic_id: str) -> Answer:
    """One row an event in the topic's life, in order of time."""
    return _ask(snap, "topic_life", {"topic_id": topic_id})


def items_by_id(snap: Snapshot, item_ids: Sequence[str]) -> Answer:
    """One row an item, in the order asked for; what is not loaded is left out."""
    return _ask(snap, "items_by_id", {"item_ids": list(item_ids)})


def topics_of_theme(snap: Snapshot, theme_id: str) -> Answer:
    """One row a topic that items of the theme belong to; items_total: those of the theme."""
    answer = _ask(snap, "topics_of_theme", {"theme_id": theme_id})
    n = int(answer.frame["items_total"].iloc[0]) if len(answer.frame) else 0
    return Answer(answer.frame, answer.sql, answer.snapshot_id, n)


def parts_of_theme(snap: Snapshot, theme_id: str) -> Answer:
    """One row a part of the theme, the largest first: label, terms, item_count, typical_items."""
    answer = _ask(snap, "parts_of_theme", {"theme_id": theme_id})
    n = int(answer.frame["items_compared"].iloc[0]) if len(answer.frame) else 0
    return Answer(answer.frame, answer.sql, answer.snapshot_id, n)


def _ask(snap: Snapshot, name: str, params: dict[str, Any]) -> Answer:
    sql = statement("answers", name)
    frame = snap.frame(sql, params)
    return Answer(frame, written_out(sql, params), snap.snapshot_id, len(frame))
