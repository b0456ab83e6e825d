"""The fixed look of a lab, theme or channel: colour, dash, marker.

In: a kind and an id. Out: a `Look`. Trap: Python's `hash` of a string changes with every process, so
the look of an unlisted id comes from CRC-32.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

DASHES = ("solid", "dash", "longdashdot")
SYMBOLS = (
    "circle", "square", "diamond", "triangle-up", "triangle-down",
    "pentagon", "hexagon", "star", "cross", "x",
)  # fmt: skip


@dataclass(frozen=True)
class Look:
    """How one series is drawn, on screen and on a slide."""

    colour: str
    dash: str = "solid"
    symbol: str = "circle"


@cache
def _file() -> dict[str, Any]:
    text = resources.files("dashboard.charts").joinpath("colours.yml").read_text(encoding="utf-8")
    tree: dict[str, Any] = yaml.safe_load(text)
    return tree


def listed(kind: str) -> dict[str, Look]:
    """The looks chosen by hand for `lab`, `theme` or `channel`."""
    palette = _file()["colours"]
    return {
        id_: Look(palette[c], dash, symbol)
        for id_, (c, dash, symbol) in _file()[f"{kind}s"].items()
    }


@cache
def look(kind: str, id_: str) -> Look:
    """The look of an id, the same in every process and snapshot."""
    chosen = listed(kind).get(id_)
    if chosen:
        return chosen
    palette = list(_file()["colours"].values())
    code = zlib.crc32(id_.encode())
    code, colour = divmod(code, len(palette))
    code, dash = divmod(code, len(DASHES))
    return Look(palette[colour], DASHES[dash], SYMBOLS[code % len(SYMBOLS)])
