"""What is drawn on the time axis of a scene, from the snapshot.

In: `ask`, filters, the labs or themes drawn. Out: marks for the charts. Trap: levels of shares are measured
over all channels and languages, so they are drawn only where nothing is filtered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd

from dashboard.charts import marks
from dashboard.charts.marks import Event, Level, MixChange
from dashboard.scenes.scene import Ask
from dashboard.texts import Texts
from warehouse import compare_answers, trend_answers
from warehouse.answers import Filters
from warehouse.spans import Span


def mix_changes(ask: Ask, filters: Filters) -> tuple[MixChange, ...]:
    """Where a counted channel begins or ends within the days shown."""
    # the same at every grain, so asked once
    return marks.mix_changes(ask(compare_answers.mix_changes, replace(filters, grain="day")).frame)


def events(ask: Ask, say: Texts, filters: Filters, ids: Sequence[str]) -> tuple[Event, ...]:
    """Known events of these labs, themes or channels within the days shown."""
    found = ask(trend_answers.events, filters.start, filters.end, tuple(ids))
    return marks.events(found.frame, say)


def volume_breaks(ask: Ask, say: Texts, start: date, end: date) -> tuple[Event, ...]:
    """Days on which a channel's weekly volume takes another level, begins or ends; as events."""
    rows = ask(trend_answers.breaks, start, end).frame.to_dict("records")
    return tuple(
        Event(
            row["happened_on"].date(),
            row["break_kind"],
            say(
                "marks.volume",
                channel=say.code("channel", row["channel"]),
                before=say.number(row["items_before"]),
                after=say.number(row["items_after"]),
            ),
            None,
        )
        for row in rows
        if isinstance(row["channel"], str)
    )


def levels(ask: Ask, filters: Filters, ids: Sequence[str]) -> tuple[Level, ...]:
    """New levels of the shares drawn."""
    if filters.channels or filters.languages:
        return ()
    found = ask(trend_answers.breaks, filters.start, filters.end, (), tuple(ids))
    return marks.levels(found.frame, ids)


def across(
    ask: Ask, filters: Filters, kind: str, ids: Sequence[str], found: Sequence[MixChange]
) -> pd.DataFrame | None:
    """The days since the last change of the mix against those before it, back to the one before that."""
    if not found or filters.start is None or filters.end is None:
        return None
    days: list[date] = sorted({change.changed_on for change in found})
    before = days[-2] if len(days) > 1 else filters.start
    now = Span(days[-1], filters.end, "days")
    against = Span(before, days[-1] - timedelta(days=1), "days")
    asked = ask(
        compare_answers.compare_periods,
        replace(filters, grain="day"),
        kind,
        tuple(ids),
        now,
        against,
    )
    return asked.frame
