"""What the slugs of an issue's front matter stand for, read from `front_matter.yml`.

In: the YAML and the ids of the taxonomy. Out: `FrontMatterSlugs`. Trap: a slug that points to an id
which was renamed would lose its issues without a sign, so it stops the load.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from warehouse.taxonomy.labs import TaxonomyError, load_labs, read_yaml
from warehouse.taxonomy.themes import load_themes

_FILE = "front_matter.yml"


@dataclass(frozen=True)
class FrontMatterSlugs:
    """Slug → lab of companies and models, slug → themes of topics."""

    companies: Mapping[str, str]
    models: Mapping[str, str]
    topics: Mapping[str, tuple[str, ...]]
    hosts: tuple[str, ...] = ()  # companies that are no mention as the place of something


@cache
def front_matter_slugs() -> FrontMatterSlugs:
    """The packaged slugs; raises `TaxonomyError` when one points to an id that is not there."""
    text = (files(__package__) / _FILE).read_text(encoding="utf-8")
    labs = {lab.id for lab in load_labs()}
    return parse_slugs(read_yaml(text), labs, {theme.id for theme in load_themes()})


def parse_slugs(document: Any, labs: Iterable[str], themes: Iterable[str]) -> FrontMatterSlugs:
    """Slugs from the parsed YAML; raises `TaxonomyError` on the first slip."""
    slugs = FrontMatterSlugs(
        {str(k): str(v) for k, v in document["companies"].items()},
        {str(k): str(v) for k, v in document["models"].items()},
        {str(k): tuple(map(str, v)) for k, v in document["topics"].items()},
        tuple(map(str, document.get("hosts", ()))),
    )
    known_labs, known_themes = set(labs), set(themes)
    for slug, lab_id in (*slugs.companies.items(), *slugs.models.items()):
        if lab_id not in known_labs:
            raise TaxonomyError(
                f"{_FILE}: {slug} points to {lab_id!r}, which is no lab; correct it"
            )
    for slug, theme_ids in slugs.topics.items():
        for theme_id in theme_ids:
            if theme_id not in known_themes:
                raise TaxonomyError(
                    f"{_FILE}: {slug} points to {theme_id!r}, which is no theme; correct it"
                )
    return slugs
