"""Whether the reader's window is narrow, as a telephone's is: charts are then laid out for it.

In: the browser's word for itself, then the window's own. Out: `is_narrow()`. Traps: a run costs time, so the
window is heard only where the guess was wrong, or when it passes the border; the listener stands last on
the page, or its answer would break off the first run, in which the choices of the link are read.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

from dashboard.charts.narrow import BELOW, narrow
from dashboard.kept import Kept

_SCRIPT = Path(__file__).with_name("width.js")
_KEY, _KNOWN = "width", "_is_narrow"
_laid_out = Kept(30)  # narrow figures by the id of the wide one


def is_narrow() -> bool:
    """Whether charts are drawn for a narrow window."""
    known = st.session_state.get(_KNOWN)
    return _looks_narrow() if known is None else bool(known)


def fitting(figure: go.Figure) -> go.Figure:
    """The figure, for a narrow window laid out anew; kept, since pages draw the same figures again."""
    if not is_narrow():
        return figure
    # the figure is kept with it, so nothing else can get its id meanwhile
    _, small = _laid_out.get(id(figure), lambda: (figure, narrow(figure)))
    return small


def watch() -> None:
    """Call last in every run."""
    data = {"below": BELOW, "is_narrow": is_narrow()}
    _listener()(key=_KEY, data=data, on_is_narrow_change=_keep)


def _looks_narrow() -> bool:
    """Browsers of telephones call themselves `Mobile`, those of tablets mostly not."""
    return "Mobi" in st.context.headers.get("User-Agent", "")


def _keep() -> None:
    """Before the run that a change leads to."""
    st.session_state[_KNOWN] = st.session_state[_KEY]["is_narrow"]


@cache
def _listener() -> st.components.v2.types.ComponentRenderer:
    return st.components.v2.component("trends_width", js=_SCRIPT.read_text(encoding="utf-8"))
