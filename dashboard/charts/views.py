"""What a chart shows and what it says about itself: the one input of the figure and of the slide.

In: rows of an answer, names, the reader's texts. Out: frozen views with title, subtitle, definition and
notes. Trap: the figure and the slide must not word the same number differently, so sentences are made
here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from dashboard.charts import findings
from dashboard.charts.bars import BarsView
from dashboard.charts.bursts_view import BurstsView
from dashboard.charts.compare_view import CompareView
from dashboard.charts.marks import Event
from dashboard.charts.rising_view import RisingView
from dashboard.charts.scope import Row, Scope
from dashboard.charts.stories_view import StoriesView
from dashboard.charts.story_coverage import CoverageView
from dashboard.charts.topic_map import TopicMapView
from dashboard.charts.trend_view import TrendView
from dashboard.texts import Texts

MEASURES = ("share", "mentions", "stories")


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

    @cached_property
    def finding(self) -> str:
        """What the chart shows, empty where nothing may be said."""
        return findings.matrix(self)

    @property
    def title(self) -> str:
        """The finding, else what is counted."""
        return self.finding or self.counted

    @property
    def counted(self) -> str:
        """What a cell counts."""
        return self.say(f"matrix.title.{self.measure}")

    @property
    def subtitle(self) -> str:
        """What is counted, span, channels and n."""
        return self.scope.sentence(self.say, self.counted if self.finding else "")

    @property
    def definition(self) -> str:
        """How the measure is made."""
        return self.say(f"definition.matrix.{self.measure}")

    guard = key_to_marks = ""  # one span, nothing is compared over time

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
    events: tuple[Event, ...] = ()

    @cached_property
    def finding(self) -> str:
        """What the chart shows, empty where nothing may be said."""
        return findings.volume(self)

    @property
    def title(self) -> str:
        """The finding, else what is counted."""
        return self.finding or self.counted

    @property
    def counted(self) -> str:
        """What is counted."""
        return self.say("volume.title")

    @property
    def subtitle(self) -> str:
        """What is counted, span and n."""
        return self.scope.sentence(self.say, self.counted if self.finding else "")

    @property
    def definition(self) -> str:
        """Which items count."""
        return self.say("definition.volume")

    guard = key_to_marks = ""  # the mix of channels is what the chart shows

    @property
    def notes(self) -> tuple[str, ...]:
        """Nothing to mind here beyond the definition."""
        return ()

    @property
    def periods(self) -> list[pd.Timestamp]:
        """The months in order."""
        return sorted(self.frame["period_start"].unique())


View = (
    TrendView
    | MatrixView
    | VolumeView
    | CompareView
    | TopicMapView
    | BarsView
    | RisingView
    | BurstsView
    | StoriesView
    | CoverageView
)
