"""How one story travelled: its items by day, a row for each channel and language.

In: a `CoverageView`. Out: a Plotly figure. Traps: items of one day and row would hide each other, so they
are one marker with their number in it; what is not counted (translations, Discord by channel) is hollow, or
a story would seem to be told three times as often; titles come from the web and Plotly reads HTML.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import style
from dashboard.charts.colours import look
from dashboard.charts.scope import Row
from dashboard.charts.topic_map import shortened
from dashboard.texts import Texts

_ROW = 34  # pixels
_TITLES = 4  # in one hover
_SMALLEST, _NUMBER = 12.0, 12
_MOST_DAYS = 9  # each with its own tick
_NOT_IN_ALL = "discord_detail"


@dataclass(frozen=True)
class CoverageView:
    """All items of one story; `frame`: rows of the answer `story_items`."""

    frame: pd.DataFrame
    say: Texts

    guard = ""
    notes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What is drawn."""
        return self.say("stories.coverage.title")

    @property
    def subtitle(self) -> str:
        """First and last day, n and how many of them count."""
        say, days = self.say, self.frame["published_on"]
        first, last = days.min(), days.max()
        span = say.day(first) if first == last else say.span(first, last)
        counted = int((~is_beside(self.frame)).sum())
        n = say("stories.coverage.n", n=say.number(len(self.frame)), counted=say.number(counted))
        return f"{span} · {n}"

    @property
    def definition(self) -> str:
        """How to read it."""
        return self.say("stories.coverage.definition")

    @property
    def key_to_marks(self) -> str:
        """What the marks are."""
        return self.say("stories.coverage.key")

    def cells(self) -> pd.DataFrame:
        """One row a channel × language × translation or not × day: n, titles; in the order of rows."""
        keys = ["channel", "language", "is_translation", "published_on"]
        marked = self.frame.assign(beside=is_beside(self.frame))
        found = marked.groupby(keys, as_index=False).agg(
            n=("item_id", "size"), titles=("title", list), beside=("beside", "all")
        )
        row = ["channel", "language", "is_translation"]
        found["begins"] = found.groupby(row)["published_on"].transform("min")
        return found.sort_values(["beside", "begins", *row, "published_on"], ignore_index=True)


def is_beside(frame: pd.DataFrame) -> pd.Series:
    """Whether an item of `story_items` is left out of the counts."""
    return ~frame["is_counted"].astype(bool) | (frame["channel"] == _NOT_IN_ALL)


def place_of(row: Row, say: Texts) -> str:
    """`X / Twitter · Chinese`: where an item stands; a translation says so."""
    kind = "translation" if row["is_translation"] else "own"
    return say(
        f"stories.place.{kind}",
        channel=say.code("channel", row["channel"]),
        language=say.code("language", row["language"]),
    )


def figure(view: CoverageView) -> go.Figure:
    """The items of a story as a figure."""
    cells = view.cells().to_dict("records")
    places = list(dict.fromkeys(place_of(row, view.say) for row in cells))
    left = int(max((style.text_width(p) for p in places), default=0)) + 20
    height = style.TOP + _ROW * max(len(places), 2) + 52
    fig = go.Figure(layout=style.layout(view.title, view.subtitle, height, left=left, right=40))
    if not cells:
        return fig
    days = sorted({row["published_on"] for row in cells})
    room = max((days[-1] - days[0]) * 0.04, pd.Timedelta(hours=18))
    ticks = days if len(days) <= _MOST_DAYS and _are_apart(days) else _even(days)
    axis = style.time_axis(ticks, "day", view.say) | {"showgrid": True, "gridcolor": style.GRID}
    fig.update_xaxes(**axis, range=[days[0] - room, days[-1] + room])
    fig.update_yaxes(
        tickvals=list(range(len(places))),
        ticktext=places,
        range=[len(places) - 0.5, -0.5],
        gridcolor=style.GRID,
        zeroline=False,
        fixedrange=True,
        tickfont={"size": style.SIZE},
    )
    for hollow in (True, False):
        fig.add_trace(_markers(view, [r for r in cells if r["beside"] == hollow], places, hollow))
    return fig


def _are_apart(days: list[pd.Timestamp]) -> bool:
    """Whether every day can have its own tick."""
    gaps = [b - a for a, b in pairwise(days)]
    return not gaps or min(gaps) * 11 >= days[-1] - days[0]


def _even(days: list[pd.Timestamp]) -> list[pd.Timestamp]:
    """Ticks at an even distance, on whole days, the first and the last among them."""
    step = max(1, (days[-1] - days[0]).days // (_MOST_DAYS - 1))
    return list(pd.date_range(days[0], days[-1], freq=f"{step}D"))


def _markers(view: CoverageView, cells: list[Row], places: list[str], hollow: bool) -> go.Scatter:
    colours = [look("channel", row["channel"]).colour for row in cells]
    return go.Scatter(
        x=[row["published_on"] for row in cells],
        y=[places.index(place_of(row, view.say)) for row in cells],
        mode="markers+text",
        text=[str(row["n"]) if row["n"] > 1 else "" for row in cells],
        textfont={"size": _NUMBER, **({} if hollow else {"color": "#FFFFFF"})},
        marker={
            "size": [_SMALLEST if row["n"] == 1 else _SMALLEST + 9 for row in cells],
            "color": colours,
            "symbol": "circle-open" if hollow else "circle",
            "line": {"width": 2 if hollow else 0},
            "opacity": 1,  # with several sizes Plotly would make them pale
        },
        hovertext=[_hover(view, row) for row in cells],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )


def _hover(view: CoverageView, row: Row) -> str:
    say = view.say
    lines = [f"<b>{say.day(row['published_on'])}</b>", place_of(row, say)]
    lines += [escape(shortened(title, 72)) for title in row["titles"][:_TITLES]]
    if (rest := len(row["titles"]) - _TITLES) > 0:
        lines.append(say("stories.coverage.more", n=say.number(rest)))
    return "<br>".join(lines)
