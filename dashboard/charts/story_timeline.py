"""Stories over time: a marker a story on its first day, a line to its last, the largest named.

In: a `StoriesView`. Out: a Plotly figure whose markers carry their story_id as customdata. Traps: a title
comes from the web and Plotly reads HTML; names would cover each other and the markers, so only those that
find room are written, the first of the list first; colour alone must not carry the lab, so its marker has a
shape and the hover names it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import style
from dashboard.charts.colours import look
from dashboard.charts.scope import Row
from dashboard.charts.stories_view import StoriesView, counts, other_title
from dashboard.charts.topic_map import shortened
from dashboard.texts import Texts

HEIGHT = 460
_BELOW = 96  # pixels for the ticks and the key
_WIDTH = 720.0  # pixels that names reckon with; a wider chart has more room than needed
_NONE = "#9AA3AD"
_ROOM = 1.16  # of the highest value, so that its name finds room above it
_WITHIN = 0.8  # of a day, for markers side by side
_NAMED, _LONGEST = 12, 34
_LABEL = style.SIZE - 1
_IN_KEY = 7  # labs in the key below the chart
_AT_LEAST = 2  # of its stories are drawn, or the hover is enough
Box = tuple[float, float, float, float]  # left, right, bottom, top, in pixels


@dataclass(frozen=True)
class Spot:
    """A story and where its marker lies."""

    row: Row
    day: pd.Timestamp
    value: float


def figure(view: StoriesView) -> go.Figure:
    """The stories as a figure."""
    fig = go.Figure(layout=style.layout(view.title, view.subtitle, HEIGHT))
    spots = spots_of(view)
    if not spots:
        return fig
    first, last = _ends(view.rows())
    top = max(spot.value for spot in spots) * _ROOM
    axis = style.value_axis("mentions", top) | {"range": [0, top]}
    fig.update_xaxes(**_time_axis(first, last, view.say), range=[first, last])
    fig.update_yaxes(**axis, title={"text": view.say(f"stories.{view.height_by}")})
    fig.add_trace(_spans(spots))
    labs = _labs_in_order(view.rows())
    for n, lab_id in enumerate(labs):
        drawn = [spot for spot in spots if _first_lab(spot.row) == lab_id]
        fig.add_trace(_markers(view, lab_id, drawn, n < _IN_KEY and len(drawn) >= _AT_LEAST))
    for x, y, text, anchor in _names(view, spots, first, last, top):
        place = {"x": x, "y": y, "xanchor": anchor, "showarrow": False}
        fig.add_annotation(text=text, font={"size": _LABEL}, **place)
    key = {"orientation": "h", "x": 0, "yref": "container", "y": 0.01, "yanchor": "bottom"}
    key |= {"itemclick": False, "itemdoubleclick": False, "font": {"size": style.SIZE - 1}}
    fig.update_layout(showlegend=True, legend=key, margin={"b": _BELOW})
    return fig


def spots_of(view: StoriesView) -> list[Spot]:
    """Markers in the order of the ranking; those of one day and height stand side by side in it."""
    rows = view.rows()
    places = [(row["first_on"], row[view.height_by]) for row in rows]
    sizes, seen, spots = Counter(places), Counter[tuple[pd.Timestamp, int]](), []
    for row, place in zip(rows, places, strict=True):
        part = (seen[place] - (sizes[place] - 1) / 2) / sizes[place]
        seen[place] += 1
        day = row["first_on"] + pd.Timedelta(days=1) * part * _WITHIN
        spots.append(Spot(row, day, float(row[view.height_by])))
    return spots


def _ends(rows: Sequence[Row]) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The days drawn, with room at both ends for a marker."""
    first, last = min(r["first_on"] for r in rows), max(r["last_on"] for r in rows)
    room = max((last - first) * 0.03, pd.Timedelta(days=1))
    return first - room, last + room


def _time_axis(first: pd.Timestamp, last: pd.Timestamp, say: Texts) -> dict[str, object]:
    days = (last - first).days
    grain, step = ("month", "MS") if days > 150 else ("day", "W-MON" if days > 20 else "D")
    moments = list(pd.date_range(first, last, freq=step).normalize())
    return style.time_axis(moments or [first], grain, say)


def _first_lab(row: Row) -> str:
    return str(row["lab_ids"][0]) if len(row["lab_ids"]) else ""


def _labs_in_order(rows: Sequence[Row]) -> list[str]:
    """Labs by the number of their stories; stories of no lab last."""
    counts = pd.Series([_first_lab(row) for row in rows]).value_counts()
    return sorted(counts.index, key=lambda i: (i == "", -counts[i], i))


