"""Counted items a month, stacked by channel: how much there is to count from.

In: a `VolumeView`. Out: a Plotly figure. Trap: when a channel ends, as Discord did in the English
archive, every later count falls; this chart is where a reader sees it.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from dashboard.charts import axis_marks, style
from dashboard.charts.colours import look
from dashboard.charts.drawing import Drawing, moment
from dashboard.charts.views import VolumeView

HEIGHT = 400
_LEGEND = {
    "orientation": "h",
    "x": 0,
    "y": 1,
    "yanchor": "bottom",
    "xanchor": "left",
    "traceorder": "normal",
    "font": {"size": style.SIZE - 1},
}


def figure(view: VolumeView) -> go.Figure:
    """Stacked columns, one a month; the legend stands right above them."""
    say, moments = view.say, view.periods
    counts = view.frame.groupby("period_start")["items_total"].sum()
    top = float(counts.max() if len(counts) else 0) * (1.07 if view.events else 1)
    layout = style.layout(view.title, view.subtitle, HEIGHT)
    layout["margin"]["t"] = style.TOP + 34
    to = Drawing(
        layout
        | {
            "xaxis": style.time_axis(moments, "month", say),
            "yaxis": style.value_axis("items", top),
            "barmode": "stack",
            "bargap": 0.25,
            "showlegend": True,
            "legend": _LEGEND,
        }
    )
    to.traces.extend(_columns(view, channel) for channel in view.channels)
    axis_marks.add_events(to, view.events, moments, say, to.layout["yaxis"]["range"][1])
    return to.figure()


def _columns(view: VolumeView, channel: str) -> dict[str, Any]:
    """One channel as a trace."""
    say, name = view.say, view.say.code("channel", channel)
    rows = view.frame[view.frame["channel"] == channel].to_dict("records")
    return {
        "type": "bar",
        "x": [moment(row["period_start"]) for row in rows],
        "y": [row["items_total"] for row in rows],
        "name": name,
        "marker": {"color": look("channel", channel).colour, "line": {"width": 0}},
        "hovertext": [
            say(
                "volume.hover",
                channel=name,
                period=say.period(row["period_start"].date(), "month"),
                n=say.number(row["items_total"]),
            )
            for row in rows
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
