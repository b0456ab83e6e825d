"""Breaks: where a channel begins, ends or changes its volume, and where a share changes its level.

In: `Units`, the changes of the mix, the known events. Out: rows of `breaks`. Traps: shares are divided
within the channels of the basket, so that a change of the mix is no break of a share; silent weeks count
as volume 0, or a channel that pauses would look unchanged; the running period would always be a break; a
level has a least length, so a change near the end is found too early: one from or to nought is moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np

from warehouse.taxonomy.events import Event
from warehouse.trends.changepoints import (
    noise_variance,
    optimal_partition,
    share_cost,
    squared_cost,
    swing,
)
from warehouse.trends.units import Floats, Places, Units

Row = dict[str, Any]
LEAST_WEEKS = 4  # of one level of volume
LEAST_MONTHS = 3  # of one level of a share
LEAST_NOISE = 0.01  # variance of log1p: a volume that is the same each day still has odd weeks
LEAST_VOLUME_RATIO = 1.25  # of the medians before and after, either way
SHARE_PENALTY = 3.0  # · ln(months): only strong changes
LEAST_RATIO = 1.5  # of the shares before and after, either way
NEAR_DAYS = 31  # an event so near may be the cause
_EMPTY = (
    "channel",
    "tag_kind",
    "tag_id",
    "items_before",
    "items_after",
    "share_before",
    "share_after",
)
AROUND_WEEKS = 8  # whose median is the level beside the beginning or end of a channel


def break_rows(
    units: Units, mix: Iterable[tuple[str, bool, date]], events: Iterable[Event]
) -> list[Row]:
    """Rows in order of day, kind, channel and tag; `mix` has (channel, begins, changed_on)."""
    known = list(events)
    rows = [*_channel_breaks(units, mix), *_volume_breaks(units), *_share_breaks(units)]
    for row in rows:
        row["event_id"] = _near_event(row, known)
    named = ("break_kind", "channel", "tag_kind", "tag_id")
    return sorted(rows, key=lambda r: (r["happened_on"], *(r[c] or "" for c in named)))


def _row(kind: str, day: date, **values: Any) -> Row:
    return {"break_kind": kind, "happened_on": day, **dict.fromkeys(_EMPTY), **values}


def _channel_breaks(units: Units, mix: Iterable[tuple[str, bool, date]]) -> Iterator[Row]:
    weeks = units.calendars["week"]
    items = units.by_period("week", units.items)
    for channel, begins, day in mix:
        series = items[:, units.channels.index(channel)]
        at = next(n for n, last in enumerate(weeks.last_on) if last >= day)
        before, after = series[max(at - AROUND_WEEKS, 0) : at], series[at : at + AROUND_WEEKS]
        yield _row(
            "channel_begins" if begins else "channel_ends",
            day,
            channel=channel,
            items_before=0.0 if begins else float(np.median(before)),
            items_after=float(np.median(after)) if begins else 0.0,
        )


def _volume_breaks(units: Units) -> Iterator[Row]:
    weeks = units.calendars["week"]
    items = units.by_period("week", units.items)
    for number, channel in enumerate(units.channels):
        at = _life(items[:, number])
        at = at[~weeks.is_partial[at]]
        if len(at) < 2 * LEAST_WEEKS:
            continue
        volume = items[at, number]
        values = np.log1p(volume)
        penalty = 2 * np.log(len(at)) * max(noise_variance(values), LEAST_NOISE)
        changes = optimal_partition(squared_cost(values), np.array([penalty]), LEAST_WEEKS)[0]
        ends = _at_nought(volume, [0, *changes, len(at)])
        for begin, change, end in zip(ends, ends[1:], ends[2:], strict=False):
            before, after = (
                float(np.median(volume[begin:change])),
                float(np.median(volume[change:end])),
            )
            if abs(np.log1p(after) - np.log1p(before)) >= np.log(LEAST_VOLUME_RATIO):
                day = weeks.first_on[at[change]]
                yield _row(
                    "volume_level", day, channel=channel, items_before=before, items_after=after
                )


def _at_nought(volume: Floats, ends: list[int]) -> list[int]:
    """A change from (to) a level of 0 stands at the first week with (without) items, others as found."""
    levels = [float(np.median(volume[a:b])) for a, b in pairwise(ends)]
    moved = list(ends)
    for n, (before, after) in enumerate(pairwise(levels), 1):
        if (before == 0) == (after == 0):
            continue
        like_after = (volume > 0) if after else (volume == 0)
        at = ends[n]
        while at < ends[n + 1] - 1 and not like_after[at]:
            at += 1
        while at > ends[n - 1] + 1 and like_after[at - 1]:
            at -= 1
        moved[n] = at
    return moved


def _life(series: Floats) -> Places:
    """Positions from the first to the last period with items."""
    there = np.flatnonzero(series > 0)
    return np.arange(there[0], there[-1] + 1) if len(there) else there


def _share_breaks(units: Units) -> Iterator[Row]:
    months = units.calendars["month"]
    basket = np.flatnonzero(~np.isnan(units.weight))
    items = units.by_period("month", units.items)[:, basket]
    at = np.flatnonzero((items > 0).all(axis=1) & ~months.is_partial)
    if not len(basket) or len(at) < 2 * LEAST_MONTHS:
        return
    k, n = units.by_period("month", units.mentions)[at][:, basket], items[at]
    penalty = np.full(len(units.tags), SHARE_PENALTY * np.log(len(at)))
    found = optimal_partition(share_cost(k, n, swing(k, n)), penalty, LEAST_MONTHS)
    for tag, changes in enumerate(found):
        ends = [0, *changes, len(at)]
        levels = [
            float(np.sum(units.weight[basket] * k[a:b, :, tag].sum(axis=0) / n[a:b].sum(axis=0)))
            for a, b in pairwise(ends)
        ]
        for change, before, after in zip(changes, levels, levels[1:], strict=False):
            if max(before, after) >= LEAST_RATIO * min(before, after):
                yield _row(
                    "share_level",
                    months.first_on[at[change]],
                    tag_kind=units.tags[tag][0],
                    tag_id=units.tags[tag][1],
                    share_before=before,
                    share_after=after,
                )


def _near_event(row: Row, events: list[Event]) -> str | None:
    """The event nearest in time that concerns the same channel, lab or theme."""
    near = [
        (abs((e.happened_on - row["happened_on"]).days), e.event_id)
        for e in events
        if abs(e.happened_on - row["happened_on"]) <= timedelta(days=NEAR_DAYS)
        and (
            row["channel"] in e.channels
            or (row["tag_kind"] == "lab" and row["tag_id"] in e.labs)
            or (row["tag_kind"] == "theme" and row["tag_id"] in e.themes)
        )
    ]
    return min(near)[1] if near else None
