"""A page that stands open says that another snapshot has become current.

In: the session's snapshot and what is current now, looked at every few seconds. Out: a notice with a button,
or nothing. Trap: the page is not redrawn by itself, since a reader may be in the middle of a sentence;
only a page that had nothing to show begins as soon as there is something.
"""

from __future__ import annotations

import os

import streamlit as st

from dashboard import data
from dashboard.texts import Texts

EVERY = 15.0  # seconds; one readlink each


def watch(say: Texts) -> None:
    """Draw the notice here once it is needed; call it once in every run."""
    seconds = float(os.environ.get("TRENDS_WATCH_SECONDS", EVERY))
    st.fragment(_look, run_every=seconds)(say)


def _look(say: Texts) -> None:
    newer = data.other_snapshot()
    if newer is None:
        return
    if data.shows_nothing():
        st.rerun()
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="newer"):
        st.markdown(f":material/update: {say('fresh.newer', snapshot=newer.stem)}", width="stretch")
        if st.button(say("fresh.show"), key="show-newer", type="primary"):
            st.rerun()
