"""The charts that can be had by name on the command line, each from its scene.

In: a name, `Choices`, `ask`. Out: a `Scene`; raises `ChoiceProblem` where there is nothing to draw. Trap: an
option that a chart does not know would be left out without a word, so it is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from importlib import resources
from typing import Any

import yaml

from dashboard.charts.compare_view import CompareView
from dashboard.charts.rising_view import RisingView
from dashboard.charts.trend_view import TREND_MEASURES
from dashboard.charts.views import MEASURES, View
from dashboard.export import recipes
from dashboard.export.choices import EACH_OTHER, Address, ChoiceProblem, Choices, checked
from dashboard.scenes import Ask, Scene
from dashboard.texts import Texts
from warehouse.answers import GRAINS

SCOPE = ("channels", "languages")
DAYS = ("start", "end")
TREND = (*DAYS, *SCOPE, "grain", "measure", "band", "smooth")
COMPARE = (*SCOPE, "labs", "themes", "kind", "period", "family")
_FLAGS = {"start": "from", "end": "to"}  # names of options that differ from those of the choices


@dataclass(frozen=True)
class Chart:
    """How a chart is made: `pages` are where it stands, `options` the choices it knows."""

    shows: str
    pages: tuple[str, ...]
    options: tuple[str, ...]
    make: Callable[[Ask, Texts, Choices], Scene[Any] | None]
    measures: Sequence[str] = TREND_MEASURES
    grains: Sequence[str] = GRAINS


def scene_of(ask: Ask, say: Texts, name: str, choices: Choices) -> Scene[Any]:
    """The chart of this name with these choices; raises ChoiceProblem."""
    chart = chart_of(name)
    for choice in choices.given():
        if choice not in chart.options:
            known = ", ".join(f"--{_FLAGS.get(o, o)}" for o in chart.options) or "no choices"
            flag = _FLAGS.get(choice, choice)
            raise ChoiceProblem(f"{name} has no --{flag}; it has {known}")
    good = checked(ask, choices, chart.measures, chart.grains)
    scene = chart.make(ask, say, good)
    if scene is None:
        raise ChoiceProblem(
            f"{name}: nothing was found from {good.start} to {good.end} for these choices; "
            "take others"
        )
    if why := _nothing_to_compare(scene.view):
        raise ChoiceProblem(why.rstrip(".。"))
    return scene


def _nothing_to_compare(view: View) -> str:
    """Why a comparison has no row to draw; "" if it has, and for all other charts."""
    if isinstance(view, CompareView) and not view.shown():
        rows = view.frame.to_dict("records")
        return "there is nothing to compare. " + (view.why(rows[0]) if rows else "")
    if isinstance(view, RisingView) and view.compared.empty:
        return f"{view.title}. {view.guard}"
    return ""


def chart_of(name: str) -> Chart:
    """A chart by its name; raises ChoiceProblem."""
    if name not in CHARTS:
        near = get_close_matches(name, CHARTS, n=1, cutoff=0.5)
        listed = f"did you mean {near[0]}" if near else f"there are {', '.join(CHARTS)}"
        raise ChoiceProblem(f"no chart {name!r}; {listed}")
    return CHARTS[name]


def name_of(address: Address) -> str:
    """Which chart stands on the page of an address; the first page is also the one without a name."""
    if address.page == "compare" and address.choices.against == EACH_OTHER:
        return "compare_tags"
    page = address.page or _first_page()
    for name, chart in CHARTS.items():
        if page in chart.pages:
            return name
    pages = ", ".join(dict.fromkeys(f"/{p}" for chart in CHARTS.values() for p in chart.pages))
    raise ChoiceProblem(f"the page /{page} has no chart to export; pages with one are {pages}")


def _first_page() -> str:
    """Which page opens at "/"."""
    listed = yaml.safe_load(resources.files("dashboard").joinpath("pages.yml").read_text("utf-8"))
    return str(listed[0]["url"])


_WITH = ("kind", "labs", "themes", *DAYS, *SCOPE)
# A new chart is one line here: what it shows, its pages, the choices it knows, how it is made.
CHARTS: dict[str, Chart] = {
    "top_labs": Chart(
        "labs named most in the last month", ("overview",), (), partial(recipes.top, "lab")
    ),
    "top_themes": Chart("the same for themes", ("overview",), (), partial(recipes.top, "theme")),
    "lab_trend": Chart(
        "labs over time", ("labs", "lab"), ("labs", *TREND), partial(recipes.trend, "lab")
    ),
    "theme_trend": Chart(
        "themes over time", ("themes", "theme"), ("themes", *TREND), partial(recipes.trend, "theme")
    ),
    "topic_trend": Chart(
        "topics over time", ("topics",), ("topics", *TREND), partial(recipes.trend, "topic")
    ),
    "lab_theme_matrix": Chart(
        "with which themes each lab is named",
        ("labs-by-themes",),
        ("labs", "themes", *DAYS, *SCOPE, "measure"),
        recipes.matrix,
        MEASURES,
    ),
    "compare_periods": Chart(
        "two periods, with a verdict", ("compare",), (*COMPARE, "against"), recipes.periods
    ),
    "compare_tags": Chart(
        "the first lab or theme with others in one period", ("compare",), COMPARE, recipes.tags
    ),
    "rising": Chart(
        "what rose against the four periods before",
        ("rising",),
        ("kind", "grain", "period", "channels"),
        recipes.rising,
        grains=("month", "week"),
    ),
    "bursts": Chart(
        "when labs or themes burst", ("rising",), ("kind", "labs", "themes", *DAYS), recipes.bursts
    ),
    "stories": Chart(
        "the stories told most", ("stories",), (*_WITH[1:], "text", "rank"), recipes.stories
    ),
    "named_with_labs": Chart(
        "labs that a lab or theme is named with",
        ("lab", "theme"),
        _WITH,
        partial(recipes.named_with, "lab"),
    ),
    "named_with_themes": Chart(
        "themes that a lab or theme is named with",
        ("lab", "theme"),
        _WITH,
        partial(recipes.named_with, "theme"),
    ),
    "coverage": Chart("counted items a month and channel", ("about",), (), recipes.volume),
}
