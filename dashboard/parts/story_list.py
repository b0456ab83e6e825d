"""A short list of stories; the selected one can be opened.

In: rows of `tag_stories` or `burst_stories`. Out: a table and a button. Traps: titles come from the web, so
they stand in a table's cell, never as Markdown; the widths together fit a window of 1280 pixels, where
there is more room all columns grow alike.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.parts import session
from dashboard.texts import Texts

_ROW_HEIGHT = 36


def show(say: Texts, frame: pd.DataFrame, key: str, rows: int = 10, title_width: int = 640) -> None:
    """The stories as they come; `title_width` in pixels, less in a column."""
    if frame.empty:
        st.caption(say("tag.no_stories"))
        return
    shown = frame.assign(url=frame["url"].fillna(""))[["first_on", "title", "mentions", "url"]]
    config = {
        "first_on": st.column_config.DateColumn(say("tag.first"), format="YYYY-MM-DD", width=92),
        "title": st.column_config.TextColumn(say("tag.title"), width=title_width),
        "mentions": st.column_config.NumberColumn(say("tag.count"), format="localized", width=60),
        "url": st.column_config.LinkColumn(
            say("tag.link"), display_text=say("items.open_link"), width=64
        ),
    }
    event = st.dataframe(
        shown,
        column_config=config,
        hide_index=True,
        row_height=_ROW_HEIGHT,
        height=min(len(shown), rows) * _ROW_HEIGHT + 42,
        key=key,
        on_select="rerun",
        selection_mode="single-row",
    )
    chosen = event["selection"]["rows"]
    if not chosen or chosen[0] >= len(frame):
        st.caption(say("tag.choose_story"))
    elif st.button(say("tag.open_story"), icon=":material/article:", key=f"open-{key}"):
        session.open_page("stories", story=frame["story_id"].iloc[chosen[0]])
