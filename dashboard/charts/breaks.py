"""Where a channel begins or ends: shares before and after such a month are not comparable.

In: items a month and channel (the answer `coverage`), the channels and languages chosen. Out: breaks in
order of time. Why: labs are named about three times as often on Twitter as on Discord; when Discord
ended in the English archive, every share rose although the news had not changed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import pandas as pd

LEAST_SHARE = 0.1  # of the items in the channel's own months; below, a break moves nothing visibly
LEAST_PRESENCE = 0.8  # of the months between its first and last; below, it comes and goes
LEAST_ABSENCE = 2  # months without it before or after, or the newest month alone would be a break


@dataclass(frozen=True)
class Break:
    """A channel begins or ends; `month` is the first month that differs from those before."""

    month: date
    channel: str
    begins: bool


def channel_breaks(
    coverage: pd.DataFrame,
    channels: Collection[str],
    languages: Collection[str],
    first: date,
    last: date,
) -> list[Break]:
    """Breaks of the mix within the span; none when only one channel is counted."""
    rows = coverage[coverage["channel"].isin(channels)]
    if languages:
        rows = rows[rows["language"].isin(languages)]
    months = rows["period_start"].dt.date
    rows = rows[(months >= first.replace(day=1)) & (months <= last)]
    mix = rows.pivot_table(
        index="period_start", columns="channel", values="items_total", aggfunc="sum"
    )
    mix = mix.fillna(0).sort_index()
    if mix.shape[1] < 2:
        return []
    found = [found for channel in mix.columns for found in _ends_of(mix, str(channel))]
    return sorted(found, key=lambda b: (b.month, b.channel))


def _ends_of(mix: pd.DataFrame, channel: str) -> list[Break]:
    counts = mix[channel]
    there = counts[counts > 0]
    if there.empty or there.sum() / mix.loc[there.index].to_numpy().sum() < LEAST_SHARE:
        return []
    months, found = list(mix.index), []
    start, end = months.index(there.index[0]), months.index(there.index[-1])
    if len(there) < LEAST_PRESENCE * (end - start + 1):
        return []
    if start >= LEAST_ABSENCE:
        found.append(Break(months[start].date(), channel, begins=True))
    if len(months) - 1 - end >= LEAST_ABSENCE:
        # A channel rarely ends with a month: a last month of less than half belongs to "after".
        after = end if there.iloc[-1] < there.mean() / 2 and end > start else end + 1
        found.append(Break(months[after].date(), channel, begins=False))
    return found
