"""Tag: items → rows of mentions and item_themes.

In: rows of items with their addresses. Out: tag rows. Trap: a digest is tagged in a worker process, so
the taggers are built once per process, not once per item.
"""

from __future__ import annotations

from typing import Any

from etl.tag.labs import lab_tagger
from etl.tag.themes import theme_tagger

Row = dict[str, Any]
METHOD = {"phrase": "rules and model", "words": "model"}  # by the kind of evidence


def tag_items(items: list[Row], links: dict[str, list[str]]) -> tuple[list[Row], list[Row]]:
    """(mentions, item_themes) of `items`; `links`: addresses as written, by item_id."""
    labs, themes = lab_tagger(), theme_tagger()
    mentions: list[Row] = []
    item_themes: list[Row] = []
    for item in items:
        urls = links.get(item["item_id"], [])
        where = {k: item[k] for k in ("item_id", "published_on", "channel")}
        found = labs.tag(f"{item['title']} {item['text']}", urls, item["published_on"])
        mentions += [
            {**where, "lab_id": t.id, "evidence": t.evidence, "evidence_kind": t.evidence_kind}
            for t in found
        ]
        item_themes += [
            {
                **where,
                "theme_id": t.id,
                "score": t.score,
                "evidence": t.evidence,
                "method": METHOD[t.evidence_kind],
            }
            for t in themes.tag(item["title"], item["text"], urls)
        ]
    return mentions, item_themes
