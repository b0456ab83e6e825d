"""The numbers behind the finding of a chart, for the slide of findings.

In: a view. Out: a sentence in the reader's language, "" if the finding has said all. Traps: it stands far
from its chart, so it names its period and n; a difference is told only where its verdict is sure, and a
running period not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from dashboard.charts.compare_view import CompareView
from dashboard.charts.marks import MixChange
from dashboard.charts.trend_view import TrendView
from dashboard.charts.views import View, VolumeView

NAMED = 3  # labs or themes in a sentence


def sentence(view: View) -> str:
    """What stands below the finding of a view."""
    return _SAY[type(view)](view) if type(view) in _SAY else ""


def mix(view: VolumeView, changes: Sequence[MixChange]) -> str:
    """How much was counted, and where the channels change."""
    say, n = view.say, view.say.number(view.scope.items_total)
    if not changes:
        return say("report.counted_even", n=n)
    listed = say("join").join(
        say(
            "report.begins" if change.begins else "report.ends",
            channel=say.code("channel", change.channel),
            day=say.day(change.changed_on),
        )
        for change in changes
    )
    return say("report.counted", n=n, listed=listed)


def _trend(view: TrendView) -> str:
    """The newest complete period: who was named most of those drawn."""
    whole = view.frame[~(view.frame["is_partial"] | view.frame["is_thin"])]
    whole = whole[whole[view.measure].notna()]
    if whole.empty:
        return ""
    newest = whole[whole["period_start"] == whole["period_start"].max()]
    rows = newest.sort_values([view.measure, view.id_column], ascending=[False, True])
    say, ends = view.say, replace(view, band=True, smooth=1).ends
    listed = []
    for row in rows.head(NAMED).to_dict("records"):
        name, value = view.names[row[view.id_column]], view.value(row)
        if ends is None:
            listed.append(say("report.count", name=name, count=value))
        else:
            low, high = (say.percent(row[end]) for end in ends)
            listed.append(say("report.share", name=name, share=value, low=low, high=high))
    return say(
        "report.shares",
        period=say.period(rows["period_start"].iloc[0].date(), view.grain),
        n=say.number(rows["items_total"].iloc[0]),
        listed=say("join").join(listed),
    )


def _moves(view: CompareView) -> str:
    """What is surely higher or lower, the largest difference first."""
    say, against = view.say, view.against
    assert against is not None  # the deck compares periods
    sides = {
        "period": say.stretch(view.period.first, view.period.last, view.period.grain),
        "against": say.stretch(against.first, against.last, against.grain),
        "n": say.number(int(view.frame["q_value"].notna().sum())),
    }
    sure = view.frame[view.frame["verdict"].isin(("higher", "lower"))]
    order = sure["difference"].abs().sort_values(ascending=False, kind="stable").index
    rows = sure.loc[order].to_dict("records")
    if not rows:
        return ""
    listed = say("semicolon").join(
        say(
            "report.move",
            name=view.name(row),
            difference=say.points(row["difference"]),
            low=say.points(row["difference_low"]),
            high=say.points(row["difference_high"]),
        )
        for row in rows[:NAMED]
    )
    if len(rows) > NAMED:
        listed = say("report.moved_more", listed=listed, n=say.number(len(rows) - NAMED))
    return say("report.moved", listed=listed, **sides)


_SAY: dict[type[Any], Callable[[Any], str]] = {
    TrendView: _trend,
    CompareView: _moves,
}
