"""Bars, dots, timelines and the matrix on a narrow page: each name above its row, what is said of it beside.

In: a figure with names on its y axis. Out: the same with rows of two lines. Traps: Plotly hides ticks
of the x axis where names of the y axis lie within the plot, so these become notes; a burst's factor is
written only where the next burst leaves the room.
"""

from __future__ import annotations

from collections import Counter
from math import floor

import plotly.graph_objects as go

from dashboard.charts import narrow_fit as fit
from dashboard.charts import style
from dashboard.charts.narrow_fit import WIDTH, Was, number

SIZE = 13  # of names
_ROW, _LEFT, _RIGHT = 44, 10, 14  # pixels
_UP = 20  # pixels from the middle of a row to the middle of its name
_BAR = 0.36  # part of a row
_GAP = 20  # pixels between the cells of two rows, where a name stands
_ABOVE = 0.68  # of a row, above the middle of the first
_LEAST_CELL, _MOST_CELL = 9, 12  # sizes of numbers in cells
_LAB, _LINE = 112.0, 15  # pixels: longest name below a column; a line of the axis' title
_SMALL = SIZE - 1
_INK = 500  # weight of names, by which page.css gives them the ink of the page
_LINE_OPACITY = 0.45  # of the line of no difference, which crosses names
INNER = WIDTH - _LEFT - _RIGHT


def lay_out(fig: go.Figure, was: Was) -> None:
    """Change the figure in place."""
    for n, trace in enumerate(fig.data):
        if trace.type == "bar":
            was.change(fig, n, width=_BAR)
        elif trace.type == "heatmap":
            was.change(fig, n, ygap=_GAP, **_numbers(trace, len(fig.layout.xaxis.tickvals)))
    said, taken = _words(fig)
    fig.layout.annotations = [*_names(fig, taken), *said]
    fig.update_shapes(opacity=_LINE_OPACITY)
    below = _below(fig)
    rows = len(fig.layout.yaxis.tickvals)
    last = fig.layout.yaxis.range[0]
    fig.update_yaxes(range=[last, -_ABOVE])
    inner = _ROW * max(last + _ABOVE, 2 if rows else 1)
    fig.update_layout(
        height=int(style.TOP + inner + below),
        margin={"l": _LEFT, "r": _RIGHT, "t": style.TOP, "b": below},
    )


def _names(fig: go.Figure, taken: dict[float, float]) -> list[go.layout.Annotation]:
    """The names above their rows, cut where the words at the right begin."""
    axis = fig.layout.yaxis
    axis.update(showticklabels=False, automargin=False, title={"text": ""})
    place = {"x": 0, "xref": "paper", "xanchor": "left", "yshift": _UP, "showarrow": False}
    return [
        go.layout.Annotation(
            y=row,
            text=fit.cut(name.strip(), INNER - taken.get(float(row), 0.0), SIZE),
            font={"size": SIZE, "weight": _INK},
            **place,
        )
        for row, name in zip(axis.tickvals, axis.ticktext, strict=True)
    ]


def _words(fig: go.Figure) -> tuple[list[go.layout.Annotation], dict[float, float]]:
    """What is said of a row, moved to the right end of its name; and the pixels taken, by row.

    Where a row has several (a factor at each burst) they stay, if the next burst leaves the room.
    """
    notes = list(fig.layout.annotations)
    fig.update_annotations(font={"size": _SMALL})
    of_row = Counter(note.y for note in notes)
    if of_row and max(of_row.values()) > 1:
        return _with_room(fig), {}
    taken = {}
    for note in notes:
        text = fit.cut(note.text, 0.62 * INNER, _SMALL)
        taken[float(note.y)] = fit.width(text, _SMALL) + 2 * fit.AIR
        note.update(x=1, xref="paper", xanchor="right", xshift=0, yshift=_UP, text=text)
    return notes, taken


def _with_room(fig: go.Figure) -> list[go.layout.Annotation]:
    """The words at the ends of bars that reach neither the next bar nor the edge."""
    left, right = fit.ends(fig)
    scale = INNER / ((right - left) or 1)
    begins = [
        (float(y), (number(base) - left) * scale)
        for trace in fig.data
        if trace.type == "bar" and trace.base is not None
        for y, base in zip(trace.y, trace.base, strict=True)
    ]
    kept = []
    for note in fig.layout.annotations:
        at = (number(note.x) - left) * scale + (note.xshift or 0)
        end = at + fit.width(note.text, _SMALL)
        is_free = not any(y == note.y and at - 3 < x < end + 2 for y, x in begins)
        if is_free and end <= INNER + _RIGHT:
            kept.append(note)
    return kept


def _numbers(trace: go.Heatmap, columns: int) -> dict[str, object]:
    """Numbers in cells as large as fits, none where they could not be read."""
    widest = max((fit.width(str(t), 1) for line in trace.text for t in line), default=0.0)
    size = min(_MOST_CELL, floor((INNER / columns - 3) / (widest or 1)))
    return {"textfont": {"size": size}} if size >= _LEAST_CELL else {"texttemplate": ""}


def _below(fig: go.Figure) -> int:
    """Ticks and title of the x axis; returns the pixels that they take."""
    axis = fig.layout.xaxis
    axis.update(tickfont={"size": _SMALL}, automargin=False)
    if axis.showticklabels is False:
        return 14
    if axis.autotickangles:
        return _below_columns(axis)
    axis.nticks = 5
    fit.thin_ticks(fig, INNER, _SMALL, (_LEFT, _RIGHT))
    lines = max((str(text).count("<br>") for text in axis.ticktext or ()), default=0) + 1
    title = fit.wrapped(axis.title.text or "", INNER, _SMALL)
    axis.title.update(text=title, font={"size": _SMALL}, standoff=6)
    return 18 + 17 * lines + (_LINE * (title.count("<br>") + 1) + 6 if title else 0)


def _below_columns(axis: go.layout.XAxis) -> int:
    """Names of columns, level if each fits its own column, else upright."""
    axis.autotickangles = None
    room = INNER / max(len(axis.ticktext), 1) - fit.AIR
    if all(fit.width(text, _SMALL) <= room for text in axis.ticktext):
        axis.tickangle = 0
        return 18 + 17 * (max((text.count("<br>") for text in axis.ticktext), default=0) + 1)
    names = [text.replace("<br>", " ") for text in axis.ticktext]
    axis.ticktext = [fit.cut(text, _LAB, _SMALL) for text in names]
    axis.tickangle = -90
    return 14 + int(max((fit.width(text, _SMALL) for text in axis.ticktext), default=0))
