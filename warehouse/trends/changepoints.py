"""Change points by optimal partitioning: the cheapest division of a series into segments, exactly.

In: the cost of every possible segment, a penalty for each further one. Out: where segments begin.
Sources: Jackson et al. 2005 (optimal partitioning; PELT gives the same result by pruning); Yao 1988 (the
penalty 2·ln(n)·variance of the noise). Traps: with Media Cloud's penalty, ln(n)·variance of the series,
six of ten series of pure noise get a break, and a series with large steps hides its smaller ones; a
library that tests only every fifth point (ruptures' default jump=5) misses the week; sums of squares lose
their digits when the mean is large, so series are centred first.
"""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
CHI_SQUARED_MEDIAN = 0.455
LEAST_NOISE = 1e-9  # a series without noise would divide by nought


def optimal_partition(cost: Floats, penalty: Floats, min_size: int) -> list[list[int]]:
    """Starts of the second and further segments of each series.

    `cost` is [n+1, n+1, series]: cost[i, j] of a segment from position i to before j; `penalty` [series].
    No segment is shorter than `min_size`, unless the series itself is. Of equally cheap divisions the one
    whose last segment begins first is taken.
    """
    n, series = cost.shape[0] - 1, cost.shape[2]
    best = np.full((n + 1, series), np.inf)
    best[0] = -penalty
    came_from = np.zeros((n + 1, series), dtype=np.int64)
    for end in range(1, n + 1):
        starts = np.arange(0, max(end - min_size, 0) + 1)
        starts = starts[(starts == 0) | (starts >= min_size)]
        options = best[starts] + cost[starts, end] + penalty
        choice = np.argmin(options, axis=0)
        came_from[end] = starts[choice]
        best[end] = options[choice, np.arange(series)]
    return [_trace(came_from[:, g], n) for g in range(series)]


def _trace(came_from: NDArray[np.int64], n: int) -> list[int]:
    changes: list[int] = []
    end = int(came_from[n])
    while end > 0:
        changes.append(end)
        end = int(came_from[end])
    return changes[::-1]


def squared_cost(values: Floats) -> Floats:
    """Sum of squared differences from the mean of every segment of one series: [n+1, n+1, 1]."""
    centred = values - values.mean()
    total = np.concatenate([[0.0], np.cumsum(centred)])
    squares = np.concatenate([[0.0], np.cumsum(centred**2)])
    length = np.arange(len(total))[None, :] - np.arange(len(total))[:, None]
    sums, sums_sq = total[None, :] - total[:, None], squares[None, :] - squares[:, None]
    cost = np.where(length > 0, sums_sq - sums**2 / np.maximum(length, 1), 0.0)
    return cast(Floats, np.maximum(cost, 0.0)[:, :, None])


def noise_variance(values: Floats) -> float:
    """Variance of a series without its steps: from the median squared difference of neighbours.

    The difference of two independent values has twice their variance; 0.455 is the median of chi-squared
    with one degree of freedom.
    """
    if len(values) < 2:
        return 0.0
    return float(np.median(np.diff(values) ** 2)) / (2 * CHI_SQUARED_MEDIAN)


def share_cost(mentions: Floats, items: Floats, dispersion: Floats) -> Floats:
    """Minus the log-likelihood of every segment with one share a channel: [n+1, n+1, series].

    `mentions` [periods, channels, series], `items` [periods, channels]; divided by `dispersion` [series]
    (quasi-likelihood), since shares swing more from month to month than by chance.
    """
    k = np.concatenate([np.zeros((1, *mentions.shape[1:])), np.cumsum(mentions, axis=0)])
    n = np.concatenate([np.zeros((1, items.shape[1])), np.cumsum(items, axis=0)])
    segments = len(n)
    cost = np.zeros((segments, segments, mentions.shape[2]))
    for channel in range(items.shape[1]):
        hits = k[None, :, channel] - k[:, None, channel]
        size = (n[None, :, channel] - n[:, None, channel])[:, :, None]
        cost += _xlogx(size) - _xlogx(hits) - _xlogx(size - hits)
    return cost / dispersion


def _xlogx(x: Floats) -> Floats:
    """x·ln(x), 0 where x is not positive."""
    positive = x > 0
    return cast(Floats, np.where(positive, x * np.log(np.where(positive, x, 1.0)), 0.0))


def swing(mentions: Floats, items: Floats) -> Floats:
    """How many times the squared step from period to period exceeds what chance gives, [series], ≥ 1.

    The median over periods and channels of the squared z of two neighbours, divided by its value if
    all were chance: a level that changes once does not move it.
    """
    k0, k1, n0, n1 = mentions[:-1], mentions[1:], items[:-1, :, None], items[1:, :, None]
    pooled = (k0 + k1) / np.maximum(n0 + n1, 1)
    variance = pooled * (1 - pooled) * (1 / np.maximum(n0, 1) + 1 / np.maximum(n1, 1))
    known = (n0 > 0) & (n1 > 0) & (variance > 0)
    step = k1 / np.maximum(n1, 1) - k0 / np.maximum(n0, 1)
    squared = np.where(known, step**2 / np.maximum(variance, LEAST_NOISE), np.nan)
    flat = squared.reshape(-1, mentions.shape[2])
    out = np.ones(mentions.shape[2])
    some = ~np.all(np.isnan(flat), axis=0)
    out[some] = np.nanmedian(flat[:, some], axis=0) / CHI_SQUARED_MEDIAN
    return np.maximum(out, 1.0)
