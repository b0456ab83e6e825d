"""Marks on a time axis: changes of the mix, events, new levels, the running period, too few items.

In: a drawing with its axes, marks, periods. Out: the drawing with shapes, texts and markers. Trap: a mark
must not catch the click that is meant for a point, so its customdata is empty and it lies at the edge.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import pandas as pd

from dashboard.charts import style
from dashboard.charts.drawing import Drawing, moment
from dashboard.charts.marks import Event, MixChange, by_point, point_of
from dashboard.charts.trend_view import TrendView
from dashboard.texts import Texts

_NAME = 16  # pixels for the name of a change
_GREY = "#76808C"
_MOST_N = 12  # numbers of items written into the chart
_TITLES = 5  # of events in one hover


def add_mix_changes(
    to: Drawing,
    found: Sequence[MixChange],
    moments: Sequence[pd.Timestamp],
    mixed: Collection[pd.Timestamp],
    text: Callable[[MixChange, str], str],
) -> None:
    """A thin line where a channel begins or ends, with its name on the top.

    On the point of its period if the change lies within it (`mixed`), else between the two that it parts.
    """
    places: dict[pd.Timestamp, list[str]] = {}
    for change in found:
        at = place_of(change, moments, mixed)
        if at is not None:
            places.setdefault(at, []).append(text(change, "trend.break"))
    for at, names in places.items():
        margin = to.layout["margin"]
        margin["t"] = max(margin["t"], style.TOP + _NAME * len(names))
        line = {"color": "rgba(118, 128, 140, 0.75)", "width": 1.4, "dash": "2px,3px"}
        ends = {"x0": moment(at), "x1": moment(at), "y0": 0, "y1": 1, "yref": "paper"}
        to.shapes.append({"type": "line", **ends, "layer": "below", "line": line})
        to.annotations.append(
            {
                "x": moment(at),
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "text": "<br>".join(names),
                "font": {"size": style.SIZE - 2, "color": _GREY},
                "showarrow": False,
            }
        )


def place_of(
    change: MixChange, moments: Sequence[pd.Timestamp], mixed: Collection[pd.Timestamp]
) -> pd.Timestamp | None:
    """Where a change is drawn; None if nothing is shown before it."""
    point = point_of(change.changed_on, moments)
    if point is None or point in mixed:
        return point
    before = [m for m in moments if m < point]
    return before[-1] + (point - before[-1]) / 2 if before else None


def mixed_periods(frame: pd.DataFrame) -> set[pd.Timestamp]:
    """Periods within which the mix changes: the warehouse gives them no regime."""
    return set(frame[frame["regime"].isna()]["period_start"])


def add_partial(to: Drawing, frame: pd.DataFrame, moments: Sequence[pd.Timestamp]) -> None:
    """A grey ground under the period that may still grow."""
    found = sorted(frame[frame["is_partial"]]["period_start"].unique())
    if not found or len(moments) < 2:
        return
    before = [m for m in moments if m < found[0]]
    start = before[-1] + (found[0] - before[-1]) / 2 if before else found[0]
    to.shapes.append(
        {
            "type": "rect",
            "x0": moment(start),
            "x1": to.layout["xaxis"]["range"][1],
            "y0": 0,
            "y1": 1,
            "yref": "paper",
            "layer": "below",
            "fillcolor": "rgba(128, 138, 150, 0.13)",
            "line": {"width": 0},
        }
    )


def add_thin(to: Drawing, view: TrendView) -> None:
    """n above the periods with too few items, unless there are too many to read."""
    thin = view.frame[view.frame["is_thin"]].drop_duplicates("period_start")
    if len(thin) > _MOST_N or view.is_dense:
        return
    for row in thin.to_dict("records"):
        to.annotations.append(
            {
                "x": moment(row["period_start"]),
                "y": 1,
                "yref": "paper",
                "yanchor": "top",
                "yshift": -14 if view.events else 0,
                "text": view.say("trend.n", n=view.say.number(row["items_total"])),
                "font": {"size": style.SIZE - 3, "color": _GREY},
                "showarrow": False,
            }
        )


def add_events(
    to: Drawing,
    found: Sequence[Event],
    moments: Sequence[pd.Timestamp],
    say: Texts,
    top: float,
) -> None:
    """A row of marks under the top edge; what happened shows on hover."""
    places = by_point(found, moments)
    if not places:
        return
    to.traces.append(
        {
            "type": "scatter",
            "x": [moment(place) for place in places],
            "y": [top * 0.975] * len(places),
            "mode": "markers",
            "name": say("trend.events"),
            "meta": "events",
            "marker": {"symbol": "triangle-down", "size": 10, "color": _GREY, "opacity": 0.8},
            "selected": {"marker": {"opacity": 0.8}},
            "unselected": {"marker": {"opacity": 0.8}},
            "hovertext": [_listed(events, say) for events in places.values()],
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
    )


def _listed(events: Sequence[Event], say: Texts) -> str:
    lines = [f"{say.day(e.day)}: {e.title}" for e in events[:_TITLES]]
    more = len(events) - _TITLES
    return "<br>".join([*lines, say("trend.more_events", n=more)] if more > 0 else lines)


def add_levels(to: Drawing, view: TrendView) -> None:
    """A ring around each point from which on a share keeps another level."""
    rings: list[tuple[pd.Timestamp, float, str]] = []
    for level in view.levels:
        point = point_of(level.day, view.periods)
        for row in view.records(level.id_):
            if row["period_start"] == point and pd.notna(row[view.pointed]):
                rings.append((row["period_start"], float(row[view.pointed]), level.id_))
    if not rings:
        return
    to.traces.append(
        {
            "type": "scatter",
            "x": [moment(at) for at, _, _ in rings],
            "y": [height for _, height, _ in rings],
            "mode": "markers",
            "meta": "level",
            "marker": {
                "symbol": "circle-open",
                "size": 19,
                "color": [view.look(id_).colour for _, _, id_ in rings],
                "line": {"width": 1.6},
            },
            "hoverinfo": "skip",  # the point within has the hover and the click
            "cliponaxis": False,
        }
    )
