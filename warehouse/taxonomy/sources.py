"""The provenance cards of sources.yml.

In: the YAML. Out: `Source`s, and which of them a digest belongs to. Trap: a source is known by form and
language of its digests, since file names and folders change.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

SAMPLE = "sample"


@dataclass(frozen=True)
class Source:
    """Who publishes digests, and where."""

    source_id: str
    name: str
    name_zh: str
    format: str
    language: str
    translates: str
    address: str


@cache
def not_stories() -> tuple[str, ...]:
    """Beginnings of canonical addresses that name no event."""
    loaded = yaml.safe_load((files("warehouse.taxonomy") / "sources.yml").read_text("utf-8"))
    return tuple(loaded["not_stories"])


@cache
def sources() -> dict[str, Source]:
    """All sources by id."""
    loaded = yaml.safe_load((files("warehouse.taxonomy") / "sources.yml").read_text("utf-8"))
    return {
        s["id"]: Source(
            s["id"],
            s["name"],
            s["name_zh"],
            s.get("format", ""),
            s.get("language", ""),
            s.get("translates", ""),
            s["address"],
        )
        for s in loaded["sources"]
    }


def source_of(format_name: str, language: str, is_sample: bool) -> str:
    """The id of the source that publishes digests of this form and language."""
    if is_sample:
        return SAMPLE
    for source in sources().values():
        if (source.format, source.language) == (format_name, language):
            return source.source_id
    raise LookupError(
        f"no source for {format_name} in {language!r}; add a card to warehouse/taxonomy/sources.yml"
    )
