"""What stands behind the points that the reader chose on a chart over time: items, and their stories.

In: a view, filters, the customdata of points. Out: a heading and two lists. Trap: a choice belongs to the
figure that it was made on; after a filter changed, its points may no longer be there, so they are looked
up before anything is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import streamlit as st

from dashboard import data
from dashboard.charts.trend_view import TrendView
from dashboard.parts import items, open_tag, story_list
from dashboard.texts import Texts
from warehouse import point_answers
from warehouse.answers import Answer, Filters
from warehouse.point_answers import Point

_MOST = 200
_NAMED = 3


def show(view: TrendView, scope: Filters, chosen: Sequence[object], hint: str = "") -> None:
    """Items and stories of the chosen points; `hint` says what can be clicked."""
    say, points = view.say, points_of(view, chosen)
    if not points:
        st.caption(hint or say("trend.click"))
        return
    asked = (scope, view.kind, tuple(points), _MOST)
    found = data.ask(point_answers.items_of_points, *asked)
    told = data.ask(point_answers.stories_of_points, *asked)
    key = "-".join(f"{id_}-{day}" for id_, day in points)
    lists(say, title(view, points), found, told, f"{view.kind}-{key}")


def lists(
    say: Texts,
    heading: str,
    found: Answer,
    told: Answer,
    key: str,
    tags: Iterable[tuple[str, str]] = (),
) -> None:
    """Items and stories under a heading, side by side as tabs; items_total of both is the number in all.

    `tags`, each (kind, id), are the labs and themes whose own pages may be opened from here.
    """
    items.heading(say, heading, len(found.frame), found.items_total)
    open_tag.links(say, tags, "behind-page")
    if found.frame.empty:
        return
    counts = {"items": found.items_total, "stories": told.items_total}
    by_item, by_story = st.tabs(
        [say(f"behind.{name}", n=say.number(n)) for name, n in counts.items()]
    )
    with by_item:
        names = (data.lab_names(say), data.theme_names(say))
        items.table(say, found.frame, *names, f"items-{key}")
    with by_story:
        if len(told.frame) < told.items_total:
            total = say.number(told.items_total)
            st.caption(say("behind.largest", n=say.number(len(told.frame)), total=total))
        story_list.show(say, told.frame, f"stories-{key}")


def points_of(view: TrendView, chosen: Sequence[object]) -> list[Point]:
    """The points among `chosen` that are on the chart, each once, in order of time."""
    there = {
        (id_, row["period_start"].date().isoformat())
        for id_ in view.ids
        for row in view.records(id_)
    }
    pairs = {tuple(pair) for pair in chosen if isinstance(pair, list | tuple)} & there
    return sorted(
        ((id_, date.fromisoformat(day)) for id_, day in pairs),
        key=lambda point: (point[1], view.ids.index(point[0])),
    )


def title(view: TrendView, points: Sequence[Point]) -> str:
    """`OpenAI · Mar 2026`, or how many points, of whom, from when to when."""
    say, grain = view.say, view.grain
    first, last = points[0][1], points[-1][1]
    span = say.period(first, grain)
    if first != last:
        span = say("span", first=span, last=say.period(last, grain))
    ids = [id_ for id_ in view.ids if id_ in {point[0] for point in points}]
    listed = say("join").join(view.names[id_] for id_ in ids[:_NAMED])
    more = len(ids) - _NAMED
    if more > 0:
        listed = say("findings.and_more", listed=listed, n=more)
    heading = say("items.heading", name=listed, period=span)
    return say("behind.points", n=len(points), heading=heading) if len(points) > 1 else heading
