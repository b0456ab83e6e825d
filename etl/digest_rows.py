"""One file → all its rows: decode, parse, give ids, tag. Pure, so that it can run in any process.

In: a `SourceFile`. Out: `FileRows`. Traps: rows cross a process border as Arrow, since as Python objects
they would cost the receiver more than the parsing; a file of which nothing can be read still comes back, as a
refusal; a stub (front matter whose body stands elsewhere in the archive) is neither digest nor refusal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from etl.identify import digest_row, item_rows
from etl.parsers import Unreadable, parse
from etl.sources.archives import SourceFile
from etl.sources.decode import decode
from etl.tag.items import tag_items
from warehouse.model import Refusal
from warehouse.schema import arrow_table
from warehouse.taxonomy.sources import source_of

Row = dict[str, Any]


@dataclass
class FileRows:
    """What one file gave: rows by table, refusals, and notes for the run log."""

    file: str  # "<source>:<path>"
    sha256: str
    digest: Row | None = None
    tables: dict[str, pa.Table] = field(default_factory=dict)  # items, item_links and their tags
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def file_name(file: SourceFile) -> str:
    """How a file is named in the quarantine and the run log."""
    return file.path if file.source == file.path else f"{file.source}:{file.path}"


def rows_of(file: SourceFile) -> FileRows:
    """Read one file; never raises for what stands in it."""
    rows = FileRows(file_name(file), file.sha256)
    decoded = decode(file.data)
    if decoded is None:
        rows.refusals.append(Refusal("whole file", "undecodable", f"{len(file.data)} bytes"))
        return rows
    text, encoding = decoded
    if encoding == "gb18030":
        rows.notes.append("read as GB18030, not UTF-8")
    try:
        digest = parse(text, file.path)
    except Unreadable as error:
        rows.refusals.append(Refusal(error.location, error.reason, error.detail))
        return rows
    except Exception as error:  # noqa: BLE001 - a fault of ours in one file must not lose the others
        rows.refusals.append(
            Refusal("whole file", "parser_fault", f"{type(error).__name__}: {error}")
        )
        return rows
    source = source_of(digest.format, digest.language, file.is_sample)
    rows.digest = digest_row(source, digest, file.sha256, file.path)
    items, links = item_rows(source, digest)
    mentions, item_themes = tag_items(items, urls_by_item(links))
    of_table = {
        "items": items,
        "item_links": links,
        "mentions": mentions,
        "item_themes": item_themes,
    }
    rows.tables = {name: arrow_table(name, given) for name, given in of_table.items()}
    rows.refusals += digest.refusals
    rows.notes += digest.notes
    return rows


def urls_by_item(links: list[Row], column: str = "url") -> dict[str, list[str]]:
    """Addresses by item_id, the main one first (`links` stand in that order)."""
    out: dict[str, list[str]] = {}
    for link in links:
        out.setdefault(link["item_id"], []).append(link[column])
    return out
