"""A chart with everything that proves it: definition, notes, SQL, rows, slide, snapshot.

In: a view, its figure, its answer. Out: the chart on the page, and the point that was clicked. Trap: the
slide is built only when its button is clicked, on another thread, so nothing here may touch Streamlit
from within the callable.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from dashboard.charts.views import View
from dashboard.export import files
from dashboard.texts import Texts
from warehouse.answers import Answer


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
    image = {
        "format": "png",
        "scale": 3,
        "filename": files.file_name(name, answer.snapshot_id, "png")[:-4],
    }
    with st.container(border=True, key=f"card-{name}"):
        event: Any = st.plotly_chart(
            figure,
            key=f"chart-{name}",
            on_select=on_click or ("rerun" if clickable else "ignore"),
            selection_mode="points",
            config={
                "displaylogo": False,
                "modeBarButtons": [["toImage"]],
                "toImageButtonOptions": image,
                "scrollZoom": False,
            },
            alt=f"{view.title}. {view.subtitle}",
        )
        if view.guard:
            st.markdown(f":material/warning: {view.guard}")
        st.caption(" ".join([view.definition, *view.notes, view.key_to_marks]))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            actions(say, name, answer, view if has_slide else None)
    points = event["selection"]["points"] if clickable else []
    return points[0].get("customdata") if points else None


def actions(say: Texts, name: str, answer: Answer, view: View | None = None) -> None:
    """Rows, slide and SQL, one click away each; call it inside a horizontal container."""
    st.download_button(
        say("card.csv"),
        partial(files.csv_bytes, answer.frame),
        files.file_name(name, answer.snapshot_id, "csv"),
        files.CSV,
        key=f"csv-{name}",
        help=say("card.csv_help"),
        icon=":material/download:",
        on_click="ignore",
    )
    if view is not None:
        st.download_button(
            say("card.pptx"),
            partial(_slide, view, answer),
            files.file_name(name, answer.snapshot_id, "pptx"),
            files.PPTX,
            key=f"pptx-{name}",
            help=say("card.pptx_help"),
            icon=":material/slideshow:",
            on_click="ignore",
        )
    _sql(say, answer)
    st.caption(say("card.snapshot", snapshot=answer.snapshot_id), text_alignment="right")


def _slide(view: View, answer: Answer) -> bytes:
    from dashboard.export.deck import slide_of  # heavy, and not needed to see a chart

    return slide_of(view, answer.sql, answer.snapshot_id)


def _sql(say: Texts, answer: Answer) -> None:
    """The statement, with its values written out, ready to paste."""
    with st.popover(say("card.sql"), icon=":material/code:"):
        st.caption(say("card.sql_intro", snapshot=answer.snapshot_id))
        is_long = answer.sql.count("\n") > 14
        st.code(
            answer.sql,
            language="sql",
            wrap_lines=True,
            width=760,
            height=380 if is_long else "content",
        )