def _spans(spots: Sequence[Spot]) -> go.Scatter:
    """From the first day of each story to its last."""
    x: list[pd.Timestamp | None] = []
    y: list[float | None] = []
    for spot in spots:
        if spot.row["last_on"] > spot.row["first_on"]:
            x += [spot.day, spot.row["last_on"], None]
            y += [spot.value, spot.value, None]
    line = {"color": "rgba(128, 138, 150, 0.55)", "width": 2}
    return go.Scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", showlegend=False)


def size_of(row: Row) -> float:
    """The side of a story's marker in pixels, by the channels that told it."""
    return 7.0 + 3.0 * float(row["channel_count"])


def _markers(view: StoriesView, lab_id: str, drawn: Sequence[Spot], in_key: bool) -> go.Scatter:
    drawing = look("lab", lab_id) if lab_id else None
    return go.Scatter(
        x=[spot.day for spot in drawn],
        y=[spot.value for spot in drawn],
        mode="markers",
        name=escape(view.lab_names.get(lab_id, lab_id) or view.say("stories.no_lab")),
        showlegend=in_key,
        marker={
            "size": [size_of(spot.row) for spot in drawn],
            "color": drawing.colour if drawing else _NONE,
            "symbol": drawing.symbol if drawing else "circle",
            "opacity": 0.86,
            "line": {"width": 0},
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 0.86}},
        customdata=[[spot.row["story_id"]] for spot in drawn],
        hovertext=[_hover(view, spot.row) for spot in drawn],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )


def _hover(view: StoriesView, row: Row) -> str:
    say = view.say
    lines = [f"<b>{escape(shortened(view.name(row), 72))}</b>"]
    if other := other_title(row, say):
        lines.append(escape(shortened(other, 72)))
    first, last = row["first_on"], row["last_on"]
    lines.append(say.day(first) if first == last else say.span(first, last))
    lines.append(counts(row, say))
    lines.append(say("join").join(say.code("channel", c) for c in row["channels"]))
    lines.append(escape(view.labs(row)))
    return "<br>".join(line for line in lines if line)


def _names(
    view: StoriesView, spots: Sequence[Spot], first: pd.Timestamp, last: pd.Timestamp, top: float
) -> list[tuple[pd.Timestamp, float, str, str]]:
    """Titles that find room beside, above or below their marker: x, y, text, anchor."""
    inner, day = HEIGHT - style.TOP - _BELOW, pd.Timedelta(days=1)
    wide, high = _WIDTH / ((last - first) / day), inner / top  # pixels a day, pixels an item
    points = [((spot.day - first) / day * wide, spot.value * high) for spot in spots]
    ends = [(spot.row["last_on"] - first) / day * wide for spot in spots]
    halves = [size_of(spot.row) / 2 for spot in spots]
    taken = [_box(x, y, half, half) for (x, y), half in zip(points, halves, strict=True)]
    taken += [(x, end, y - 2, y + 2) for (x, y), end in zip(points, ends, strict=True) if end > x]
    named: list[tuple[pd.Timestamp, float, str, str]] = []
    for spot, (x, y), end, half in zip(spots, points, ends, halves, strict=True):
        text = shortened(view.name(spot.row), _LONGEST)
        long = style.text_width(text, _LABEL)
        for left, middle, anchor in _choices(x, y, end, half, long):
            box = (left, left + long, middle - _LABEL * 0.62, middle + _LABEL * 0.62)
            if _inside(box, inner) and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                edge = left if anchor == "left" else left + long
                named.append((first + day * (edge / wide), middle / high, escape(text), anchor))
                break
        if len(named) == _NAMED:
            break
    return named


def _choices(
    x: float, y: float, end: float, half: float, long: float
) -> list[tuple[float, float, str]]:
    """Where a name may stand, the best first: its left edge, its middle, the edge that is fixed."""
    away = half + _LABEL * 0.75
    return [
        (max(x + half, end) + 4, y, "left"),
        (x - half - 4 - long, y, "right"),
        (x - half, y + away, "left"),
        (x - half, y - away, "left"),
    ]


def _box(x: float, y: float, wide: float, high: float) -> Box:
    return x - wide, x + wide, y - high, y + high


def _inside(box: Box, inner: float) -> bool:
    return box[0] >= 0 and box[1] <= _WIDTH and box[2] >= 0 and box[3] <= inner


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]
