"""Lab × theme over a span as a scene.

In: `ask`, labs and themes (none: those with most mentions), filters, measure. Out: a `Scene`, or None where
no item has a pair. Trap: the labs with most mentions are those of the span shown, not of all that is loaded.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts import matrix
from dashboard.charts.views import MatrixView
from dashboard.scenes.scene import Ask, Scene, names, scope, within
from dashboard.scenes.trend import named_most
from dashboard.texts import Texts
from warehouse import answers
from warehouse.answers import Filters

TOP_LABS, TOP_THEMES = 10, 12


def matrix_scene(
    ask: Ask,
    say: Texts,
    lab_ids: Sequence[str] = (),
    theme_ids: Sequence[str] = (),
    filters: Filters | None = None,
    measure: str = "mentions",
) -> Scene[MatrixView] | None:
    """Each lab with each theme; `measure` is share, mentions or stories."""
    filters = within(ask, filters or Filters())
    labs = tuple(lab_ids) or tuple(named_most(ask, "lab", filters, TOP_LABS))
    themes = tuple(theme_ids) or tuple(named_most(ask, "theme", filters, TOP_THEMES))
    answer = ask(answers.lab_theme_matrix, filters, labs, themes)
    if answer.frame.empty:
        return None
    view = MatrixView(
        answer.frame,
        labs,
        themes,
        names(ask, say, "lab"),
        names(ask, say, "theme"),
        measure,
        scope(filters, answer),
        say,
    )
    return Scene("lab_theme_matrix", view, answer, matrix.figure)
