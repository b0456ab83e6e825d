"""What a reader must know before comparing old numbers: repeats of one original, and restatements.

In: the session. Out: two parts of the page About the data. Trap: a corrected number may stand on a
slide, so it is shown with what it was before, and why it moved.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.texts import Texts
from warehouse import answers


def show(say: Texts) -> None:
    """Both parts; each says so when there is nothing to tell."""
    st.subheader(say("history.heading"), anchor=False)
    repeats = data.ask(answers.repeated_originals).frame
    if repeats.empty:
        st.markdown(say("history.no_repeats"))
    else:
        sums = {key: say.number(repeats[key].sum()) for key in ("digests", "items", "stories")}
        st.markdown(say("history.repeats", originals=say.number(len(repeats)), **sums))
        _table(say, repeats, "history.repeats_table", ":material/repeat:")
    moved = data.ask(answers.restatements).frame
    if moved.empty:
        st.markdown(say("history.no_restatements"))
        return
    names = {**data.lab_names(say), **data.theme_names(say), "items": say("history.all_items")}
    shown = moved.assign(
        tag_id=[names.get(i, i) for i in moved["tag_id"]],
        cause=[say.code("cause", c) for c in moved["cause"]],
        channel_set=[
            say("history.all_channels") if c == "all" else say.code("channel", c)
            for c in moved["channel_set"]
        ],
    ).drop(columns="tag_kind")
    st.markdown(say("history.restatements", n=say.number(len(moved))))
    _table(say, shown, "history.restatements_table", ":material/history:")


def _table(say: Texts, frame: pd.DataFrame, title: str, icon: str) -> None:
    config = {c: st.column_config.Column(say(f"history.{c}")) for c in frame.columns}
    for column in ("first_on", "last_on"):
        if column in config:
            config[column] = st.column_config.DateColumn(say(f"history.{column}"))
    if "period_start" in config:
        month = say("history.period_start")
        config["period_start"] = st.column_config.DateColumn(month, format="YYYY-MM")
    if "original_url" in config:
        config["original_url"] = st.column_config.LinkColumn(say("history.original_url"))
    with st.expander(say(title), icon=icon):
        st.dataframe(frame, column_config=config, hide_index=True)
