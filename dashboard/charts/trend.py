"""Lines over time, one per lab or theme, named at their ends.

In: a `TrendView`. Out: a Plotly figure whose points carry (id, first day of the period) as customdata.
Traps: a line without markers cannot be clicked in Streamlit; the last period may still grow, so the
way to it is dotted and its marker hollow.
"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import style
from dashboard.charts.colours import Look, look
from dashboard.charts.views import Row, TrendView, periods

HEIGHT = 440
_LABEL_GAP = 21  # pixels between two names at the right
_BREAK_NAME = 16  # pixels for the names of breaks
_UNSEEN = 0.1  # marker size: Plotly draws a selection beside a size of 0 with NaN


def figure(view: TrendView) -> go.Figure:
    """The trend as a figure."""
    right = int(max((style.text_width(view.names[i]) for i in view.ids), default=0)) + 30
    highest = float(view.frame[view.measure].max()) if len(view.frame) else 0.0
    fig = go.Figure(layout=style.layout(view.title, view.subtitle, HEIGHT, right=right))
    fig.update_yaxes(**style.value_axis(view.measure, highest))
    moments = periods(view)
    fig.update_xaxes(**style.time_axis(moments, view.grain, view.say), **_room(moments))
    _add_breaks(fig, view, moments)
    for id_ in view.ids:
        _add_line(fig, view, id_, len(moments))
    _add_names(fig, view, fig.layout.yaxis.range[1])
    return fig


def _room(moments: list[pd.Timestamp]) -> dict[str, object]:
    """A little air on both sides, so that no marker is cut."""
    if not moments:
        return {}
    air = (moments[-1] - moments[0]) * 0.012 or pd.Timedelta(days=3)
    return {"range": [moments[0] - air, moments[-1] + air]}


def _add_breaks(fig: go.Figure, view: TrendView, moments: list[pd.Timestamp]) -> None:
    """A thin line where channels begin or end, with their names on the top."""
    for month in sorted({found.month for found in view.breaks}):
        before = [m for m in moments if m < pd.Timestamp(month)]
        after = [m for m in moments if m >= pd.Timestamp(month)]
        if not before or not after:
            continue
        names = [
            view.break_text(found, "trend.break") for found in view.breaks if found.month == month
        ]
        room = style.TOP + _BREAK_NAME * len(names)
        fig.layout.margin.t = max(fig.layout.margin.t, room)
        middle = before[-1] + (after[0] - before[-1]) / 2  # between the two points that it parts
        _add_break(fig, middle, "<br>".join(names))


def _add_break(fig: go.Figure, at: pd.Timestamp, text: str) -> None:
    line = {"color": "rgba(118, 128, 140, 0.75)", "width": 1.4, "dash": "2px,3px"}
    fig.add_shape(type="line", x0=at, x1=at, y0=0, y1=1, yref="paper", layer="below", line=line)
    fig.add_annotation(
        x=at,
        y=1,
        yref="paper",
        yanchor="bottom",
        text=text,
        font={"size": style.SIZE - 2, "color": "#76808C"},
        showarrow=False,
    )


def _marker_size(count: int) -> int:
    return 8 if count <= 40 else 6 if count <= 120 else 4


def _add_line(fig: go.Figure, view: TrendView, id_: str, periods_drawn: int) -> None:
    """The complete periods as a line; the way to an incomplete last one dotted."""
    size = _marker_size(periods_drawn)
    rows, drawn = view.rows(id_), look(view.kind, id_)
    whole = rows[~rows["is_partial"]]
    open_ones = rows[rows["is_partial"]]
    if len(whole):
        fig.add_trace(_trace(view, id_, whole, drawn, [float(size)] * len(whole)))
    if len(open_ones):
        tail = pd.concat([whole.tail(1), open_ones])
        sizes = [_UNSEEN] * min(len(whole), 1) + [size + 1] * len(open_ones)
        trace = _trace(view, id_, tail, drawn, sizes)
        trace.line.dash = "1px,4px"
        trace.marker.symbol = f"{drawn.symbol}-open"
        fig.add_trace(trace)


def _trace(
    view: TrendView, id_: str, rows: pd.DataFrame, drawn: Look, sizes: list[float]
) -> go.Scatter:
    records = rows.to_dict("records")
    return go.Scatter(
        x=list(rows["period_start"]),
        y=list(rows[view.measure]),
        name=view.names[id_],
        mode="lines+markers",
        line={
            "color": drawn.colour,
            "width": 2.6 if len(rows) <= 120 else 1.6,
            "dash": _DASHES[drawn.dash],
        },
        marker={
            "color": drawn.colour,
            "size": sizes,
            "symbol": drawn.symbol,
            "opacity": 1,
            "line": {"width": 1.6, "color": drawn.colour},
        },
        selected={"marker": {"opacity": 1, "size": 15}},
        unselected={"marker": {"opacity": 0.75}},
        customdata=[[id_, row["period_start"].date().isoformat()] for row in records],
        hovertext=[_hover(view, id_, row) for row in records],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )


_DASHES = {"solid": "solid", "dash": "9px,5px", "longdashdot": "14px,4px,3px,4px"}


def _hover(view: TrendView, id_: str, row: Row) -> str:
    say = view.say
    text = say(
        "trend.hover",
        name=view.names[id_],
        period=say.period(row["period_start"].date(), view.grain),
        mentions=say.number(row["mentions"]),
        stories=say.number(row["stories"]),
        total=say.number(row["items_total"]),
        share=say.percent(row["share"]),
    )
    return f"{text}<br>{say('trend.hover_partial')}" if row["is_partial"] else text


def _add_names(fig: go.Figure, view: TrendView, top: float) -> None:
    """Each name beside the end of its line, moved up or down where two would overlap."""
    lasts = [(id_, view.rows(id_).tail(1).to_dict("records")) for id_ in view.ids]
    ends = [(id_, rows[0]) for id_, rows in lasts if rows and pd.notna(rows[0][view.measure])]
    pixels = HEIGHT - fig.layout.margin.t - fig.layout.margin.b
    wanted = [row[view.measure] / top * pixels for _, row in ends]
    placed = style.spread(wanted, _LABEL_GAP, 0, pixels + 12)
    for (id_, row), want, place in zip(ends, wanted, placed, strict=True):
        fig.add_annotation(
            x=1,
            xref="paper",
            xanchor="left",
            xshift=8,
            y=row[view.measure],
            yanchor="middle",
            yshift=place - want,
            text=f"<b>{view.names[id_]}</b>",
            font={"color": look(view.kind, id_).colour, "size": style.SIZE},
            showarrow=False,
        )
