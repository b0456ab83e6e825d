"""Hand labels: which themes and labs a person gave to a text, by the text's hash.

In: the packaged `labels/*.csv` (key, kind, lang, issue, reader, drawn, themes, labs) and gold files
(JSONL). Out: `Label`s, and with texts found in an archive, `Example`s.
Traps: texts that a model was unsure of are harder than a chance one, so figures and thresholds are
taken from those drawn by chance. The texts are other people's and not ours to pass on, so a label knows
its text by hash only; texts are looked up in the archive that the reader has (`texts.py`).
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from etl.tag.gold import read_gold

CHANCE = "chance"  # drawn at random; "mixed": about half because an earlier model was unsure
BULLET, DIGEST = "bullet", "digest"


@dataclass(frozen=True)
class Label:
    """What one reader gave to one text; `issue` is where it stood, so that folds keep it together."""

    key: str
    kind: str  # bullet (one line of the English archive or its translation) or digest (title, text)
    lang: str
    issue: str
    reader: str
    drawn: str
    themes: frozenset[str]
    labs: frozenset[str]


@dataclass(frozen=True)
class Example:
    """A labelled text."""

    label: Label
    text: str


def content_key(text: str) -> str:
    """The name of a text: 16 hex digits of the SHA-256 of the stripped text."""
    return hashlib.sha256(text.strip().encode("utf-8")).hexdigest()[:16]


def packaged_labels() -> list[Label]:
    """Every label of this package, by file name, then line; a text has one label."""
    folder = files(__package__) / "labels"
    names = sorted(e.name for e in folder.iterdir() if e.name.endswith(".csv"))
    labels: dict[str, Label] = {}
    for name in names:
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
        for row in csv.DictReader(lines):
            label = _label(row)
            if labels.setdefault(label.key, label) is not label:
                raise ValueError(f"labels/{name}: {label.key} has a label already; keep one")
    return list(labels.values())


def _label(row: Mapping[str, str]) -> Label:
    return Label(
        row["key"],
        row["kind"],
        row["lang"],
        row["issue"],
        row["reader"],
        row["drawn"],
        frozenset(row["themes"].split()),
        frozenset(row["labs"].split()),
    )


def gold_examples(path: Path) -> list[Example]:
    """The labelled items of a gold file; an item of several lines is one of a digest."""
    return [
        Example(
            Label(
                content_key(line["text"]),
                DIGEST if "\n" in line["text"].strip() else BULLET,
                line["lang"],
                _issue(str(line.get("source", line["id"]))),
                "gold",
                "gold",
                frozenset(line["themes"]),
                frozenset(line["labs"]),
            ),
            line["text"],
        )
        for line in read_gold(path)
    ]


def _issue(source: str) -> str:
    """The name that labels of the same issue have, so that both stand in one fold."""
    return source.removesuffix(".md").removeprefix("ai_news_summary_")


def with_texts(labels: Iterable[Label], texts: Mapping[str, str]) -> Iterator[Example]:
    """The labels whose text was found."""
    for label in labels:
        if label.key in texts:
            yield Example(label, texts[label.key])
