"""What a comparison shows and says: verdicts in words, the same on a card, in the table, on a slide.

In: rows of compare_periods or compare_tags with their verdicts, names, the reader's texts. Out: a frozen
`CompareView`. Trap: a difference is in percentage points, a share in per cent; and where the mix of
channels differs it is the adjusted shares that are compared, which the words must say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from dashboard.charts import findings
from dashboard.charts.scope import Row, Scope
from dashboard.texts import Texts
from warehouse.spans import Span

MOST_ROWS = 20  # of the chart; the table has all


@dataclass(frozen=True)
class CompareView:
    """Differences of shares: `against` is another period, or None: `ids[0]` with the others."""

    kind: str  # lab or theme
    frame: pd.DataFrame
    ids: tuple[str, ...]
    names: Mapping[str, str]
    period: Span
    against: Span | None
    scope: Scope
    say: Texts

    key_to_marks = ""

    @property
    def row_column(self) -> str:
        """The column that tells the rows apart."""
        return "tag_id" if self.against else "against_tag_id"

    @property
    def measure(self) -> str:
        """For the axis: differences of shares."""
        return "share"

    @cached_property
    def finding(self) -> str:
        """What the chart shows, empty where nothing may be said."""
        return findings.compare(self)

    @property
    def is_sure(self) -> bool:
        """Whether there is a sure difference."""
        return any(row["verdict"] in ("higher", "lower") for row in self.shown())

    @property
    def title(self) -> str:
        """The finding, else what is counted."""
        return self.finding or self.counted

    @property
    def counted(self) -> str:
        """What is compared with what."""
        key = "periods" if self.against else "tags"
        return self.say(f"compare.title.{self.kind}.{key}", name=self._first, **self.sides())

    @property
    def _first(self) -> str:
        return self.names[self.ids[0]] if self.ids else ""

    def sides(self) -> dict[str, str]:
        """What is compared, in words: the periods, and the lab or theme that others are compared with."""
        against = self._name(self.against) if self.against else ""
        return {"period": self._name(self.period), "against": against, "first": self._first}

    def _name(self, span: Span) -> str:
        return self.say.stretch(span.first, span.last, span.grain)

    @property
    def subtitle(self) -> str:
        """What is compared, channels, n of both sides, how many comparisons verdicts are corrected for."""
        tests = int(self.frame["q_value"].notna().sum())
        corrected = self.say("compare.corrected", n=self.say.number(tests)) if tests > 1 else ""
        counted = self.counted if self.finding else ""
        parts = (counted, *self.scope.parts(self.say), self._n(), corrected)
        return " · ".join(x for x in parts if x)

    def _n(self) -> str:
        now, before = (
            self.say.number(self.frame[column].max() if self.frame[column].notna().any() else 0)
            for column in ("items_total", "against_items_total")
        )
        if self.against:
            return self.say("compare.n_both", n=now, against=before)
        return self.say("scope.n", n=now)

    @property
    def definition(self) -> str:
        """How difference and verdict are made."""
        return self.say("definition.compare.periods" if self.against else "definition.compare.tags")

    @property
    def guard(self) -> str:
        """That the mix of channels differs, and what was done about it."""
        changed = self.frame[self.frame["difference"].notna()]["mix_changed"].dropna()
        if changed.empty:
            return ""
        names = self.say("join").join(
            self.say.code("channel", c) for c in changed.iloc[0].split(",")
        )
        return self.say("compare.mix", channels=names)

    @property
    def notes(self) -> tuple[str, ...]:
        """That the interval of one difference is narrower than a verdict on many."""
        return (self.say("compare.many"),) if self.frame["q_value"].notna().sum() > 1 else ()

    def chosen(self) -> list[Row]:
        """The rows of the labs or themes that the reader chose, in that order."""
        wanted = self.ids if self.against else self.ids[1:]
        rows = {row[self.row_column]: row for row in self.frame.to_dict("records")}
        return [rows[id_] for id_ in wanted if id_ in rows]

    def shown(self) -> list[Row]:
        """The rows of the chart: the chosen ones, then the surest differences, largest first."""
        frame = self.frame[self.frame["difference"].notna()]
        rank = frame.assign(
            is_chosen=~frame[self.row_column].isin(self.ids), size=frame["difference"].abs()
        )
        rank = rank.sort_values(["is_chosen", "q_value", "size"], ascending=[True, True, False])
        kept = rank.head(MOST_ROWS).sort_values("difference", ascending=False, kind="stable")
        return kept.to_dict("records")

    def name(self, row: Row) -> str:
        """The lab or theme of a row."""
        return self.names.get(row[self.row_column], str(row[self.row_column]))

    def label(self, row: Row) -> str:
        """The name of a row of the chart."""
        return self.name(row) if self.against else self.say("compare.row", other=self.name(row))

    def look_id(self, row: Row) -> str:
        """Whose colour a row has: that of the one that is higher or lower."""
        return str(row["tag_id"])

    @property
    def axis(self) -> str:
        """What is less what."""
        key = "compare.axis" if self.against else "compare.axis_tags"
        return self.say(key, name="" if self.against else self.names[self.ids[0]])

    def heading(self, row: Row) -> str:
        """The name, or both names."""
        if self.against:
            return self.name(row)
        return self.say("compare.pair", name=self.names[self.ids[0]], other=self.name(row))

    def verdict(self, row: Row) -> str:
        """`higher`, in words."""
        return self.say(f"verdict.{row['verdict']}")

    def sentence(self, row: Row) -> str:
        """Both shares, the difference with its interval; or why there is none."""
        say = self.say
        if row["verdict"] == "not_comparable":
            return self.why(row)
        sides = {"now": say.percent(row["value"]), "before": say.percent(row["against_value"])}
        key = "compare.adjusted" if row["compared"] == "share_adjusted" else "compare.raw"
        return say(
            key,
            **sides,
            difference=say.points(row["difference"]),
            low=say.points(row["difference_low"]),
            high=say.points(row["difference_high"]),
            raw_now=say.percent(row["share"]),
            raw_before=say.percent(row["against_share"]),
        )

    def numbers(self, row: Row) -> list[str]:
        """Both shares, the difference in points and its interval, as written for readers."""
        say = self.say
        if pd.isna(row["difference"]):
            shares = (row["share"], row["against_share"])
            return [*("" if pd.isna(s) else say.percent(s) for s in shares), "", ""]
        low, high = say.points(row["difference_low"]), say.points(row["difference_high"])
        return [
            say.percent(row["value"]),
            say.percent(row["against_value"]),
            say.points(row["difference"]),
            say("span", first=low, last=high),
        ]

    def why(self, row: Row) -> str:
        """Why a row cannot be compared, empty if it can."""
        code = row["why_not"]
        if not isinstance(code, str):
            return ""
        if code == "mix_changed":
            code = f"{code}:{row['mix_changed']}"
        why = self.say.reason("why_not", code)
        adjusted = row["adjusted_why_not"]
        if code.startswith("mix_changed") and isinstance(adjusted, str):
            why += " " + self.say.reason("adjusted_why_not", adjusted)
        return why
