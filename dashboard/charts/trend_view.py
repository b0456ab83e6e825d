"""What a chart of lines over time shows, and the sentences that keep it from misleading.

In: rows of lab_trend or theme_trend, marks, the reader's texts. Out: a frozen `TrendView`, the one input
of the figure and of the slide. Trap: a raw count or share before and after a change of the channels' mix
is not comparable, so the view says so and gives the adjusted figures of both sides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from dashboard.charts import trend_findings
from dashboard.charts.colours import Look, look
from dashboard.charts.marks import Event, Level, MixChange
from dashboard.charts.scope import Row, Scope
from dashboard.texts import Texts

TREND_MEASURES = ("share", "share_adjusted", "mentions", "stories")
_ENDS = {
    "share": ("share_low", "share_high"),
    "share_adjusted": ("adjusted_low", "adjusted_high"),
}
FEW_LINES = 3  # whose bands do not hide each other
_MOST_POINTS = 200  # beside averages; more would hide the lines
_LISTED = 6  # labs or themes in one sentence


def has_averages(frame: pd.DataFrame, measure: str) -> bool:
    """Whether most points have a moving average; one over days that are rarely known has hardly any."""
    known = frame[measure].notna().sum()
    return bool(2 * frame[f"smooth_{measure}"].notna().sum() >= known)


@dataclass(frozen=True)
class TrendView:
    """Lines over time: one series a lab or theme. `frame` is the answer's, untouched.

    `across` has the rows of compare_periods for the days since the last change of the mix against those
    before; None without a change. `thirds`, of one series without a change: the last third of the days
    against the first. `beside` has those of compare_tags: the highest series of the newest period that the
    title may rest on, against the others. `band` draws the 95 % intervals. `smooth` is how many periods the
    line is the moving average of; the single periods are then points without a line.
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
    thirds: pd.DataFrame | None = None
    beside: pd.DataFrame | None = None
    band: bool = False
    smooth: int = 1

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
    def drawn(self) -> str:
        """The column that the line follows: the measure, or its moving average."""
        return f"smooth_{self.measure}" if self.smooth > 1 else self.measure

    def look(self, id_: str) -> Look:
        """How a series is drawn; one alone is solid, since a dashed line says that items are few."""
        drawn = look(self.kind, id_)
        return replace(drawn, dash="solid") if len(self.ids) == 1 else drawn

    @property
    def is_dense(self) -> bool:
        """Whether the single periods beside an average would hide its lines; they are then not drawn."""
        many = len(self.periods) * len(self.ids) > _MOST_POINTS
        return self.smooth > 1 and many and has_averages(self.frame, self.measure)

    @property
    def pointed(self) -> str:
        """The column at whose height a period is pointed at and clicked."""
        return self.drawn if self.is_dense else self.measure

    @property
    def ends(self) -> tuple[str, str] | None:
        """The columns of the interval to draw; those of single periods would not fit an average."""
        return _ENDS.get(self.measure) if self.band and self.smooth == 1 else None

    @cached_property
    def _found(self) -> trend_findings.Finding:
        return trend_findings.trend(self)

    @property
    def finding(self) -> str:
        """What the chart shows, empty where nothing may be said."""
        return self._found.text

    @property
    def is_sure(self) -> bool:
        """Whether the finding is a difference that a verdict supports."""
        return self._found.is_sure

    @property
    def title(self) -> str:
        """The finding, else what is counted."""
        return self.finding or self.counted

    @property
    def counted(self) -> str:
        """What is counted, per what, averaged over what."""
        per = self.say(f"per.{self.grain}")
        words = self.say(f"trend.title.{self.kind}.{self.measure}", per=per)
        if self.smooth == 1:
            return words
        return self.say("look.averaged", counted=words, over=self._over)

    @property
    def subtitle(self) -> str:
        """What is counted, span, channels and n."""
        return self.scope.sentence(self.say, self.counted if self.finding else "")

    @property
    def definition(self) -> str:
        """How the measure is made, and what the line is if not the measure itself."""
        words = self.say(f"definition.{self.kind}.{self.measure}")
        return f"{words} {self._averaged()}" if self.smooth > 1 else words

    def _averaged(self) -> str:
        key = "pooled" if self.measure == "share" else "adjusted" if self.is_ratio else "mean"
        return self.say(f"definition.smooth.{key}", over=self._over)

    @property
    def _over(self) -> str:
        return self.say(f"smooth.over.{self.grain}", n=self.smooth)

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
        if not self._each_side:
            return self.say("guard.no_adjusted")
        day = self.say.day(self.across["first_day"].iloc[0].date())
        listed = self.say("semicolon").join(self._each_side[:most])
        return self.say("guard.sides", day=day, listed=listed)

    @cached_property
    def _each_side(self) -> list[str]:
        """The adjusted figures of each series that compares."""
        rows = [] if self.across is None else self.across.to_dict("records")
        return [
            self.say(
                "guard.side",
                name=self.names[row["tag_id"]],
                before=self.say.percent(row["against_value"]),
                after=self.say.percent(row["value"]),
                verdict=self.say(f"verdict.{row['verdict']}"),
            )
            for row in rows
            if row["verdict"] != "not_comparable"
        ]

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What else to mind when reading this chart."""
        return tuple(self._notes())

    def _notes(self) -> list[str]:
        say, notes = self.say, []
        if self.ends:
            notes.append(say("note.band"))
        if open_ := self.open_period("note.partial"):
            notes.append(open_)
        if self.frame["is_thin"].any() and not self.is_dense:
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

    def open_period(self, key: str) -> str:
        """That the newest period may still grow, in the words of a key; empty if it is complete."""
        partial = self.frame[self.frame["is_partial"]]
        if partial.empty:
            return ""
        last = partial["period_start"].max().date()
        return self.say(key, period=self.say.period(last, self.grain))

    @property
    def key_to_marks(self) -> str:
        """What the marks mean that only the page explains further."""
        marks = self.say("note.marks") if self.events or self.levels else ""
        return " ".join(x for x in (self.pale_points, marks) if x)

    @property
    def pale_points(self) -> str:
        """What the points beside a moving average are; a slide has none."""
        return (
            "" if self.smooth == 1 else self.say("look.dense" if self.is_dense else "note.smooth")
        )

    def _gaps(self, whole: pd.DataFrame) -> list[str]:
        """Why adjusted shares are missing, one sentence a reason."""
        codes = sorted(whole["adjusted_why_not"].dropna().unique())
        return list(dict.fromkeys(self.say.reason("adjusted_why_not", c) for c in codes))[:2]

    def break_text(self, found: MixChange, key: str, **values: object) -> str:
        """`Discord ends`, in the words of a key that has both cases."""
        case = "begins" if found.begins else "ends"
        return self.say(f"{key}_{case}", channel=self.say.code("channel", found.channel), **values)

    def value(self, row: Row, column: str = "") -> str:
        """The measure of one row (or another `column` of its kind), as written for readers."""
        number = row[column or self.measure]
        return self.say.percent(number) if self.is_ratio else self.say.number(number)

    def rows(self, id_: str) -> pd.DataFrame:
        """The rows of one series in order of time."""
        return self._series.get(id_, self.frame.iloc[:0])

    def records(self, id_: str) -> list[Row]:
        """The rows of one series as mappings."""
        return self._records.get(id_, [])

    @cached_property
    def _series(self) -> dict[str, pd.DataFrame]:
        in_order = self.frame.sort_values("period_start")
        return {str(id_): rows for id_, rows in in_order.groupby(self.id_column, observed=True)}

    @cached_property
    def _records(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self.frame.sort_values("period_start").to_dict("records"):
            found.setdefault(str(row[self.id_column]), []).append(row)
        return found

    @cached_property
    def periods(self) -> list[pd.Timestamp]:
        """The periods in order."""
        return sorted(self.frame["period_start"].unique())
