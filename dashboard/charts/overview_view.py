"""What the first page says: who moved, by how much, for which stories; who leads.

In: rows of compare_periods, most_in_period, stories_of_tags, the reader's texts. Out: rows, sentences, a
`BarsView`. Traps: "no sure change" is no proof that nothing changed, so it is never called
level; a story is given as a reason only with how many items it stands for, since one story of two items
does not make a rise of seventeen points.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

import pandas as pd

from dashboard.charts.bars import Bar, BarsView
from dashboard.charts.compare_view import CompareView
from dashboard.charts.scope import Row
from dashboard.texts import Texts
from warehouse.spans import Span

MOST_MOVES = 4
SURE = ("higher", "lower")
_MARKS = {"higher": "▲", "lower": "▼"}


@dataclass(frozen=True)
class Reasons:
    """What stands beside a move: its stories (rows of stories_of_tags) and known events, as titles."""

    stories: tuple[Row, ...] = ()
    events: tuple[str, ...] = ()


def movers(rows: Sequence[Row]) -> list[Row]:
    """The rows with a sure verdict, the largest difference first."""
    sure = [row for row in rows if row["verdict"] in SURE]
    return sorted(sure, key=lambda row: (-abs(row["difference"]), row["tag_id"]))


def closest(rows: Sequence[Row]) -> Row | None:
    """Of those that may be chance the one least likely to be; None if nothing was compared."""
    unsure = [row for row in rows if row["verdict"] == "not_distinguishable"]
    return min(unsure, key=lambda row: (row["p_value"], row["tag_id"]), default=None)


def headline(view: CompareView, rows: Sequence[Row]) -> str:
    """How many moved for sure out of how many; or why that cannot be said."""
    say = view.say
    n = sum(row["verdict"] != "not_comparable" for row in rows)
    if n:
        moved = len(movers(rows))
        key = f"overview.{'moved' if moved else 'still'}.{view.kind}"
        return say(key, moved=say.number(moved), n=say.number(n))
    own = [row for row in rows if row["why_not"] == "too_few_mentions"]
    general = [row for row in rows if row["why_not"] != "too_few_mentions"]
    return view.why((general or own)[0]) if rows else say("overview.nothing_before")


def change(view: CompareView, row: Row) -> str:
    """`11.4% → 28.9%, +17.4 pp (+7.1 to +29.4) · 103 of 902 → 230 of 797 items`.

    Of rows with a difference only.
    """
    say = view.say
    return say(
        "overview.change",
        **view.counts(row),
        before=say.percent(row["against_value"]),
        now=say.percent(row["value"]),
        difference=say.points(row["difference"]),
        low=say.points(row["difference_low"]),
        high=say.points(row["difference_high"]),
    )


def title_of(row: Row, say: Texts) -> str:
    """A story's title in the reader's language if one of its items has one, else as it was first told."""
    for key in (f"title_{say.lang}", "title", "title_en", "title_zh"):
        title = row.get(key)
        if isinstance(title, str) and title.strip():
            return " ".join(title.split())
    return str(row["story_id"])


def events_of(
    frame: pd.DataFrame, kind: str, tag_id: str, first: date, last: date, say: Texts
) -> tuple[str, ...]:
    """Titles of known events of a lab or theme between two days, with their day."""
    days = (pd.Timestamp(first), pd.Timestamp(last))
    rows = frame[(frame["happened_on"] >= days[0]) & (frame["happened_on"] <= days[1])]
    return tuple(
        say(
            "overview.event",
            title=row["title_zh"] if say.lang == "zh" else row["title"],
            day=say.day(row["happened_on"]),
        )
        for row in rows.to_dict("records")
        if tag_id in list(row[f"{kind}_ids"])
    )


def top_view(
    kind: str,
    frame: pd.DataFrame,
    names: Mapping[str, str],
    span: Span,
    compared: CompareView | None,
    n: str,
    say: Texts,
) -> BarsView:
    """The labs or themes named most in a week or month (of `n`), each marked if its change is sure."""
    moves = {} if compared is None else {r["tag_id"]: r for r in compared.frame.to_dict("records")}
    rows = frame.to_dict("records")
    bars = tuple(_bar(row, names, moves.get(row["tag_id"]), compared, say) for row in rows)
    period = say.stretch(span.first, span.last, span.grain)
    key = say("overview.top.interval")
    if compared is not None and compared.against is not None:
        against = compared.against
        before = say.stretch(against.first, against.last, against.grain)
        key = say("overview.top.key", before=before)
    return BarsView(
        kind,
        bars,
        "share",
        _finding(kind, rows, names, say),
        say(f"overview.top.{kind}.subtitle", period=period, n=n),
        say(f"definition.{kind}.share"),
        say,
        guard="" if compared is None else compared.mix,
        key_to_marks=key,
    )


def _finding(kind: str, rows: Sequence[Row], names: Mapping[str, str], say: Texts) -> str:
    """Who is named most; of two whose intervals overlap only the shares are given."""
    if not rows:
        return say(f"compare.{kind}s")
    if len(rows) > 1 and rows[0]["share_low"] <= rows[1]["share_high"]:
        one, two = ({"name": _name(names, r), "share": say.percent(r["share"])} for r in rows[:2])
        return say("overview.top.close", **one, other=two["name"], second=two["share"])
    share = say.percent(rows[0]["share"])
    return say(f"overview.top.{kind}.title", name=_name(names, rows[0]), share=share)


def _name(names: Mapping[str, str], row: Row) -> str:
    return names.get(row["tag_id"], str(row["tag_id"]))


def _bar(
    row: Row, names: Mapping[str, str], moved: Row | None, compared: CompareView | None, say: Texts
) -> Bar:
    label, lines = say.percent(row["share"]), [f"<b>{escape(_name(names, row))}</b>"]
    numbers: dict[str, Any] = {k: say.percent(row[k]) for k in ("share", "share_low", "share_high")}
    numbers |= {k: say.number(row[k]) for k in ("mentions", "items_total", "stories")}
    lines.append(say("overview.top.hover", **numbers))
    if moved is not None and compared is not None:
        if moved["verdict"] in SURE:
            label += f"  {_MARKS[moved['verdict']]}"
        lines += [say(f"overview.verdict.{moved['verdict']}"), compared.sentence(moved)]
    low, high = float(row["share_low"]), float(row["share_high"])
    hover = "<br>".join(lines)
    return Bar(row["tag_id"], _name(names, row), float(row["share"]), label, low, high, hover)
