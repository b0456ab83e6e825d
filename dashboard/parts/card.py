"""A chart with everything that proves it: title, definition, notes, data, image, slide, SQL, link.

In: a view, its figure, its answer. Out: the chart on the page, and the point that was clicked. Traps: files
are built only when their button is clicked, on another thread, so nothing there may touch Streamlit; a
title holds names from the data, so it is shown as text.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from dashboard.charts.views import View
from dashboard.parts import card_actions, chart_tools, width
from dashboard.texts import Texts
from warehouse.answers import Answer

# Plotly's own buttons, which the page hides and those of `chart_tools` press
_CONFIG = {
    "displaylogo": False,
    "scrollZoom": False,
    "modeBarButtons": [["toImage", "select2d", "pan2d"]],
}


def show(
    say: Texts,
    name: str,
    view: View,
    figure: go.Figure,
    answer: Answer,
    clickable: bool = True,
    on_click: Callable[[], None] | None = None,
    has_slide: bool = True,
) -> Any:
    """Draw the card; returns the customdata of the clicked point, or None.

    `on_click` is called before the page is drawn anew; the selection stands in `chart-<name>`.
    """
    points = draw(say, name, view, figure, answer, clickable, on_click, has_slide)
    return points[0].get("customdata") if points else None


def draw(
    say: Texts,
    name: str,
    view: View,
    figure: go.Figure,
    answer: Answer,
    clickable: bool = True,
    on_click: Callable[[], None] | None = None,
    has_slide: bool = True,
    has_area: bool = False,
) -> list[Any]:
    """The same; returns all selected points. `has_area`: a frame may be drawn around several."""
    with st.container(border=True, key=f"card-{name}"):
        head(view)
        event: Any = st.plotly_chart(
            width.fitting(figure),
            key=f"chart-{name}",
            on_select=on_click or ("rerun" if clickable else "ignore"),
            selection_mode=("points", "box") if has_area else "points",
            config=_CONFIG,
            alt=f"{view.title}. {view.subtitle}",
        )
        if view.guard:
            st.markdown(f":material/warning: {view.guard}")
        st.caption(" ".join([view.definition, *view.notes, view.key_to_marks]))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            card_actions.of_chart(say, name, view, answer, has_slide)
            if has_area:
                chart_tools.area_button(say, name)
            snapshot(say, answer)
    return list(event["selection"]["points"]) if clickable else []


def head(view: View) -> None:
    """Title and subtitle as text, which wraps and which a screen reader finds."""
    title, subtitle = escape(view.title), escape(view.subtitle)
    st.html(f'<div class="card-head"><h2>{title}</h2><p>{subtitle}</p></div>')


def actions(say: Texts, name: str, answer: Answer) -> None:
    """What a table without a chart has: data, SQL, link; call it inside a horizontal container."""
    card_actions.of_table(say, name, answer)
    snapshot(say, answer)


def snapshot(say: Texts, answer: Answer) -> None:
    """Which state the numbers are from."""
    st.caption(say("card.snapshot", snapshot=answer.snapshot_id), text_alignment="right")
