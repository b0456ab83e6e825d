"""Labs, themes or topics over time as a scene.

In: `ask`, ids (none: those with most mentions), filters, measure. Out: a `Scene`, or None where the filters
leave no item. Traps: bands of many lines hide each other, so by themselves they are drawn with few lines
only; a topic is born one day, so its line begins there and not with what is loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pandas as pd

from dashboard.charts import trend
from dashboard.charts.topic_map import shortened
from dashboard.charts.trend_claims import Claims
from dashboard.charts.trend_view import FEW_LINES, TrendView, has_averages
from dashboard.scenes import marks
from dashboard.scenes.scene import (
    Ask,
    Scene,
    counted_channels,
    loaded_days,
    names,
    scope,
    within,
)
from dashboard.scenes.usual import usual_smooth
from dashboard.texts import Texts
from warehouse import answers, compare_answers, topic_answers
from warehouse.answers import Filters
from warehouse.spans import Span, code_of, parse_span

TOP = 6
_DAY = timedelta(days=1)
_SHORTEST = timedelta(days=7)  # a third of the days that is compared
_LONGEST = 24  # characters of a topic's name beside its line
_QUESTIONS = {
    "lab": answers.lab_trend,
    "theme": answers.theme_trend,
    "topic": topic_answers.topic_trend,
}


def named_most(ask: Ask, kind: str, filters: Filters | None = None, limit: int = TOP) -> list[str]:
    """What is shown before the reader chooses: the labs or themes with most mentions, the largest topic."""
    if kind == "topic":
        return list(ask(topic_answers.topics_by_size).frame["topic_id"][:1])
    top = answers.top_labs if kind == "lab" else answers.top_themes
    return list(ask(top, filters or Filters(), limit).frame[f"{kind}_id"])


def trend_scene(
    ask: Ask,
    say: Texts,
    kind: str,
    ids: Sequence[str] = (),
    filters: Filters | None = None,
    measure: str = "share",
    band: bool | None = None,
    smooth: int | None = None,
) -> Scene[TrendView] | None:
    """Lines over time of labs, themes or topics (`kind`); `band` None: intervals where the lines are few.

    `smooth` is how many periods the moving average is over, 1 for none, None for `usual_smooth`.
    """
    filters = within(ask, filters or Filters())
    chosen, called = tuple(ids) or tuple(named_most(ask, kind)), names(ask, say, kind)
    if kind == "topic":
        filters = _since_birth(ask, filters, chosen)
        called = {id_: shortened(name, _LONGEST) for id_, name in called.items()}
    if smooth is None:
        smooth = _usual(ask, kind, filters, chosen, measure)
    answer = ask(_QUESTIONS[kind], filters, chosen, smooth)
    if answer.frame.empty:
        return None
    found = marks.mix_changes(ask, filters)
    view = TrendView(
        kind,
        answer.frame,
        chosen,
        called,
        measure,
        filters.grain,
        scope(filters, answer),
        say,
        breaks=found,
        events=marks.events(ask, say, filters, (*chosen, *counted_channels(ask, filters.channels))),
        levels=marks.levels(ask, filters, chosen),
        across=None if kind == "topic" else marks.across(ask, filters, kind, chosen, found),
        band=len(chosen) <= FEW_LINES if band is None else band,
        smooth=smooth,
    )
    view = replace(view, thirds=_thirds(ask, filters, view), beside=_beside(ask, filters, view))
    return Scene(f"{kind}_trend", view, answer, trend.figure)


def _usual(ask: Ask, kind: str, filters: Filters, chosen: Sequence[str], measure: str) -> int:
    """How many periods the average is over before the reader chooses; 1 if there would hardly be any."""
    days = (filters.end - filters.start).days + 1 if filters.start and filters.end else 0
    over = usual_smooth(filters.grain, days, len(chosen))
    if over == 1:
        return 1
    frame = ask(_QUESTIONS[kind], filters, chosen, over).frame
    return over if has_averages(frame, measure) else 1


def _thirds(ask: Ask, filters: Filters, view: TrendView) -> pd.DataFrame | None:
    """One line without a change of the mix: the last third of its days against the first."""
    if len(view.ids) > 1 or view.kind == "topic" or view.breaks or not view.is_ratio:
        return None
    loaded = loaded_days(ask)
    having = [row["period_start"].date() for row in view.records(view.ids[0]) if row["items_total"]]
    if loaded is None or not having:
        return None
    newest = parse_span(
        code_of(view.grain, having[-1])
    )  # a channel may have ended before the days do
    first = max(view.scope.first, having[0])
    last = min(view.scope.last, loaded[1], newest.last)
    third = timedelta(days=((last - first).days + 1) // 3)
    if third < _SHORTEST:
        return None
    now = Span(last - third + _DAY, last, "days")
    against = Span(first, first + third - _DAY, "days")
    of_days = replace(filters, grain="day")
    question = compare_answers.compare_periods
    return ask(question, of_days, view.kind, view.ids, now, against).frame


def _beside(ask: Ask, filters: Filters, view: TrendView) -> pd.DataFrame | None:
    """The highest series of the newest period that can be judged, against the others in it."""
    claims = Claims(view)
    if view.kind == "topic" or not claims.needs_verdicts:
        return None
    (highest, row), *_ = claims.ranked
    others = tuple(i for i in view.ids if i != highest)
    period = parse_span(code_of(view.grain, row["period_start"].date()))
    of_days = replace(filters, grain="day")
    return ask(compare_answers.compare_tags, of_days, view.kind, highest, others, period).frame


def _since_birth(ask: Ask, filters: Filters, topic_ids: Sequence[str]) -> Filters:
    """The filters from the period of the first item of these topics on."""
    frame = ask(topic_answers.topics).frame
    firsts = frame[frame["topic_id"].isin(topic_ids)]["first_on"].dropna()
    if firsts.empty or filters.start is None:
        return filters
    born = parse_span(code_of(filters.grain, firsts.min().date())).first
    return replace(filters, start=max(filters.start, born))
