"""Any figure laid out anew for a telephone: names in a legend or above their rows, fewer ticks, no overlap.

In: a figure as made for a wide page. Out: another one for a plot of some 340 pixels; the given one stays as
it is. Traps: a click is told by the number of trace and point, so traces keep their order and points their
customdata; an image saved from a narrow page must look like one from a wide page, so `layout.meta` keeps
what was changed, and `chart_tools.js` puts it back for the image.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import narrow_fit as fit
from dashboard.charts import narrow_map, narrow_rows, narrow_time
from dashboard.charts.narrow_fit import Was

BELOW = 640  # pixels of the window under which a reader is narrow
_HOVER = 13  # size of the text in a hover box
_HOVER_ROOM = 250.0  # pixels


def narrow(fig: go.Figure) -> go.Figure:
    """The same chart for a narrow page."""
    small, was = go.Figure(fig), Was()
    wide = {"annotations": []} | fig.layout.to_plotly_json()  # names of rows become annotations
    wide.pop("template", None)
    if small.layout.yaxis.ticktext:
        narrow_rows.lay_out(small, was)
    elif small.layout.xaxis.visible is False:
        narrow_map.lay_out(small, was)
    else:
        narrow_time.lay_out(small, was)
    for trace in small.data:
        if trace.hovertext is not None:
            trace.hovertext = _hover(trace.hovertext)
    small.update_layout(
        hoverlabel={"font": {"size": _HOVER}},
        meta={"wide": {"layout": wide, "traces": was.traces}},
    )
    return small


def _hover(texts: str | Sequence[Any]) -> str | list[Any]:
    if isinstance(texts, str):
        return fit.wrapped(texts, _HOVER_ROOM, _HOVER)
    return [text and fit.wrapped(text, _HOVER_ROOM, _HOVER) for text in texts]
