"""What rose: each period of each lab and theme against the four before, on adjusted shares.

In: `Units`. Out: columns of `rising` but for the stories. Traps: the shares are the marts' share_adjusted,
so that a change of the channels' mix is no growth; ranked by the lower bound, or the smallest would always
lead; items of one digest are not independent, so both sides count by their effective number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from warehouse.trends.growth import (
    Z,
    benjamini_hochberg,
    design_effect,
    effective_items,
    log_odds_growth,
    two_sided_p,
)
from warehouse.trends.units import PERIOD_GRAINS, Floats, Places, Units, summed

Columns = dict[str, pa.Array]
BASELINE = 4  # periods before
LEAST_MENTIONS = 5  # in the period; fewer rise by accident
PRIOR_ITEMS = 10.0  # what the prior counts as


@dataclass(frozen=True)
class _Sums:
    """Sums over the basket of a channel set; first axis: periods, then channels, then tags."""

    k: Floats  # [periods, channels, tags]
    n: Floats  # [periods, channels]
    clustered: Floats  # [periods, channels]: correlation · Σ n(n-1) over digests
    digest_k: Floats  # [periods, tags]: Σ over digests of k, k², k·n
    digest_k_sq: Floats
    digest_kn: Floats
    digest_n: Floats  # [periods]: Σ n, Σ n², number of digests
    digest_n_sq: Floats
    digests: Floats

    def before(self, periods: int) -> _Sums:
        """The sums of the `periods` before each period, of those that have items at all."""
        return _Sums(**{name: _rolled(a, periods) for name, a in vars(self).items()})

    def only(self, rows: NDArray[np.bool_]) -> _Sums:
        """Some of the periods."""
        return _Sums(**{name: a[rows] for name, a in vars(self).items()})

    def share_and_size(self, weight: Floats, prior_degrees: float) -> tuple[Floats, Floats]:
        """Adjusted share and effective number of items, both [periods, tags]."""
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.sum(weight[:, None] * self.k / self.n[:, :, None], axis=1)
            standard = 1 / np.sum(weight**2 / self.n, axis=1)
            expected = 1 + self.clustered.sum(axis=1) / self.n.sum(axis=1)
        n, n_sq, digests = self.digest_n[:, None], self.digest_n_sq[:, None], self.digests[:, None]
        sums = (self.digest_k, self.digest_k_sq, self.digest_kn, n, n_sq, digests)
        effect = design_effect(*sums, expected[:, None], prior_degrees)
        informed = (self.digest_k > 0) & (self.digest_k < n)
        return share, effective_items(standard[:, None], effect, digests, informed, prior_degrees)


def _rolled(values: Floats, periods: int) -> Floats:
    total = np.concatenate([np.zeros((1, *values.shape[1:])), np.cumsum(values, axis=0)])
    ends = np.arange(len(values))
    sums: Floats = total[ends] - total[np.maximum(ends - periods, 0)]
    return sums


def _sums(units: Units, grain: str, basket: Places) -> _Sums:
    calendar = units.calendars[grain]
    inside = np.flatnonzero(np.isin(units.channel, basket))
    mentions, items = units.mentions[inside], units.items[inside]
    place, periods, width = calendar.place[inside], len(calendar), len(basket)
    cell = place * width + np.searchsorted(basket, units.channel[inside])
    _, first, digest = np.unique(units.digest[inside], return_index=True, return_inverse=True)
    of_digest = place[first]
    k, n = summed(mentions, digest, len(first)), summed(items, digest, len(first))

    def by_channel(values: Floats) -> Floats:
        sums = summed(values, cell, periods * width)
        return sums.reshape(periods, width, *values.shape[1:])

    def total(values: Floats) -> Floats:
        return summed(values, of_digest, periods)

    return _Sums(
        k=by_channel(mentions),
        n=by_channel(items),
        clustered=by_channel(items * (items - 1)) * units.correlation[basket],
        digest_k=total(k),
        digest_k_sq=total(k**2),
        digest_kn=total(k * n[:, None]),
        digest_n=total(n),
        digest_n_sq=total(n**2),
        digests=total((n > 0).astype(np.float64)),
    )


def channel_sets(units: Units, grain: str) -> list[tuple[str, Places, Floats]]:
    """Name, channels of the basket and their weights: `all`, and for months each channel alone.

    A week of a single channel has five digests and, mostly, a dozen mentions: too little to rank.
    """
    basket = np.flatnonzero(~np.isnan(units.weight))
    alone = [(c, np.array([n]), np.ones(1)) for n, c in enumerate(units.channels)]
    return [("all", basket, units.weight[basket]), *(alone if grain == "month" else [])]


def rising_columns(units: Units) -> Iterator[Columns]:
    """Columns for every grain, channel set and kind of tag."""
    for grain in PERIOD_GRAINS:
        named = units.by_period(grain, units.mentions)
        for name, basket, weight in channel_sets(units, grain):
            mentions = named.sum(axis=1) if name == "all" else named[:, basket[0]]
            growth = _Growth.of(units, grain, basket, weight)
            yield from _of_set(units, grain, name, growth, mentions)


@dataclass(frozen=True)
class _Growth:
    """Of one grain and channel set, each [periods, tags] but for `reason` [periods]."""

    share: Floats
    base: Floats
    growth: Floats
    error: Floats
    basket_mentions: Floats
    is_seen: NDArray[np.bool_]  # in the period or in those before it is compared with
    reason: list[str | None]

    @classmethod
    def of(cls, units: Units, grain: str, basket: Places, weight: Floats) -> _Growth:
        calendar = units.calendars[grain]
        shape = (len(calendar), len(units.tags))
        share, base, growth, error = (np.full(shape, np.nan) for _ in range(4))
        is_seen = np.zeros(shape, dtype=bool)
        sums = _sums(units, grain, basket)
        there = sums.n.sum(axis=1) > 0
        now, before = sums.only(there), sums.only(there).before(BASELINE)
        if there.any():
            share[there], size = now.share_and_size(weight, units.prior_degrees)
            base[there], base_size = before.share_and_size(weight, units.prior_degrees)
            pooled = (share[there] * size + base[there] * base_size) / (size + base_size)
            growth[there], error[there] = log_odds_growth(
                share[there], size, base[there], base_size, pooled, PRIOR_ITEMS
            )
            is_seen[there] = now.digest_k + before.digest_k > 0
        fewest = np.zeros(sums.n.shape)
        fewest[there] = np.minimum(now.n, before.n)
        earlier = np.cumsum(there) - there
        names = [units.channels[c] for c in basket]
        reason = [
            "partial" if is_partial else _reason(names, few, before)
            for is_partial, few, before in zip(
                calendar.is_partial, fewest < units.channel_items, earlier.tolist(), strict=True
            )
        ]
        return cls(share, base, growth, error, sums.digest_k, is_seen, reason)


def _reason(basket: list[str], is_few: NDArray[np.bool_], earlier: int) -> str | None:
    """Why a period cannot be compared with those before; None if it can.

    `is_few`: whether each channel has too few items on one of the sides; `earlier`: the number of periods
    before with items.
    """
    if not basket:
        return "no_common_channel"
    if earlier < BASELINE:
        return "too_few_periods"
    few = [name for name, lacks in zip(basket, is_few.tolist(), strict=True) if lacks]
    return "too_few_items:" + ",".join(few) if few else None


def _of_set(
    units: Units, grain: str, name: str, found: _Growth, mentions: Floats
) -> Iterator[Columns]:
    calendar = units.calendars[grain]
    judged = found.is_seen & np.array([r is None for r in found.reason], dtype=bool)[:, None]
    tested = judged & (np.minimum(mentions, found.basket_mentions) >= LEAST_MENTIONS)
    for kind in sorted({k for k, _ in units.tags}):
        tags = np.array([n for n, (k, _) in enumerate(units.tags) if k == kind])
        figures = _figures(found, tags, judged[:, tags], tested[:, tags])
        at = np.nonzero(mentions[:, tags] >= LEAST_MENTIONS)
        unknown = ~tested[:, tags][at]
        reasons = [r or "too_few_mentions" for r in found.reason]
        count, ids = len(at[0]), [units.tags[g][1] for g in tags]
        yield {
            "grain": pa.array([grain] * count, pa.string()),
            "period_start": pa.array(calendar.starts, pa.date32()).take(pa.array(at[0])),
            "channel_set": pa.array([name] * count, pa.string()),
            "tag_kind": pa.array([kind] * count, pa.string()),
            "tag_id": pa.array(ids, pa.string()).take(pa.array(at[1])),
            "mentions": pa.array(mentions[:, tags][at].astype(np.int64)),
            **{c: pa.array(values[at], mask=unknown) for c, values in figures.items()},
            "is_partial": pa.array(calendar.is_partial[at[0]]),
            "comparable": pa.array(~unknown),
            "why_not": pa.array(np.array(reasons, dtype=object)[at[0]], pa.string(), mask=~unknown),
        }


def _figures(
    found: _Growth, tags: Places, judged: NDArray[np.bool_], tested: NDArray[np.bool_]
) -> dict[str, NDArray[Any]]:
    """The figures of one kind of tag.

    q values are of all that are `judged`, not only of those with enough mentions in the period: a rare
    tag that has them now is there because it rose, and would pass too easily among its like.
    """
    growth = np.where(judged, found.growth[:, tags], np.nan)
    margin = Z * np.where(judged, found.error[:, tags], np.nan)
    p = two_sided_p(growth / margin * Z)
    low = np.where(tested, growth - margin, np.nan)
    order = np.argsort(-low, axis=1, kind="stable")  # NaN last, equals by id
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.arange(1, len(tags) + 1)[None, :], axis=1)
    return {
        "share_adjusted": found.share[:, tags],
        "baseline_share": found.base[:, tags],
        "growth": growth,
        "growth_low": low,
        "growth_high": growth + margin,
        "p_value": p,
        "q_value": benjamini_hochberg(p),
        "rank": rank.astype(np.int64),
    }
