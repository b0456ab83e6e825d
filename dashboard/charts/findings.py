"""What a chart of one span shows, in one sentence: its title.

In: the view of a matrix, of volumes, of a comparison. Out: a sentence in the reader's language, or "" where
nothing may be said. Trap: a reader quotes a title, so the largest of two that are equal is none, and a
difference is one only where its verdict says so.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from dashboard.texts import Texts

if TYPE_CHECKING:
    from dashboard.charts.compare_view import CompareView
    from dashboard.charts.views import MatrixView, VolumeView


def counted(say: Texts, measure: str, written: str) -> str:
    """A value with its unit: `16.6% of items`, `230 items`, `1 item`."""
    one = "_one" if written == "1" else ""
    return say(f"findings.value.{measure}{one}", value=written)


def matrix(view: MatrixView) -> str:
    """The largest pair."""
    rows = sorted(view.cells().values(), key=lambda row: -row[view.measure])
    if not rows or (len(rows) > 1 and rows[0][view.measure] == rows[1][view.measure]):
        return ""
    top = rows[0]
    return view.say(
        "findings.pair",
        lab=view.lab_names[top["lab_id"]],
        theme=view.theme_names[top["theme_id"]],
        value=counted(view.say, view.measure, view.value(top)),
    )


def volume(view: VolumeView) -> str:
    """The largest channel of the last month that has ended."""
    last = pd.Timestamp(view.scope.last)
    whole = [m for m in view.periods if m + pd.offsets.MonthEnd(0) <= last]
    if not whole:
        return ""
    rows = view.frame[view.frame["period_start"] == whole[-1]].to_dict("records")
    rows = sorted(rows, key=lambda row: -row["items_total"])
    if len(rows) > 1 and rows[0]["items_total"] == rows[1]["items_total"]:
        return ""
    say = view.say
    return say(
        "findings.volume",
        channel=say.code("channel", rows[0]["channel"]),
        value=counted(say, "mentions", say.number(rows[0]["items_total"])),
        when=say("findings.when.month", period=say.period(_day(whole[-1]), "month")),
    )


def _day(moment: pd.Timestamp) -> date:
    return moment.date()


def compare(view: CompareView) -> str:
    """The largest sure difference, or that there is none."""
    rows = [row for row in view.shown() if row["verdict"] != "not_comparable"]
    if not rows:
        return ""
    say = view.say
    sure = [row for row in rows if row["verdict"] in ("higher", "lower")]
    side = "periods" if view.against else "tags"
    if not sure:
        return say(f"findings.no_difference.{side}", **view.sides())
    top = max(sure, key=lambda row: abs(row["difference"]))
    finding = say(
        f"findings.difference.{side}.{top['verdict']}",
        name=view.name(top),
        value=say(f"findings.value.{top['compared']}", value=say.percent(top["value"])),
        second=say.percent(top["against_value"]),
        **view.sides(),
    )
    n = len(sure)
    return say("findings.largest", finding=finding, n=n) if n > 1 else finding
