"""Lines, columns and stories over time on a narrow page: names in a legend below, fewer ticks and notes.

In: a figure with a time axis. Out: the same, narrow. Traps: a legend shows a trace's first marker, which may
be hollow, so lines get entries of their own, without points, behind all other traces; Plotly makes all
columns of a legend as wide as the widest.
"""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.charts import narrow_fit as fit
from dashboard.charts import style
from dashboard.charts.narrow_fit import WIDTH, Box, Was, number

SIZE = 12
_LEFT, _RIGHT, _INNER_HEIGHT = 44, 14, 264  # pixels
INNER = WIDTH - _LEFT - _RIGHT
_SYMBOL, _LINE = 48, 20  # pixels of a legend: symbol with its air, a line
_EDGE = 6  # pixels beside the legend
_TICKS = 46  # pixels of ticks with a year below
_NOTE = 15  # pixels of a line above the plot
_MARKER, _LEAST_MARKER = 0.65, 4.0  # part of the size on a wide page; pixels
_LEAST_NAME = 60.0  # pixels; a shorter rest of a title says nothing


def lay_out(fig: go.Figure, was: Was) -> None:
    """Change the figure in place."""
    _smaller(fig, was)
    ends = [note for note in fig.layout.annotations if _is_end(note)]
    others = [note for note in fig.layout.annotations if not _is_end(note)]
    fig.layout.annotations = ()
    _add_entries(fig, ends)
    legend = _legend(fig, not ends) if ends or fig.layout.showlegend else 0
    below = _TICKS + legend
    title = fig.layout.yaxis.title.text
    fig.update_yaxes(title={"text": ""}, tickfont={"size": SIZE}, nticks=5, automargin=False)
    fig.update_xaxes(tickfont={"size": SIZE}, automargin=False)
    fit.thin_ticks(fig, INNER, SIZE, (_LEFT, _RIGHT))
    notes, top = _above(fig, others, title)
    fig.layout.annotations = [*notes, *_names(fig, others)]
    fig.update_layout(
        height=top + _INNER_HEIGHT + below,
        margin={"l": _LEFT, "r": _RIGHT, "t": top, "b": below},
    )


def _smaller(fig: go.Figure, was: Was) -> None:
    """Markers take as much of a narrow plot as of a wide one."""
    for n, trace in enumerate(fig.data):
        if trace.customdata is not None and trace.type == "scatter":
            sizes = [max(_LEAST_MARKER, _MARKER * size) for size in trace.marker.size]
            was.change(fig, n, marker={"size": sizes})


def _is_end(note: go.layout.Annotation) -> bool:
    """The name of a line at its end."""
    return bool(note.xref == "paper" and note.x == 1 and note.xanchor == "left")


def _add_entries(fig: go.Figure, ends: Sequence[go.layout.Annotation]) -> None:
    """An entry of the legend for each name, in the order in which the lines end, from top to bottom."""
    if not ends:
        return
    for trace in fig.data:
        trace.showlegend = False
    drawn = {trace.name: trace for trace in fig.data if trace.customdata is not None}
    dashes = {trace.name: trace.line.dash for trace in fig.data if trace.meta == "solid"}
    for note in sorted(ends, key=lambda note: -note.y):
        points = drawn[fit.plain(note.text)]
        name = fit.cut(note.text, INNER - _SYMBOL, SIZE)
        colour = note.font.color
        symbols = [symbol.removesuffix("-open") for symbol in points.marker.symbol]
        fig.add_trace(
            go.Scatter(
                x=[None],
                y=[None],
                mode="lines+markers",
                name=f'<span style="color:{colour}">{name}</span>',
                line={"color": colour, "width": 2.6, "dash": dashes.get(points.name)},
                marker={"color": colour, "symbol": symbols[0], "size": 8},
                showlegend=True,
            )
        )


