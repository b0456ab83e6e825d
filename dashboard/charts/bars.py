"""Ranked bars with their intervals: which labs or themes have most of something.

In: a `BarsView`. Out: a Plotly figure whose bars carry the id as customdata. Traps: a bar is read by its
length, so the axis begins at 0, and where values can be negative a dot is drawn instead; names come from
the data, and Plotly reads HTML.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from dashboard.charts import style
from dashboard.texts import Texts

ROW = 30  # pixels
_GREY, _ON_BAR = "#76808C", "rgba(255, 255, 255, 0.85)"
COLOUR = "#2F6FDE"
_BAR = 0.62  # part of a row


@dataclass(frozen=True)
class Bar:
    """One row: `value` with the ends of its interval, `label` as written at its end."""

    id_: str
    name: str
    value: float
    label: str
    low: float | None = None
    high: float | None = None
    hover: str = ""
    is_sure: bool = True  # False: pale, since it may be chance


@dataclass(frozen=True)
class BarsView:
    """Bars from top to bottom, of one `kind` (lab, theme, channel).

    All have one colour: the names stand beside them, and so many colours would have to repeat. `measure` is
    `share` (0-1), `growth` (a factor) or a count. All sentences are ready to be read.
    """

    kind: str
    bars: tuple[Bar, ...]
    measure: str
    title: str
    subtitle: str
    definition: str
    say: Texts
    notes: tuple[str, ...] = ()
    guard: str = ""
    key_to_marks: str = ""

    @property
    def highest(self) -> float:
        """The longest bar with its interval, unless an interval is out of all proportion."""
        longest = max((bar.value for bar in self.bars), default=0.0)
        ends = max((bar.high or 0.0 for bar in self.bars), default=0.0)
        return max(longest, min(ends, 1.6 * longest))

    @property
    def colour(self) -> str:
        """The colour of all bars, on screen and on a slide."""
        return COLOUR


def figure(view: BarsView) -> go.Figure:
    """The bars as a figure."""
    names = [escape(bar.name) for bar in view.bars]
    left = int(max((style.text_width(bar.name) for bar in view.bars), default=0)) + 22
    height = style.TOP + max(ROW * len(view.bars), 60) + 34
    # room for the labels in pixels, not as a part of the axis: a card may be half a page wide
    right = int(max((style.text_width(bar.label) for bar in view.bars), default=0)) + 22
    fig = go.Figure(layout=style.layout(view.title, view.subtitle, height, right=right, left=left))
    fig.add_trace(_bars(view))
    if any(bar.low is not None for bar in view.bars):
        fig.add_traces(list(_intervals(view)))
    _add_labels(fig, view)
    fig.update_xaxes(
        range=[0, view.highest or 1],
        showgrid=False,
        showticklabels=False,
        zeroline=True,
        zerolinecolor=style.GRID,
        fixedrange=True,
    )
    fig.update_yaxes(
        tickvals=list(range(len(names))),
        ticktext=[f"{name}  " for name in names],
        range=[max(len(names), 1) - 0.4, -0.6],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
        ticks="",
        tickfont={"size": style.SIZE},
    )
    fig.update_layout(margin={"b": 18})
    return fig


def _bars(view: BarsView) -> go.Bar:
    return go.Bar(
        x=[bar.value for bar in view.bars],
        y=list(range(len(view.bars))),
        orientation="h",
        width=_BAR,
        marker={
            "color": view.colour,
            "opacity": [0.85 if bar.is_sure else 0.35 for bar in view.bars],
            "line": {"width": 0},
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 0.6}},
        customdata=[[bar.id_] for bar in view.bars],
        hovertext=[bar.hover or f"<b>{escape(bar.name)}</b><br>{bar.label}" for bar in view.bars],
        hovertemplate="%{hovertext}<extra></extra>",
        textposition="none",
    )


def _intervals(view: BarsView) -> Iterator[go.Scatter]:
    """The 95 % intervals over the ends of the bars: white within a bar, grey beyond it."""
    known = [(n, bar) for n, bar in enumerate(view.bars) if bar.low is not None]
    within = [(n, bar.low, bar.value) for n, bar in known]
    beyond = [(n, bar.value, min(bar.high or bar.value, view.highest)) for n, bar in known]
    for stretches, colour in ((within, _ON_BAR), (beyond, _GREY)):
        yield go.Scatter(
            x=[x for _, low, high in stretches for x in (low, high, None)],
            y=[y for n, _, _ in stretches for y in (n, n, None)],
            mode="lines",
            line={"color": colour, "width": 1.8},
            hoverinfo="skip",
            meta="intervals",
        )


def _add_labels(fig: go.Figure, view: BarsView) -> None:
    """The value in words at the end of each bar or of its interval."""
    for place, bar in enumerate(view.bars):
        fig.add_annotation(
            x=min(max(bar.value, bar.high or 0.0), view.highest),
            y=place,
            xanchor="left",
            xshift=6,
            yanchor="middle",
            text=bar.label,
            font={"size": style.SIZE},
            showarrow=False,
        )
