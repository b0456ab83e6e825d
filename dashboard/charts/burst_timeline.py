"""Bursts as bars along time: one row a lab or theme, darker where it is surer that it was no chance.

In: a `BurstsView`. Out: a Plotly figure. Traps: a burst of nine days in three years is three pixels wide, so
each has a least width; Plotly draws a bar over time by its length in milliseconds from a base.
"""

from __future__ import annotations

from html import escape
from math import log

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import style
from dashboard.charts.bars import COLOUR
from dashboard.charts.bursts_view import BurstsView, code_of
from dashboard.charts.factor import times
from dashboard.charts.hover import wrapped
from dashboard.charts.scope import Row

_ROW = 30  # pixels
_BAR = 0.62  # part of a row
_WIDE = 1000  # pixels of the axis, roughly
_LEAST, _SURE = 6, 20.0  # pixels of a bar; nats from which on it is drawn in full
_LABEL = 50  # pixels of "×2.4"


def figure(view: BurstsView) -> go.Figure:
    """The timeline as a figure."""
    tags = view.tags()
    names = [view.names.get(id_, id_) for id_ in tags]
    left = int(max((style.text_width(name) for name in names), default=0)) + 24
    height = style.TOP + max(_ROW * len(tags), 60) + 56
    fig = go.Figure(layout=style.layout(view.title, view.subtitle, height, right=72, left=left))
    rows = [r for r in view.frame.to_dict("records") if r["tag_id"] in tags]
    fig.add_trace(_bars(view, rows, tags))
    _label(fig, view, rows, tags)
    months = list(pd.date_range(view.first.replace(day=1), view.last, freq="MS"))
    fig.update_xaxes(**style.time_axis(months, "month", view.say))
    end = max([pd.Timestamp(view.last), *(_end(view, row) for row in rows)])
    fig.update_xaxes(range=[pd.Timestamp(view.first), end], type="date")
    fig.update_yaxes(
        tickvals=list(range(len(tags))),
        ticktext=[f"{escape(name)}  " for name in names],
        range=[max(len(tags), 1) - 0.4, -0.6],
        gridcolor=style.GRID,
        zeroline=False,
        fixedrange=True,
        ticks="",
        tickfont={"size": style.SIZE},
    )
    fig.update_layout(bargap=0)
    return fig


def _opacity(row: Row) -> float:
    """Light for a burst that may be chance, full from `_SURE` nats on."""
    return 0.35 + 0.65 * min(1.0, log(1 + max(row["strength"], 0.0)) / log(1 + _SURE))


def _begin(view: BurstsView, row: Row) -> pd.Timestamp:
    return max(pd.Timestamp(row["first_on"]), pd.Timestamp(view.first))


def _end(view: BurstsView, row: Row) -> pd.Timestamp:
    """The day after the last one, at least a few pixels from the beginning."""
    least = (pd.Timestamp(view.last) - pd.Timestamp(view.first)) * (_LEAST / _WIDE)
    return max(pd.Timestamp(row["last_on"]) + pd.Timedelta(days=1), _begin(view, row) + least)


def _bars(view: BurstsView, rows: list[Row], tags: list[str]) -> go.Bar:
    begins, ends = [_begin(view, r) for r in rows], [_end(view, r) for r in rows]
    return go.Bar(
        base=begins,
        x=[(end - begin).total_seconds() * 1000 for begin, end in zip(begins, ends, strict=True)],
        y=[tags.index(r["tag_id"]) for r in rows],
        orientation="h",
        width=_BAR,
        marker={
            "color": COLOUR,
            "opacity": [_opacity(r) for r in rows],
            "line": {"width": 0},
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 0.35}},
        customdata=[[code_of(r)] for r in rows],
        hovertext=[_hover(view, r) for r in rows],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _hover(view: BurstsView, row: Row) -> str:
    head = f"<b>{escape(view.name(row))}</b> · {view.span(row)}"
    lines = [wrapped(text) for text in (view.sentence(row), view.events(row)) if text]
    return "<br>".join([head, *lines])


def _label(fig: go.Figure, view: BurstsView, rows: list[Row], tags: list[str]) -> None:
    """How many times as often, right of each burst that has the room before the next one."""
    room = (pd.Timestamp(view.last) - pd.Timestamp(view.first)) * (_LABEL / _WIDE)
    for row in rows:
        end = _end(view, row)
        later = [_begin(view, r) for r in rows if r["tag_id"] == row["tag_id"]]
        if any(_begin(view, row) < begin < end + room for begin in later):
            continue
        fig.add_annotation(
            x=end,
            y=tags.index(row["tag_id"]),
            xanchor="left",
            xshift=3,
            yanchor="middle",
            text=times(row["factor"]) + (" →" if row["is_open"] else ""),
            font={"size": style.SIZE - 1},
            showarrow=False,
        )
