"""What every scene is made of: who is asked, names, loaded days, channels, the subtitle's scope.

In: `ask`. Out: a `Scene` and the parts that all of them need. Trap: Discord by channel repeats Discord in
more words, so it counts only where it is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, Generic, TypeVar

import plotly.graph_objects as go

from dashboard.charts.scope import Scope
from dashboard.charts.topic_map import label_of
from dashboard.charts.views import View
from dashboard.texts import Texts
from warehouse import Snapshot, answers, topic_answers
from warehouse.answers import Answer, Filters

Ask = Callable[..., Answer]
V = TypeVar("V", bound=View)
NOT_IN_ALL = "discord_detail"  # counted only if it is chosen, see warehouse/fields.yml


@dataclass(frozen=True)
class Scene(Generic[V]):
    """A chart with what proves it; `name` names its files."""

    name: str
    view: V
    answer: Answer
    draw: Callable[[V], go.Figure]

    def figure(self) -> go.Figure:
        """The chart as a Plotly figure."""
        return self.draw(self.view)


def on(snapshot: Snapshot) -> Ask:
    """`ask` for a snapshot that is open: `trend_scene(on(snap), …)`."""

    def ask(question: Callable[..., Answer], *args: Any, **kwargs: Any) -> Answer:
        return question(snapshot, *args, **kwargs)

    return ask


_NAMED = {"lab": answers.labs, "theme": answers.themes, "topic": topic_answers.topics}


def names(ask: Ask, say: Texts, kind: str) -> dict[str, str]:
    """Ids and names of all labs, themes or topics in the reader's language, by name."""
    rows = ask(_NAMED[kind]).frame.to_dict("records")
    name = partial(label_of, say=say) if kind == "topic" else say.name
    named = ((str(row[f"{kind}_id"]), name(row)) for row in rows)
    return dict(sorted(named, key=lambda pair: pair[1].lower()))


def loaded_days(ask: Ask) -> tuple[date, date] | None:
    """First and last day loaded; None if there is no item."""
    row = ask(answers.loaded).frame.to_dict("records")[0]
    return (row["first_on"].date(), row["last_on"].date()) if row["items"] else None


def within(ask: Ask, filters: Filters) -> Filters:
    """The filters with both ends of the span, the loaded ones where they are open."""
    span = loaded_days(ask)
    if span is None:
        return filters
    return replace(filters, start=filters.start or span[0], end=filters.end or span[1])


def scope(filters: Filters, answer: Answer) -> Scope:
    """Filters `within` the loaded days, and n of the answer, as a chart's subtitle needs them."""
    first, last = filters.start or date.min, filters.end or date.max
    n, digests = answer.items_total, answer.digests_total
    return Scope(first, last, n, filters.channels, filters.languages, digests)


def available_channels(ask: Ask) -> list[str]:
    """Channels that have counted items, largest first; the one that is not in "all" last."""
    return sorted(ask(answers.channels).frame["channel"], key=lambda code: code == NOT_IN_ALL)


def counted_channels(ask: Ask, chosen: Sequence[str]) -> list[str]:
    """The channels that the filters leave."""
    return list(chosen) or [c for c in available_channels(ask) if c != NOT_IN_ALL]
