"""How good the tags are, as measured on hand-labelled items that the rules never saw.

In: the packaged `tag_quality.csv` (written by `trends eval GOLD.jsonl --save`). Out: rows for the table
`tag_quality`. Trap: a figure without a case is no figure: the precision of an id that was never found is
null, not 0.
"""

from __future__ import annotations

import csv
import io
from importlib.resources import files
from typing import Any

FILE = "tag_quality.csv"
_TEXTS = {"tag_kind", "tag_id", "language", "measured_with"}
_NEEDS = {"precision": "found_count", "recall": "labelled_count"}


def quality_rows() -> list[dict[str, Any]]:
    """The rows as the table has them; an empty cell is null."""
    text = (files("warehouse") / "taxonomy" / FILE).read_text("utf-8")
    return [_typed(row) for row in csv.DictReader(io.StringIO(text))]


def _typed(row: dict[str, str]) -> dict[str, Any]:
    typed: dict[str, Any] = {}
    for key, cell in row.items():
        if key in _TEXTS:
            typed[key] = cell or None
        else:
            typed[key] = int(cell) if key.endswith(("_count", "_labelled")) else float(cell)
    for name, needed in _NEEDS.items():
        if not typed[needed]:
            typed |= {name: None, f"{name}_low": None, f"{name}_high": None}
    return typed
