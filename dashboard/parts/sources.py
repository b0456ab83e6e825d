"""The names of the sources of digests.

In: an id as the tables have it. Out: the name of its card in the reader's language. Trap: a snapshot may hold
a source that this version's taxonomy does not know; it keeps its id.
"""

from __future__ import annotations

from dashboard.texts import Texts
from warehouse.taxonomy.sources import sources


def name(say: Texts, source_id: str) -> str:
    """The name of a source."""
    card = sources().get(source_id)
    return say.name({"name": card.name, "name_zh": card.name_zh}) if card else source_id
