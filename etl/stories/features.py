"""Texts as rows of counted features: words (English) or pairs of characters (Chinese).

In: texts of one language. Out: a sparse matrix, one row a text, one column a cell of a hash table. Pure.
Traps: this counts what scikit-learn's `HashingVectorizer` counts, to the last bit, but importing that would
be a third of a daily build; the cell of a feature depends on the feature alone, or a later digest would
change the order in which a likeness is added up, and with it its last digit.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cache
from importlib.resources import files
from itertools import count
from typing import Any

import numpy as np
import yaml

# About 10,000 different words stand in a window: in 2^18 cells few share one.
CELLS = 2**18
# A version number is one word: "3.1" must not be the words 3 and 1.
_WORD = re.compile(r"\b\w(?:[\w.]*\w)?\b")
_SPACES = re.compile(r"\s\s+")


def count_features(texts: Sequence[str], language: str) -> Any:
    """A sparse float32 matrix (texts × CELLS), indices sorted: how often each feature stands in a text.

    A text's parts are what stands between spaces (English) or its pairs of characters (Chinese). Only
    the different parts are searched for words, a few in a hundred of all.
    """
    from scipy.sparse import csr_matrix

    parts = _pairs if language == "zh" else str.split
    number: defaultdict[str, int] = defaultdict(count().__next__)
    found, ends = array("i"), array("q", [0])
    for text in texts:
        found.extend(map(number.__getitem__, parts(text.lower())))
        ends.append(len(found))
    ones = np.ones(len(found), np.float32)
    by_part = csr_matrix((ones, np.array(found), np.array(ends)), (len(texts), len(number)))
    counts = by_part @ _cells_of_parts(number, language)
    counts.sort_indices()
    return counts


def _cells_of_parts(parts: Collection[str], language: str) -> Any:
    """A sparse matrix (parts × CELLS): how often each feature stands in a part."""
    from scipy.sparse import csr_matrix

    features: list[str] = []
    ends = [0]
    for part in parts:
        features += [part] if language == "zh" else _words(part)
        ends.append(len(features))
    ones = np.ones(len(features), np.float32)
    return csr_matrix((ones, cells_of(features), ends), (len(parts), CELLS))


def _words(text: str) -> list[str]:
    ignored = _stop_words()
    return [word for word in _WORD.findall(text) if word not in ignored]


def _pairs(text: str) -> list[str]:
    text = _SPACES.sub(" ", text)
    return [text[i : i + 2] for i in range(len(text) - 1)]


@cache
def _stop_words() -> frozenset[str]:
    text = (files("etl.stories") / "stop_words.yml").read_text("utf-8")
    return frozenset(yaml.safe_load(text)["words"].split())


def cells_of(features: Sequence[str]) -> Any:
    """The cell of each feature: its MurmurHash3 (x86, 32 bits, seed 0), signed, without sign, mod CELLS."""
    encoded = [f.encode("utf-8", "surrogatepass") for f in features]
    sizes = np.fromiter(map(len, encoded), np.int64, len(encoded))
    cells = np.zeros(len(encoded), np.int32)
    for size in np.unique(sizes).tolist():
        where = np.flatnonzero(sizes == size)
        together = b"".join([encoded[i] for i in where.tolist()])
        hashes = murmur3(np.frombuffer(together, np.uint8).reshape(len(where), size))
        cells[where] = np.abs(hashes.view(np.int32).astype(np.int64)) % CELLS
    return cells


def murmur3(rows: Any) -> Any:
    """MurmurHash3_x86_32 with seed 0 of each row of bytes (Austin Appleby, public domain)."""
    size = rows.shape[1]
    whole = size // 4 * 4
    padded = np.zeros((len(rows), whole + 4), np.uint8)
    padded[:, :size] = rows
    blocks = padded.view("<u4").astype(np.uint32)
    hashes = np.zeros(len(rows), np.uint32)
    for block in range(whole // 4):
        hashes ^= _mixed(blocks[:, block])
        hashes = _rotated(hashes, 13) * np.uint32(5) + np.uint32(0xE6546B64)
    hashes ^= _mixed(blocks[:, -1])  # the rest; without one it is 0 and changes nothing
    hashes ^= np.uint32(size)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        hashes ^= hashes >> np.uint32(shift)
        hashes *= np.uint32(factor)
    return hashes ^ (hashes >> np.uint32(16))


def _mixed(block: Any) -> Any:
    return _rotated(block * np.uint32(0xCC9E2D51), 15) * np.uint32(0x1B873593)


def _rotated(values: Any, by: int) -> Any:
    return (values << np.uint32(by)) | (values >> np.uint32(32 - by))
