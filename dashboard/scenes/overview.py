"""The first page as scenes: the last complete week and month compared, with reasons, and who leads.

In: `ask`, the reader's texts. Out: comparisons, reasons, bars. Trap: "this week" and "this month" go by the
last loaded day, never by the clock; which days these are is the warehouse's answer (`last_periods`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from dashboard.charts import bars, overview_view
from dashboard.charts.bars import BarsView
from dashboard.charts.compare_view import CompareView
from dashboard.charts.overview_view import Reasons
from dashboard.charts.scope import Row, of_digests
from dashboard.scenes.compare import compare_scene
from dashboard.scenes.scene import Ask, Scene, names
from dashboard.texts import Texts
from warehouse import overview_answers, trend_answers
from warehouse.answers import Filters
from warehouse.spans import Span

TOP, _STORIES = 6, 3


@dataclass(frozen=True)
class Last:
    """A last complete period (`grain` week or month), what it is compared with, and what runs now."""

    period: Span
    against: Span | None
    items_total: int
    running: date | None
    running_items: int
    digests_total: int = 0


def last_periods(ask: Ask) -> dict[str, Last]:
    """By grain; a grain without a complete period is missing."""
    frame = ask(overview_answers.last_periods).frame
    return {row["grain"]: _last(row) for row in frame.to_dict("records")}


def _last(row: Row) -> Last:
    grain, first, last = row["grain"], row["first_day"].date(), row["last_day"].date()
    against = None
    if pd.notna(row["against_first_day"]):
        days = (row["against_first_day"].date(), row["against_last_day"].date())
        against = Span(*days, "month" if grain == "month" and days[0].day == 1 else "days")
    runs = pd.notna(row["running_first_day"])
    return Last(
        Span(first, last, grain),
        against,
        int(row["items_total"]),
        row["running_first_day"].date() if runs else None,
        int(row["running_items"]) if runs else 0,
        int(row["digests_total"]),
    )


def compared(ask: Ask, say: Texts, kind: str, last: Last) -> Scene[CompareView] | None:
    """All labs or themes of the period against the days before, judged as one list."""
    if last.against is None:
        return None
    return compare_scene(ask, say, kind, (), Filters(), last.period, last.against, everyone=True)


def reasons(ask: Ask, view: CompareView, rows: list[Row]) -> dict[str, Reasons]:
    """What stands beside each move: of a rise in the period, of a fall in the days before."""
    assert view.against is not None
    found: dict[str, Reasons] = {}
    for verdict, span in (("higher", view.period), ("lower", view.against)):
        ids = tuple(sorted(row["tag_id"] for row in rows if row["verdict"] == verdict))
        if not ids:
            continue
        told = ask(overview_answers.stories_of_tags, view.kind, ids, span, _STORIES).frame
        known = ask(trend_answers.events, span.first, span.last, ids).frame
        stories: Mapping[Any, pd.DataFrame] = dict(iter(told.groupby("tag_id")))
        for id_ in ids:
            of = stories[id_].to_dict("records") if id_ in stories else []
            events = overview_view.events_of(known, view.kind, id_, span.first, span.last, view.say)
            found[id_] = Reasons(tuple(of), events)
    return found


def open_bursts(ask: Ask, last: Last) -> list[Row]:
    """The bursts that reach the newest week, strongest first."""
    frame = ask(trend_answers.bursts, start=last.period.first, end=last.period.last).frame
    rows: list[Row] = frame[frame["is_open"].astype(bool)].to_dict("records")
    return rows


def top_scene(ask: Ask, say: Texts, kind: str, last: Last) -> Scene[BarsView] | None:
    """The labs or themes named most in a period, with the sure changes against the days before."""
    period = last.period
    answer = ask(overview_answers.most_in_period, kind, period.grain, period.first, TOP)
    if answer.frame.empty:
        return None
    moves = compared(ask, say, kind, last)
    against = None if moves is None else moves.view
    n = of_digests(say, answer.items_total, answer.digests_total)
    called = names(ask, say, kind)
    view = overview_view.top_view(kind, answer.frame, called, period, against, n, say)
    return Scene(f"top_{kind}s", view, answer, bars.figure)


def breaks_between(ask: Ask, periods: Mapping[str, Last], last_day: date) -> list[Row]:
    """Channels that began, ended or changed their volume in the days that are compared."""
    firsts = [p.against.first for p in periods.values() if p.against]
    start = min(firsts, default=last_day - timedelta(days=31))
    rows = ask(trend_answers.breaks, start, last_day).frame.to_dict("records")
    return [row for row in rows if isinstance(row["channel"], str)]
