"""Answers on rising, bursts, breaks and events, with the stories and words behind them.

In: an open snapshot and what is asked. Out: an `Answer` each, as in `answers.py`. Trap: the words of a
burst are computed when asked, from the items themselves, since most bursts are never opened; the rest
stands in the marts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from warehouse.answers import Answer, Counted
from warehouse.compare import CONCENTRATED
from warehouse.connect import Snapshot
from warehouse.queries import statement, written_out
from warehouse.taxonomy.stop_words import stop_words


def _ask(snap: Snapshot, name: str, params: dict[str, Any]) -> Answer:
    sql = statement("answers", name)
    frame = snap.frame(sql, params)
    return Answer(frame, written_out(sql, params), snap.snapshot_id, len(frame))


def rising(
    snap: Snapshot,
    kind: str,
    grain: str = "month",
    period: date | None = None,
    limit: int = 20,
    channel_set: str = "all",
) -> Answer:
    """One row a lab or theme (`kind`) by the lower bound of its growth in log-odds, surest first.

    `period` is any day of the period, None the newest that compares. `grain` is month or week; a single
    channel has months only. items_total is the number of items of the period in these channels,
    digests_total of how many digests they are.
    """
    params = {
        "kind": kind,
        "grain": grain,
        "channel_set": channel_set,
        "period": period,
        "limit": limit,
        **CONCENTRATED,
    }
    answer = _ask(snap, "rising", params)
    n = Counted.of(answer.frame)
    return Answer(answer.frame, answer.sql, answer.snapshot_id, n.items, n.digests)


def rising_periods(
    snap: Snapshot, kind: str, grain: str = "month", channel_set: str = "all"
) -> Answer:
    """One row a period, newest first: whether it compares, and how many rose and fell in it."""
    params: dict[str, Any] = {"kind": kind, "grain": grain, "channel_set": channel_set}
    return _ask(snap, "rising_periods", params | CONCENTRATED)


def bursts(
    snap: Snapshot,
    kind: str | None = None,
    ids: Sequence[str] = (),
    limit: int = 20,
    start: date | None = None,
    end: date | None = None,
) -> Answer:
    """One row a burst that touches the days asked for, strongest first, with stories and events."""
    params = {
        "kind": kind,
        "ids": list(ids),
        "first_day": start,
        "last_day": end,
        "limit": limit,
    }
    return _ask(snap, "bursts", params)


def burst_stories(
    snap: Snapshot, kind: str, tag_id: str, start: date, end: date, limit: int = 10
) -> Answer:
    """One row a story of a lab or theme between two days, the one with most items first."""
    return _ask(snap, "burst_stories", _span(kind, tag_id, start, end, limit))


def burst_terms(
    snap: Snapshot, kind: str, tag_id: str, start: date, end: date, limit: int = 10
) -> Answer:
    """One row a word that sets these days of a lab or theme apart from the half-year around (z)."""
    params = _span(kind, tag_id, start, end, limit) | {"stop_words": list(stop_words())}
    return _ask(snap, "burst_terms", params)


def _span(kind: str, tag_id: str, start: date, end: date, limit: int) -> dict[str, Any]:
    return {"kind": kind, "tag_id": tag_id, "first_day": start, "last_day": end, "limit": limit}


def breaks(
    snap: Snapshot,
    start: date | None = None,
    end: date | None = None,
    channels: Sequence[str] = (),
    ids: Sequence[str] = (),
) -> Answer:
    """One row a break of a channel, or of the share of a lab or theme, in order of time."""
    params = {"first_day": start, "last_day": end, "channels": list(channels), "ids": list(ids)}
    return _ask(snap, "breaks", params)


def events(
    snap: Snapshot, start: date | None = None, end: date | None = None, ids: Sequence[str] = ()
) -> Answer:
    """One row a known event between two days that concerns one of the labs, themes or channels `ids`."""
    return _ask(snap, "events", {"first_day": start, "last_day": end, "ids": list(ids)})
