"""What could not be read, with where it stands and why, in words.

In: rows of the quarantine. Out: part of the page About the data. Trap: reasons and places are codes of the
parsers (`etl/parsers/reasons.yml`, `line 12`); one that this version does not know is shown as it is.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.texts import Texts


def show(say: Texts, refused: pd.DataFrame) -> None:
    """What could not be read, with the reason in words."""
    st.subheader(say("about.refused_heading"), anchor=False)
    if refused.empty:
        st.markdown(say("about.refused_none"))
        return
    n = len(refused)
    st.markdown(say("about.refused_one") if n == 1 else say("about.refused_intro", n=say.number(n)))
    shown = refused.assign(
        reason=[say.code("reason", code) for code in refused["reason"]],
        location=[place(say, location) for location in refused["location"]],
    )
    columns = ("source", "location", "reason", "detail")
    config = {key: st.column_config.TextColumn(say(f"about.{key}")) for key in columns}
    st.dataframe(shown[list(columns)], column_config=config, hide_index=True)


def place(say: Texts, location: str) -> str:
    """`whole file`, `line 12` or `news 3` in the reader's language."""
    word, _, n = location.rpartition(" ")
    if say.has(f"where.{location}"):
        return say(f"where.{location}")
    return say("where.line", n=n) if word == "line" else f"{say.code('channel', word)} {n}".strip()
