"""Labs or themes over time as a scene.

In: `ask`, ids (none: those with most mentions), filters, measure. Out: a `Scene`, or None where the filters
leave no item. Trap: bands of many lines hide each other, so by themselves they are drawn with few lines only.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts import trend
from dashboard.charts.trend_view import FEW_LINES, TrendView
from dashboard.scenes import marks
from dashboard.scenes.scene import Ask, Scene, counted_channels, names, scope, within
from dashboard.texts import Texts
from warehouse import answers
from warehouse.answers import Filters

TOP = 6


def named_most(ask: Ask, kind: str, filters: Filters | None = None, limit: int = TOP) -> list[str]:
    """What is shown before the reader chooses: the labs or themes with most mentions."""
    top = answers.top_labs if kind == "lab" else answers.top_themes
    return list(ask(top, filters or Filters(), limit).frame[f"{kind}_id"])


def trend_scene(
    ask: Ask,
    say: Texts,
    kind: str,
    ids: Sequence[str] = (),
    filters: Filters | None = None,
    measure: str = "share",
    band: bool | None = None,
    smooth: int = 1,
) -> Scene[TrendView] | None:
    """Lines over time of labs or themes (`kind`); `band` None: intervals where the lines are few.

    `smooth` is how many periods the moving average is over, 1 for none.
    """
    filters = within(ask, filters or Filters())
    chosen = tuple(ids) or tuple(named_most(ask, kind))
    question = answers.lab_trend if kind == "lab" else answers.theme_trend
    answer = ask(question, filters, chosen, smooth)
    if answer.frame.empty:
        return None
    found = marks.mix_changes(ask, filters)
    view = TrendView(
        kind,
        answer.frame,
        chosen,
        names(ask, say, kind),
        measure,
        filters.grain,
        scope(filters, answer.items_total),
        say,
        breaks=found,
        events=marks.events(ask, say, filters, (*chosen, *counted_channels(ask, filters.channels))),
        levels=marks.levels(ask, filters, chosen),
        across=marks.across(ask, filters, kind, chosen, found),
        band=len(chosen) <= FEW_LINES if band is None else band,
        smooth=smooth,
    )
    return Scene(f"{kind}_trend", view, answer, trend.figure)
