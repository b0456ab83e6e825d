"""Bursts, growth and breaks once more, slowly and in another way: plain Python, one figure at a time.

In: items as rows (day, digest_id, channel, labs, themes). Out: what the marts must hold. Paths and
divisions come from recursions over intervals, not from the automaton or the table of costs.
"""

from functools import cache
from itertools import pairwise
from math import log
from statistics import median

import pandas as pd
from scipy.stats import binom, norm

from tests.warehouse.slow_measures import CORRELATION, effect_and_degrees, t_ratio


def start_of(days, grain):
    return days.dt.to_period({"week": "W", "month": "M"}[grain]).dt.start_time


def has(items, kind, tag):
    return items["labs" if kind == "lab" else "themes"].map(lambda tags: tag in tags)


def tags_of(items):
    return [
        (k, t) for k in ("lab", "theme") for t in sorted({x for xs in items[f"{k}s"] for x in xs})
    ]


def slow_bursts(items, odds=1.5, half=8, prior=5.0):
    """(kind, tag, first_on, last_on) → strength, mentions, expected mentions."""
    items = items.assign(week=start_of(items["day"], "week"))
    weeks, out = sorted(items["week"].unique()), {}
    for kind, tag in tags_of(items):
        tagged = has(items, kind, tag)
        gain, expected, named = [], [], []
        for t, week in enumerate(weeks):
            g = e = 0.0
            for channel, group in items[items["week"] == week].groupby("channel"):
                around = items[
                    (items["channel"] == channel)
                    & items["week"].isin(weeks[max(t - half, 0) : t + half + 1])
                ]
                whole = tagged[items.index[items["channel"] == channel]].mean()
                p = (tagged[around.index].sum() + prior * whole) / (len(around) + prior)
                sizes = group.groupby("digest_id").size()
                effect = 1 + CORRELATION[channel] * sum(n * (n - 1) for n in sizes) / len(group)
                k, n = int(tagged[group.index].sum()), len(group)
                burst = odds * p / (1 - p + odds * p)
                if p > 0:  # with p = 0 there is no mention either, and both states cost the same
                    g += (binom.logpmf(k, n, burst) - binom.logpmf(k, n, p)) / effect
                e += n * p
            gain.append(g)
            expected.append(e)
            named.append(int(tagged[items["week"] == week].sum()))
        for a, b, strength in best_intervals(gain, log(len(weeks))):
            if sum(named[a : b + 1]) >= 5:
                days = items[items["week"].isin(weeks[a : b + 1])]["day"]
                out[kind, tag, days.min(), days.max()] = (
                    strength,
                    sum(named[a : b + 1]),
                    sum(expected[a : b + 1]),
                )
    return out


def best_intervals(gain, up_cost):
    """The set of intervals with the largest sum of gains less `up_cost` each."""

    @cache
    def best(end):  # of the weeks before `end`
        if end == 0:
            return 0.0, ()
        options = [best(end - 1)]
        for a in range(end):
            value, chosen = best(a)
            weight = sum(gain[a:end]) - up_cost
            options.append((value + weight, (*chosen, (a, end - 1, weight))))
        return max(options, key=lambda o: o[0])

    return best(len(gain))[1]


def effective(rows, tagged, basket):
    """Adjusted share and effective items of one side of a comparison."""
    share = sum(w * tagged[rows.index[rows["channel"] == c]].mean() for c, w in basket.items())
    standard = 1 / sum(w * w / (rows["channel"] == c).sum() for c, w in basket.items())
    effect, degrees = effect_and_degrees(rows, tagged)
    return share, standard / effect / t_ratio(degrees) ** 2


def slow_rising(items, grain, basket, last_day, least=5):
    """(period, kind, tag) → shares, growth, low, high, p, q of channel set `all`; None where not comparable."""
    items = items.assign(period=start_of(items["day"], grain))
    inside = items[items["channel"].isin(basket)]
    known, out = sorted(inside["period"].unique()), {}
    for period in sorted(items["period"].unique()):
        end = period + (pd.Timedelta(days=4) if grain == "week" else pd.offsets.BMonthEnd())
        now = inside[inside["period"] == period]
        earlier = [p for p in known if p < period][-4:]
        before = inside[inside["period"].isin(earlier)]
        is_enough = all(
            (side["channel"] == c).sum() >= 10 for c in basket for side in (now, before)
        )
        is_open = bool(basket) and end <= last_day and len(earlier) == 4 and is_enough
        judged = {}
        for kind, tag in tags_of(items):
            tagged = has(items, kind, tag)
            if tagged[items["period"] == period].sum() >= least:
                out[period, kind, tag] = None
            if is_open and tagged[now.index].sum() + tagged[before.index].sum():
                judged[kind, tag] = compared(now, before, tagged, basket)
        for (kind, tag), figures in judged.items():
            if (period, kind, tag) in out and has(now, kind, tag).sum() >= least:
                ps = sorted(f[-1] for (k, _), f in judged.items() if k == kind)
                q = min(p * len(ps) / n for n, p in enumerate(ps, 1) if p >= figures[-1])
                out[period, kind, tag] = (*figures, min(1.0, q))
    return out


