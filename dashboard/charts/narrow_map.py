"""The map of topics on a narrow page: circles smaller and pushed apart anew, names where they find room.

In: the figure of a map. Out: the same, narrow. Trap: circles are in pixels and places in units of the wide
map, so both are reckoned again; an area still stands for a number of items.
"""

from __future__ import annotations

from math import sqrt

import numpy as np
import plotly.graph_objects as go

from dashboard.charts import style
from dashboard.charts.narrow_fit import WIDTH, Was
from dashboard.charts.topic_map import named, note, spread_out

_EDGE = 6  # pixels
_HEIGHT = 430  # pixels of the map
INNER = WIDTH - 2 * _EDGE
_LIT = 0.5  # least opacity of a circle that the reader's search leaves
_ALWAYS = 8  # of the largest are named even over another circle


def lay_out(fig: go.Figure, was: Was) -> None:
    """Change the figure in place."""
    circles = fig.data[0]
    (left, right), (low, high) = fig.layout.xaxis.range, fig.layout.yaxis.range
    scale = np.array([INNER / (right - left), _HEIGHT / (high - low)])
    radii = np.array(circles.marker.size, dtype=float) / 2 * sqrt(float(scale.prod()))
    spots = np.array([circles.x, circles.y], dtype=float).T.reshape(-1, 2) * scale
    half = (INNER / 2, _HEIGHT / 2)
    spots = spread_out(spots, radii, half)
    was.change(fig, 0, x=spots[:, 0], y=spots[:, 1], marker={"size": (2 * radii).round(1)})
    fig.update_xaxes(range=[-half[0], half[0]])
    fig.update_yaxes(range=[-half[1], half[1]])
    is_lit = [opacity > _LIT for opacity in circles.marker.opacity]
    places = named(circles.text, spots, radii, is_lit, half, _ALWAYS)
    fig.layout.annotations = [note(place) for place in places]
    fig.update_layout(
        height=style.TOP + _HEIGHT + 8,
        margin={"l": _EDGE, "r": _EDGE, "t": style.TOP, "b": 8},
    )
