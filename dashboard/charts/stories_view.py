"""What a list of stories says about itself, on the timeline, in the table and on a slide.

In: rows of the answer `stories_told`, names, the reader's texts. Out: a frozen `StoriesView`; titles in the
reader's language. Trap: titles come from the web and are not escaped here; a chart must do it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard.charts.marks import MixChange
from dashboard.charts.scope import Row, Scope
from dashboard.texts import Texts


@dataclass(frozen=True)
class StoriesView:
    """The first stories of a ranking; `frame`: rows of the answer `stories_told`, `hits` of how many."""

    frame: pd.DataFrame
    rank_by: str
    hits: int
    lab_names: Mapping[str, str]
    scope: Scope
    say: Texts
    changes: tuple[MixChange, ...] = ()

    @property
    def height_by(self) -> str:
        """The column that is the height: what ranks, but items for the few values of reach."""
        return "originals" if self.rank_by == "originals" else "items"

    @property
    def title(self) -> str:
        """What the stories are the first of."""
        return self.say(f"stories.title.{self.rank_by}")

    @property
    def subtitle(self) -> str:
        """Span, channels, and how many of how many stories."""
        say, scope = self.say, self.scope
        of = say("stories.n", n=say.number(len(self.frame)), total=say.number(self.hits))
        return " · ".join([say.span(scope.first, scope.last), *scope.parts(say), of])

    @property
    def definition(self) -> str:
        """What a story is and what ranks them."""
        return f"{self.say('stories.definition')} {self.say(f'stories.ranked.{self.rank_by}')}"

    @property
    def guard(self) -> str:
        """Channels that are not there throughout, so that reach does not compare; empty if all are."""
        say = self.say
        listed = [
            say(
                "stories.begins" if change.begins else "stories.ends",
                channel=say.code("channel", change.channel),
                day=say.day(change.changed_on),
            )
            for change in self.changes
        ]
        return say("stories.guard", listed=say("join").join(listed)) if listed else ""

    @property
    def notes(self) -> tuple[str, ...]:
        """Nothing to mind beyond the definition."""
        return ()

    @property
    def key_to_marks(self) -> str:
        """How to read a marker."""
        return self.say("stories.key", height=self.say(f"stories.height.{self.height_by}"))

    def name(self, row: Row) -> str:
        """The story's title in the reader's language."""
        return title_of(row, self.say)

    def labs(self, row: Row) -> str:
        """Names of its labs, the one that most items name first."""
        return self.say("join").join(self.lab_names.get(i, i) for i in row["lab_ids"])

    def rows(self) -> list[Row]:
        """The stories in their order."""
        return self.frame.to_dict("records")


def title_of(row: Row, say: Texts) -> str:
    """The title of a story in the reader's language, else in the other one."""
    wanted = (f"title_{say.lang}", "title_en", "title_zh", "title")
    return next((str(row[key]) for key in wanted if isinstance(row[key], str) and row[key]), "")


def other_title(row: Row, say: Texts) -> str:
    """Its title in the other language; empty if it was told in one only."""
    found = row["title_en" if say.lang == "zh" else "title_zh"]
    is_other = isinstance(found, str) and found and found != title_of(row, say)
    return str(found) if is_other else ""


def counts(row: Row, say: Texts) -> str:
    """`11 items in 2 digests, 1 original issue`."""
    return say(
        "stories.counts",
        items=say.number(row["items"]),
        digests=say.number(row["digests"]),
        originals=say.number(row["originals"]),
    )
