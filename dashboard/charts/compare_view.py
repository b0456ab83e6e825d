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

from dashboard.charts import findings, one_digest
from dashboard.charts.scope import Row, Scope, of_digests
from dashboard.texts import Texts
from warehouse.compare import SIDES
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
        n, against = (self._most(f"{side}items_total") for side in SIDES)
        digests, others = (self._most(f"{side}digests_total") for side in SIDES)
        if not self.against:
            return of_digests(self.say, n, digests)
        counts = {"n": n, "digests": digests, "against": against, "against_digests": others}
        return self.say("compare.n_both", **{k: self.say.number(v) for k, v in counts.items()})

    def _most(self, column: str) -> int:
        """What all rows that know it have in a column, 0 if none does."""
        known = self.frame[column].dropna()
        return int(known.max()) if len(known) else 0

    @property
    def definition(self) -> str:
        """How difference and verdict are made."""
        return self.say("definition.compare.periods" if self.against else "definition.compare.tags")

    @property
    def guard(self) -> str:
        """That the mix of channels differs, and what rests on one digest; what was done about it."""
        return " ".join(x for x in (self.mix, self.one_digest) if x)

    def resting(self) -> list[tuple[str, str]]:
        """Name and mentions of what has no verdict since it rests on one digest, the largest first."""
        rows = [row for row in self.frame.to_dict("records") if row["rests_on_one_digest"]]
        rows = sorted(rows, key=lambda row: (-abs(row["difference"]), self.name(row)))
        sides = ["" if row["difference"] > 0 else "against_" for row in rows]
        return [
            (self.heading(row), one_digest.mentions(self.say, row, side))
            for row, side in zip(rows, sides, strict=True)
        ]

    @property
    def one_digest(self) -> str:
        """What of it has no verdict since it rests on one digest."""
        return one_digest.listed(self.say, "one_digest.guard", self.resting())

    @property
    def mix(self) -> str:
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
        """`higher`, in words; that it rests on one digest where this is why it is unclear."""
        code = "one_digest" if row["rests_on_one_digest"] else row["verdict"]
        return self.say(f"verdict.{code}")

    def counts(self, row: Row) -> dict[str, str]:
        """Mentions and items of both sides, as written for readers; rows with a difference only."""
        names = {"": "now", "against_": "before"}
        return {
            f"{what}_{names[side]}": self.say.number(row[f"{side}{column}"])
            for side in SIDES
            for what, column in (("mentions", "mentions"), ("items", "items_total"))
        }

    def sentence(self, row: Row) -> str:
        """Both shares, the difference with its interval, what is in one digest; or why there is none."""
        say, note = self.say, self.note(row)
        if row["verdict"] == "not_comparable":
            return self.why(row)
        sides = {"now": say.percent(row["value"]), "before": say.percent(row["against_value"])}
        key = "compare.adjusted" if row["compared"] == "share_adjusted" else "compare.raw"
        text = say(
            key,
            **sides,
            **self.counts(row),
            difference=say.points(row["difference"]),
            low=say.points(row["difference_low"]),
            high=say.points(row["difference_high"]),
            raw_now=say.percent(row["share"]),
            raw_before=say.percent(row["against_share"]),
        )
        return say("compare.with_note", text=text, note=note) if note else text

    def note(self, row: Row) -> str:
        """Whether most of its mentions are in one digest, and whether it has no verdict for that."""
        name = None if self.against else lambda id_: self.names.get(id_, id_)
        return one_digest.of_comparison(self.say, row, name)

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
