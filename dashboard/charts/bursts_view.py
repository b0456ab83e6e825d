"""Bursts over time as a finding in words: the one input of the timeline and of its slide.

In: rows of the answer `bursts`, names, the reader's texts. Out: a frozen `BurstsView`. Trap: the strength of
a burst (nats) says how sure it is that it is one, not how large; what readers ask is how many times as often
as usual, which is `factor`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.charts.factor import times
from dashboard.charts.scope import Row
from dashboard.texts import Texts

MOST_TAGS = 18  # rows of the timeline; the list has all


def code_of(row: Row) -> str:
    """A burst in an address: `deepseek:2025-01-21`."""
    return f"{row['tag_id']}:{row['first_on']:%Y-%m-%d}"


@dataclass(frozen=True)
class BurstsView:
    """Bursts of labs or themes that touch the days from `first` to `last`; `frame` the strongest first."""

    kind: str  # lab or theme
    frame: pd.DataFrame
    names: Mapping[str, str]
    first: date
    last: date
    say: Texts

    measure = "bursts"
    guard = ""  # each burst is compared within its channels, so a change of the mix is none

    @property
    def title(self) -> str:
        """The strongest burst in a sentence."""
        row = self.frame.iloc[0].to_dict()
        return self.say(
            "bursts.title", name=self.name(row), span=self.span(row), factor=times(row["factor"])
        )

    @property
    def subtitle(self) -> str:
        """How many, over which days, and what is not drawn."""
        say, tags = self.say, self.frame["tag_id"].nunique()
        key = "bursts.subtitle_lab" if self.kind == "lab" else "bursts.subtitle_theme"
        if tags == 1:
            key = "bursts.subtitle" if len(self.frame) > 1 else "bursts.subtitle_one"
        parts = [say(key, n=say.number(len(self.frame)), tags=say.number(tags))]
        parts += [say.span(self.first, self.last), say("scope.all_channels")]
        if tags > MOST_TAGS:
            parts.append(say("bursts.strongest", n=say.number(MOST_TAGS)))
        return " · ".join(parts)

    @property
    def definition(self) -> str:
        """What a burst is."""
        return self.say("definition.bursts")

    @property
    def notes(self) -> tuple[str, ...]:
        """That the newest bursts may change."""
        return (self.say("bursts.newest_may_change"),)

    @property
    def key_to_marks(self) -> str:
        """What the arrow means, if there is one."""
        return self.say("bursts.arrow") if self.frame["is_open"].any() else ""

    def tags(self) -> list[str]:
        """The labs or themes of the timeline from top to bottom: the one whose burst is newest first."""
        strongest = list(dict.fromkeys(self.frame["tag_id"]))[:MOST_TAGS]
        ends = self.frame.groupby("tag_id")["last_on"].max()
        return sorted(strongest, key=lambda id_: (ends[id_], id_), reverse=True)

    def name(self, row: Row) -> str:
        """The lab or theme of a burst."""
        return self.names.get(row["tag_id"], str(row["tag_id"]))

    def span(self, row: Row) -> str:
        """`21 Jan 2025 – 7 Feb 2025`."""
        return self.say.span(row["first_on"], row["last_on"])

    def label(self, row: Row) -> str:
        """One line for a list: name, days, how many times as often."""
        return self.say(
            "bursts.label", name=self.name(row), span=self.span(row), factor=times(row["factor"])
        )

    def sentence(self, row: Row) -> str:
        """What was counted, what was to be expected, when it was strongest."""
        say = self.say
        text = say(
            "bursts.sentence",
            mentions=say.number(row["mentions"]),
            items=say.number(row["items_total"]),
            share=say.percent(row["share"]),
            expected=say.percent(row["expected_share"]),
            factor=times(row["factor"]),
            stories=say.number(row["stories"]),
            peak=say.period(row["peak_on"], "week"),
        )
        return f"{text} {say('bursts.open')}" if row["is_open"] else text

    def events(self, row: Row) -> str:
        """Known events of the same lab or theme about then."""
        titles = row["event_titles_zh"] if self.say.lang == "zh" else row["event_titles"]
        return self.say("semicolon").join(str(t) for t in titles)
