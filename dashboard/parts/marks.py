"""The list of marks below a chart: known events, changes of the mix, new levels.

In: a view with its marks. Out: a table. Trap: a title of an event is an analyst's text, so it is shown in a
table's cell, never as Markdown.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.charts.marks import MixChange
from dashboard.charts.trend_view import TrendView
from dashboard.scenes import marks
from warehouse.answers import Filters


def mix_changes(filters: Filters) -> tuple[MixChange, ...]:
    """Where a counted channel begins or ends within the days shown."""
    return marks.mix_changes(data.ask, filters)


def table(view: TrendView) -> None:
    """Events and changes of a chart with their days and links."""
    say = view.say
    rows = [(e.day, e.title, e.url) for e in view.events]
    rows += [(b.changed_on, view.break_text(b, "trend.break"), None) for b in view.breaks]
    rows += [
        (
            v.day,
            say(
                "marks.level",
                name=view.names[v.id_],
                before=say.percent(v.before),
                after=say.percent(v.after),
            ),
            None,
        )
        for v in view.levels
    ]
    if not rows:
        return
    place = st.expander(
        say("marks.heading", n=len(rows)),
        icon=":material/flag:",
        key=f"marks-{view.kind}",
        on_change="rerun",
    )
    if not place.open:  # a browser loads a megabyte for its first table
        return
    listed = pd.DataFrame(sorted(rows, key=lambda r: r[:2]), columns=["day", "what", "link"])
    config = {
        "day": st.column_config.DateColumn(say("marks.day"), format="YYYY-MM-DD", width=92),
        "what": st.column_config.TextColumn(say("marks.what"), width=620),
        "link": st.column_config.LinkColumn(
            say("marks.link"), display_text=say("items.open_link"), width=64
        ),
    }
    place.dataframe(listed, column_config=config, hide_index=True, placeholder="")
