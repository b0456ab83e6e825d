"""What lines over time show, in one sentence: the title of the chart.

In: a view's tidy rows and the verdicts that it carries. Out: a `Finding` in the reader's language, "" where
nothing may be said. Traps: a reader quotes a title, so a line rose or is ahead only where a comparison says
so, never from its ends; the sentence below the chart (its guard) gives the same comparison; and what cannot
be told apart is not called equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from dashboard.charts.findings import counted
from dashboard.charts.scope import Row
from dashboard.charts.trend_claims import LEAST_MENTIONS, LONG, Claims

if TYPE_CHECKING:
    from dashboard.charts.trend_view import TrendView

_MOVED = {"higher": "rose", "lower": "fell", "not_distinguishable": "unclear"}
_VALUES = 3  # series whose values are given where nothing is claimed
_EQUALS = 2  # named of those that the highest cannot be told apart from


@dataclass(frozen=True)
class Finding:
    """A title; `is_sure` where it states a difference that a verdict supports."""

    text: str = ""
    is_sure: bool = False


def trend(view: TrendView) -> Finding:
    """How one series moved, or who leads."""
    claims = Claims(view)
    if view.smooth > 1:
        return Finding(_averages(claims))
    if len(view.ids) == 1:
        return _moved(claims, view.ids[0])
    ranked = claims.ranked
    if len(ranked) < 2 or not ranked[0][1][view.measure]:
        return Finding()  # nobody is named
    if view.measure == "stories":
        return Finding(_most(claims))
    return _leads(claims) if claims.needs_verdicts else Finding(_values(claims))


def _moved(claims: Claims, id_: str) -> Finding:
    """One series: since the last change of the mix, else in the last third of the days against the first."""
    view, say = claims.view, claims.view.say
    row = _verdict_of(view.across, id_) if view.breaks else _verdict_of(view.thirds, id_)
    if row is None or not view.is_ratio:
        if not claims.ranked:
            return Finding()
        value = _value(view, claims.ranked[0][1])
        return Finding(say("findings.only", name=view.names[id_], value=value, when=_when(claims)))
    side = "since" if view.breaks else "thirds"
    words = {
        "name": view.names[id_],
        "value": say.percent(row["value"]),
        "before": say.percent(row["against_value"]),
        "day": say.day(row["first_day"].date()),
        "last": say.span(row["first_day"].date(), row["last_day"].date()),
        "first": say.span(row["against_first_day"].date(), row["against_last_day"].date()),
        "measure": say(f"findings.of.{row['compared']}"),
    }
    verdict = _MOVED[row["verdict"]]
    return Finding(say(f"findings.{verdict}.{side}", **words), verdict != "unclear")


def _verdict_of(frame: pd.DataFrame | None, id_: str) -> Row | None:
    """The comparison of one series with itself, if its sides compare."""
    rows = [] if frame is None else frame[frame["tag_id"] == id_].to_dict("records")
    return next((row for row in rows if row["verdict"] in _MOVED), None)


def _leads(claims: Claims) -> Finding:
    """Who is above all others in the newest period, or who cannot be told apart from the highest."""
    view, say = claims.view, claims.view.say
    (first, top), (second, next_), *_ = claims.ranked
    verdicts = {i: claims.verdict(i) for i, _ in claims.ranked[1:]}
    if not verdicts[second]:
        return Finding(_values(claims))
    words = {
        "name": view.names[first],
        "value": _value(view, top),
        "other": view.names[second],
        "second": view.value(next_),
        "when": _when(claims),
    }
    equals = [pair for pair in claims.ranked[1:] if verdicts[pair[0]] == "not_distinguishable"]
    if not equals:
        return Finding(_passed(claims, words) or say("findings.leads", **words), is_sure=True)
    key = "level" if verdicts[second] == "not_distinguishable" else "ahead_but"
    return Finding(say(f"findings.{key}", listed=_listed(claims, equals), **words))


def _listed(claims: Claims, equals: list[tuple[str, Row]]) -> str:
    """`Google (9.1%), Meta (8.8%) and 2 more`."""
    view, say = claims.view, claims.view.say
    named = [
        say("findings.named", name=view.names[i], value=view.value(row))
        for i, row in equals[:_EQUALS]
    ]
    if more := len(equals) - len(named):
        return say("findings.and_more", listed=say("join").join(named), n=more)
    return named[0] if len(named) == 1 else say("findings.and", listed=named[0], last=named[1])


def _passed(claims: Claims, words: dict[str, str]) -> str:
    """The leader was surely below the second and never surely above it until then, and surely is now."""
    view = claims.view
    if view.grain not in LONG or not view.is_ratio:
        return ""  # counts of different periods do not compare, and short periods vary
    (first, now), (second, _), *_ = claims.ranked
    pairs = claims.pairs(first, second)
    below = [n for n, (one, other) in enumerate(pairs) if claims.is_above(other, one)]
    if not below or any(claims.is_above(*pair) for pair in pairs[: below[-1]]):
        return ""
    later = [one for one, other in pairs[below[-1] + 1 :] if claims.is_above(one, other)]
    turn = later[0] if later else now
    until = pairs[below[-1]][0]["period_start"]
    dates = {"until": _period(view, until), "turn": _at(view, turn["period_start"])}
    is_now = turn["period_start"] == now["period_start"]
    return view.say("findings.passed_now" if is_now else "findings.passed", **words, **dates)


def _most(claims: Claims) -> str:
    """Stories have no interval: what was counted, nothing more."""
    view = claims.view
    (first, top), (second, next_), *_ = claims.ranked
    is_few = top["mentions"] < LEAST_MENTIONS or view.grain == "day"
    if is_few or top[view.measure] == next_[view.measure]:
        return _values(claims)
    return view.say(
        "findings.most",
        name=view.names[first],
        value=_value(view, top),
        other=view.names[second],
        second=view.value(next_),
        when=_when(claims),
    )


def _values(claims: Claims) -> str:
    """The values of the newest period where nothing may be claimed."""
    return claims.view.say("findings.values", when=_opening(claims), listed=_each(claims))


def _averages(claims: Claims) -> str:
    """The newest values of the moving averages that the lines are; a verdict on them there is none."""
    view, say = claims.view, claims.view.say
    if not claims.ranked or not claims.ranked[0][1][view.drawn]:
        return ""
    over = say(f"smooth.over.{view.grain}", n=view.smooth)
    return say("findings.averages", when=_opening(claims), over=over, listed=_each(claims))


def _each(claims: Claims) -> str:
    """`OpenAI 28.9% of items, Anthropic 24.5%`, the highest first."""
    view, say = claims.view, claims.view.say
    (first, top), *others = claims.ranked[:_VALUES]
    listed = [say("findings.each", name=view.names[first], value=_value(view, top))]
    for id_, row in others:
        value = view.value(row, view.drawn)
        listed.append(say("findings.each", name=view.names[id_], value=value))
    return say("join").join(listed)


def _value(view: TrendView, row: Row) -> str:
    """`16.6% of items`."""
    return counted(view.say, view.measure, view.value(row, view.drawn))


def _period(view: TrendView, moment: pd.Timestamp) -> str:
    return view.say.period(moment.date(), view.grain)


def _at(view: TrendView, moment: pd.Timestamp) -> str:
    """`in Mar 2026`."""
    return view.say(f"findings.when.{view.grain}", period=_period(view, moment))


def _when(claims: Claims) -> str:
    """The newest period, and why it is not a newer one."""
    view, moment = claims.view, claims.ranked[0][1]["period_start"]
    return _newest(claims, _at(view, moment))


def _opening(claims: Claims) -> str:
    """`In Mar 2026`, which begins a title."""
    view, moment = claims.view, claims.ranked[0][1]["period_start"]
    words = view.say(f"findings.opening.{view.grain}", period=_period(view, moment))
    return _newest(claims, words)


def _newest(claims: Claims, when: str) -> str:
    lack, view = claims.lack, claims.view
    if not lack:
        return when
    per = view.say(f"findings.per.{view.grain}")
    return view.say(f"findings.newest.{lack}", when=when, per=per)
