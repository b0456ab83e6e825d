"""What a file of rows must say of itself once it has left the page.

In: a view, the answer that it shows. Out: labels and texts in the reader's language, for the second sheet of
a workbook and for the metadata of a Parquet file. Trap: a view may have no guard or notes, and a table of
items no view at all; what there is none of is left out.
"""

from __future__ import annotations

from dashboard.charts.views import View
from dashboard.texts import Texts
from warehouse.answers import Answer


def about(say: Texts, answer: Answer, view: View | None = None) -> dict[str, str]:
    """Title, what is counted, definition, what must not be compared, n, snapshot, SQL."""
    found = {"snapshot": answer.snapshot_id, "rows": say.number(len(answer.frame))}
    if view is not None:
        found = {
            "title": view.title,
            "subtitle": view.subtitle,
            "definition": view.definition,
            "guard": view.guard.replace("**", ""),
            "notes": " ".join(view.notes),
        } | found
    found["sql"] = answer.sql
    return {say(f"card.about.{key}"): text for key, text in found.items() if text}
