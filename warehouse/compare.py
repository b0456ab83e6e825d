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
goes by q; labs that hardly occur take no part, or they would cost the others their verdict; and a share may
be the work of one digest that is full of its news. Where one digest has most mentions of the higher side,
the difference must be clear without it too: p is then the larger of the two, which is a p value as well,
since it is never under the first one, so that the correction for the list holds as before. Of made periods of
14 digests, 2 in 100 of them full of one launch, 2 % are so called changed, 14 % without (test_compare.py).
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
# what "most of its mentions are in one digest" is from; in fewer digests it is so by itself
CONCENTRATED = {"least_part": 0.5, "least_mentions": 10, "least_digests": 3}
VERDICTS = ("higher", "lower", "not_distinguishable", "not_comparable")
UNSURE = ("not_distinguishable", "not_comparable")
SIDES = ("", "against_")  # what the columns of each side begin with
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

    All rows are one family: q is corrected for as many comparisons as have a p value. is_concentrated and
    against_is_concentrated: one digest has most mentions of that side; rests_on_one_digest: for this reason
    alone the verdict is not_distinguishable.
    """
    records = frame.to_dict("records")
    rows = [_with_difference(row) for row in records]
    why_not = [row["why_not"] for row in rows]
    qs, verdicts = _verdicts(rows, "p_value")
    _, with_all = _verdicts(rows, "p_with_all")
    added: dict[str, list[Any]] = {name: [row[name] for row in rows] for name in NUMBERS}
    added |= {"q_value": qs, "verdict": verdicts, "why_not": why_not}
    added |= {
        f"{side}is_concentrated": [is_concentrated(r, side) for r in records] for side in SIDES
    }
    lowered = [r["p_value"] is not None and r["p_value"] > r["p_with_all"] for r in rows]
    pairs = zip(verdicts, with_all, lowered, strict=True)
    added["rests_on_one_digest"] = [x and a in UNSURE and b not in UNSURE for a, b, x in pairs]
    numbers = dict.fromkeys((*NUMBERS, "q_value"), "float64")
    return frame.assign(**added).astype(numbers).astype({"why_not": "object"})


def _verdicts(rows: Sequence[Mapping[str, Any]], p: str) -> tuple[list[float | None], list[str]]:
    """q and verdict of each row by the p values of the column `p`."""
    qs = q_values([row[p] for row in rows])
    found = (verdict(r["difference"], q, r["why_not"]) for r, q in zip(rows, qs, strict=True))
    return qs, list(found)


def is_concentrated(row: Mapping[Hashable, Any], side: str = "") -> bool:
    """Whether one digest has most mentions of a side of a comparison (`side` is one of SIDES)."""
    largest, mentions = row.get(f"{side}largest_digest_mentions"), row[f"{side}mentions"]
    if largest is None or largest != largest:  # NaN: no mentions; other answers do not ask for it
        return False
    return bool(
        mentions >= CONCENTRATED["least_mentions"]
        and row[f"{side}digests_total"] >= CONCENTRATED["least_digests"]
        and largest >= CONCENTRATED["least_part"] * mentions
    )


def without_largest(estimate: Estimate, row: Mapping[Hashable, Any], side: str = "") -> Estimate:
    """The share without the digest that has most of its mentions, from as many items less.

    The measure changes as the raw share does. Its design effect is kept, although without this digest the
    others resemble each other more, so that the estimate is taken for less sure than it is.
    """
    items, mentions = row[f"{side}items_total"], row[f"{side}mentions"]
    rest = items - row[f"{side}largest_digest_items"]
    share = (mentions - row[f"{side}largest_digest_mentions"]) / rest
    scaled = estimate.share * share / (mentions / items)
    return Estimate(min(scaled, 1.0), estimate.items * rest / items)


def _p_without_largest(
    a: Estimate, b: Estimate, correlation: float, row: Mapping[Hashable, Any]
) -> float:
    """p where the higher side does without its largest digest; 0 if that has not most of its mentions."""
    if a.share == b.share or not is_concentrated(row, "" if a.share > b.share else "against_"):
        return 0.0
    higher = a.share > b.share
    x = without_largest(a, row) if higher else a
    y = b if higher else without_largest(b, row, "against_")
    return p_value(x, y, correlation) if (x.share > y.share) == higher else 1.0


def _with_difference(row: Mapping[Hashable, Any]) -> dict[str, Any]:
    nothing = dict.fromkeys(NUMBERS)
    why_not = row["why_not"] if isinstance(row["why_not"], str) else None
    if why_not is None and row["mentions"] + row["against_mentions"] < LEAST_MENTIONS:
        why_not = "too_few_mentions"
    if why_not:
        return {**nothing, "p_with_all": None, "why_not": why_not}
    a = Estimate(float(row["value"]), float(row["value_items"]))
    b = Estimate(float(row["against_value"]), float(row["against_items"]))
    correlation = float(row["correlation"])
    low, high = difference_interval(a, b, correlation)
    p = p_value(a, b, correlation)
    return {
        "difference": a.share - b.share,
        "difference_low": low,
        "difference_high": high,
        "p_value": max(p, _p_without_largest(a, b, correlation, row)),
        "p_with_all": p,
        "why_not": None,
    }
