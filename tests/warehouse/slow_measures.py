"""All measures of the trends once more, slowly and in another way: pandas, one figure at a time.

In: items as rows (day, digest, channel, story, labs, themes). Out: what the marts must hold. Nothing here
comes from the SQL but the two documented sets of numbers: limits, and channel_weights.yml.
"""

from math import sqrt

import pandas as pd
from scipy.stats import norm

from warehouse.taxonomy.channels import channel_weights

GRAINS = {"day": "D", "week": "W", "month": "M", "quarter": "Q"}
WEIGHT = {c.channel: c.weight for c in channel_weights()}
CORRELATION = {c.channel: c.digest_correlation for c in channel_weights()}
ITEMS, CHANNEL_ITEMS, AWAY, PRIOR = 30, 10, 5, 6
Z = norm.ppf(0.975)


def t_ratio(v):
    """Cornish-Fisher expansion of Student's quantile."""
    z = Z
    t = z + (z**3 + z) / (4 * v) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
    return (t + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)) / z


def wilson(p, n):
    centre, half = p + Z * Z / (2 * n), Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return (
        max(0.0, (centre - half) / (1 + Z * Z / n)),
        min(1.0, (centre + half) / (1 + Z * Z / n)),
    )


def clusters(rows, has_tag):
    """(mentions, items) of each digest."""
    return [(int(has_tag[g.index].sum()), len(g)) for _, g in rows.groupby("digest_id")]


def effect_and_degrees(rows, has_tag):
    """The design effect, and the degrees of freedom that it rests on."""
    pairs = clusters(rows, has_tag)
    items, c = len(rows), len(pairs)
    expected = 1.0
    for channel, group in rows.groupby("channel"):
        sizes = group.groupby("digest_id").size()
        expected += CORRELATION[channel] * sum(n * (n - 1) for n in sizes) / items
        # Σ n(n − 1) counts the pairs of items that share a digest
    p = sum(k for k, _ in pairs) / items
    if p in (0, 1):
        return max(1.0, expected), PRIOR
    if c == 1:
        return max(1.0, expected), PRIOR
    own = c / (c - 1) * sum((k - p * n) ** 2 for k, n in pairs) / (p * (1 - p) * items)
    return max(1.0, (PRIOR * expected + (c - 1) * own) / (PRIOR + c - 1)), PRIOR + c - 1


def last_weekday(period):
    day = period.end_time.normalize()
    while day.weekday() > 4:
        day -= pd.Timedelta(days=1)
    return day


def is_running(period, last_on):
    return period.freqstr != "D" and last_weekday(period) > last_on


def basket(rows, last_on, first=None, last=None):
    """Weights of the channels present throughout the days asked (all of them, if none are)."""
    asked = rows[rows["day"].between(first or rows["day"].min(), last or rows["day"].max())]
    channels = sorted(asked["channel"].unique())
    if len(channels) < 2:
        return dict.fromkeys(channels, 1.0)
    skipped = rows["day"][~rows.index.isin(asked.index)]
    is_cut = bool(set(asked["day"].dt.to_period("M")) & set(skipped.dt.to_period("M")))
    by_month = whole_periods(asked, skipped, "M", last_on)
    if by_month.empty and is_cut:
        by_month = whole_periods(asked, skipped, "W", last_on)
    if by_month.empty:
        by_month = asked.groupby("channel").size().to_frame().T
    there = by_month >= CHANNEL_ITEMS
    away = {c: absence(asked, c) for c in channels}
    if not is_cut:
        away = dict.fromkeys(channels, (0, 0))
    chosen = {c: WEIGHT[c] for c in channels if there[c].all() and max(away[c]) <= AWAY}
    if not any(chosen.values()):
        since = {c: there[c].to_numpy().argmax() for c in channels}
        chosen = {
            c: WEIGHT[c]
            for c in channels
            if there[c].any()
            and there[c].iloc[since[c] :].all()
            and 2 * there[c].sum() >= len(there)
            and away[c][1] <= AWAY
            and 2 * away[c][0] <= asked["day"].nunique()
        }
    chosen = {c: w for c, w in chosen.items() if w is not None}
    return {c: w / sum(chosen.values()) for c, w in chosen.items()}


def whole_periods(asked, skipped, code, last_on):
    """Items of each channel in the periods that are over and of which no publishing day is skipped."""
    table = asked.groupby([asked["day"].dt.to_period(code), "channel"]).size().unstack(fill_value=0)
    cut = set(skipped.dt.to_period(code))
    return table.loc[[p for p in table.index if p not in cut and not is_running(p, last_on)]]


