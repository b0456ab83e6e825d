"""What a chart shows and what it says about itself: the one input of the figure and of the slide.

In: rows of an answer, names, the reader's texts. Out: frozen views with title, subtitle, definition and
notes. Trap: the figure and the slide must not word the same number differently, so sentences are made
here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from dashboard.charts.breaks import Break
from dashboard.texts import Texts

Row = Mapping[Any, Any]  # a row of an answer
MEASURES = ("share", "mentions", "stories")


@dataclass(frozen=True)
class Scope:
    """What was counted, as the reader chose it; empty tuples mean all."""

    first: date
    last: date
    items_total: int
    channels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def sentence(self, say: Texts) -> str:
        """`3 Jan 2025 – 7 Mar 2026 · all channels · n = 12,345 items`."""
        parts = [say.span(self.first, self.last), self._channels(say)]
        if self.languages:
            parts.append(say("join").join(say.code("language", x) for x in self.languages))
        return " · ".join([*parts, say("scope.n", n=say.number(self.items_total))])

    def _channels(self, say: Texts) -> str:
        if not self.channels:
            return say("scope.all_channels")
        return say("join").join(say.code("channel", x) for x in self.channels)


@dataclass(frozen=True)
class TrendView:
    """Lines over time: one series a lab or theme. `frame` is the answer's, untouched."""

    kind: str  # lab or theme
    frame: pd.DataFrame
    ids: tuple[str, ...]
    names: Mapping[str, str]
    measure: str
    grain: str
    scope: Scope
    say: Texts
    breaks: tuple[Break, ...] = ()

    @property
    def id_column(self) -> str:
        """The column that names the series."""
        return f"{self.kind}_id"

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
    def notes(self) -> tuple[str, ...]:
        """What to mind when reading this chart."""
        return tuple(self._notes())

    def _notes(self) -> list[str]:
        notes = []
        partial = self.frame[self.frame["is_partial"]]
        if not partial.empty:
            last = partial["period_start"].max().date()
            notes.append(self.say("note.partial", period=self.say.period(last, self.grain)))
        totals = (
            self.frame[~self.frame["is_partial"]].groupby("period_start")["items_total"].first()
        )
        low, high = (int(totals.min()), int(totals.max())) if len(totals) else (0, 0)
        if self.measure != "share" and high > 3 * low:
            per = self.say(f"per.{self.grain}")
            numbers = {"low": self.say.number(low), "high": self.say.number(high)}
            notes.append(self.say("note.volume", per=per, **numbers))
        if self.breaks:
            listed = self.say("join").join(
                self.break_text(b, "note.channel", month=self.say.period(b.month, "month"))
                for b in self.breaks
            )
            notes.append(self.say("note.breaks", listed=listed))
        return notes

    def break_text(self, found: Break, key: str, **values: object) -> str:
        """`Discord ends`, in the words of a key that has both cases."""
        case = "begins" if found.begins else "ends"
        return self.say(f"{key}_{case}", channel=self.say.code("channel", found.channel), **values)

    def value(self, row: Row) -> str:
        """The measure of one row, as written for readers."""
        number = row[self.measure]
        return self.say.percent(number) if self.measure == "share" else self.say.number(number)

    def rows(self, id_: str) -> pd.DataFrame:
        """The rows of one series in order of time."""
        return self.frame[self.frame[self.id_column] == id_].sort_values("period_start")


@dataclass(frozen=True)
class MatrixView:
    """Lab × theme over the whole span; `frame` is sparse: a missing pair has no item."""

    frame: pd.DataFrame
    lab_ids: tuple[str, ...]
    theme_ids: tuple[str, ...]
    lab_names: Mapping[str, str]
    theme_names: Mapping[str, str]
    measure: str
    scope: Scope
    say: Texts

    @property
    def title(self) -> str:
        """What a cell counts."""
        return self.say(f"matrix.title.{self.measure}")

    @property
    def subtitle(self) -> str:
        """Span, channels and n."""
        return self.scope.sentence(self.say)

    @property
    def definition(self) -> str:
        """How the measure is made."""
        return self.say(f"definition.matrix.{self.measure}")

    @property
    def notes(self) -> tuple[str, ...]:
        """Nothing to mind here beyond the definition."""
        return ()

    def cells(self) -> dict[tuple[str, str], Row]:
        """Rows by (lab_id, theme_id)."""
        return {(r["lab_id"], r["theme_id"]): r for r in self.frame.to_dict("records")}

    def value(self, row: Row | None) -> str:
        """The measure of one cell; a pair without items stays blank."""
        if row is None:
            return ""
        number = row[self.measure]
        return self.say.percent(number) if self.measure == "share" else self.say.number(number)


@dataclass(frozen=True)
class VolumeView:
    """Counted items a month and channel; `frame`: period_start, channel, items_total."""

    frame: pd.DataFrame
    channels: tuple[str, ...]
    scope: Scope
    say: Texts

    @property
    def title(self) -> str:
        """What is counted."""
        return self.say("volume.title")

    @property
    def subtitle(self) -> str:
        """Span and n."""
        return self.scope.sentence(self.say)

    @property
    def definition(self) -> str:
        """Which items count."""
        return self.say("definition.volume")

    @property
    def notes(self) -> tuple[str, ...]:
        """Nothing to mind here beyond the definition."""
        return ()


View = TrendView | MatrixView | VolumeView


def periods(view: TrendView | VolumeView) -> list[pd.Timestamp]:
    """The periods of a view in order."""
    return sorted(view.frame["period_start"].unique())
