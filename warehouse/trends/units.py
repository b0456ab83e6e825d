"""The sums behind bursts, growth and breaks: mentions by digest, channel and tag as one matrix.

In: a connection whose marts are filled. Out: `Units`. Traps: the periods come from the macros of the
marts, so that a week or month is the same everywhere; the matrix is dense (digests × tags, a few hundred
thousand numbers), which is what makes a sum over any grouping a matter of milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from warehouse.queries import statement

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
PERIOD_GRAINS = ("week", "month")


@dataclass(frozen=True)
class Calendar:
    """The periods of one grain that have items, in order; `place` is [units]."""

    starts: list[date]
    first_on: list[date]  # first and last publishing day
    last_on: list[date]
    is_partial: NDArray[np.bool_]
    place: Places

    def __len__(self) -> int:
        return len(self.starts)


@dataclass(frozen=True)
class Units:
    """One unit is a digest × channel. `mentions` is [units, tags]; the others but the last are [units].

    `correlation` and `weight` are [channels]; weight is NaN for a channel that is in no basket.
    """

    digest: Places
    channel: Places
    items: Floats
    mentions: Floats
    calendars: dict[str, Calendar]
    channels: list[str]
    correlation: Floats
    weight: Floats
    tags: list[tuple[str, str]]  # (tag_kind, tag_id), sorted
    prior_degrees: float  # of the macro limits, as is the next
    channel_items: float

    def by_period(self, grain: str, values: Floats) -> Floats:
        """Sums of `values` [units, …] by period and channel: [periods, channels, …]."""
        calendar, width = self.calendars[grain], len(self.channels)
        sums = summed(values, calendar.place * width + self.channel, len(calendar) * width)
        return sums.reshape(len(calendar), width, *values.shape[1:])


def summed(values: Floats, group: Places, groups: int) -> Floats:
    """Sums of rows by group: [groups, …]."""
    out = np.zeros((groups, *values.shape[1:]))
    if not len(group):
        return out
    order = np.argsort(group, kind="stable")
    in_order = group[order]
    starts = np.concatenate([[0], np.flatnonzero(np.diff(in_order)) + 1])
    out[in_order[starts]] = np.add.reduceat(values[order], starts, axis=0)
    return out


def read_units(connection: Any) -> Units:
    """From `digest_items` and `digest_tags`, channel set `all`."""
    rows = _table(connection, "digest_units")
    channel_codes, channels = _codes(rows["channel"])
    limits = _table(connection, "shared_limits").to_pylist()[0]
    tags, mentions = _mentions(_table(connection, "unit_tags"), len(rows))
    return Units(
        digest=_codes(rows["digest_id"])[0],
        channel=channel_codes,
        items=_numbers(rows["items_total"]),
        mentions=mentions,
        calendars={g: _calendar(rows, g) for g in PERIOD_GRAINS},
        channels=channels,
        correlation=_of_channels(rows, "digest_correlation", channel_codes, len(channels)),
        weight=_of_channels(rows, "weight", channel_codes, len(channels)),
        tags=tags,
        prior_degrees=float(limits["prior_degrees"]),
        channel_items=float(limits["channel_items"]),
    )


def _table(connection: Any, name: str) -> pa.Table:
    return connection.execute(statement("trends", name)).to_arrow_table()


def _codes(column: pa.ChunkedArray) -> tuple[Places, list[str]]:
    """Positions in the sorted distinct values, and those values."""
    encoded = column.combine_chunks().dictionary_encode()
    values = encoded.dictionary.to_pylist()
    order = sorted(values)
    place = {v: n for n, v in enumerate(order)}
    lookup = np.array([place[v] for v in values], dtype=np.int64)
    return lookup[encoded.indices.to_numpy()], order


def _numbers(column: pa.ChunkedArray) -> Floats:
    filled = pc.cast(column, pa.float64())
    return np.asarray(filled.to_numpy(zero_copy_only=False), dtype=np.float64)


def _mentions(rows: pa.Table, units: int) -> tuple[list[tuple[str, str]], Floats]:
    kind, kinds = _codes(rows["tag_kind"])
    tag, ids = _codes(rows["tag_id"])
    pairs, place = np.unique(kind * max(len(ids), 1) + tag, return_inverse=True)
    matrix = np.zeros((units, len(pairs)))
    matrix[rows["unit"].to_numpy(), place] = rows["mentions"].to_numpy()
    return [(kinds[p // len(ids)], ids[p % len(ids)]) for p in pairs.tolist()], matrix


def _calendar(rows: pa.Table, grain: str) -> Calendar:
    days = rows["published_on"].to_pylist()
    starts, place = np.unique(rows[grain].to_numpy(), return_inverse=True)
    first = np.searchsorted(place, np.arange(len(starts)))  # units are in order of days
    last = np.searchsorted(place, np.arange(len(starts)), side="right") - 1
    partial = np.asarray(rows[f"{grain}_is_partial"].to_numpy(zero_copy_only=False), dtype=bool)
    return Calendar(
        starts=starts.astype("datetime64[D]").tolist(),
        first_on=[days[i] for i in first],
        last_on=[days[i] for i in last],
        is_partial=partial[first],
        place=place.astype(np.int64),
    )


def _of_channels(rows: pa.Table, name: str, channel: Places, channels: int) -> Floats:
    out = np.full(channels, np.nan)
    out[channel] = _numbers(rows[name])
    return out
