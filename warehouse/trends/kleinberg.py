"""Bursts by Kleinberg's two-state automaton for batched data, for many series at once.

In: mentions and items a period, the share to expect. Out: which periods are in the burst state.
Source: Kleinberg 2002, "Bursty and hierarchical structure in streams", section 4. The fit cost of a state
with probability p is -ln(C(n,k) p^k (1-p)^(n-k)); the binomial coefficient is the same in both states, so
only the difference of the two costs is needed, which has neither factorials nor logarithms of nought.
Deviations: the burst state multiplies the odds, not the probability, by s (a probability stays below 1
whatever the base; the same for small shares); costs of several channels are added, each with its own base
share, so that a channel that ends is no burst; the gain of a channel is divided by its design effect,
since items of one digest are not independent.
Trap: a greedy choice a step is not the cheapest path; this is the exact Viterbi path.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def gains(
    mentions: Floats, items: Floats, base_share: Floats, design_effect: Floats, odds: float
) -> Floats:
    """How much cheaper the burst state is than the base state, in nats: one value a period × series.

    Shapes: `mentions` and `base_share` [periods, channels, series], `items` and `design_effect`
    [periods, channels]; `base_share` is a ratio 0-1, `odds` the factor s above 1.
    With p1 = s·p/(1-p+s·p): k·ln(p1/p) + (n-k)·ln((1-p1)/(1-p)) = k·ln(s) - n·ln(1+(s-1)·p).
    """
    gain = mentions * np.log(odds) - items[:, :, None] * np.log1p((odds - 1) * base_share)
    total: Floats = np.sum(gain / design_effect[:, :, None], axis=1)
    return total


def burst_states(gain: Floats, up_cost: float) -> Flags:
    """The cheapest path from the base state: True where a period is in the burst state.

    `gain` is [periods, series]; entering the burst state costs `up_cost` (gamma·ln n), leaving it
    nothing. Of equally cheap paths the one with less burst is taken.
    """
    periods, series = gain.shape
    from_burst = np.zeros((periods, 2, series), dtype=bool)  # where the cheapest path came from
    base, burst = np.zeros(series), np.full(series, np.inf)
    for t in range(periods):
        from_burst[t, 0] = burst < base
        from_burst[t, 1] = burst < base + up_cost
        base, burst = np.minimum(base, burst), np.minimum(base + up_cost, burst) - gain[t]
    states = np.zeros((periods, series), dtype=bool)
    state = burst < base
    for t in reversed(range(periods)):
        states[t] = state
        state = np.where(state, from_burst[t, 1], from_burst[t, 0])
    return states


def runs(states: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and last position of every unbroken stretch of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], states, [False]]).astype(np.int8)))
    return [(int(a), int(b) - 1) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def local_share(mentions: Floats, items: Floats, half_window: int, prior_items: float) -> Floats:
    """The share to expect: that of the periods around, [periods, channels, series].

    Of `half_window` periods before, the period itself and as many after; pulled towards the channel's
    share of the whole time as `prior_items` items would, so that a series that begins is not infinitely
    surprising. A fixed share for all time would make one long burst of every lab that has grown.
    """
    periods = len(items)
    first = np.maximum(np.arange(periods) - half_window, 0)
    last = np.minimum(np.arange(periods) + half_window + 1, periods)
    k = np.concatenate([np.zeros((1, *mentions.shape[1:])), np.cumsum(mentions, axis=0)])
    n = np.concatenate([np.zeros((1, items.shape[1])), np.cumsum(items, axis=0)])
    whole = k[-1] / np.maximum(n[-1], 1)[:, None]
    share: Floats = (k[last] - k[first] + prior_items * whole) / (
        (n[last] - n[first])[:, :, None] + prior_items
    )
    return share
