"""What a chart of lines over time shows, and the sentences that keep it from misleading.

In: rows of lab_trend or theme_trend, marks, the reader's texts. Out: a frozen `TrendView`, the one input
of the figure and of the slide. Trap: a raw count or share before and after a change of the channels' mix
is not comparable, so the view says so and gives the adjusted figures of both sides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard.charts.marks import Event, Level, MixChange
from dashboard.charts.scope import Row, Scope
from dashboard.texts import Texts

TREND_MEASURES = ("share", "share_adjusted", "mentions", "stories")
_ENDS = {
    "share": ("share_low", "share_high"),
    "share_adjusted": ("adjusted_low", "adjusted_high"),
}
FEW_LINES = 3  # whose bands do not hide each other
_LISTED = 6  # labs or themes in one sentence


@dataclass(frozen=True)
class TrendView:
    """Lines over time: one series a lab or theme. `frame` is the answer's, untouched.

    `across` has the rows of compare_periods for the days since the last change of the mix against those
    before; None without a change. `band` draws the 95 % intervals.
    """

    kind: str  # lab or theme
    frame: pd.DataFrame
    ids: tuple[str, ...]
    names: Mapping[str, str]
    measure: str
    grain: str
    scope: Scope
    say: Texts
    breaks: tuple[MixChange, ...] = ()
    events: tuple[Event, ...] = ()
    levels: tuple[Level, ...] = ()
    across: pd.DataFrame | None = None
    band: bool = False

    @property
    def id_column(self) -> str:
        """The column that names the series."""
        return f"{self.kind}_id"

    @property
    def is_ratio(self) -> bool:
        """Whether the measure is a share."""
        return self.measure in _ENDS

    @property
    def is_raw(self) -> bool:
        """Whether the measure moves with the mix of channels."""
        return self.measure != "share_adjusted"

    @property
    def ends(self) -> tuple[str, str] | None:
        """The columns of the interval to draw."""
        return _ENDS.get(self.measure) if self.band else None

    @property
    def title(self) -> str:
        """What is counted, per what."""
        return self.say(
            f"trend.title.{self.kind}.{self.measure}", per=self.say(f"per.{self.grain}")
        )

    @property
    def subtitle(self) -> str:
        """Span, channels and n."""
        return self.scope.sentence(self.say)

    @property
    def definition(self) -> str:
        """How the measure is made."""
        return self.say(f"definition.{self.kind}.{self.measure}")

    @property
    def guard(self) -> str:
        """What must not be compared here, with the adjusted figures; empty if all can."""
        return self.guard_of(_LISTED)

    def guard_of(self, most: int) -> str:
        """The guard with the adjusted figures of at most so many series."""
        if not self.breaks:
            return ""
        listed = self.say("join").join(self._change(b) for b in self.breaks)
        if not self.is_raw:
            return self.say("guard.adjusted", listed=listed)
        return " ".join(x for x in (self.say("guard.raw", listed=listed), self._sides(most)) if x)

    def _change(self, found: MixChange) -> str:
        month = self.say.period(found.changed_on.replace(day=1), "month")
        return self.break_text(found, "note.channel", month=month)

    def _sides(self, most: int) -> str:
        """`Adjusted, since 7 Mar 2026 against before: OpenAI 19.0% against 21.4% (not distinguishable)`."""
        if self.across is None or self.across.empty:
            return ""
        rows = self.across.to_dict("records")
        good = [row for row in rows if row["verdict"] != "not_comparable"][:most]
        if not good:
            return self.say("guard.no_adjusted")
        listed = self.say("semicolon").join(
            self.say(
                "guard.side",
                name=self.names[row["tag_id"]],
                before=self.say.percent(row["against_value"]),
                after=self.say.percent(row["value"]),
                verdict=self.say(f"verdict.{row['verdict']}"),
            )
            for row in good
        )
        day = self.say.day(rows[0]["first_day"].date())
        return self.say("guard.sides", day=day, listed=listed)

    @property
    def notes(self) -> tuple[str, ...]:
        """What else to mind when reading this chart."""
        return tuple(self._notes())

    def _notes(self) -> list[str]:
        say, notes = self.say, []
        if self.ends:
            notes.append(say("note.band"))
        partial = self.frame[self.frame["is_partial"]]
        if not partial.empty:
            last = partial["period_start"].max().date()
            notes.append(say("note.partial", period=say.period(last, self.grain)))
        if self.frame["is_thin"].any():
            notes.append(say("note.thin"))
        whole = self.frame[~self.frame["is_partial"]]
        totals = whole.groupby("period_start")["items_total"].first()
        low, high = (int(totals.min()), int(totals.max())) if len(totals) else (0, 0)
        if not self.is_ratio and high > 3 * low:
            numbers = {"low": say.number(low), "high": say.number(high)}
            notes.append(say("note.volume", per=say(f"per.{self.grain}"), **numbers))
        if not self.is_raw:
            notes.extend(self._gaps(whole))
        return notes

    @property
    def key_to_marks(self) -> str:
        """What the marks mean that only the page explains further."""
        return self.say("note.marks") if self.events or self.levels else ""

    def _gaps(self, whole: pd.DataFrame) -> list[str]:
        """Why adjusted shares are missing, one sentence a reason."""
        codes = sorted(whole["adjusted_why_not"].dropna().unique())
        return [self.say.reason("adjusted_why_not", code) for code in codes[:2]]

    def break_text(self, found: MixChange, key: str, **values: object) -> str:
        """`Discord ends`, in the words of a key that has both cases."""
        case = "begins" if found.begins else "ends"
        return self.say(f"{key}_{case}", channel=self.say.code("channel", found.channel), **values)

    def value(self, row: Row) -> str:
        """The measure of one row, as written for readers."""
        number = row[self.measure]
        return self.say.percent(number) if self.is_ratio else self.say.number(number)

    def rows(self, id_: str) -> pd.DataFrame:
        """The rows of one series in order of time."""
        return self.frame[self.frame[self.id_column] == id_].sort_values("period_start")

    @property
    def periods(self) -> list[pd.Timestamp]:
        """The periods in order."""
        return sorted(self.frame["period_start"].unique())
