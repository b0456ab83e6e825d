"""Counted items a month, stacked by channel: how much there is to count from.

In: a `VolumeView`. Out: a Plotly figure. Trap: when a channel ends, as Discord did in the English
archive, every later count falls; this chart is where a reader sees it.
"""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.charts import axis_marks, style
from dashboard.charts.colours import look
from dashboard.charts.views import VolumeView

HEIGHT = 400


def figure(view: VolumeView) -> go.Figure:
    """Stacked columns, one a month; the legend stands right above them."""
    say, moments = view.say, view.periods
    fig = go.Figure(layout=style.layout(view.title, view.subtitle, HEIGHT))
    for channel in view.channels:
        rows = view.frame[view.frame["channel"] == channel]
        name = say.code("channel", channel)
        fig.add_trace(
            go.Bar(
                x=list(rows["period_start"]),
                y=list(rows["items_total"]),
                name=name,
                marker={"color": look("channel", channel).colour, "line": {"width": 0}},
                hovertext=[
                    say(
                        "volume.hover",
                        channel=name,
                        period=say.period(m.date(), "month"),
                        n=say.number(n),
                    )
                    for m, n in zip(rows["period_start"], rows["items_total"], strict=True)
                ],
                hovertemplate="%{hovertext}<extra></extra>",
            )
        )
    highest = (
        view.frame.groupby("period_start")["items_total"].sum().max() if len(view.frame) else 0
    )
    top = float(highest) * (1.07 if view.events else 1)
    fig.update_yaxes(**style.value_axis("items", top))
    fig.update_xaxes(**style.time_axis(moments, "month", say))
    legend = {
        "orientation": "h",
        "x": 0,
        "y": 1,
        "yanchor": "bottom",
        "xanchor": "left",
        "traceorder": "normal",
    }
    legend["font"] = {"size": style.SIZE - 1}
    fig.update_layout(
        barmode="stack", bargap=0.25, showlegend=True, legend=legend, margin={"t": style.TOP + 34}
    )
    axis_marks.add_events(fig, view.events, moments, say, fig.layout.yaxis.range[1])
    return fig
