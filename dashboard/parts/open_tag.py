"""The way to the own page of a lab or theme.

In: its kind and id. Out: another page. Trap: Streamlit ignores a change of page in a callback, so these are
called where a button says that it was clicked.
"""

from __future__ import annotations

import streamlit as st

from dashboard.parts import session
from dashboard.texts import Texts

_WORDS = {"lab": "tag.open_lab", "theme": "tag.open_theme"}
_ICONS = {"lab": ":material/domain:", "theme": ":material/category:"}


def open_tag(kind: str, id_: str) -> None:
    """Go to the page of a lab or theme (`kind`)."""
    session.open_page(kind, **{kind: id_})


def button(say: Texts, kind: str, id_: str, key: str, name: str = "") -> None:
    """A button that opens the page; `name` is said on it where several stand side by side."""
    words = say("tag.open_named", name=name) if name else say(_WORDS[kind])
    if st.button(words, icon=_ICONS[kind], key=key):
        open_tag(kind, id_)
