"""What rose in one period, as a finding in words: the one input of the figure, the table and the slide.

In: rows of the answer `rising`, names, the reader's texts. Out: a frozen `RisingView`. Trap: in a list of
many the largest growth is often chance, so the title names only what is still clear after the correction
for the length of the list (q), and says so when that is nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.charts import one_digest
from dashboard.charts.factor import times
from dashboard.charts.scope import Row, of_digests
from dashboard.texts import Texts

VERDICTS = (
    "rose",
    "perhaps_rose",
    "not_distinguishable",
    "perhaps_fell",
    "fell",
    "not_comparable",
)
MOST_ROWS = 14  # of the chart; the table has all
_NAMED = 3  # in the title
_BASELINE = 4  # months that a month is compared with
_WORDS = {  # keys of the texts by kind: one, several, none, nothing compares
    "lab": ("rising.one_lab", "rising.labs", "rising.no_lab", "rising.not_comparable"),
    "theme": ("rising.one_theme", "rising.themes", "rising.no_theme", "rising.not_comparable"),
}


@dataclass(frozen=True)
class RisingView:
    """Growth of labs or themes in `period` (its first day); `channel_set` is `all` or one channel."""

    kind: str  # lab or theme
    frame: pd.DataFrame
    names: Mapping[str, str]
    grain: str  # week or month
    period: date
    channel_set: str
    say: Texts

    measure = "growth"

    def _of(self, verdict: str) -> pd.DataFrame:
        return self.frame[self.frame["verdict"] == verdict]

    @property
    def compared(self) -> pd.DataFrame:
        """The rows that have a figure."""
        return self.frame[self.frame["comparable"]]

    @property
    def when(self) -> str:
        """The period in words."""
        return self.say.period(self.period, self.grain)

    @property
    def title(self) -> str:
        """What clearly rose, by name."""
        one, several, none, nothing = _WORDS[self.kind]
        if self.compared.empty:
            return self.say(nothing, period=self.when)
        words = {"when": self.in_period, "before": self.baseline}
        ids = list(self._of("rose")["tag_id"])
        if not ids:
            return self.say(none, **words)
        listed = self.say("join").join(self.names.get(i, i) for i in ids[:_NAMED])
        if len(ids) > _NAMED:
            more = self.say.number(len(ids) - _NAMED)
            listed = self.say("rising.and_more", listed=listed, n=more)
        key = one if len(ids) == 1 else several
        return self.say(key, n=self.say.number(len(ids)), listed=listed, **words)

    @property
    def is_sure(self) -> bool:
        """Whether anything clearly rose."""
        return not self._of("rose").empty

    @property
    def in_period(self) -> str:
        """`in Jul 2026`."""
        return self.say(f"findings.when.{self.grain}", period=self.when)

    @property
    def baseline(self) -> str:
        """What it is compared with: `Mar–Jun 2026`, `the four weeks before`."""
        if self.grain == "week":
            return self._before
        now, say = pd.Timestamp(self.period), self.say
        first, last = ((now - pd.DateOffset(months=n)).date() for n in (_BASELINE, 1))
        if first.year != last.year:
            return say("span", first=say.period(first, "month"), last=say.period(last, "month"))
        first_word, last_word = (say.tick(month, "month", False) for month in (first, last))
        return say("rising.months", first=first_word, last=last_word, year=first.year)

    @property
    def subtitle(self) -> str:
        """Against what, channels, n, how many are compared."""
        say = self.say
        channel = (
            say("scope.all_channels")
            if self.channel_set == "all"
            else say.code("channel", self.channel_set)
        )
        known = self.frame[["items_total", "digests_total"]].dropna().astype(int)
        n = of_digests(say, *(known.iloc[0] if len(known) else (0, 0)))
        compared = say("rising.compared", n=say.number(len(self.compared)))
        against = say("rising.against", before=self._before)
        return " · ".join([against, channel, n, compared])

    @property
    def definition(self) -> str:
        """How growth is measured."""
        return self.say("definition.rising", before=self._before)

    @property
    def _before(self) -> str:
        key = "rising.before_week" if self.grain == "week" else "rising.before_month"
        return self.say(key)

    @property
    def guard(self) -> str:
        """Why nothing compares, or how many would need to be looked at with care."""
        if self.compared.empty and not self.frame.empty:
            return self.why(self.frame.to_dict("records")[0])
        perhaps = self._of("perhaps_rose")
        if perhaps.empty:
            return ""
        key = "rising.perhaps_one" if len(perhaps) == 1 else "rising.perhaps_many"
        words = self.say(key, n=self.say.number(len(perhaps)))
        rows = perhaps[perhaps["is_concentrated"]].to_dict("records")
        notes = [(self.name(row), self.note(row)) for row in rows]
        return f"{words} {one_digest.listed(self.say, 'one_digest.rising', notes)}".strip()

    @property
    def notes(self) -> tuple[str, ...]:
        """How the verdicts are corrected."""
        return (self.say("rising.corrected"),) if len(self.compared) else ()

    @property
    def key_to_marks(self) -> str:
        """What filled and hollow marks mean."""
        return self.say("rising.marks") if len(self.compared) else ""

    def shown(self) -> list[Row]:
        """The rows of the chart: the first by their lower bound, then what clearly fell."""
        first = self.compared.head(MOST_ROWS)
        fell = self._of("fell")
        rest = fell[~fell["tag_id"].isin(first["tag_id"])]
        return [*first.to_dict("records"), *rest.to_dict("records")]

    def name(self, row: Row) -> str:
        """The lab or theme of a row."""
        return self.names.get(row["tag_id"], str(row["tag_id"]))

    def verdict(self, row: Row) -> str:
        """`clearly rose`."""
        return self.say(f"verdict.{row['verdict']}")

    def why(self, row: Row) -> str:
        """Why a row does not compare, empty if it does."""
        code = row["why_not"]
        return self.say.reason("rising.why", code) if isinstance(code, str) else ""

    def note(self, row: Row) -> str:
        """That most of its mentions are in one digest, empty if they are not."""
        return one_digest.mentions(self.say, row) if row["is_concentrated"] else ""

    def numbers(self, row: Row) -> list[str]:
        """Share before, share now, growth, its interval; as written for readers."""
        if not row["comparable"]:
            return ["", "", "", ""]
        say = self.say
        interval = say("span", first=times(row["factor_low"]), last=times(row["factor_high"]))
        before, now = say.percent(row["baseline_share"]), say.percent(row["share_adjusted"])
        return [before, now, times(row["factor"]), interval]

    def sentence(self, row: Row) -> str:
        """Mentions, both shares, growth with its interval; or why there is none."""
        if not row["comparable"]:
            return self.why(row)
        before, now, growth, _ = self.numbers(row)
        text = self.say(
            "rising.sentence",
            mentions=self.say.number(row["mentions"]),
            before=before,
            now=now,
            factor=growth,
            low=times(row["factor_low"]),
            high=times(row["factor_high"]),
            verdict=self.verdict(row),
        )
        note = self.note(row)
        return self.say("rising.with_note", text=text, note=note) if note else text


def is_sure(row: Row) -> bool:
    """Whether the verdict stands after the correction for the length of the list."""
    return row["verdict"] in ("rose", "fell")


def is_perhaps(row: Row) -> bool:
    """Whether the growth would be clear if nothing else had been looked at."""
    return row["verdict"] in ("perhaps_rose", "perhaps_fell")
