"""Bursts of labs and themes: weeks in which they are named far more often than around them.

In: `Units`. Out: rows of `bursts` but for their stories. Traps: the base is the four months around, since a
lab that has grown would otherwise be in one burst for a year; it is a base a channel, so that the end of
Discord is no burst; the running week takes part, and a burst that reaches it is open.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from warehouse.trends.kleinberg import burst_states, gains, local_share, runs
from warehouse.trends.units import Floats, Units

Row = dict[str, Any]
GRAIN = "week"
ODDS = 1.5  # of a mention in the burst state, as against the base: s of Kleinberg; large labs never double
GAMMA = 1.0  # entering it costs gamma · ln(number of weeks)
HALF_WINDOW = 8  # weeks before and after that make the base
PRIOR_ITEMS = 5.0  # of the channel's whole time, in the base
LEAST_MENTIONS = 5  # below, a burst is an anecdote


def expected_effect(units: Units) -> Floats:
    """The design effect to expect of each period and channel: 1 + correlation · (mean digest − 1)."""
    items = units.by_period(GRAIN, units.items)
    squares = units.by_period(GRAIN, units.items**2)
    mean_size = squares / np.maximum(items, 1)
    effect: Floats = 1 + units.correlation * np.maximum(mean_size - 1, 0)
    return effect


def burst_rows(units: Units) -> list[Row]:
    """One row a burst, sorted by tag and time."""
    weeks = units.calendars[GRAIN]
    if not len(weeks):
        return []
    mentions = units.by_period(GRAIN, units.mentions)
    items = units.by_period(GRAIN, units.items)
    base = local_share(mentions, items, HALF_WINDOW, PRIOR_ITEMS)
    gain = gains(mentions, items, base, expected_effect(units), ODDS)
    up_cost = GAMMA * float(np.log(len(weeks)))
    states = burst_states(gain, up_cost)
    named, expected = mentions.sum(axis=1), (items[:, :, None] * base).sum(axis=1)
    total = items.sum(axis=1)
    rows = []
    for g, (kind, tag) in enumerate(units.tags):
        for first, last in runs(states[:, g]):
            span = slice(first, last + 1)
            if named[span, g].sum() < LEAST_MENTIONS:
                continue
            n = float(total[span].sum())
            peak = first + int(np.argmax(gain[span, g]))
            rows.append(
                {
                    "tag_kind": kind,
                    "tag_id": tag,
                    "channel_set": "all",
                    "grain": GRAIN,
                    "first_on": weeks.first_on[first],
                    "last_on": weeks.last_on[last],
                    "peak_on": weeks.first_on[peak],
                    "strength": float(gain[span, g].sum()) - up_cost,
                    "mentions": int(named[span, g].sum()),
                    "items_total": int(n),
                    "share": float(named[span, g].sum()) / n,
                    "expected_share": float(expected[span, g].sum()) / n,
                    "is_open": last == len(weeks) - 1,
                }
            )
    return rows