def _legend(fig: go.Figure, has_sizes: bool) -> int:
    """The legend below the plot, in one column or in several; returns its height in pixels.

    Plotly lets it use the left margin too only where it begins in there.
    """
    names = [t.name for t in fig.data if t.showlegend is not False and t.name]
    widest = max((fit.width(name, SIZE) for name in names), default=0.0) + _SYMBOL
    room = WIDTH - _RIGHT - _EDGE
    columns = max(int(room // widest), 1)
    legend = {"orientation": "h", "traceorder": "normal", "font": {"size": SIZE}}
    legend |= {"x": (_EDGE - _LEFT) / INNER, "xanchor": "left"}
    legend |= {"y": -_TICKS / _INNER_HEIGHT, "yanchor": "top", "yref": "paper"}
    legend |= {"entrywidth": room / columns - _SYMBOL}
    legend |= {"itemsizing": "constant" if has_sizes else "trace"}
    legend |= {"itemclick": False, "itemdoubleclick": False}
    fig.update_layout(showlegend=True, legend=legend)
    return 12 + _LINE * -(-len(names) // columns)


def _above(
    fig: go.Figure, notes: Sequence[go.layout.Annotation], title: str | None
) -> tuple[list[go.layout.Annotation], int]:
    """Notes at the upper edge, one over the other where they would meet, and the top margin."""
    at_edge = [note for note in notes if note.yref == "paper"]
    within = [note for note in at_edge if note.yanchor == "top"]  # numbers of items
    kept = _not_meeting(fig, within)
    lines: list[list[Box]] = []
    for note in sorted((n for n in at_edge if n.yanchor != "top"), key=lambda n: number(n.x)):
        high = note.text.count("<br>") + 1
        box = _placed(fig, note)
        level = 0
        while any(
            fit.overlap(box, other) for line in lines[level : level + high] for other in line
        ):
            level += 1
        lines += [[] for _ in range(level + high - len(lines))]
        for line in lines[level : level + high]:
            line.append(box)
        note.yshift = level * _NOTE
        kept.append(note)
    if title:
        place = {"x": 0, "xref": "paper", "xanchor": "left", "xshift": 4 - _LEFT, "y": 1}
        place |= {"yref": "paper", "yanchor": "bottom", "yshift": _NOTE * len(lines) + 2}
        font = {"size": SIZE}
        kept.append(go.layout.Annotation(text=title, showarrow=False, font=font, **place))
        lines.append([])
    return kept, style.TOP + _NOTE * len(lines) + 4


def _placed(fig: go.Figure, note: go.layout.Annotation) -> Box:
    """Move a note into the chart; its box, of which only left and right matter."""
    note.font.size = SIZE - 1
    note.text = "<br>".join(fit.cut(t, INNER, SIZE - 1) for t in note.text.split("<br>"))
    left, right = fit.ends(fig)
    wide = fit.width(note.text, SIZE - 1)
    middle = (number(note.x) - left) / ((right - left) or 1) * INNER
    moved = min(max(middle, wide / 2 - _LEFT + 4), INNER + _RIGHT - wide / 2 - 2)
    note.xshift = moved - middle
    return moved - wide / 2 - fit.AIR / 2, moved + wide / 2 + fit.AIR / 2, 0.0, 1.0


def _not_meeting(
    fig: go.Figure, notes: Sequence[go.layout.Annotation]
) -> list[go.layout.Annotation]:
    """Those from left to right that do not touch the one before."""
    kept, taken = [], [(-1e9, -1e9, 0.0, 1.0)]
    for note in sorted(notes, key=lambda note: number(note.x)):
        box = _placed(fig, note)
        if not fit.overlap(box, taken[-1]):
            taken.append(box)
            kept.append(note)
    return kept


def _names(fig: go.Figure, notes: Sequence[go.layout.Annotation]) -> list[go.layout.Annotation]:
    """Titles beside markers, in the order given, where they meet neither a marker nor another title."""
    left, right = fit.ends(fig)
    wide, high = INNER / ((right - left) or 1), _INNER_HEIGHT / fig.layout.yaxis.range[1]
    named = [note for note in notes if note.yref != "paper"]
    taken: list[Box] = []
    if named:
        for trace in (t for t in fig.data if t.customdata is not None):
            for x, y, size in zip(trace.x, trace.y, trace.marker.size, strict=True):
                at, up = (number(x) - left) * wide, y * high
                taken.append((at - size / 2, at + size / 2, up - size / 2, up + size / 2))
    kept = []
    for note in named:
        at, up = (number(note.x) - left) * wide, note.y * high
        is_left = note.xanchor == "left"
        room = INNER + _RIGHT - at if is_left else at + _LEFT
        text = fit.cut(note.text, min(room, 0.55 * INNER), SIZE)
        long = fit.width(text, SIZE)
        start = at if is_left else at - long
        box = (start, start + long, up - SIZE * 0.6, up + SIZE * 0.6)
        is_short = text != note.text and long < _LEAST_NAME
        if is_short or long > room or any(fit.overlap(box, other) for other in taken):
            continue
        taken.append(box)
        note.update(text=text, font={"size": SIZE})
        kept.append(note)
    return kept
