"""A comparison as a scene: two periods of labs or themes, or one of them with others in one period.

In: `ask`, ids, periods. Out: a `Scene`; a view without comparable rows has nothing to draw, which the caller
sees by `view.shown()`. Trap: a verdict is corrected for the length of its list, so `everyone` (the list of
all) gives the same row another q value than the chosen ones alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.charts import compare
from dashboard.charts.compare_view import CompareView
from dashboard.scenes.scene import Ask, Scene, names
from dashboard.scenes.scene import scope as scope_of
from dashboard.texts import Texts
from warehouse import compare_answers
from warehouse.answers import Filters
from warehouse.spans import Span


def compare_scene(
    ask: Ask,
    say: Texts,
    kind: str,
    ids: Sequence[str],
    filters: Filters,
    period: Span,
    against: Span | None,
    everyone: bool = False,
) -> Scene[CompareView]:
    """`ids` in `period` less in `against`; `against` None: the first of `ids` less each other.

    `everyone` compares all labs or themes; those of `ids` stay the chosen ones.
    """
    if against:
        listed = () if everyone else tuple(ids)
        answer = ask(compare_answers.compare_periods, filters, kind, listed, period, against)
    else:
        listed = () if everyone else tuple(ids[1:])
        answer = ask(compare_answers.compare_tags, filters, kind, ids[0], listed, period)
    scope = scope_of(replace(filters, start=period.first, end=period.last), answer)
    view = CompareView(
        kind, answer.frame, tuple(ids), names(ask, say, kind), period, against, scope, say
    )
    name = "compare_periods" if against else "compare_tags"
    return Scene(name, view, answer, compare.figure)
