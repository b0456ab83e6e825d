"""How alike texts are: cosine of weighted words (English) or pairs of characters (Chinese).

In: texts of one language. Out: pairs with their likeness, for the rows of a window. Measured on pairs
that cite one post against random pairs of one issue: words 0.879 average precision in 4 s, character
4-5-grams 0.867 in 22 s, the set likeness that MinHash estimates 0.861 at best. Traps: weights of words
come from the window only, so that a later digest changes no earlier likeness; 20 Chinese items that
repeat each other for days would make their own words look common, so Chinese has no such weights
(0.907 without, 0.903 with them).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

import numpy as np

from etl.stories.features import CELLS, count_features

# A text with fewer features says too little to be told from another.
MIN_FEATURES = {"en": 5, "zh": 8}
# Rows of a product that are held at once.
_BATCH = 512
# From the first digit on, so that "v1.3" and "1.3" are one number.
_NUMBER = re.compile(r"\d(?:[\w.,]*\w)?", re.ASCII)


class Texts:
    """Texts of one language as rows of counted features, and the numbers they name."""

    def __init__(self, texts: Sequence[str], titles: Sequence[str], language: str) -> None:
        """`texts` contain their titles."""
        self._texts, self._titles = texts, titles
        self.language = language
        counts = count_features(texts, language)
        counts.data = 1 + np.log(counts.data)
        self.enough = np.diff(counts.indptr) >= MIN_FEATURES[language]
        self.counts = counts

    def agree(self, one: int, other: int) -> bool:
        """False if both name numbers and none is common: another version, another sum of money."""
        numbers, others = _numbers(self._texts[one]), _numbers(self._texts[other])
        if numbers and others and not numbers & others:
            return False
        title, other_title = _numbers(self._titles[one]), _numbers(self._titles[other])
        if not title or not other_title:
            return True
        return bool(title & others or other_title & numbers)


@lru_cache(maxsize=20_000)
def _numbers(text: str) -> frozenset[str]:
    return frozenset(_NUMBER.findall(text.lower()))


def alike(
    texts: Texts, rows: range, window: list[int], floor: float
) -> Iterator[tuple[int, int, float]]:
    """Pairs (row, earlier row of `window`, likeness ≥ `floor`), each pair once."""
    columns = np.asarray([i for i in window if texts.enough[i]], dtype=np.int64)
    if not len(columns):
        return
    weighted = _weighted(texts.counts[columns], texts.language)
    start = int(np.searchsorted(columns, rows.start))
    for low in range(start, len(columns), _BATCH):
        product = (weighted[low : low + _BATCH] @ weighted.T).tocoo()
        later, earlier = product.row + low, product.col
        kept = (product.data >= floor) & (earlier < later)
        # Rounding, so that the sum's order of additions cannot decide between two equal pairs.
        likeness = np.round(product.data[kept].astype(np.float64), 5)
        yield from zip(
            columns[later[kept]].tolist(),
            columns[earlier[kept]].tolist(),
            likeness.tolist(),
            strict=True,
        )


def alike_by_day(
    texts: Texts, days: Sequence[tuple[range, list[int]]], floor: float
) -> list[list[tuple[int, int, float]]]:
    """The pairs of `alike` for each day's rows and window, on all cores: the products are made in C.

    All of them first: Python code that runs beside these threads makes both wait for each other.
    """
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return list(threads.map(lambda day: list(alike(texts, day[0], day[1], floor)), days))


def _weighted(counts: Any, language: str) -> Any:
    """Rows of length 1, English words weighted by how rare they are in the window."""
    weighted = counts.copy()
    if language != "zh":
        documents = np.bincount(counts.indices, minlength=CELLS)
        weights = np.log((1 + counts.shape[0]) / (1 + documents)) + 1
        weighted.data *= weights[counts.indices].astype(np.float32)
    squares = weighted.copy()
    squares.data = np.square(weighted.data).astype(np.float64)
    lengths = np.sqrt(squares @ np.ones(CELLS))
    weighted.data /= np.repeat(lengths, np.diff(weighted.indptr))
    return weighted