def compared(now, before, tagged, basket, prior=10.0):
    """Shares, growth, its interval and p of one tag."""
    (s1, n1), (s0, n0) = effective(now, tagged, basket), effective(before, tagged, basket)
    pull = (s1 * n1 + s0 * n0) / (n1 + n0)
    counts = [
        (s * n + prior * pull, (1 - s) * n + prior * (1 - pull)) for s, n in ((s1, n1), (s0, n0))
    ]
    growth = log(counts[0][0] / counts[0][1]) - log(counts[1][0] / counts[1][1])
    error = sum(1 / x for pair in counts for x in pair) ** 0.5
    z = norm.ppf(0.975)
    p = 2 * norm.sf(abs(growth / error))
    return s1, s0, growth, growth - z * error, growth + z * error, p


def divide(cost, n, penalty, least):
    """Starts of the second and further segments of the cheapest division."""

    @cache
    def best(end):
        options = [(cost(0, end), ())]
        for a in range(least, end - least + 1):
            value, starts = best(a)
            options.append((value + cost(a, end) + penalty, (*starts, a)))
        return min(options, key=lambda o: o[0])

    return best(n)[1]


def at_items(volume, starts):
    """Starts of levels; beside a level of nought the nearest week at which items come or stop, if any."""
    ends, out = [0, *starts, len(volume)], []
    for left, start, right in zip(ends, starts, ends[2:], strict=False):
        silent = median(volume[left:start]) == 0, median(volume[start:right]) == 0
        turns = [
            w
            for w in range(left + 1, right)
            if (volume[w - 1] == 0, volume[w] == 0) == silent
            and len({v == 0 for v in volume[min(w, start) : max(w, start)]}) < 2
        ]
        out.append(turns[0] if silent[0] != silent[1] and turns else start)
    return out


def slow_volume_breaks(items, last_day):
    """(channel, day) → median weekly items before and after."""
    items = items.assign(week=start_of(items["day"], "week"))
    weeks, out = sorted(items["week"].unique()), {}
    weeks = [w for w in weeks if w + pd.Timedelta(days=4) <= last_day]
    for channel, group in items.groupby("channel"):
        there = [w for w in weeks if group["week"].min() <= w <= group["week"].max()]
        volume = [int((group["week"] == w).sum()) for w in there]
        if len(volume) < 8:
            continue
        values = [log(1 + v) for v in volume]
        noise = median((b - a) ** 2 for a, b in pairwise(values)) / 0.91

        def cost(a, b, values=values):
            mean = sum(values[a:b]) / (b - a)
            return sum((v - mean) ** 2 for v in values[a:b])

        starts = divide(cost, len(values), 2 * log(len(values)) * max(noise, 0.01), 4)
        starts = at_items(volume, starts)
        ends = [0, *starts, len(values)]
        for n, start in enumerate(starts, 1):
            before, after = median(volume[ends[n - 1] : start]), median(volume[start : ends[n + 1]])
            if abs(log(1 + after) - log(1 + before)) >= log(1.25):
                day = items[items["week"] == there[start]]["day"].min()
                out[channel, day] = (before, after)
    return out


def spread_of(cell, months, basket):
    """How much more a share swings from month to month than by chance."""
    squares = []
    for one, two in pairwise(months):
        for c in basket:
            (k0, n0), (k1, n1) = cell[one, c], cell[two, c]
            p = (k0 + k1) / (n0 + n1)
            if 0 < p < 1:
                squares.append((k1 / n1 - k0 / n0) ** 2 / (p * (1 - p) * (1 / n0 + 1 / n1)))
    return max(1.0, median(squares) / 0.455) if squares else 1.0


def slow_share_breaks(items, basket, last_day):
    """(kind, tag, day) → adjusted share before and after."""
    items = items.assign(month=start_of(items["day"], "month"))
    inside, out = items[items["channel"].isin(basket)], {}
    months = [
        m
        for m in sorted(items["month"].unique())
        if m + pd.offsets.BMonthEnd() <= last_day
        and set(inside[inside["month"] == m]["channel"]) == set(basket)
    ]
    for kind, tag in tags_of(items) if len(months) >= 6 and basket else []:
        tagged = has(items, kind, tag)
        cell = {
            (m, c): (int(tagged[rows.index].sum()), len(rows))
            for (m, c), rows in inside.groupby(["month", "channel"])
        }
        spread = spread_of(cell, months, basket)

        def pooled(a, b, c, cell=cell):
            return [sum(cell[m, c][i] for m in months[a:b]) for i in (0, 1)]

        def cost(a, b, spread=spread, pooled=pooled):
            total = 0.0
            for c in basket:
                k, n = pooled(a, b, c)
                total -= sum(x * log(x / n) for x in (k, n - k) if x)
            return total / spread

        starts = divide(cost, len(months), 3 * log(len(months)), 3)
        ends = [0, *starts, len(months)]
        levels = []
        for a, b in pairwise(ends):
            levels.append(
                sum(w * pooled(a, b, c)[0] / pooled(a, b, c)[1] for c, w in basket.items())
            )
        for start, before, after in zip(starts, levels, levels[1:], strict=False):
            if max(before, after) >= 1.5 * min(before, after):
                day = items[items["month"] == months[start]]["day"].min()
                out[kind, tag, day] = (before, after)
    return out
