"""Buttons that work on a chart in the reader's browser: save it as PNG or SVG, select an area.

In: a card's name, the sentences below the image. Out: the buttons. Trap: the server may have no browser, so
the image is made by the reader's own; `trends export chart` makes the same one where there is no reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st

from dashboard.charts.style import IMAGE_WIDTH
from dashboard.charts.trend_view import TrendView
from dashboard.charts.views import View
from dashboard.export import image, words
from dashboard.texts import Texts

_HERE, _NAME = Path(__file__).parent, "trends_chart_tools"
FORMATS = ("png", "svg")


def save_buttons(say: Texts, name: str, view: View, file: str, snapshot_id: str) -> None:
    """PNG and SVG with title, labels and the words that explain them."""
    said = words.below(view, snapshot_id)
    if isinstance(view, TrendView):
        said[0] = f"{said[0]} {view.pale_points}".strip()
    lines = [escape(x, quote=False) for text in said for x in image.wrapped(text, IMAGE_WIDTH - 16)]
    labels = {form: say(f"card.{form}") for form in FORMATS}
    _show(f"image-{name}", name, labels, file=file, words=lines)


def area_button(say: Texts, name: str) -> None:
    """Switches between a click on one point and a frame around several."""
    _show(f"area-{name}", name, {"area": say("card.area")}, help=say("card.area_help"))


def _show(key: str, name: str, labels: dict[str, str], **data: str | Sequence[str]) -> None:
    buttons = [{"action": action, "label": label} for action, label in labels.items()]
    _component()(key=key, data={"name": name, "buttons": buttons, **data})


@cache
def _component() -> st.components.v2.types.ComponentRenderer:
    js, css = (_HERE / f"chart_tools.{kind}" for kind in ("js", "css"))
    return st.components.v2.component(_NAME, js=js.read_text("utf-8"), css=css.read_text("utf-8"))
