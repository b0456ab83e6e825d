"""A map of topics: each a circle whose area is its number of items, alike topics near one another.

In: a `TopicMapView`. Out: a Plotly figure whose circles carry their topic_id as customdata. Traps: topics of
one subject stand on top of each other, so circles are pushed apart in pixels; names would cover each other,
so only those that find room are written, the largest first; colour alone must not carry the theme, so the
hover names it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import style
from dashboard.charts.colours import look
from dashboard.charts.scope import Row, Scope
from dashboard.texts import Texts

HEIGHT = 560
_WIDTH = 540  # pixels that the map reckons with; wider ones have more room than needed
_INNER = HEIGHT - style.TOP - 8
_SMALLEST, _FILLED = 4.0, 0.22  # least radius in pixels; part of the area that circles cover
_NONE, _PALE = "#9AA3AD", 0.16
_LABEL = 14
_LONGEST = 24
_COVERED = 5.0  # pixels of another circle that a name may cover
_ALWAYS = 16  # of the largest are named even where a circle lies behind the name
Box = tuple[float, float, float, float]  # left, right, bottom, top
Half = tuple[float, float]  # of a map's width and height, in pixels
Place = tuple[float, float, str, bool]  # x, y, text, whether inside its circle
_HALF: Half = (_WIDTH / 2, _INNER / 2)


@dataclass(frozen=True)
class TopicMapView:
    """The active topics that have a place; `frame`: rows of the answer `topics`.

    `lit` are the topics that the reader's search and theme leave.
    """

    frame: pd.DataFrame
    lit: frozenset[str]
    theme_names: dict[str, str]
    scope: Scope
    say: Texts

    guard = key_to_marks = ""  # nothing is compared over time
    notes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What is drawn."""
        return self.say("topics.map_title")

    @property
    def subtitle(self) -> str:
        """Span and n."""
        return self.scope.sentence(self.say)

    @property
    def definition(self) -> str:
        """How to read it."""
        return self.say("topics.map_definition")

    def name(self, row: Row) -> str:
        """The topic's name in the reader's language."""
        return label_of(row, self.say)

    def theme(self, row: Row) -> str:
        """The name of the topic's theme, or that it has none."""
        found = row["theme_id"]
        if not isinstance(found, str):
            return self.say("topics.no_theme")
        return self.theme_names.get(found, found)

    def drawn(self) -> list[Row]:
        """The rows with a place, the largest first, so that small circles lie on top."""
        there = self.frame.dropna(subset=["map_x", "map_y"])
        return there.sort_values(["item_count", "topic_id"], ascending=[False, True]).to_dict(
            "records"
        )


def label_of(row: Row, say: Texts, prefix: str = "") -> str:
    """The label of a topic or part in the reader's language."""
    chinese = row[f"{prefix}label_zh"]
    use = say.lang == "zh" and isinstance(chinese, str) and chinese
    return str(chinese if use else row[f"{prefix}label"])


