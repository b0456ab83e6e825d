"""A made warehouse in which two labs move for sure, or which ends after one week.

In: a folder and days. Out: a published snapshot. Trap: a verdict asks for many digests, so there is one on every
weekday, always of the same size and channel; nothing but the labs changes.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from warehouse.publish import publish
from warehouse.schema import arrow_table, tables

CHANGE = date(2026, 2, 1)  # OpenAI rises, Google falls
ODD_TITLE = "**Made** [title](http://evil.example) <b>$x$</b> _one_"
ITEMS = 30

Row = dict[str, Any]


def make(folder: Path, first: date, last: date) -> Path:
    """Publish a snapshot of the weekdays between two days."""
    rows: dict[str, list[Row]] = {
        name: [] for name, table in tables().items() if table.kind in ("lake", "snapshot")
    }
    version = {"taxonomy_version": "made"}
    for id_, name in (("openai", "OpenAI"), ("google", "Google"), ("meta", "Meta *AI*")):
        rows["labs"].append({"lab_id": id_, "name": name, "name_zh": None, "kind": "lab"} | version)
    theme = {"theme_id": "reasoning", "name": "Reasoning", "name_zh": "推理"}
    rows["themes"].append(theme | {"definition": "Made"} | version)
    day = first
    while day <= last:
        if day.weekday() < 5:
            _add_digest(rows, day)
        day += timedelta(days=1)
    info = {"snapshot_id": f"{last}-moving", "built_from_run": "made", "code_version": "0"}
    info |= {"items": len(rows["items"]), "digests": len(rows["digests"])}
    days = [row["published_on"] for row in rows["digests"]]
    rows["snapshot_info"].append(info | version | {"first_on": min(days), "last_on": max(days)})
    publish(folder, f"{last}-moving", {name: arrow_table(name, rows[name]) for name in rows})
    return folder


def _labs(day: date, place: int) -> list[str]:
    """Before the change a tenth names OpenAI and half Google, then the other way round; Meta a fifth."""
    often, seldom = ("openai", "google") if day >= CHANGE else ("google", "openai")
    named = [often] if place % 2 else [seldom] if place % 10 == 0 else []
    return named + (["meta"] if place % 5 == 0 else [])


def _add_digest(rows: dict[str, list[Row]], day: date) -> None:
    digest_id = f"made/{day}"
    digest = {"digest_id": digest_id, "source": "made", "format": "en_archive", "language": "en"}
    digest |= {"published_on": day, "title": f"Digest <b>{day}</b>", "item_count": ITEMS}
    digest |= {"url": f"https://digest.example/{day}", "location": f"{day}.md"}
    rows["digests"].append(digest | {"content_sha256": "0" * 64})
    for place in range(ITEMS):
        item_id, title = f"{day}-{place:02d}", ODD_TITLE if place == 1 else f"Made {day} {place}"
        shared = {"item_id": item_id, "published_on": day, "channel": "twitter"}
        item = shared | {"digest_id": digest_id, "section": "Made", "position": place + 1}
        item |= {"language": "en", "title": title, "text": "A made text.", "is_counted": True}
        # the odd title is one story that every digest of a month tells
        story = f"odd-{day:%Y-%m}" if place == 1 else f"story-{item_id}"
        rows["items"].append(item | {"story_id": story})
        if story not in {row["story_id"] for row in rows["stories"][-ITEMS * 25 :]}:
            told = {"story_id": story, "first_on": day, "last_on": day, "title": title}
            rows["stories"].append(told | {"item_count": 1, "languages": ["en"]})
        for lab in _labs(day, place):
            evidence = {"lab_id": lab, "evidence": lab, "evidence_kind": "name"}
            rows["mentions"].append(shared | evidence)
