"""The parts of a figure, put together in one step.

In: traces, shapes, annotations and a layout as plain mappings, by Plotly's own names. Out: a Plotly figure,
of which others change copies only.
Traps: a figure that grows part by part is copied and checked at each step, 100 ms for six lines of weeks, so
it is made once and unchecked here, and a test checks every chart instead; a NaN makes Plotly write all
numbers twice, so values are plain and a gap is None.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import plotly.graph_objects as go


class Finished(go.Figure):
    """A figure that stays as it is: pages send it again and again, so its mapping is made once."""

    def to_dict(self) -> dict[str, Any]:
        """The mapping that is sent; not to be changed."""
        if "_sent" not in self.__dict__:
            self._sent = super().to_dict()
        return self._sent


@dataclass
class Drawing:
    """What a figure is made of; `layout` without shapes and annotations."""

    layout: dict[str, Any]
    traces: list[dict[str, Any]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    annotations: list[dict[str, Any]] = field(default_factory=list)

    def figure(self) -> Finished:
        """The figure."""
        layout = self.layout | {"shapes": self.shapes, "annotations": self.annotations}
        # the margins are given; where Plotly looks for them itself it draws everything twice
        layout |= {axis: layout[axis] | {"automargin": False} for axis in ("xaxis", "yaxis")}
        # the page would part the axis from the 0
        layout["margin"] = layout["margin"] | {"pad": 0}
        # the looks are given too: Plotly's own need not be sent
        layout["template"] = {"layout": {}}
        return Finished({"data": self.traces, "layout": layout}, _validate=False)


def moment(value: pd.Timestamp) -> str:
    """A moment as the axis reads it."""
    return value.isoformat()


def plain(values: Iterable[Any]) -> list[Any]:
    """Numbers of a column; what is missing is None."""
    return [None if pd.isna(value) else float(value) for value in values]
