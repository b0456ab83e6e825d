"""Tag items outside the warehouse: lines of JSON in, lines of JSON out, same order.

In: {"id","lang","text"[,"date"]} a line; `text` may be Markdown. Out: {"id","labs","themes","evidence"}.
Trap: one bad line must not end the run, so it comes back as a `BadLine` with its number and reason.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from etl.parsers.markdown import addresses, plain_text
from etl.tag.labs import lab_tagger
from etl.tag.themes import theme_tagger
from warehouse.model import Tag


@dataclass(frozen=True)
class BadLine:
    """A line that could not be tagged; `number` counts from 1."""

    number: int
    reason: str


def tag_text(markdown: str, on: date | None = None) -> list[Tag]:
    """Labs and themes of one item."""
    title, text = title_and_text(markdown)
    urls = addresses(markdown)
    found = lab_tagger().tag(f"{title} {text}" if title else text, urls, on)
    return [*found, *theme_tagger().tag(title, text, urls)]


def title_and_text(markdown: str) -> tuple[str, str]:
    """An item in plain text; its first line is its title if more lines follow."""
    first, _, rest = markdown.strip().partition("\n")
    return (plain_text(first), plain_text(rest)) if rest else ("", plain_text(first))


def tag_lines(lines: Iterable[str]) -> Iterator[str | BadLine]:
    """One JSON line, or a BadLine, for every line that is not blank."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = _item(line)
        except ValueError as error:
            yield BadLine(number, str(error))
            continue
        tags = tag_text(item["text"], item["date"])
        yield json.dumps(
            {
                "id": item["id"],
                "labs": [t.id for t in tags if t.kind == "lab"],
                "themes": [t.id for t in tags if t.kind == "theme"],
                "evidence": [{"kind": t.kind, "id": t.id, "text": t.evidence} for t in tags],
            },
            ensure_ascii=False,
        )


def _item(line: str) -> dict[str, Any]:
    try:
        item = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg} at column {error.colno})") from error
    if not isinstance(item, dict) or not isinstance(item.get("text"), str) or "id" not in item:
        raise ValueError('expected an object with "id" and a string "text"')
    day = item.get("date")
    try:
        on = date.fromisoformat(day[:10]) if day else None
    except (TypeError, ValueError) as error:
        raise ValueError(f'"date" {day!r} is not YYYY-MM-DD') from error
    return {"id": item["id"], "text": item["text"], "date": on}
