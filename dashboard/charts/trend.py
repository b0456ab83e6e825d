"""Lines over time, one per lab or theme, named at their ends.

In: a `TrendView`. Out: a Plotly figure whose points carry (id, first day of the period) as customdata.
Traps: a line without markers cannot be clicked in Streamlit, so markers and lines are traces of their own;
no line runs where it would mislead: to a period that may still grow it is dotted, where items are too
few it is dashed, and across a change of the channels' mix a raw one is only hinted at.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import axis_marks, style
from dashboard.charts.drawing import Drawing, moment, plain
from dashboard.charts.marks import Level, by_point
from dashboard.charts.scope import Row
from dashboard.charts.segments import stretches
from dashboard.charts.trend_view import TrendView

HEIGHT = 440
_PALE = 0.4  # opacity of the points that a moving average is made of
_LABEL_GAP = 21  # pixels between two names at the right
_DASHES = {"solid": "solid", "dash": "9px,5px", "longdashdot": "14px,4px,3px,4px"}
# how a stretch of a line is drawn: dash (None: that of the lab or theme), part of the width, opacity
_STRETCHES = {
    "solid": (None, 1.0, 1.0),
    "partial": ("1px,4px", 1.0, 1.0),
    "thin": ("5px,4px", 0.6, 0.9),
    "across": ("1px,5px", 0.5, 0.55),
}


def figure(view: TrendView) -> go.Figure:
    """The trend as a figure."""
    right = int(max((style.text_width(view.names[i]) for i in view.ids), default=0)) + 30
    moments = view.periods
    axis = style.value_axis(view.measure, _highest(view))
    if view.events:
        axis["range"][1] *= 1.07  # a row for their marks
    axes = {
        "yaxis": axis,
        "xaxis": {**style.time_axis(moments, view.grain, view.say), **_room(moments)},
    }
    to = Drawing(style.layout(view.title, view.subtitle, HEIGHT, right=right) | axes)
    axis_marks.add_partial(to, view.frame, moments)
    mixed = axis_marks.mixed_periods(view.frame)
    axis_marks.add_mix_changes(to, view.breaks, moments, mixed, view.break_text)
    for id_ in view.ids:
        _add_band(to, view, id_)
    for id_ in view.ids:
        _add_lines(to, view, id_, len(moments))
    for id_ in view.ids:
        _add_points(to, view, id_, len(moments))
    axis_marks.add_levels(to, view)
    axis_marks.add_events(to, view.events, moments, view.say, axis["range"][1])
    axis_marks.add_thin(to, view)
    _add_names(to, view, axis["range"][1])
    return to.figure()


def _highest(view: TrendView) -> float:
    """The top of the lines and of their bands, unless a band is out of all proportion."""
    values = view.frame[view.pointed].max()
    highest = 0.0 if pd.isna(values) else float(values)
    if view.ends:
        band = view.frame[view.ends[1]].max()
        highest = max(highest, min(1.6 * highest, 0.0 if pd.isna(band) else float(band)))
    return highest


def _room(moments: list[pd.Timestamp]) -> dict[str, object]:
    """A little air on both sides, so that no marker is cut."""
    if not moments:
        return {}
    air = (moments[-1] - moments[0]) * 0.012 or pd.Timedelta(days=3)
    return {"range": [moment(moments[0] - air), moment(moments[-1] + air)]}


def _marker_size(count: int) -> int:
    return 8 if count <= 40 else 6 if count <= 120 else 4


def _add_band(to: Drawing, view: TrendView, id_: str) -> None:
    """The 95 % interval as a tint, open wherever the line is."""
    if not view.ends:
        return
    low, high = view.ends
    x: list[str | None] = []
    y: list[float | None] = []
    for name, found in stretches(view.records(id_), view.measure, view.is_raw):
        there = [row for row in found if pd.notna(row[low])]
        if name != "across" and there:
            x += [*(moment(r["period_start"]) for r in there + there[::-1]), None]
            y += [*(r[high] for r in there), *(r[low] for r in there[::-1]), None]
    if x:
        to.traces.append(
            {
                "type": "scatter",
                "x": x,
                "y": y,
                "mode": "lines",
                "fill": "toself",
                "fillcolor": style.tint(view.look(id_).colour, 0.13),
                "line": {"width": 0},
                "hoverinfo": "skip",
                "name": f"{view.names[id_]} 95 %",
            }
        )


def _add_lines(to: Drawing, view: TrendView, id_: str, periods_drawn: int) -> None:
    """The line in stretches, each drawn as surely as it is known; those drawn alike are one trace."""
    drawn = view.look(id_)
    width = 2.6 if periods_drawn <= 120 else 2.0 if view.is_dense else 1.6
    alike: dict[str, list[Row | None]] = {}
    for name, rows in stretches(view.records(id_), view.drawn, view.is_raw):
        # an average over many periods does not rest on the one that has few items
        drawn_as = "solid" if name == "thin" and view.is_dense else name
        alike.setdefault(drawn_as, []).extend([*rows, None])
    for name, rows in alike.items():
        dash, part, opacity = _STRETCHES[name]
        to.traces.append(
            {
                "type": "scatter",
                "x": [row and moment(row["period_start"]) for row in rows],
                "y": [row and row[view.drawn] for row in rows],
                "name": view.names[id_],
                "meta": name,
                "mode": "lines",
                "line": {
                    "color": drawn.colour,
                    "width": width * part,
                    "dash": dash or _DASHES[drawn.dash],
                },
                "opacity": opacity,
                "hoverinfo": "skip",
                "cliponaxis": False,
            }
        )


def _add_points(to: Drawing, view: TrendView, id_: str, periods_drawn: int) -> None:
    """One marker a period, hollow where it may still change or where items are too few.

    Beside the line of a moving average they are pale: the single periods that it is made of; where these
    are too many they lie unseen on the line, for the pointer and the click.
    """
    opacity = 0.0 if view.is_dense else _PALE if view.smooth > 1 else 1.0
    drawn, size = view.look(id_), _marker_size(periods_drawn)
    rows = view.records(id_)
    levels = by_point([level for level in view.levels if level.id_ == id_], view.periods)
    hollow = [bool(row["is_partial"] or row["is_thin"]) for row in rows]
    to.traces.append(
        {
            "type": "scatter",
            "x": [moment(row["period_start"]) for row in rows],
            "y": plain(row[view.pointed] for row in rows),
            "name": view.names[id_],
            "mode": "markers",
            "marker": {
                "color": drawn.colour,
                "size": [size + 1 if open_ else size for open_ in hollow],
                "symbol": [f"{drawn.symbol}-open" if open_ else drawn.symbol for open_ in hollow],
                "opacity": opacity,
                "line": {"width": 1.6, "color": drawn.colour},
            },
            "selected": {"marker": {"opacity": 1, "size": 15}},
            "unselected": {"marker": {"opacity": 0.75 * opacity}},
            "customdata": [[id_, row["period_start"].date().isoformat()] for row in rows],
            "hovertext": [
                _hover(view, id_, row, levels.get(row["period_start"], ())) for row in rows
            ],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "cliponaxis": False,
        }
    )


def _hover(view: TrendView, id_: str, row: Row, levels: Sequence[Level]) -> str:
    """The point in words: counts, share with interval, adjusted share, and what it compares with."""
    say = view.say
    lines = [
        say(
            "trend.hover",
            name=escape(view.names[id_]),
            period=say.period(row["period_start"].date(), view.grain),
            mentions=say.number(row["mentions"]),
            stories=say.number(row["stories"]),
            total=say.number(row["items_total"]),
            share=say.percent(row["share"]),
            low=say.percent(row["share_low"]),
            high=say.percent(row["share_high"]),
        )
    ]
    if view.smooth > 1 and pd.notna(row[view.drawn]):
        over = say(f"smooth.over.{view.grain}", n=view.smooth)
        lines.append(say("trend.hover_smooth", over=over, value=view.value(row, view.drawn)))
    if pd.notna(row["share_adjusted"]):
        ends = {"low": row["adjusted_low"], "high": row["adjusted_high"]}
        values = {key: say.percent(value) for key, value in ends.items()}
        lines.append(
            say("trend.hover_adjusted", share=say.percent(row["share_adjusted"]), **values)
        )
    for level in levels:
        ends = {"before": say.percent(level.before), "after": say.percent(level.after)}
        lines.append(say("trend.hover_level", **ends))
    if isinstance(row["why_not"], str) and not row["why_not"].startswith("first_period"):
        lines.append(f"<i>{say.reason('why_not', row['why_not'])}</i>")
    return "<br>".join(lines)


def _add_names(to: Drawing, view: TrendView, top: float) -> None:
    """Each name beside the end of its line, moved up or down where two would overlap."""
    there = {id_: [r for r in view.records(id_) if pd.notna(r[view.drawn])] for id_ in view.ids}
    ends = [(id_, rows[-1]) for id_, rows in there.items() if rows]
    pixels = HEIGHT - to.layout["margin"]["t"] - to.layout["margin"]["b"]
    wanted = [row[view.drawn] / top * pixels for _, row in ends]
    placed = style.spread(wanted, _LABEL_GAP, 0, pixels + 12)
    for (id_, row), want, place in zip(ends, wanted, placed, strict=True):
        to.annotations.append(
            {
                "x": 1,
                "xref": "paper",
                "xanchor": "left",
                "xshift": 8,
                "y": row[view.drawn],
                "yanchor": "middle",
                "yshift": place - want,
                "text": f"<b>{escape(view.names[id_])}</b>",
                "font": {"color": view.look(id_).colour, "size": style.SIZE},
                "showarrow": False,
            }
        )
