"""What a lab or theme is named with: two charts, and the chosen pair with its items.

In: kind, id, filters. Out: part of a page. Trap: the charts' keys hold the id, or a click would stay chosen
on the page of another lab.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import data
from dashboard.parts import card, items, open_tag
from dashboard.scenes.movement import named_with_scene, sentence
from dashboard.texts import Texts
from warehouse import answers, tag_answers
from warehouse.answers import Filters

_MOST_ITEMS = 200


def show(say: Texts, kind: str, id_: str, scope: Filters) -> None:
    """Both charts side by side: what it is about, and who or what stands beside it."""
    st.subheader(say("tag.named_with"), anchor=False)
    order = ("theme", "lab") if kind == "lab" else ("lab", "theme")
    clicked: list[tuple[str, str]] = []
    drawn = 0
    for column, other in zip(st.columns(2, gap="small"), order, strict=True):
        with column:
            scene = data.drawn(named_with_scene, say, kind, id_, other, scope)
            if scene is None:
                continue
            drawn += 1
            point = card.show(say, f"{scene.name}-{id_}", scene.view, scene.figure(), scene.answer)
            if isinstance(point, (list, tuple)) and point:
                clicked.append((other, str(point[0])))
    if not drawn:
        st.caption(say("named_with.none"))
    elif not clicked:
        st.caption(say("tag.click"))
    for other, other_id in clicked:
        _pair(say, kind, id_, other, other_id, scope)


def _pair(say: Texts, kind: str, id_: str, other: str, other_id: str, scope: Filters) -> None:
    """How often both are in one item; of a lab and a theme the items too."""
    frame = data.ask(tag_answers.named_with, scope, kind, id_, other).frame
    rows: list[Any] = frame[frame["tag_id"] == other_id].to_dict("records")
    if not rows:
        return
    name, with_name = data.names(say, kind)[id_], data.names(say, other).get(other_id, other_id)
    with st.container(border=True, key=f"pair-{other}"):
        st.markdown(f"**{name} × {with_name}**")
        st.caption(sentence(say, rows[0]))
        open_tag.button(say, other, other_id, f"pair-page-{other}", name=with_name)
        if kind != other:
            pair = {f"{kind}_id": id_, f"{other}_id": other_id, "limit": _MOST_ITEMS}
            found = data.ask(answers.items_behind, scope, **pair)
            labs, themes = data.lab_names(say), data.theme_names(say)
            items.table(say, found.frame, labs, themes, f"pair-{id_}-{other_id}")
