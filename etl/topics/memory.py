"""The memory of topics: which of the new clusters is which of the old topics.

In: for each item its old topic and its new cluster, terms of both. Out: the old id of each cluster that has
one, and the events: birth, split, merge, retirement.
Method: one-to-one assignment (Hungarian) by the Jaccard index of items, then of terms.
Traps: an item that the old fit had not seen says nothing about identity, so only items known to both
count; a topic whose items are mostly in another cluster has merged into it, not vanished; a cluster most of
whose items were in one old topic has split from it, not appeared from nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from etl.topics.vectors import Indices

LEAST_SAME = (
    0.25  # Jaccard of items, plus a quarter of that of terms: from here on it is the same topic
)
MOSTLY = 0.5  # of a topic's items
_TERMS_WEIGH = 0.25


@dataclass(frozen=True)
class Matched:
    """`old_of`: by new cluster the index of its old topic or None; the rest by index: (new, old) splits,
    (old, new) merges, and old topics that are gone."""

    old_of: list[int | None]
    splits: list[tuple[int, int]]
    merges: list[tuple[int, int]]
    retired: list[int]


def match(
    old: Indices,
    new: Indices,
    old_terms: Sequence[Sequence[str]],
    new_terms: Sequence[Sequence[str]],
) -> Matched:
    """Match the clusters `new` to the topics `old` (index by item, -1 for none; equal length)."""
    from scipy.optimize import linear_sum_assignment

    table = np.zeros((len(old_terms), len(new_terms)))
    both = (old >= 0) & (new >= 0)
    np.add.at(table, (old[both], new[both]), 1)
    old_sizes = np.bincount(old[old >= 0], minlength=len(old_terms))
    new_sizes = np.bincount(new[(new >= 0)], minlength=len(new_terms))
    union = old_sizes[:, None] + new_sizes[None, :] - table
    alike = table / np.maximum(union, 1) + _TERMS_WEIGH * _terms_alike(old_terms, new_terms)
    old_of: list[int | None] = [None] * len(new_terms)
    for row, column in zip(*linear_sum_assignment(-alike), strict=True):
        if alike[row, column] >= LEAST_SAME:
            old_of[column] = int(row)
    kept = {o for o in old_of if o is not None}
    splits, merges, retired = [], [], []
    for column, before in enumerate(old_of):
        if before is None and len(table) and new_sizes[column]:
            source = int(table[:, column].argmax())
            if table[source, column] >= MOSTLY * new_sizes[column]:
                splits.append((column, source))
    for row in range(len(old_terms)):
        if row in kept:
            continue
        target = int(table[row].argmax()) if table.shape[1] else 0
        if old_sizes[row] and table[row, target] >= MOSTLY * old_sizes[row]:
            merges.append((row, target))
        else:
            retired.append(row)
    return Matched(old_of, splits, merges, retired)


def _terms_alike(one: Sequence[Sequence[str]], other: Sequence[Sequence[str]]) -> np.ndarray:
    first, second = [set(t) for t in one], [set(t) for t in other]
    values = [[len(a & b) / len(a | b) if a | b else 0.0 for b in second] for a in first]
    return np.array(values).reshape(len(first), len(second))
