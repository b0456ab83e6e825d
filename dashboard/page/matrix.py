"""Lab × theme: with which themes each lab is named, over the chosen days.

In: the session. Out: the page. Trap: see charts/matrix.py on clicks.
"""

import streamlit as st

from dashboard import data
from dashboard.charts import matrix
from dashboard.charts.views import MatrixView
from dashboard.parts import card, filters, items, session
from warehouse import answers
from warehouse.answers import Filters

TOP_LABS, TOP_THEMES, MOST_ITEMS = 10, 12, 200


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
    labs = labs or list(data.ask(answers.top_labs, scope, TOP_LABS).frame["lab_id"])
    themes = themes or list(data.ask(answers.top_themes, scope, TOP_THEMES).frame["theme_id"])
    answer = data.ask(answers.lab_theme_matrix, scope, tuple(labs), tuple(themes))
    if answer.frame.empty:
        st.info(say("problem.no_rows"), icon=":material/filter_alt_off:")
        return
    described = filters.scope(scope, (start, end), answer.items_total)
    names = (lab_names, theme_names)
    view = MatrixView(answer.frame, tuple(labs), tuple(themes), *names, measure, described, say)
    clicked = card.show(say, "lab_theme_matrix", view, matrix.figure(view), answer)
    items_of(view, scope, clicked)


def items_of(view: MatrixView, scope: Filters, clicked: object) -> None:
    """The items behind the clicked cell."""
    say = view.say
    row = view.cells().get(tuple(clicked)) if isinstance(clicked, list | tuple) else None
    if row is None:
        st.caption(say("matrix.click"))
        return
    lab, theme = str(row["lab_id"]), str(row["theme_id"])
    found = data.ask(answers.items_behind, scope, lab_id=lab, theme_id=theme, limit=MOST_ITEMS)
    span = say.span(view.scope.first, view.scope.last)
    names = {"lab": view.lab_names[lab], "theme": view.theme_names[theme]}
    items.heading(
        say, say("items.heading_pair", span=span, **names), len(found.frame), int(row["mentions"])
    )
    if not found.frame.empty:
        items.table(say, found.frame, view.lab_names, view.theme_names, f"items-{lab}-{theme}")
