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
    themes_of = themes.tag_many(
        [(i["title"], i["text"], links.get(i["item_id"], ())) for i in items]
    )
    for item, tags in zip(items, themes_of, strict=True):
        where = {k: item[k] for k in ("item_id", "published_on", "channel")}
        urls = links.get(item["item_id"], [])
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
            for t in tags
        ]
    return mentions, item_themes
