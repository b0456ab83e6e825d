"""The way to the own page of a lab or theme.

In: its kind and id. Out: another page. Trap: Streamlit ignores a change of page in a callback, so these are
called where a button says that it was clicked.
"""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from dashboard import data
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


def links(say: Texts, tags: Iterable[tuple[str, str]], key: str) -> None:
    """A line of small buttons that open the pages of labs and themes, each (kind, id)."""
    listed = list(tags)
    if not listed:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(say("ways.own_pages"), width="content")
        for kind, id_ in listed:
            name, own = data.names(say, kind).get(id_, id_), f"{key}-{kind}-{id_}"
            if st.button(name, icon=_ICONS[kind], key=own, type="tertiary"):
                open_tag(kind, id_)
