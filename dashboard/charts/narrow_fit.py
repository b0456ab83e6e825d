"""Texts in a narrow chart: which have room, where, and in how many letters.

In: texts with the place that they ask for, in pixels. Out: those that fit, cut with "…" or wrapped. Traps:
figures hold HTML with names from the data, so a text is cut as its reader sees it and escaped again; a
width is an estimate, so a little air stays between two texts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import style

WIDTH = 340  # pixels of a chart on a telephone
AIR = 6.0  # pixels between two texts
_PARTS = re.compile(r"<[^>]+>|&#?\w+;|[\u2e80-\uffff]|\s+|[^<&\s\u2e80-\uffff]+|[<&]")
_TAG = re.compile(r"<[^>]+>")
_WIDEST_LETTER, _WIDEST_CHARACTER = 0.6, 1.1  # parts of the size
Box = tuple[float, float, float, float]  # left, right, bottom, top, in pixels


def plain(text: str) -> str:
    """The text without tags, as it is read; line breaks stay."""
    return unescape(_TAG.sub("", text.replace("<br>", "\n")))


def width(text: str, size: int) -> float:
    """Pixels of the longest line; bold letters are a little wider."""
    wider = 1.06 if "<b>" in text else 1.0
    return wider * max(
        (style.text_width(line, size) for line in plain(text).split("\n")), default=0
    )


def cut(text: str, room: float, size: int) -> str:
    """The text, or as much of its only line as has room, with "…"; bold stays bold."""
    if width(text, size) <= room:
        return text
    words, is_bold = plain(text).replace("\n", " ").strip(), "<b>" in text
    while words and width(_written(f"{words}…", is_bold), size) > room:
        words = words[:-1]
    return _written(f"{words.rstrip(' ,、(（')}…", is_bold)


def _written(words: str, is_bold: bool) -> str:
    """As HTML; `<` of a name is no tag."""
    safe = escape(words, quote=False)
    return f"<b>{safe}</b>" if is_bold else safe


def wrapped(text: str, room: float, size: int) -> str:
    """Lines parted by `<br>`, each broken where it leaves the room."""
    return "<br>".join(_broken(line, room, size) for line in text.split("<br>"))


def _broken(line: str, room: float, size: int) -> str:
    widest = _WIDEST_LETTER if line.isascii() else _WIDEST_CHARACTER  # most lines fit for sure
    if len(line) * widest * size <= room or width(line, size) <= room:
        return line
    done, long = "", 0.0
    for part in _PARTS.findall(line):
        wide = (
            0.0 if part.startswith("<") and part != "<" else style.text_width(unescape(part), size)
        )
        if long and long + wide > room:
            done, long = f"{done.rstrip()}<br>", 0.0
            if part.isspace():
                continue
        done, long = done + part, long + wide
    return done


def number(value: Any) -> float:
    """A place on an axis as a number; moments in milliseconds, as Plotly reckons."""
    if isinstance(value, int | float):
        return float(value)
    return float(pd.Timestamp(value).value / 1e6)


def ends(fig: go.Figure) -> tuple[float, float]:
    """The x axis from left to right; one without a range reaches from the first mark to the last."""
    if fig.layout.xaxis.range:
        left, right = (number(end) for end in fig.layout.xaxis.range)
        return left, right
    found = [
        number(x) for trace in fig.data if trace.x is not None for x in trace.x if x is not None
    ]
    first, last = min(found, default=0.0), max(found, default=1.0)
    room = (last - first) / max(len(set(found)) - 1, 1) / 2 or 1.0
    return first - room, last + room


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share a place."""
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def thin_ticks(fig: go.Figure, inner: float, size: int, room: tuple[int, int]) -> None:
    """Every second tick of the x axis, third … until no text touches the next nor leaves the chart.

    `room`: the margins left and right. A year stands below the first tick of its own that is left.
    """
    axis = fig.layout.xaxis
    if not axis.tickvals or not axis.ticktext:
        return
    left, right = ends(fig)
    scale = inner / ((right - left) or 1)
    places = [(number(value) - left) * scale for value in axis.tickvals]
    texts = list(axis.ticktext)
    half = max(width(text, size) for text in texts) / 2
    for step in range(1, len(texts) + 1):
        kept = [
            i
            for i in range(_start(texts, step), len(texts), step)
            if abs(places[i] - inner / 2) < inner / 2 + min(room) - half
        ]
        shown = _with_years(texts, kept)
        if _are_apart([places[i] for i in kept], [width(text, size) for text in shown]):
            break
    axis.tickvals, axis.ticktext = [axis.tickvals[i] for i in kept], shown


def _start(texts: Sequence[str], step: int) -> int:
    """The first tick kept, so that most of those with a year are."""
    years = [i for i, text in enumerate(texts) if "<br>" in text and i]
    return max(range(step), key=lambda first: (sum(i % step == first for i in years), -first))


def _with_years(texts: Sequence[str], kept: Sequence[int]) -> list[str]:
    """The texts kept; one whose year would be lost gets it."""
    year, told, shown = "", "", []
    following = set(kept)
    for i, text in enumerate(texts):
        short, _, own = text.partition("<br>")
        year = own or year
        if i in following:
            shown.append(f"{short}<br>{year}" if year != told else short)
            told = year
    return shown


def _are_apart(places: Sequence[float], widths: Sequence[float]) -> bool:
    half = [wide / 2 for wide in widths]
    return all(
        places[i] + half[i] + AIR <= places[i + 1] - half[i + 1] for i in range(len(places) - 1)
    )


class Was:
    """What the traces of a figure were before they were changed, for the image."""

    def __init__(self) -> None:
        """Nothing was changed yet."""
        self.traces: dict[str, dict[str, Any]] = {}

    def change(self, fig: go.Figure, n: int, **values: Any) -> None:
        """Give a trace other values and keep its own."""
        trace = fig.data[n]
        before = trace.to_plotly_json()
        self.traces.setdefault(str(n), {}).update({key: before.get(key) for key in values})
        trace.update(values)