def shortened(text: str, longest: int = _LONGEST) -> str:
    """At most so many characters, cut with an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1].rstrip(" ,、") + "…"


def figure(view: TopicMapView) -> go.Figure:
    """The map as a figure."""
    rows = view.drawn()
    layout = style.layout(view.title, view.subtitle, HEIGHT, right=6, left=6)
    fig = go.Figure(layout=layout | {"hoverdistance": 10})
    sizes = radii([row["item_count"] for row in rows], _WIDTH * _INNER)
    spots = spread_out(_pixels(rows), sizes)
    is_lit = [row["topic_id"] in view.lit for row in rows]
    fig.add_trace(_circles(view, rows, spots, sizes, is_lit))
    wide, high = _HALF
    for place in named([view.name(row) for row in rows], spots, sizes, is_lit):
        fig.add_annotation(note(place))
    axis = {"visible": False, "fixedrange": True, "showgrid": False, "zeroline": False}
    fig.update_xaxes(range=[-wide, wide], **axis)
    fig.update_yaxes(range=[-high, high], **axis)
    fig.update_layout(margin={"b": 8})
    return fig


def radii(counts: list[int], area: float) -> np.ndarray:
    """Radius in pixels by count: area in proportion, all together a fixed part of the map."""
    weights = np.sqrt(np.array(counts, dtype=float).clip(1))
    scale = math.sqrt(_FILLED * area / math.pi / max(float((weights**2).sum()), 1.0))
    # few topics must not fill the map with two discs
    return np.clip(weights * scale, _SMALLEST, math.sqrt(area) / 12)


def _pixels(rows: list[Row]) -> np.ndarray:
    places = np.array([[row["map_x"], row["map_y"]] for row in rows], dtype=float).reshape(-1, 2)
    return places * [0.47 * _WIDTH, 0.47 * _INNER]


def spread_out(
    spots: np.ndarray, sizes: np.ndarray, half: Half = _HALF, rounds: int = 200
) -> np.ndarray:
    """Circles moved until none overlaps, or as little as the room allows; the same every time."""
    spots = spots + np.arange(len(spots))[:, None] * [1e-4, -1e-4]  # equal places get a direction
    edge = np.array(half) - sizes[:, None]
    for _ in range(rounds):
        gap = spots[:, None, :] - spots[None, :, :]
        far = np.sqrt((gap**2).sum(axis=2)) + np.eye(len(spots))
        over = np.clip(sizes[:, None] + sizes[None, :] + 1.5 - far, 0, None)
        np.fill_diagonal(over, 0)
        if not over.any():
            break
        moved = (gap / far[:, :, None] * over[:, :, None]).sum(axis=1) * 0.35
        spots = np.clip(spots + moved, -edge, edge)
    return spots


def _circles(
    view: TopicMapView, rows: list[Row], spots: np.ndarray, sizes: np.ndarray, is_lit: list[bool]
) -> go.Scatter:
    colours = [
        look("theme", row["theme_id"]).colour if isinstance(row["theme_id"], str) else _NONE
        for row in rows
    ]
    return go.Scatter(
        x=spots[:, 0],
        y=spots[:, 1],
        mode="markers",
        marker={
            "size": (2 * sizes).round(1),
            "color": colours,
            "opacity": [0.82 if lit else _PALE for lit in is_lit],
            "line": {"width": 0},
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 0.82}} if all(is_lit) else {},
        text=[view.name(row) for row in rows],  # not drawn; a narrow map chooses among them anew
        customdata=[[row["topic_id"]] for row in rows],
        hovertext=[_hover(view, row) for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )


def _hover(view: TopicMapView, row: Row) -> str:
    say = view.say
    return say(
        "topics.hover",
        name=view.name(row),
        items=say.number(row["item_count"]),
        theme=view.theme(row),
        movement=say(f"topics.movement.{row['movement']}"),
        terms=say("join").join(list(row["terms"])[:6]),
    )


def named(
    names: Sequence[str],
    spots: np.ndarray,
    sizes: np.ndarray,
    is_lit: Sequence[bool],
    half: Half = _HALF,
    always: int = _ALWAYS,
) -> list[Place]:
    """Names that find room, the largest topics first."""
    taken: list[Box] = []
    found: list[Place] = []
    for n, name in enumerate(names):
        if not is_lit[n]:
            continue
        text = shortened(name)
        long = style.text_width(text, _LABEL) / 2
        x, y = spots[n].tolist()
        inside = long < sizes[n]
        away = 0.0 if inside else float(sizes[n]) + _LABEL / 2 + 1
        others = np.arange(len(names)) != n
        x = min(max(x, long - half[0]), half[0] - long)  # within the map
        boxes = [_box(x, middle, long) for middle in (y - away, y + away)]
        free = [b for b in boxes if _in_view(b, half) and not any(_overlap(b, t) for t in taken)]
        hidden = [0.0 if inside else covered(b, spots[others], sizes[others]) for b in free]
        if free and (min(hidden) <= _COVERED or n < always):
            box = free[hidden.index(min(hidden))]
            taken.append(box)
            found.append((x, (box[2] + box[3]) / 2, text, inside))
    return found


def _box(x: float, y: float, half: float) -> Box:
    return x - half, x + half, y - _LABEL / 2 - 1, y + _LABEL / 2 + 1


def covered(box: Box, spots: np.ndarray, sizes: np.ndarray) -> float:
    """How deep the deepest circle reaches into the box, in pixels; 0 if none does."""
    nearest = np.clip(spots, [box[0], box[2]], [box[1], box[3]])
    gaps = sizes - np.sqrt(((spots - nearest) ** 2).sum(axis=1))
    return float(gaps.max(initial=0.0))


def _in_view(box: Box, half: Half) -> bool:
    return box[2] >= -half[1] and box[3] <= half[1]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def note(place: Place) -> dict[str, object]:
    """A name as an annotation."""
    x, y, text, inside = place
    font = {"size": _LABEL} | ({"color": "#FFFFFF"} if inside else {})
    text = f"<b>{text}</b>" if inside else text
    return {"x": x, "y": y, "text": text, "font": font, "showarrow": False}
