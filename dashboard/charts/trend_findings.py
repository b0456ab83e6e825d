"""What lines over time show, in one sentence: the title of the chart.

In: a view's tidy rows with their intervals. Out: a sentence in the reader's language, or "" where nothing may
be said. Traps: a reader quotes a title, so it claims only what the intervals carry (two that do not overlap),
from complete periods with enough items, and over time only within one mix of channels or with shares that
are adjusted for it; and what cannot be told apart is not called equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import pandas as pd

from dashboard.charts.scope import Row

if TYPE_CHECKING:
    from dashboard.charts.trend_view import TrendView

# the interval that tells two series of one period apart; stories have none
_ENDS = {
    "share": ("share_low", "share_high"),
    "mentions": ("share_low", "share_high"),
    "share_adjusted": ("adjusted_low", "adjusted_high"),
}
_NAMED = 3  # in one sentence


@dataclass(frozen=True)
class _Points:
    """The usable rows of each series, in order of time."""

    view: TrendView
    rows: dict[str, list[Row]]

    def at(self, moment: pd.Timestamp) -> list[tuple[str, Row]]:
        """The series that have a point there, the highest first."""
        there = [
            (i, r) for i, rows in self.rows.items() for r in rows if r["period_start"] == moment
        ]
        return sorted(there, key=lambda pair: -pair[1][self.view.measure])

    def is_above(self, one: Row, other: Row) -> bool:
        """Whether the intervals say that the one is higher."""
        low, high = _ENDS[self.view.measure]
        return bool(one[low] > other[high])

    def value(self, row: Row, with_unit: bool = True) -> str:
        """`16.6% of items`."""
        written = self.view.value(row)
        say = self.view.say
        return say(f"findings.value.{self.view.measure}", value=written) if with_unit else written

    def when(self, moment: pd.Timestamp) -> str:
        """`in Mar 2026`."""
        say, grain = self.view.say, self.view.grain
        return say(f"findings.when.{grain}", period=say.period(moment.date(), grain))


def trend(view: TrendView) -> str:
    """Who passed whom, who leads, or how one series moved."""
    points = _Points(view, {i: _usable(view, i) for i in view.ids})
    moments = {row["period_start"] for rows in points.rows.values() for row in rows}
    if not moments:
        return ""
    ranked = points.at(max(moments))
    if not ranked[0][1][view.measure]:
        return ""  # nobody is named
    if len(view.ids) == 1:
        return _moved(points, view.ids[0])
    if len(ranked) < 2:
        return ""
    if view.measure not in _ENDS:
        return _most(points, ranked)
    return _passed(points, ranked) or _leads(points, ranked)


def _usable(view: TrendView, id_: str) -> list[Row]:
    """The points on which something may be said: whole periods with enough items."""
    first = pd.Timestamp(view.scope.first)
    return [
        row
        for row in view.records(id_)
        if pd.notna(row[view.measure])
        and not row["is_partial"]
        and not row["is_thin"]
        and row["period_start"] >= first
    ]


def _comparable(view: TrendView, rows: Sequence[Row]) -> list[Row]:
    """Of the points of a series those that compare with its last one."""
    if not view.is_raw or not rows:
        return list(rows)
    regime = rows[-1]["regime"]
    return [row for row in rows if row["regime"] == regime]  # a missing regime equals none


def _moved(points: _Points, id_: str) -> str:
    """One series: from its first to its last comparable point."""
    view, say = points.view, points.view.say
    rows = _comparable(view, points.rows[id_])
    name, last = view.names[id_], points.rows[id_][-1]
    end = {"name": name, "value": points.value(last), "when": points.when(last["period_start"])}
    if len(rows) < 2 or not view.is_ratio:
        return say("findings.only", **end)
    first = rows[0]
    start = {
        "before": points.value(first, with_unit=False),
        "then": points.when(first["period_start"]),
    }
    if points.is_above(last, first):
        return say("findings.rose", **start, **end)
    if points.is_above(first, last):
        return say("findings.fell", **start, **end)
    return say("findings.unclear", **start, **end)


def _passed(points: _Points, ranked: list[tuple[str, Row]]) -> str:
    """One of the highest that used to be below another one, once surely, and is surely above it now."""
    view = points.view
    if view.measure == "mentions":
        return ""  # counts of different periods do not compare
    for (one, now), (other, beaten) in combinations(ranked, 2):
        if points.is_above(ranked[0][1], now) or not points.is_above(now, beaten):
            continue
        pairs = _pairs(points, one, other)
        turn = _turn(points, pairs)
        if turn is None:
            continue
        words = {
            "name": view.names[one],
            "other": view.names[other],
            "turn": points.when(turn),
            "value": points.value(now),
            "second": points.value(beaten, with_unit=False),
        }
        if turn == now["period_start"]:
            return view.say("findings.passed_now", **words)
        return view.say("findings.passed", when=points.when(now["period_start"]), **words)
    return ""


def _turn(points: _Points, pairs: list[tuple[Row, Row]]) -> pd.Timestamp | None:
    """The first period since which the one is above the other, if it mostly was below before."""
    measure = points.view.measure
    below = [n for n, (one, other) in enumerate(pairs) if one[measure] <= other[measure]]
    if not below or 2 * len(below) <= below[-1] + 1:
        return None
    if not any(points.is_above(pairs[n][1], pairs[n][0]) for n in below):
        return None
    return pairs[below[-1] + 1][0]["period_start"]


def _pairs(points: _Points, one: str, other: str) -> list[tuple[Row, Row]]:
    """The points of two series in the same periods, as far as they compare with the last."""
    others = {row["period_start"]: row for row in points.rows[other]}
    rows = _comparable(points.view, points.rows[one])
    return [(row, others[row["period_start"]]) for row in rows if row["period_start"] in others]


def _leads(points: _Points, ranked: list[tuple[str, Row]]) -> str:
    """Who is above all others in the last period, or who cannot be told apart from the highest."""
    view, say = points.view, points.view.say
    (first, top), (second, next_) = ranked[:2]
    when = points.when(top["period_start"])
    equals = [pair for pair in ranked if not points.is_above(top, pair[1])]
    if len(equals) == 1:
        return say(
            "findings.leads",
            name=view.names[first],
            value=points.value(top),
            other=view.names[second],
            second=points.value(next_, with_unit=False),
            when=when,
        )
    named = [
        say("findings.named", name=view.names[i], value=points.value(row, with_unit=False))
        for i, row in (equals if len(equals) <= _NAMED else equals[: _NAMED - 1])
    ]
    more = len(equals) - len(named)
    if more:
        listed = say("findings.and_more", listed=say("join").join(named), n=more)
    else:
        listed = say("findings.and", listed=say("join").join(named[:-1]), last=named[-1])
    key = "findings.level" if len(equals) == len(ranked) else "findings.level_top"
    return say(key, listed=listed, when=when)


def _most(points: _Points, ranked: list[tuple[str, Row]]) -> str:
    """Counts without an interval: what was counted, nothing more."""
    view = points.view
    (first, top), (second, next_) = ranked[:2]
    if top[view.measure] == next_[view.measure]:
        return ""
    return view.say(
        "findings.most",
        name=view.names[first],
        value=points.value(top),
        other=view.names[second],
        second=points.value(next_, with_unit=False),
        when=points.when(top["period_start"]),
    )
