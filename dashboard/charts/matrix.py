"""Lab × theme as a table of coloured cells with the number in each.

In: a `MatrixView`. Out: a Plotly figure whose cells carry (lab_id, theme_id) as customdata. Trap: a
Plotly heat map reports no clicks to Streamlit (streamlit#8760), so invisible markers lie on its cells.
"""

from __future__ import annotations

import math
from html import escape

import plotly.graph_objects as go

from dashboard.charts import style
from dashboard.charts.scope import Row
from dashboard.charts.views import MatrixView

_ROW, _LINE, _FOOT = 36, 18, 40  # pixels: a row, a line of a lab's name, what is below the rows
_LONG = 9  # letters of a name from which on it stands in two lines
# Six classes, on screen and on slides. No tone in the middle, where neither white nor dark text is read.
_SCALE = ("#EDF3FB", "#D3E3F6", "#B2CDEF", "#3A72B8", "#235399", "#113A75")


def colour_of(value: float, highest: float) -> str:
    """The colour of a cell, for surfaces that have no heat map (a slide's table)."""
    if not highest:
        return _SCALE[0]
    return _SCALE[min(int(_weight(value, highest) * len(_SCALE)), len(_SCALE) - 1)]


def _weight(value: float, highest: float) -> float:
    """Colour by the square root: a few pairs have most of the items."""
    return math.sqrt(value / highest)


def figure(view: MatrixView) -> go.Figure:
    """The matrix as a figure: themes down, labs across."""
    left = int(max((style.text_width(view.theme_names[t]) for t in view.theme_ids), default=0)) + 20
    names = [_in_lines(view.lab_names[i]) for i in view.lab_ids]
    below = _FOOT + _LINE * max((name.count("<br>") for name in names), default=0)
    height = style.TOP + _ROW * len(view.theme_ids) + below
    fig = go.Figure(layout=style.layout(view.title, view.subtitle, height, left=left))
    fig.add_trace(_cells(view))
    fig.add_trace(_targets(view))
    axis = {"showgrid": False, "zeroline": False, "fixedrange": True, "ticks": ""}
    across, down = len(view.lab_ids), len(view.theme_ids)
    fig.update_xaxes(
        tickvals=list(range(across)), ticktext=names, range=[-0.5, across - 0.5], **axis
    )
    # level where they fit beside each other, which the browser alone knows; it then makes room below
    fig.update_xaxes(autotickangles=[0, -32], automargin=True, tickfont={"size": style.SIZE - 1})
    themes = [f"{escape(view.theme_names[i])}  " for i in view.theme_ids]
    fig.update_yaxes(tickvals=list(range(down)), ticktext=themes, range=[down - 0.5, -0.5], **axis)
    fig.update_yaxes(tickfont={"size": style.SIZE})
    fig.update_layout(margin={"b": below}, hoverdistance=-1)
    return fig


def _in_lines(name: str) -> str:
    """A long name in two lines, parted at the space that is nearest to its middle; text, not HTML."""
    spaces = [i for i, sign in enumerate(name) if sign == " "]
    if len(name) <= _LONG or not spaces:
        return escape(name)
    cut = min(spaces, key=lambda i: abs(i - len(name) / 2))
    return f"{escape(name[:cut])}<br>{escape(name[cut + 1 :])}"


def _cells(view: MatrixView) -> go.Heatmap:
    cells = view.cells()
    highest = max((float(row[view.measure]) for row in cells.values()), default=0.0)
    grid = [[cells.get((lab, theme)) for lab in view.lab_ids] for theme in view.theme_ids]
    return go.Heatmap(
        z=[
            [_weight(row[view.measure], highest) if row and highest else 0 for row in line]
            for line in grid
        ],
        zmin=0,
        zmax=1,
        text=[[view.value(row) for row in line] for line in grid],
        texttemplate="%{text}",
        textfont={"size": style.SIZE - 1},
        colorscale=_steps(),
        showscale=False,
        xgap=2,
        ygap=2,
        hoverinfo="skip",
    )


def _steps() -> list[list[object]]:
    """The classes as a Plotly colour scale: each colour from its lower to its upper end."""
    n = len(_SCALE)
    return [[end / n, colour] for i, colour in enumerate(_SCALE) for end in (i, i + 1)]


def _targets(view: MatrixView) -> go.Scatter:
    """One invisible marker a cell: it takes the pointer and the click."""
    pairs = [(lab, theme) for theme in view.theme_ids for lab in view.lab_ids]
    cells = view.cells()
    return go.Scatter(
        x=[view.lab_ids.index(lab) for lab, _ in pairs],
        y=[view.theme_ids.index(theme) for _, theme in pairs],
        mode="markers",
        marker={"symbol": "square", "size": _ROW - 8, "color": "#113A75", "opacity": 0},
        selected={"marker": {"opacity": 0.25}},
        unselected={"marker": {"opacity": 0}},
        customdata=[list(pair) for pair in pairs],
        hovertext=[_hover(view, pair, cells.get(pair)) for pair in pairs],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _hover(view: MatrixView, pair: tuple[str, str], row: Row | None) -> str:
    say = view.say
    names = {"lab": view.lab_names[pair[0]], "theme": view.theme_names[pair[1]]}
    if row is None:
        return say("matrix.hover_none", **names)
    return say(
        "matrix.hover",
        mentions=say.number(row["mentions"]),
        stories=say.number(row["stories"]),
        total=say.number(row["items_total"]),
        share=say.percent(row["share"]),
        **names,
    )
