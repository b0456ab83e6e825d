"""The taxonomy as rows of the tables `labs` and `themes`.

In: the loaded taxonomy. Out: rows of the declared columns. Trap: the rows carry the version of the
taxonomy, so that a snapshot says by which rules it was tagged.
"""

from __future__ import annotations

from typing import Any

from warehouse.taxonomy import labs, taxonomy_version
from warehouse.taxonomy.themes import load_themes


def lab_rows() -> list[dict[str, Any]]:
    """One row a lab, sorted by id."""
    return sorted(
        (
            {
                "lab_id": lab.id,
                "name": lab.name,
                "name_zh": lab.name_zh,
                "kind": lab.kind,
                "parent_id": lab.parent_id or None,
                "taxonomy_version": taxonomy_version(),
            }
            for lab in labs()
        ),
        key=lambda row: str(row["lab_id"]),
    )


def theme_rows() -> list[dict[str, Any]]:
    """One row a theme, sorted by id."""
    return sorted(
        (
            {
                "theme_id": theme.id,
                "name": theme.name,
                "name_zh": theme.name_zh,
                "definition": theme.definition,
                "definition_zh": theme.definition_zh,
                "taxonomy_version": taxonomy_version(),
            }
            for theme in load_themes()
        ),
        key=lambda row: str(row["theme_id"]),
    )
