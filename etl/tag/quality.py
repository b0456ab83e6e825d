"""The figures of an evaluation as rows, for the table `tag_quality` that readers of the numbers see.

In: an `Evaluation`. Out: a CSV: every kind by language, then every id over both languages. Trap: the
figures belong to the rules that made them, so each row names the taxonomy they were measured with.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from etl.tag.evaluate import Counts, Evaluation, Interval, Score, f1_interval, wilson

_KINDS = {"labs": "lab", "themes": "theme"}
_ALL = "all"


def quality_csv(evaluation: Evaluation, taxonomy_version: str) -> str:
    """The rows as CSV with a head; an empty `tag_id` is all ids, an empty `language` both."""
    rows = list(quality_rows(evaluation, taxonomy_version))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def quality_rows(evaluation: Evaluation, taxonomy_version: str) -> Iterator[dict[str, Any]]:
    """One dict a row of `tag_quality`; ratios with four digits."""
    for score in evaluation.scores:
        language = "" if score.group == _ALL else score.group
        yield _row(score, "", language, score.counts, score.f1_interval, taxonomy_version)
    for score in evaluation.scores:
        if score.group == _ALL:
            for id_, counts in sorted(score.by_id.items()):
                yield _row(score, id_, "", counts, f1_interval(counts), taxonomy_version)


def _row(
    score: Score, id_: str, language: str, counts: Counts, f1_ends: Interval, version: str
) -> dict[str, Any]:
    labelled, found = counts.hits + counts.misses, counts.hits + counts.false_alarms
    figures = {
        "precision": (counts.precision, wilson(counts.hits, found)),
        "recall": (counts.recall, wilson(counts.hits, labelled)),
        "f1": (counts.f1, f1_ends),
    }
    row: dict[str, Any] = {"tag_kind": _KINDS[score.kind], "tag_id": id_, "language": language}
    row |= {"items_labelled": score.items, "labelled_count": labelled}
    row |= {"found_count": found, "hit_count": counts.hits}
    for name, (value, (low, high)) in figures.items():
        row |= {name: round(value, 4), f"{name}_low": round(low, 4), f"{name}_high": round(high, 4)}
    return row | {"measured_with": version}
