"""Growth as dots with their intervals, on a scale of factors: what lies wholly right of ×1 may have risen.

In: a `RisingView`. Out: a Plotly figure, the surest growth on top. Traps: half and double are equally far
from no change, so the axis is logarithmic; a rare name has an interval that reaches to ×200, so the axis ends
before, or all others would be squeezed together.
"""

from __future__ import annotations

from html import escape
from math import log2

import plotly.graph_objects as go

from dashboard.charts import style
from dashboard.charts.factor import times
from dashboard.charts.hover import wrapped
from dashboard.charts.rising_view import RisingView, is_perhaps, is_sure
from dashboard.charts.scope import Row

_ROW = 30  # pixels
_GREY, _UP, _DOWN = "#76808C", "#0E8F6E", "#C8443A"
_LEAST, _MOST = 1 / 8, 32.0  # ends of the axis, unless a dot lies outside


def figure(view: RisingView) -> go.Figure:
    """The growth as a figure."""
    rows = view.shown()
    names = [escape(view.name(row)) for row in rows]
    left = int(max((style.text_width(view.name(row)) for row in rows), default=0)) + 24
    height = style.TOP + max(_ROW * len(rows), 60) + 64
    fig = go.Figure(layout=style.layout(view.title, view.subtitle, height, right=230, left=left))
    fig.add_vline(x=0, line={"color": _GREY, "width": 1.2})
    for place, row in enumerate(rows):
        fig.add_trace(_dot(view, row, place))
        _add_words(fig, view, row, place)
    low, high = _ends(rows)
    steps = range(round(low), round(high) + 1)
    fig.update_xaxes(
        range=[low - 0.15, high + 0.15],
        tickvals=list(steps),
        ticktext=[_step(step) for step in steps],
        title={"text": view.say("rising.axis"), "font": {"size": style.SIZE - 1}},
        gridcolor=style.GRID,
        zeroline=False,
        fixedrange=True,
        tickfont={"size": style.SIZE},
    )
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
    return fig


def _step(step: int) -> str:
    """A tick: ×¼, ×½, ×1, ×2 …"""
    return {-3: "×⅛", -2: "×¼", -1: "×½"}.get(step, times(2.0**step)).replace(".0", "")


def _ends(rows: list[Row]) -> tuple[float, float]:
    """The axis as powers of two: all dots are on it, and of the intervals what fits."""
    dots = [row["factor"] for row in rows] or [1.0]
    low = max(min([0.5, *(row["factor_low"] for row in rows)]), min(_LEAST, *dots, 1.0))
    high = min(max([2.0, *(row["factor_high"] for row in rows)]), max(_MOST, *dots, 1.0))
    return float(int(log2(low) - 0.999)), float(int(log2(high) + 0.999))


def _colour(row: Row) -> str:
    """By the verdict, not by the lab: that is what the chart tells, and names stand beside it."""
    if not (is_sure(row) or is_perhaps(row)):
        return _GREY
    return _UP if row["factor"] > 1 else _DOWN


def _dot(view: RisingView, row: Row, place: int) -> go.Scatter:
    colour, value = _colour(row), log2(row["factor"])
    hover = f"<b>{escape(view.name(row))}</b><br>{wrapped(view.sentence(row))}"
    return go.Scatter(
        x=[value],
        y=[place],
        mode="markers",
        name=escape(view.name(row)),
        marker={
            "color": colour,
            "size": 12,
            "symbol": "circle" if is_sure(row) else "circle-open",
            "line": {"width": 2, "color": colour},
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 0.6}},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [log2(row["factor_high"]) - value],
            "arrayminus": [value - log2(row["factor_low"])],
            "color": colour,
            "thickness": 2.6 if is_sure(row) else 1.6,
            "width": 0,
        },
        customdata=[[row["tag_id"]]],
        hovertext=[hover],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _add_words(fig: go.Figure, view: RisingView, row: Row, place: int) -> None:
    """Growth and verdict in words at the right of its row."""
    sure = is_sure(row)
    words = view.say("rising.label", factor=times(row["factor"]), verdict=view.verdict(row))
    fig.add_annotation(
        x=1,
        xref="paper",
        xanchor="left",
        xshift=8,
        y=place,
        yanchor="middle",
        text=f"<b>{words}</b>" if sure else words,
        font={"size": style.SIZE - 1},  # green and red are too faint for letters on a dark page
        showarrow=False,
    )
