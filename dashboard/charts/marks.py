"""What is drawn on a time axis beside the lines: changes of the mix, known events, new levels of a share.

In: rows of the answers `mix_changes`, `events`, `breaks`. Out: frozen marks in the reader's language.
Trap: a day lies somewhere within a period that is drawn as one point, so a mark is put on the point of
its period, and a change of the mix between the two points that it parts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import pandas as pd

from dashboard.texts import Texts


@dataclass(frozen=True)
class MixChange:
    """A counted channel begins or ends; `changed_on` is the first day of the new mix."""

    changed_on: date
    channel: str
    begins: bool


@dataclass(frozen=True)
class Event:
    """What is known to have happened; `kind` is release, source or analyst."""

    day: date
    kind: str
    title: str
    url: str | None


@dataclass(frozen=True)
class Level:
    """The adjusted share of a lab or theme takes another level."""

    day: date
    id_: str
    before: float
    after: float


M = TypeVar("M", Event, Level)


def mix_changes(frame: pd.DataFrame) -> tuple[MixChange, ...]:
    """The rows of `mix_changes`."""
    return tuple(
        MixChange(row["changed_on"].date(), row["channel"], bool(row["begins"]))
        for row in frame.to_dict("records")
    )


def events(frame: pd.DataFrame, say: Texts) -> tuple[Event, ...]:
    """The rows of `events`, titles in the reader's language."""
    title = "title_zh" if say.lang == "zh" else "title"
    return tuple(
        Event(
            row["happened_on"].date(),
            row["event_kind"],
            row[title] or row["title"],
            row["url"] if isinstance(row["url"], str) else None,
        )
        for row in frame.to_dict("records")
    )


def levels(frame: pd.DataFrame, ids: Collection[str]) -> tuple[Level, ...]:
    """The changes of a share in the rows of `breaks`."""
    return tuple(
        Level(row["happened_on"].date(), row["tag_id"], row["share_before"], row["share_after"])
        for row in frame.to_dict("records")
        if row["break_kind"] == "share_level" and row["tag_id"] in ids
    )


def point_of(day: date, moments: Sequence[pd.Timestamp]) -> pd.Timestamp | None:
    """The period that a day falls into: the last that begins on or before it."""
    place = bisect_right(moments, pd.Timestamp(day))
    return moments[place - 1] if place else None


def by_point(found: Sequence[M], moments: Sequence[pd.Timestamp]) -> Mapping[pd.Timestamp, list[M]]:
    """Events or levels by the period that they fall into."""
    out: dict[pd.Timestamp, list[M]] = {}
    for mark in found:
        moment = point_of(mark.day, moments)
        if moment is not None:
            out.setdefault(moment, []).append(mark)
    return out
