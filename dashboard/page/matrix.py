"""Lab × theme: with which themes each lab is named, over the chosen days.

In: the session. Out: the page. Trap: see charts/matrix.py on clicks.
"""

from dataclasses import replace

import streamlit as st

from dashboard import data
from dashboard.charts.views import MatrixView
from dashboard.parts import behind, card, filters, session
from dashboard.scenes import TOP_LABS, TOP_THEMES, matrix_scene
from warehouse import answers, point_answers
from warehouse.answers import Filters

MOST_ITEMS = 200


def show() -> None:
    """The whole page."""
    say = session.say()
    span = filters.loaded_days()
    if span is None:
        session.show_no_items()
        return
    lab_names, theme_names = data.lab_names(say), data.theme_names(say)
    left, right, dates, how, rest = st.columns(
        [2.2, 2.2, 2.1, 1.6, 1.3], vertical_alignment="bottom"
    )
    with left:
        labs = filters.any_of(say, "lab", lab_names, say("filters.top_labs", n=TOP_LABS))
    with right:
        themes = filters.any_of(say, "theme", theme_names, say("filters.top_themes", n=TOP_THEMES))
    with dates:
        start, end = filters.period(say, *span)
    with how:
        measure = filters.measure(say, "cell", "mentions")
    with rest:
        channels, languages = filters.more(say)
    scope = Filters("month", channels, languages, start, end)
    scene = data.drawn(matrix_scene, say, labs, themes, scope, measure)
    if scene is None:
        st.info(say("problem.no_rows"), icon=":material/filter_alt_off:")
        return
    view = scene.view
    clicked = card.show(say, scene.name, view, scene.figure(), scene.answer)
    items_of(view, scope, clicked)


def items_of(view: MatrixView, scope: Filters, clicked: object) -> None:
    """The items and stories behind the clicked cell."""
    say = view.say
    row = view.cells().get(tuple(clicked)) if isinstance(clicked, list | tuple) else None
    if row is None:
        st.caption(say("matrix.click"))
        return
    lab, theme = str(row["lab_id"]), str(row["theme_id"])
    found = data.ask(answers.items_behind, scope, lab_id=lab, theme_id=theme, limit=MOST_ITEMS)
    found = replace(found, items_total=int(row["mentions"]))  # in all, beyond the limit
    told = data.ask(point_answers.stories_behind, scope, lab, theme, MOST_ITEMS)
    span = say.span(view.scope.first, view.scope.last)
    names = {"lab": view.lab_names[lab], "theme": view.theme_names[theme]}
    title = say("items.heading_pair", span=span, **names)
    tags = [("lab", lab), ("theme", theme)]
    behind.lists(say, title, found, told, f"{lab}-{theme}", tags)
