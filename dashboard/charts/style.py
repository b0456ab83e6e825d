"""The one look of all figures: fonts, sizes, grid, titles, axes.

In: texts and sizes. Out: parts of a Plotly layout. Traps: the colour of text and the background are
left to the page, so that a figure is readable on a light and on a dark one; Plotly knows no Chinese
month names, so tick texts are made here.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd

from dashboard.texts import Texts

FONTS = (
    '"Source Sans", "Segoe UI", "Helvetica Neue", Arial, '
    '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif'
)
SIZE, TITLE, SMALLEST = 15, 20, 11
IMAGE_WIDTH = (
    1280  # pixels of an image, whatever the window; on the page the words stand above the chart
)
GRID = "rgba(128, 138, 150, 0.22)"
CLEAR = "rgba(0, 0, 0, 0)"
MAX_TICKS = 11
TOP = 84  # pixels for title, subtitle


def text_width(text: str, size: int = SIZE) -> float:
    """Roughly how many pixels a text takes; a Chinese character is twice as wide as a letter."""
    return sum(1.02 if ord(c) > 0x2E7F else 0.56 for c in text) * size


def fitting(text: str, size: int) -> int:
    """The size at which a line fits into an image of the chart, at most `size`."""
    return max(SMALLEST, min(size, int(IMAGE_WIDTH / (text_width(text, 1) * 1.04 or 1))))


def tint(colour: str, opacity: float) -> str:
    """`#0E8F6E` as a transparent colour."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity})"


def layout(
    title: str, subtitle: str, height: int, right: int = 24, left: int = 62
) -> dict[str, Any]:
    """What all figures share; the words are text, not HTML."""
    return {
        "title": {
            "text": f"<b>{escape(title, quote=False)}</b>",
            "subtitle": {
                "text": escape(subtitle, quote=False),
                "font": {"size": fitting(subtitle, SIZE - 1)},
            },
            "font": {"size": fitting(title, TITLE), "family": FONTS},
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"t": 10, "l": 4},
        },
        "font": {"family": FONTS, "size": SIZE},
        "height": height,
        "margin": {"t": TOP, "r": right, "b": 52, "l": left},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "showlegend": False,
        "hovermode": "closest",
        "hoverdistance": 30,
        "clickmode": "event+select",
        "dragmode": False,
        "hoverlabel": {
            "align": "left",
            "bgcolor": "#122033",
            "bordercolor": "#122033",
            "font": {"family": FONTS, "size": SIZE, "color": "#F2F6FB"},
        },
        "modebar": {"bgcolor": CLEAR, "color": "#76808C", "activecolor": "#1D5FBF"},
        "separators": ".,",
    }


def value_axis(measure: str, highest: float) -> dict[str, Any]:
    """The axis of counts or shares; it always starts at 0, and counts have no halves (2, 2, 1, 1, 0)."""
    top = highest * 1.08 or 1
    form = (".1%" if highest < 0.05 else ".0%") if measure.startswith("share") else ",d"
    steps = {"dtick": 1} if form == ",d" and highest < 5 else {}
    return {
        **steps,
        "range": [0, top],
        "tickformat": form,
        "nticks": 6,
        "gridcolor": GRID,
        "zeroline": False,
        "fixedrange": True,
        "tickfont": {"size": SIZE},
    }


def time_axis(moments: Sequence[pd.Timestamp], grain: str, say: Texts) -> dict[str, Any]:
    """The axis of periods, with ticks as people write them."""
    chosen = thinned(moments, grain)
    texts, year = [], None
    for moment in chosen:
        texts.append(say.tick(moment.date(), grain, moment.year != year))
        year = moment.year
    return {
        "tickvals": list(chosen),
        "ticktext": texts,
        "showgrid": False,
        "showline": True,
        "linecolor": GRID,
        "ticks": "outside",
        "tickcolor": GRID,
        "ticklen": 6,
        "fixedrange": True,
        "tickangle": 0,
        "tickfont": {"size": SIZE},
    }


def thinned(moments: Sequence[pd.Timestamp], grain: str) -> list[pd.Timestamp]:
    """At most MAX_TICKS periods at an even distance; months and quarters at round ones."""
    if grain in ("month", "quarter"):
        for step in (1, 2, 3, 6, 12, 24):
            kept = [m for m in moments if (m.year * 12 + m.month - 1) % step == 0]
            if len(kept) <= MAX_TICKS:
                return kept or list(moments[:1])
    if len(moments) <= MAX_TICKS:
        return list(moments)
    gap, kept = (moments[-1] - moments[0]) / MAX_TICKS, [moments[0]]
    for moment in moments:  # days without news are missing, so count time, not rows
        if moment - kept[-1] >= gap:
            kept.append(moment)
    return kept


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Positions as near to the wanted ones as a least gap and the ends allow, in the same order."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    placed: list[float] = []
    for i in order:
        placed.append(max(wanted[i], placed[-1] + gap if placed else low))
    ceiling = high
    for k in range(len(placed) - 1, -1, -1):
        placed[k] = min(placed[k], ceiling)
        ceiling = placed[k] - gap
    result = [0.0] * len(wanted)
    for position, i in zip(placed, order, strict=True):
        result[i] = position
    return result
