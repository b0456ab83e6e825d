"""Differences as dots with their intervals: what lies wholly on one side of nought is a difference.

In: a `CompareView`. Out: a Plotly figure, one row a lab or theme, the largest rise on top. Trap: colour
alone must not carry the verdict, so a difference that may be chance is hollow and grey.
"""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.charts import style
from dashboard.charts.colours import look
from dashboard.charts.compare_view import CompareView
from dashboard.charts.scope import Row

_ROW = 30  # pixels
_GREY = "#76808C"


def figure(view: CompareView) -> go.Figure:
    """The comparison as a figure."""
    rows = view.shown()
    names = [view.label(row) for row in rows]
    left = int(max((style.text_width(name) for name in names), default=0)) + 24
    height = style.TOP + max(_ROW * len(rows), 120) + 64
    fig = go.Figure(layout=style.layout(view.title, view.subtitle, height, right=150, left=left))
    for place, row in enumerate(rows):
        fig.add_trace(_dot(view, row, place))
    fig.add_vline(x=0, line={"color": _GREY, "width": 1.2})
    for place, row in enumerate(rows):
        _add_verdict(fig, view, row, place)
    fig.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=[f"{name}  " for name in names],
        range=[max(len(rows), 1) - 0.4, -0.6],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
        ticks="",
        tickfont={"size": style.SIZE},
    )
    fig.update_xaxes(
        title={"text": view.axis, "font": {"size": style.SIZE - 1}},
        gridcolor=style.GRID,
        zeroline=False,
        fixedrange=True,
        ticksuffix="",
        tickformat=",.3~g",
        nticks=9,
        tickfont={"size": style.SIZE},
    )
    return fig


def _is_sure(row: Row) -> bool:
    return row["verdict"] in ("higher", "lower")


def _dot(view: CompareView, row: Row, place: int) -> go.Scatter:
    colour = look(view.kind, view.look_id(row)).colour if _is_sure(row) else _GREY
    value = 100 * row["difference"]
    hover = f"<b>{view.heading(row)}</b><br>{view.sentence(row)}<br>{view.verdict(row)}"
    return go.Scatter(
        x=[value],
        y=[place],
        mode="markers",
        name=view.name(row),
        marker={
            "color": colour,
            "size": 12,
            "symbol": "circle" if _is_sure(row) else "circle-open",
            "line": {"width": 2, "color": colour},
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 0.6}},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [100 * row["difference_high"] - value],
            "arrayminus": [value - 100 * row["difference_low"]],
            "color": colour,
            "thickness": 2.4 if _is_sure(row) else 1.6,
            "width": 0,
        },
        customdata=[[row[view.row_column]]],
        hovertext=[hover],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )


def _add_verdict(fig: go.Figure, view: CompareView, row: Row, place: int) -> None:
    """The verdict in words at the right of its row."""
    sure = _is_sure(row)
    text = view.verdict(row)
    fig.add_annotation(
        x=1,
        xref="paper",
        xanchor="left",
        xshift=8,
        y=place,
        yanchor="middle",
        text=f"<b>{text}</b>" if sure else text,
        font={
            "size": style.SIZE - 1
        },  # no colour is dark enough on white and light enough on black
        showarrow=False,
    )
