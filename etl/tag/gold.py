"""Evaluate the taggers on a file of labelled items.

In: JSON lines with `id`, `lang`, `text`, `labs`, `themes` and perhaps `either`. Out: lines of text.
Trap: figures over a file of which some lines were skipped would be wrong without a sign, so the first
unusable line ends the evaluation and says its number.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from etl.tag.evaluate import KINDS, evaluate, outcome
from etl.tag.lines import tag_text
from etl.tag.quality import quality_csv
from warehouse.model import Tag
from warehouse.taxonomy import taxonomy_version

_KIND_OF = {"labs": "lab", "themes": "theme"}


class UnusableGold(ValueError):
    """The file holds a line that is no labelled item, or none at all."""


def evaluate_file(path: Path, with_errors: bool, save: Path | None = None) -> list[str]:
    """Tag the items of `path`, compare, and render; `with_errors` adds each miss and false alarm.

    The figures are also written to `save` as CSV, for `warehouse/taxonomy/tag_quality.csv`.

    Raises:
        UnusableGold: with the number of the line that cannot be used.
    """
    gold = read_gold(path)
    tags = [tag_text(line["text"], line.get("on")) for line in gold]
    evaluation = evaluate(gold, [(_ids(found, "lab"), _ids(found, "theme")) for found in tags])
    lines = evaluation.lines()
    if save is not None:
        save.write_text(quality_csv(evaluation, taxonomy_version()), encoding="utf-8")
    if with_errors:
        lines += ["", *_errors(gold, tags)]
    return lines


def read_gold(path: Path) -> list[dict[str, Any]]:
    """The labelled items of a JSONL file; `on` is the item's day if the line has a `date`."""
    gold = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), 1):
        if line.strip():
            try:
                gold.append(_labelled(line))
            except ValueError as error:
                raise UnusableGold(f"line {number}: {error}") from error
    if not gold:
        raise UnusableGold("no labelled item in it")
    return gold


def _labelled(line: str) -> dict[str, Any]:
    try:
        item = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg} at column {error.colno})") from error
    if not isinstance(item, dict):
        raise ValueError("not an object with id, lang, text, labs and themes")
    for key in ("id", "lang", "text"):
        if not isinstance(item.get(key), str):
            raise ValueError(f'"{key}" is missing or no text')
    either = item.get("either", {})
    if not isinstance(either, dict):
        raise ValueError('"either" is no object of lists')
    for kind in KINDS:
        for where, ids in (
            (f'"{kind}"', item.get(kind)),
            (f'"either" {kind}', either.get(kind, [])),
        ):
            if not isinstance(ids, list) or not all(isinstance(i, str) for i in ids):
                raise ValueError(f"{where} is missing or no list of ids")
    if item.get("date"):
        item["on"] = _day(item["date"])
    return item


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(value[:10])
    except (TypeError, ValueError) as error:
        raise ValueError(f'"date" {value!r} is not YYYY-MM-DD') from error


def _ids(tags: Sequence[Tag], kind: str) -> set[str]:
    return {t.id for t in tags if t.kind == kind}


def _errors(gold: Sequence[dict[str, Any]], tags: Sequence[list[Tag]]) -> Iterator[str]:
    for line, found in zip(gold, tags, strict=True):
        for kind in KINDS:
            mine = {t.id: t for t in found if t.kind == _KIND_OF[kind]}
            result = outcome(line, kind, mine)
            for label in sorted(result.misses):
                yield f"{line['id']}  {_KIND_OF[kind]} {label}: missed"
            for label in sorted(result.false_alarms):
                tag = mine[label]
                yield (
                    f"{line['id']}  {_KIND_OF[kind]} {label}: false alarm, "
                    f"by {tag.evidence_kind} “{tag.evidence}” ({tag.score:.2f})"
                )
