"""The themes and the phrases that speak for them, read from `themes/*.yml`.

In: the YAML files of that folder. Out: frozen `Theme`s, sorted by id.
Trap: a slip in a hand-written file must not silently lose tags: an unknown key, a weight that is no
number, a phrase given twice or a theme without its test sentences stops the load, and the error names
the file, the id and the repair.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from warehouse.taxonomy.labs import TaxonomyError, read_yaml

_TEXTS = ("name", "name_zh", "definition", "definition_zh")
_KEYS = (*_TEXTS, "threshold", "en", "zh", "not", "examples")


@dataclass(frozen=True)
class Phrase:
    """Words that speak for a theme (weight above 0) or against it (below 0)."""

    words: str
    weight: float


@dataclass(frozen=True)
class Examples:
    """Test sentences: `yes` must get the theme, `no` must not."""

    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True)
class Theme:
    """A theme and its rules; the head of `themes/agents.yml` says how they are written."""

    id: str
    name: str
    name_zh: str
    definition: str
    definition_zh: str
    threshold: float  # the score from which on an item has the theme
    phrases: tuple[Phrase, ...]  # English and Chinese
    not_phrases: tuple[str, ...]  # longer words that only contain a phrase: they say nothing
    examples: Examples


@cache
def load_themes() -> tuple[Theme, ...]:
    """Every theme of the packaged taxonomy, sorted by id; raises `TaxonomyError`."""
    folder = files(__package__) / "themes"
    return parse_themes(
        (f"themes/{entry.name}", read_yaml(entry.read_text(encoding="utf-8")))
        for entry in sorted(folder.iterdir(), key=lambda e: e.name)
        if entry.name.endswith(".yml")
    )


def parse_themes(documents: Iterable[tuple[str, Any]]) -> tuple[Theme, ...]:
    """Themes from (file name, parsed YAML) pairs; raises `TaxonomyError` on the first slip."""
    themes: dict[str, Theme] = {}
    file_of: dict[str, str] = {}
    for file, document in documents:
        if not isinstance(document, Mapping):
            raise TaxonomyError(f"{file}: not a mapping of theme ids; give each theme a block")
        for theme_id, block in document.items():
            if theme_id in themes:
                other = file_of[theme_id]
                raise TaxonomyError(f"{file}: {theme_id} is in {other} too; keep one block")
            themes[theme_id] = _theme(f"{file}: {theme_id}", str(theme_id), block)
            file_of[theme_id] = file
    return tuple(themes[theme_id] for theme_id in sorted(themes))


def _theme(where: str, theme_id: str, block: Any) -> Theme:
    if not isinstance(block, Mapping):
        raise TaxonomyError(f"{where}: {block!r} is no block of `key: value` lines")
    for key in block:
        if key not in _KEYS:
            raise TaxonomyError(
                f"{where} has an unknown key {key!r}; use one of {', '.join(_KEYS)}"
            )
    for key in _TEXTS:
        if not isinstance(block.get(key), str) or not block[key].strip():
            raise TaxonomyError(f"{where} has no {key}; add `{key}: …`")
    threshold = _number(f"{where}: `threshold`", block.get("threshold"))
    if not 0 < threshold <= 1:
        raise TaxonomyError(
            f"{where}: `threshold` is {threshold}; write a number above 0, at most 1"
        )
    phrases = tuple(_phrases(where, block))
    not_phrases = _texts(f"{where}: `not`", block.get("not", []))
    _check_repeats(where, [*(p.words for p in phrases), *not_phrases])
    examples = _examples(where, block.get("examples"))
    texts = {key: block[key].strip() for key in _TEXTS}
    return Theme(
        theme_id,
        **texts,
        threshold=threshold,
        phrases=phrases,
        not_phrases=not_phrases,
        examples=examples,
    )


def _phrases(where: str, block: Mapping[str, Any]) -> Iterator[Phrase]:
    for language in ("en", "zh"):
        rows = block.get(language)
        if not isinstance(rows, Mapping) or not rows:
            raise TaxonomyError(f"{where} has no phrases under `{language}`; add `1.0: [one, two]`")
        for key, words in rows.items():
            weight = _number(f"{where}: `{language}`, weight", key)
            if not -1 <= weight <= 1 or weight == 0:
                raise TaxonomyError(
                    f"{where}: `{language}` has weight {weight}; write one from -1 to 1, not 0"
                )
            for phrase in _texts(f"{where}: `{language}`, {key}", words):
                yield Phrase(phrase, weight)


def _examples(where: str, block: Any) -> Examples:
    if not isinstance(block, Mapping) or set(block) != {"yes", "no"}:
        raise TaxonomyError(f"{where} lacks test sentences; add `examples: {{yes: […], no: […]}}`")
    lists = {key: _texts(f"{where}: `examples`, `{key}`", block[key]) for key in ("yes", "no")}
    for key, sentences in lists.items():
        if not sentences:
            raise TaxonomyError(f"{where}: `examples` has no sentence under `{key}`; add one")
    return Examples(**lists)


def _number(where: str, value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise TaxonomyError(f"{where} is {value!r}; write a number such as 0.5") from None


def _texts(where: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise TaxonomyError(f"{where} must be a list of texts: [one, two]")
    return tuple(value)


def _check_repeats(where: str, phrases: Iterable[str]) -> None:
    seen: set[str] = set()
    for phrase in phrases:
        if phrase.lower() in seen:
            raise TaxonomyError(f"{where} has the phrase {phrase!r} twice; keep one")
        seen.add(phrase.lower())