def absence(asked, channel):
    """Publishing days before the channel's first, and the most in a row without it from then on."""
    own = set(asked["day"][asked["channel"] == channel])
    line = "".join("x" if day in own else "." for day in sorted(asked["day"].unique()))
    before, *after = line.split("x")
    return len(before), max(len(run) for run in after)


def mix_changes(rows):
    """(first day of the new mix, channel)."""
    found = []
    months = rows["day"].dt.to_period("M")
    order = sorted(months.unique())
    for channel, own in rows.groupby("channel"):
        own_months = sorted(own["day"].dt.to_period("M").unique())
        start, end = order.index(own_months[0]), order.index(own_months[-1])
        if len(own) / months.isin(own_months).sum() < 0.1:
            continue
        if len(own_months) / (end - start + 1) < 0.8:
            continue
        if start >= 2:
            found.append((own["day"].min(), channel))
        if len(order) - 1 - end >= 2:
            found.append((rows.loc[rows["day"] > own["day"].max(), "day"].min(), channel))
    return found


def states(rows, grain, last_on):
    """Per period: is_partial, regime, comparable, why_not."""
    changes = mix_changes(rows)
    out, before = {}, None
    for period, group in rows.groupby(rows["day"].dt.to_period(GRAINS[grain])):
        first, last = group["day"].min(), group["day"].max()
        between = {c for d, c in changes if before is not None and before[0] < d <= last}
        inside = any(first < d <= last for d, _ in changes)
        regime = max([d for d, _ in changes if d <= first], default=rows["day"].min())
        why = None
        if before is None:
            why = "first_period"
        elif is_running(period, last_on):
            why = "partial"
        elif between:
            why = "mix_changed:" + ",".join(sorted(between))
        elif min(len(group), before[1]) < ITEMS:
            why = "too_few_items"
        out[period] = (is_running(period, last_on), None if inside else regime, why is None, why)
        before = (first, len(group))
    return out


def adjusted(group, has_tag, weights, is_alone):
    """share_adjusted, its interval, and why there is none."""
    counts = group["channel"].value_counts()
    if not weights:
        return None, None, None, "no_common_channel"
    lacking = [c for c in sorted(weights) if counts.get(c, 0) < CHANNEL_ITEMS]
    if lacking and not is_alone:
        return None, None, None, "too_few_items:" + ",".join(lacking)
    share = sum(w * has_tag[group.index[group["channel"] == c]].mean() for c, w in weights.items())
    size = 1 / sum(w * w / counts[c] for c, w in weights.items())
    effect, degrees = effect_and_degrees(group[group["channel"].isin(weights)], has_tag)
    return share, *wilson(share, size / (effect * t_ratio(degrees) ** 2)), None


def trend(items, kind, first=None, last=None):
    """Rows of lab_trend, theme_trend (zero rows too) or lab_theme_trend as a dict by key.

    `first`, `last`: the days asked for, also of the basket; periods at the ends are then cut.
    """
    out, last_on = {}, items["day"].max()
    tags = sorted({t for ts in items[kind] for t in ts})
    sets = {"all": items[items["channel"] != "discord_detail"]}
    sets |= {c: items[items["channel"] == c] for c in items["channel"].unique()}
    for name, rows in sets.items():
        if rows.empty:
            continue
        weights = basket(rows, last_on, first, last)
        asked = rows[rows["day"].between(first or rows["day"].min(), last or rows["day"].max())]
        is_alone = asked["channel"].nunique() == 1 if name == "all" else True
        for grain, code in GRAINS.items():
            state = states(rows, grain, last_on)
            for period, group in asked.groupby(asked["day"].dt.to_period(code)):
                for tag in tags:
                    has_tag = items[kind].map(lambda ts, tag=tag: tag in ts)
                    hit = group[has_tag[group.index]]
                    effect, degrees = effect_and_degrees(group, has_tag)
                    share = len(hit) / len(group)
                    low, high = wilson(share, len(group) / (effect * t_ratio(degrees) ** 2))
                    key = (grain, period.start_time, tag, name)
                    out[key] = (
                        len(hit), hit["story_id"].nunique(), len(group), share, low, high,
                        group["digest_id"].nunique(), effect,
                        *adjusted(group, has_tag, weights, is_alone), *state[period],
                    )  # fmt: skip
    return out
