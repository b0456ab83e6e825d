"""Into which stretches a line falls, by how surely two neighbouring points may be joined.

In: rows of one series in order of time. Out: (name, rows) of each stretch: solid, partial (to a period
that may still grow), thin (too few items), across (the channels' mix changes between the two). Trap: a
missing value is a gap; a stretch begins with the last point of the one before, or the line would have holes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import pandas as pd

from dashboard.charts.scope import Row


def stretches(
    rows: Sequence[Row], measure: str, moves_with_mix: bool
) -> Iterator[tuple[str, list[Row]]]:
    """The stretches in order; `moves_with_mix` is false for adjusted shares."""
    name, found = "", list[Row]()
    for one, two in pairwise(rows):
        if pd.isna(one[measure]) or pd.isna(two[measure]):
            next_name = ""
        else:
            next_name = _joined_by(one, two, moves_with_mix)
        if next_name != name or not found:
            if found:
                yield name, found
            name, found = next_name, [one] if next_name else []
        if next_name:
            found.append(two)
    if found:
        yield name, found


def _joined_by(one: Row, two: Row, moves_with_mix: bool) -> str:
    if moves_with_mix and (pd.isna(one["regime"]) or one["regime"] != two["regime"]):
        return "across"
    if two["is_partial"]:
        return "partial"
    return "thin" if one["is_thin"] or two["is_thin"] else "solid"
