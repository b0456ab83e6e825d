"""Whether two shares differ: interval of the difference, p value, and a verdict for lists of many.

In: shares with the number of independent items behind each (both from SQL, which accounts for clustering
by digest), and the correlation of the two. Out: difference, its 95 % interval, p, q and a verdict.

Method: MOVER, the interval of a difference from the Wilson intervals of both shares (Newcombe 1998,
methods 10 for shares of the same items and of different ones; Zou & Donner 2008). With (l, u) of a and b:
    lower = d − √((a−l_a)² − 2r(a−l_a)(u_b−b) + (u_b−b)²), upper likewise with the other two ends.
Two periods have no digest in common: r = 0. Two labs or themes in one period have the same items: r is the
correlation of their shares over the digests. p is the smallest level whose interval leaves out 0, so
that interval and verdict never contradict each other. Many comparisons: Benjamini & Hochberg 1995.
Traps: of a hundred labs that did not change, five would be "higher" or "lower" by chance, so the verdict
goes by q; and labs that hardly occur take no part, or they would cost the others their verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    import pandas as pd

Z = 1.959963985
LEVEL = 0.05  # of false verdicts among those that say higher or lower
LEAST_MENTIONS = 5  # on both sides together
VERDICTS = ("higher", "lower", "not_distinguishable", "not_comparable")
NUMBERS = ("difference", "difference_low", "difference_high", "p_value")
_FARTHEST = 40.0  # standard errors; p is 0 beyond


@dataclass(frozen=True)
class Estimate:
    """A share (0-1) and how many independent items would give as sure a one."""

    share: float
    items: float

    def interval(self, z: float = Z) -> tuple[float, float]:
        """Wilson's interval at `z` standard errors, as share_low_of and share_high_of."""
        p, n = self.share, self.items
        middle, width = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        below, above = ((middle + s * width) / (1 + z * z / n) for s in (-1, 1))
        return max(0.0, below), min(1.0, above)


def difference_interval(
    a: Estimate, b: Estimate, correlation: float = 0.0, z: float = Z
) -> tuple[float, float]:
    """Interval of a − b; `correlation` of the two estimates, −1 to 1."""
    (low_a, high_a), (low_b, high_b) = a.interval(z), b.interval(z)
    difference = a.share - b.share
    down = _joined(a.share - low_a, high_b - b.share, correlation)
    up = _joined(high_a - a.share, b.share - low_b, correlation)
    return max(-1.0, difference - down), min(1.0, difference + up)


def _joined(one: float, other: float, correlation: float) -> float:
    """Length of the difference of two errors; rounding must not make it the root of a negative."""
    return sqrt(max(0.0, one * one - 2 * correlation * one * other + other * other))


def p_value(a: Estimate, b: Estimate, correlation: float = 0.0) -> float:
    """The smallest level whose interval of a − b leaves out 0, found by bisection; 1 if a equals b."""
    if a.share == b.share:
        return 1.0
    near, far = 0.0, _FARTHEST
    for _ in range(50):
        z = (near + far) / 2
        low, high = difference_interval(a, b, correlation, z)
        near, far = (z, far) if low > 0 or high < 0 else (near, z)
    return erfc(near / sqrt(2))


def q_values(p: Sequence[float | None]) -> list[float | None]:
    """Benjamini–Hochberg: the false discovery rate at which each would be a discovery; None stays."""
    tests = sorted((value, i) for i, value in enumerate(p) if value is not None)
    out: list[float | None] = [None] * len(p)
    smallest = 1.0
    for rank in range(len(tests), 0, -1):
        value, i = tests[rank - 1]
        smallest = min(smallest, value * len(tests) / rank)
        out[i] = smallest
    return out


def verdict(difference: float | None, q: float | None, why_not: str | None) -> str:
    """One of VERDICTS."""
    if why_not or difference is None or q is None:
        return "not_comparable"
    if q > LEVEL or difference == 0:
        return "not_distinguishable"
    return "higher" if difference > 0 else "lower"


def judged(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of compare_periods or compare_tags with difference, its interval, p, q and verdict.

    All rows are one family: q is corrected for as many comparisons as have a p value.
    """
    rows = [_with_difference(row) for row in frame.to_dict("records")]
    qs = q_values([row["p_value"] for row in rows])
    added: dict[str, list[Any]] = {name: [row[name] for row in rows] for name in NUMBERS}
    why_not = [row["why_not"] for row in rows]
    verdicts = [verdict(r["difference"], q, w) for r, q, w in zip(rows, qs, why_not, strict=True)]
    added |= {"q_value": qs, "verdict": verdicts, "why_not": why_not}
    numbers = dict.fromkeys((*NUMBERS, "q_value"), "float64")
    return frame.assign(**added).astype(numbers).astype({"why_not": "object"})


def _with_difference(row: Mapping[Hashable, Any]) -> dict[str, Any]:
    nothing = dict.fromkeys(NUMBERS)
    why_not = row["why_not"] if isinstance(row["why_not"], str) else None
    if why_not is None and row["mentions"] + row["against_mentions"] < LEAST_MENTIONS:
        why_not = "too_few_mentions"
    if why_not:
        return {**nothing, "why_not": why_not}
    a = Estimate(float(row["value"]), float(row["value_items"]))
    b = Estimate(float(row["against_value"]), float(row["against_items"]))
    correlation = float(row["correlation"])
    low, high = difference_interval(a, b, correlation)
    return {
        "difference": a.share - b.share,
        "difference_low": low,
        "difference_high": high,
        "p_value": p_value(a, b, correlation),
        "why_not": None,
    }
