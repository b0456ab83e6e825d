"""The stories told most as a scene.

In: `ask`, filters, words, labs, themes, what ranks. Out: a `Scene`, or None where no story fits. Trap: a
story can reach a channel only while there is one, so the view names those that are not there throughout.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from dashboard.charts import story_timeline
from dashboard.charts.marks import MixChange
from dashboard.charts.stories_view import StoriesView
from dashboard.scenes.scene import Ask, Scene, counted_channels, names, scope, within
from dashboard.texts import Texts
from warehouse import answers, story_answers
from warehouse.answers import Filters

DRAWN = 60
_SLACK = timedelta(days=31)  # a channel is not in every digest


def stories_scene(
    ask: Ask,
    say: Texts,
    filters: Filters | None = None,
    text: str = "",
    lab_ids: Sequence[str] = (),
    theme_ids: Sequence[str] = (),
    rank_by: str = story_answers.RANKS[0],
) -> Scene[StoriesView] | None:
    """The first stories on their days; `rank_by` is one of `story_answers.RANKS`."""
    filters = within(ask, filters or Filters())
    asked = (filters, text, tuple(lab_ids), tuple(theme_ids))
    answer = ask(story_answers.stories_told, *asked, limit=DRAWN, rank_by=rank_by)
    if answer.frame.empty:
        return None
    view = StoriesView(
        answer.frame,
        rank_by,
        answer.items_total,
        names(ask, say, "lab"),
        scope(filters, answer),
        say,
        changes=_not_throughout(ask, filters),
    )
    return Scene("stories", view, answer, story_timeline.figure)


def _not_throughout(ask: Ask, filters: Filters) -> tuple[MixChange, ...]:
    """Counted channels that begin or end within the days shown, on their first or last day."""
    counted, found = counted_channels(ask, filters.channels), []
    start, end = filters.start or date.min, filters.end or date.max
    for row in ask(answers.channels).frame.to_dict("records"):
        first, last = row["first_on"].date(), row["last_on"].date()
        if row["channel"] in counted and first <= end and last >= start:
            if first - _SLACK > start:
                found.append(MixChange(first, row["channel"], True))
            if last + _SLACK < end:
                found.append(MixChange(last, row["channel"], False))
    return tuple(sorted(found, key=lambda c: (c.changed_on, c.channel)))
