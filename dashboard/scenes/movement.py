"""What rose, what burst, and what one lab or theme is named with, as scenes.

In: `ask`, kind, period or days. Out: a `Scene`, or None where there is nothing to draw. Trap: all rows are
asked for and few drawn, since verdicts are of the whole list.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.charts import bars, burst_timeline, rising
from dashboard.charts.bars import Bar, BarsView
from dashboard.charts.bursts_view import BurstsView
from dashboard.charts.factor import times
from dashboard.charts.hover import wrapped
from dashboard.charts.rising_view import RisingView
from dashboard.charts.scope import Row
from dashboard.scenes.scene import Ask, Scene, names, scope, within
from dashboard.texts import Texts
from warehouse import tag_answers, trend_answers
from warehouse.answers import Filters

ALL = 10_000  # rows
NAMED_WITH = 12  # bars
_TITLES = {
    ("lab", "theme"): "named_with.themes_of_lab",
    ("lab", "lab"): "named_with.labs_of_lab",
    ("theme", "lab"): "named_with.labs_of_theme",
    ("theme", "theme"): "named_with.themes_of_theme",
}


def rising_scene(
    ask: Ask,
    say: Texts,
    kind: str,
    grain: str = "month",
    period: date | None = None,
    channel_set: str = "all",
) -> Scene[RisingView] | None:
    """Growth of labs or themes in one period; `period` None: the newest that compares."""
    answer = ask(trend_answers.rising, kind, grain, period, ALL, channel_set)
    if answer.frame.empty:
        return None
    first = answer.frame["period_start"].iloc[0].date()
    view = RisingView(kind, answer.frame, names(ask, say, kind), grain, first, channel_set, say)
    return Scene("rising", view, answer, rising.figure)


def bursts_scene(
    ask: Ask, say: Texts, kind: str, first: date, last: date, ids: Sequence[str] = ()
) -> Scene[BurstsView] | None:
    """Bursts of labs or themes that touch these days."""
    answer = ask(trend_answers.bursts, kind, tuple(ids), ALL, first, last)
    if answer.frame.empty:
        return None
    view = BurstsView(kind, answer.frame, names(ask, say, kind), first, last, say)
    return Scene("bursts", view, answer, burst_timeline.figure)


def named_with_scene(
    ask: Ask, say: Texts, kind: str, tag_id: str, with_kind: str, filters: Filters | None = None
) -> Scene[BarsView] | None:
    """The labs or themes (`with_kind`) that share most items with one lab or theme."""
    filters = within(ask, filters or Filters())
    answer = ask(tag_answers.named_with, filters, kind, tag_id, with_kind)
    rows = [row for row in answer.frame.to_dict("records") if row["mentions"] > 0][:NAMED_WITH]
    if not rows:
        return None
    own, others = names(ask, say, kind), names(ask, say, with_kind)
    view = BarsView(
        with_kind,
        tuple(_bar(say, row, others) for row in rows),
        "share",
        say(_TITLES[kind, with_kind], name=own.get(tag_id, tag_id)),
        scope(filters, answer).sentence(say),
        say("definition.named_with"),
        say,
        notes=(say("named_with.marks"), *([] if kind == with_kind else [say("named_with.rules")])),
    )
    return Scene(f"named_with_{with_kind}s", view, answer, bars.figure)


def _bar(say: Texts, row: Row, others: dict[str, str]) -> Bar:
    name = others.get(row["tag_id"], row["tag_id"])
    verdict = row["verdict"]
    label = say.percent(row["share"])
    if verdict in ("higher", "lower") and row["lift"] == row["lift"]:  # not NaN: others have some
        label = say("named_with.label", share=label, lift=times(row["lift"]))
    return Bar(
        row["tag_id"],
        name,
        row["share"],
        label,
        row["share_low"],
        row["share_high"],
        hover=f"<b>{wrapped(name)}</b><br>{wrapped(sentence(say, row))}",
        is_sure=verdict in ("higher", "lower"),
    )


def sentence(say: Texts, row: Row) -> str:
    """Share of its own items with interval, of all items, and whether that differs from the others."""
    text = say(
        "named_with.sentence",
        mentions=say.number(row["mentions"]),
        items=say.number(row["items_total"]),
        share=say.percent(row["share"]),
        low=say.percent(row["share_low"]),
        high=say.percent(row["share_high"]),
        all=say.percent(row["all_share"]),
    )
    if row["verdict"] == "not_comparable":
        return f"{text} {say.reason('named_with.why', row['why_not'])}"
    return f"{text} " + say(
        "named_with.against",
        others=say.percent(row["against_share"]),
        verdict=say(f"verdict.{row['verdict']}"),
    )
