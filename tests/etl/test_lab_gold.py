"""Lab tags against the labels of readers: the worked digest exactly, the labelled items by a floor.

In: `<checkout>/../shared`; without it the tests are skipped and say so.
Trap: `dev.jsonl` is there to measure, never to learn from; whoever lowers its floor says why.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from etl.parsers.markdown import addresses, plain_text
from etl.parsers.zh_digest import parse
from etl.tag.labs import lab_tagger
from warehouse.taxonomy.labs import load_labs

SHARED = Path(__file__).parents[3] / "shared"
DAY = "2026-01-21"

pytestmark = pytest.mark.shared


def shared(path: str) -> Path:
    file = SHARED / path
    if not file.exists():
        pytest.skip(f"no labelled data at <checkout>/../shared/{path}")
    return file


def figures(name: str, language: str) -> tuple[float, float]:
    """Precision and recall over the items of a language; `either` labels are right both ways."""
    counts: Counter[str] = Counter()
    for line in shared(f"gold/{name}.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        if item["lang"] != language:
            continue
        labels = set(item["labs"])
        open_ones = set(item.get("either") or ())
        tags = lab_tagger().tag(plain_text(item["text"]), addresses(item["text"]))
        found = {t.id for t in tags}
        counts["right"] += len((found & labels) - open_ones)
        counts["false"] += len(found - labels - open_ones)
        counts["missed"] += len(labels - found - open_ones)
    right = counts["right"]
    return right / (right + counts["false"]), right / (right + counts["missed"])


def test_the_worked_digest_comes_out_exactly() -> None:
    digest = parse(
        shared(f"data/digest-{DAY}.md").read_text(encoding="utf-8"), f"newsletters/{DAY}/x.md"
    )
    tags = {
        (item.channel, str(item.position)): " ".join(
            t.id
            for t in lab_tagger().tag(f"{item.title}\n{item.text}", item.urls, digest.published_on)
        )
        for item in digest.items
    }
    with shared(f"contract/digest-{DAY}.tags.csv").open(encoding="utf-8") as file:
        expected = {(row["section"], row["number"]): row["labs"] for row in csv.DictReader(file)}
    assert tags == expected


def test_the_labs_are_those_of_the_contract() -> None:
    with shared("contract/labs.csv").open(encoding="utf-8") as file:
        expected = {tuple(row.values()) for row in csv.DictReader(file)}
    ours = {(lab.id, lab.name, lab.name_zh, lab.kind, lab.parent_id or "") for lab in load_labs()}
    assert ours == expected


@pytest.mark.parametrize(
    ("name", "language", "precision", "recall"),
    [
        ("train", "en", 0.985, 0.99),
        ("train", "zh", 0.985, 0.99),
        ("dev", "en", 0.95, 0.94),
        ("dev", "zh", 0.95, 0.94),
    ],
)
def test_the_figures_reached_are_held(
    name: str, language: str, precision: float, recall: float
) -> None:
    measured = figures(name, language)
    assert measured[0] >= precision
    assert measured[1] >= recall
