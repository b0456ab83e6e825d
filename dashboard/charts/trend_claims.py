"""From which points of a chart of lines something may be said, and how sure one series is above another.

In: a view's tidy rows, and the verdicts on its leader. Out: points in order. Traps: a title is quoted, so
it rests on the newest complete period with enough items and, of raw figures, one mix of channels; and a
channel that ends after three days of a month leaves a month that looks complete.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from dashboard.charts.scope import Row

if TYPE_CHECKING:
    from dashboard.charts.trend_view import TrendView

LEAST_DIGESTS = 5  # in a month or quarter of which something is said
LEAST_MENTIONS = 5  # of the highest series; of fewer only the values are given
LONG = ("month", "quarter")
_ENDS = {  # the interval of a share; counts of one period are of the same items
    "share": ("share_low", "share_high"),
    "mentions": ("share_low", "share_high"),
    "share_adjusted": ("adjusted_low", "adjusted_high"),
}


@dataclass(frozen=True)
class Claims:
    """The points of a view on which its title may rest."""

    view: TrendView

    @cached_property
    def rows(self) -> dict[str, list[Row]]:
        """The usable rows of each series, in order of time."""
        return {i: [r for r in self.view.records(i) if self._is_usable(r)] for i in self.view.ids}

    @cached_property
    def ranked(self) -> list[tuple[str, Row]]:
        """The series in the newest usable period, the highest first; of equals the first drawn."""
        moments = [row["period_start"] for rows in self.rows.values() for row in rows]
        if not moments:
            return []
        last = max(moments)
        there = [(i, r) for i, rows in self.rows.items() for r in rows]
        newest = [pair for pair in there if pair[1]["period_start"] == last]
        return sorted(newest, key=lambda pair: -pair[1][self.view.drawn])

    @property
    def lack(self) -> str:
        """Why a newer complete period says nothing: `enough` (items), `average`, `judged`; else ""."""
        rows = [r for i in self.view.ids for r in self.view.records(i) if self._is_complete(r)]
        newest = max((row["period_start"] for row in rows), default=None)
        if not self.ranked or newest is None or newest <= self.ranked[0][1]["period_start"]:
            return ""
        left_out = [row for row in rows if row["period_start"] == newest]
        if not all(self._has_enough(row) for row in left_out):
            return "enough"
        return "average" if self.view.smooth > 1 else "judged"

    @property
    def needs_verdicts(self) -> bool:
        """Whether the title depends on how sure the highest series is above the others."""
        view, ranked = self.view, self.ranked
        return (
            view.measure in _ENDS
            and view.smooth == 1
            and view.grain != "day"
            and len(ranked) > 1
            and ranked[0][1]["mentions"] >= LEAST_MENTIONS
        )

    def verdict(self, other: str) -> str:
        """Whether the highest series is surely above this one: `higher`, `not_distinguishable`, else "".

        The verdict is on shares of all items; on adjusted shares only where their intervals agree.
        """
        beside = self.view.beside
        if beside is None:
            return ""
        (first, top), *others = self.ranked
        rows = beside[(beside["tag_id"] == first) & (beside["against_tag_id"] == other)]
        found = rows["verdict"].iloc[0] if len(rows) else ""
        if found not in ("higher", "not_distinguishable"):
            return ""
        if self.view.measure == "share_adjusted":
            apart = self.is_above(top, dict(others)[other])
            return found if apart == (found == "higher") else ""
        return found

    def is_above(self, one: Row, other: Row) -> bool:
        """Whether the intervals of two points say that the one is higher."""
        low, high = _ENDS[self.view.measure]
        return bool(one[low] > other[high])

    def pairs(self, one: str, other: str) -> list[tuple[Row, Row]]:
        """The points of two series in the same periods, as far as they compare with the newest."""
        others = {row["period_start"]: row for row in self.rows[other]}
        rows = self.rows[one]
        if self.view.is_raw:
            rows = [row for row in rows if row["regime"] == rows[-1]["regime"]]
        return [(row, others[row["period_start"]]) for row in rows if row["period_start"] in others]

    def _is_complete(self, row: Row) -> bool:
        """Whether it is a whole period with items."""
        inside = row["period_start"] >= self._first
        return bool(inside and not row["is_partial"] and row["items_total"])

    @cached_property
    def _first(self) -> pd.Timestamp:
        return pd.Timestamp(self.view.scope.first)

    def _has_enough(self, row: Row) -> bool:
        """An average rests on more items than those of its newest period."""
        few = self.view.grain in LONG and row["digests"] < LEAST_DIGESTS
        return not (few or (row["is_thin"] and self.view.smooth == 1))

    def _is_usable(self, row: Row) -> bool:
        if not self._is_complete(row) or pd.isna(row[self.view.drawn]):
            return False
        is_mixed = self.view.is_raw and pd.isna(row["regime"])
        return self._has_enough(row) and not is_mixed
