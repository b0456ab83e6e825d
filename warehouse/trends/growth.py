"""What grew: log-odds with a Dirichlet prior, its lower bound, and how many of many are by chance.

In: shares of a period and of the baseline, with the numbers of independent items behind them.
Out: growth in log-odds with its 95 % interval, p and q values. Sources: Monroe, Colaresi & Quinn 2008
("Fightin' Words"); Benjamini & Hochberg 1995. The design effect and the effective number of items are
those of `warehouse/sql/marts/design_effect_of.sql` and `effective_items_of.sql`, computed here for
thousands of tags at once (a test compares both). Trap: growth from nought is infinite without a prior and
1 of 2 beats 500 of 1,000 without its lower bound.
"""

from __future__ import annotations

from math import erfc, sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Z = 1.959963985


def log_odds_growth(
    share: Floats, items: Floats, base: Floats, base_items: Floats, prior: Floats, weight: float
) -> tuple[Floats, Floats]:
    """Difference of the log-odds and its standard error; all arrays of one shape.

    `prior` is the share that both sides are pulled to, `weight` the items that it counts as.
    """
    a, b = weight * prior, weight * (1 - prior)
    hits, base_hits = share * items + a, base * base_items + a
    rest, base_rest = (1 - share) * items + b, (1 - base) * base_items + b
    with np.errstate(divide="ignore", invalid="ignore"):  # no items: no growth, said by why_not
        difference = np.log(hits / rest) - np.log(base_hits / base_rest)
        error = np.sqrt(1 / hits + 1 / rest + 1 / base_hits + 1 / base_rest)
    return difference, error


def design_effect(
    mentions: Floats,
    mentions_sq: Floats,
    mentions_items: Floats,
    items: Floats,
    items_sq: Floats,
    digests: Floats,
    expected: Floats,
    prior_degrees: float,
) -> Floats:
    """As the macro design_effect_of: own variance of the digests, moderated by the expected one, which
    weighs `prior_degrees` (macro limits)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share = mentions / items
        spread = mentions_sq - 2 * share * mentions_items + share**2 * items_sq
        own = digests * spread / (mentions * (1 - share))
        moderated = (prior_degrees * expected + own) / (prior_degrees + digests - 1)
        silent = (digests < 2) | (mentions == 0) | (mentions == items)
        effect: Floats = np.maximum(1.0, np.where(silent, expected, moderated))
    return effect


def effective_items(
    items: Floats, effect: Floats, digests: Floats, informed: Flags, prior_degrees: float
) -> Floats:
    """As the macro effective_items_of: items / design effect / (t/1.96)²."""
    degrees = prior_degrees + np.where(informed, digests - 1, 0)
    t_ratio = 1 + 1.2103647 / degrees + 1.4400768 / degrees**2 + 1.3040290 / degrees**3
    size: Floats = items / (effect * t_ratio**2)
    return size


def two_sided_p(z: Floats) -> Floats:
    """Probability of a z as far from nought by chance; NaN stays NaN."""
    out = np.full(z.shape, np.nan)
    known = ~np.isnan(z)
    out[known] = [erfc(abs(v) / sqrt(2)) for v in z[known].tolist()]
    return out


def benjamini_hochberg(p: Floats) -> Floats:
    """q values: the smallest false discovery rate at which each p would be called a discovery.

    `p` is [families, tests], each row corrected by itself; NaN is no test and stays NaN.
    """
    tests = np.sum(~np.isnan(p), axis=1, keepdims=True)
    order = np.argsort(p, axis=1, kind="stable")  # NaN last
    ranked = np.take_along_axis(p, order, axis=1) * tests / np.arange(1, p.shape[1] + 1)
    from_last = np.where(np.isnan(ranked), np.inf, ranked)[:, ::-1]
    smallest = np.minimum.accumulate(from_last, axis=1)[:, ::-1]
    q = np.full(p.shape, np.nan)
    np.put_along_axis(q, order, np.minimum(smallest, 1.0), axis=1)
    q[np.isnan(p)] = np.nan
    return q
