"""One space for both languages: an item as a vector of length 1, whatever language it is written in.

In: words of items, their languages, and pairs of a translation and its original. Out: a `Space`, and
vectors. Method: TF-IDF; cross-language latent semantic indexing (Dumais et al. 1997: a truncated SVD in
which a translation and its original are one document); the mean of each language subtracted; then the
directions in which translations differ from their originals are shrunk (within-class covariance
normalisation, Hatch et al. 2006, as used for speakers), since they say how a thing is told, not what it is.
Traps: without pairs only the names that both languages write alike connect them; assigning a few items a
day must not load scikit-learn, so projecting needs NumPy only; an item without a known word has no
direction and gets the zero vector.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from etl.topics.words import BREAK, is_chinese, is_number

Vectors = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]
LANGUAGES = ("en", "zh")
DIMENSIONS = 128
MOST_SINGLES = 12_000  # items without a translation that take part in the SVD, beside all pairs
LEAST_WORD, LEAST_PAIR = 12, 30  # items of a large archive that a word, or two in a row, must be in
MOST_SHARE = 0.08  # a word in more than this share of the items tells none from another,
MOST_ITEMS = 400  # in a small archive one in more than these or a third
_RIDGE = 0.2  # keeps a direction that no pair differs in from being blown up


@dataclass(frozen=True)
class Space:
    """What turns words into vectors: `vocabulary` (feature → row), `rarity` (feature),
    `basis` (feature × dimension), `means` (language × dimension), `shrink` (dimension × dimension),
    `aliases` (plural → singular)."""

    vocabulary: dict[str, int]
    rarity: Vectors
    basis: Vectors
    means: Vectors
    shrink: Vectors
    aliases: dict[str, str]

    def project(self, texts: Iterable[Sequence[str]], languages: Sequence[str]) -> Vectors:
        """Vectors (item × dimension, float32) of a few items given by their words."""
        rows = [self._row(words) for words in texts]
        raw = np.array(rows, dtype=np.float32).reshape(len(rows), self.basis.shape[1])
        return self.finish(raw, language_index(languages))

    def _row(self, words: Sequence[str]) -> Vectors:
        words = [self.aliases.get(w, w) for w in words]
        places = [p for f in features(words) if (p := self.vocabulary.get(f)) is not None]
        if not places:
            return np.zeros(self.basis.shape[1], np.float32)
        known, counts = np.unique(places, return_counts=True)
        weights = ((1 + np.log(counts)) * self.rarity[known]).astype(np.float32)
        row: Vectors = weights @ self.basis[known]
        return row

    def finish(self, raw: Vectors, language: Indices) -> Vectors:
        """Raw projections → vectors: length 1, without the language's mean, differences shrunk."""
        there = np.abs(raw).sum(axis=1) > 0
        vectors = unit(unit(raw) - self.means[language])
        vectors = unit(vectors @ self.shrink)
        vectors[~there] = 0
        return vectors


def features(words: Sequence[str]) -> Iterator[str]:
    """Words but bare numbers, and two words in a row of one sentence (of the Latin script)."""
    for word in words:
        if word != BREAK and not is_number(word):
            yield word
    for one, other in pairwise(words):
        if one != BREAK and other != BREAK and not is_chinese(one) and not is_chinese(other):
            yield f"{one} {other}"


def language_index(languages: Sequence[str]) -> Indices:
    """Rows of `Space.means`, by item."""
    return np.array([LANGUAGES.index(name) for name in languages], dtype=np.int64)


def unit(vectors: Vectors) -> Vectors:
    """The rows brought to length 1; zero rows stay zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    out: Vectors = (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return out


@dataclass(frozen=True)
class Corpus:
    """The counts of all items (item × feature, a scipy CSR matrix) and the names of the features."""

    counts: Any
    names: list[str]
    aliases: dict[str, str]  # plural → singular, which it counts as


def fit_space(
    corpus: Corpus,
    languages: Sequence[str],
    pairs: Indices,
    singles: Indices,
    dimensions: int = DIMENSIONS,
) -> tuple[Space, Vectors]:
    """A space fitted on `pairs` (n × 2: translation, original) and `singles`, and all items' vectors.

    Deterministic: the SVD is randomised (Halko et al. 2011) with a fixed seed.
    """
    import scipy.sparse as sp
    from sklearn.utils.extmath import randomized_svd

    counts, language = corpus.counts, language_index(languages)
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.log((counts.shape[0] + 1) / (frequency + 1)).astype(np.float32)
    weighted = counts.copy()
    weighted.data = (1 + np.log(weighted.data)) * rarity[weighted.indices]
    norms = np.sqrt(weighted.multiply(weighted).sum(axis=1)).A1
    scaled = (sp.diags(1 / np.where(norms > 0, norms, 1)) @ weighted).tocsr().astype(np.float32)
    both = (scaled[pairs[:, 0]] + scaled[pairs[:, 1]]) * np.float32(0.5**0.5)
    documents = sp.vstack([both, scaled[singles]]).tocsr()
    dimensions = min(dimensions, *(n - 1 for n in documents.shape))
    _, _, rows = randomized_svd(documents, dimensions, n_iter=2, random_state=0)
    basis = np.ascontiguousarray(rows.T, dtype=np.float32)
    raw = np.asarray(scaled @ basis, dtype=np.float32)
    means = _means(unit(raw), language)
    flat = Space(
        {name: n for n, name in enumerate(corpus.names)},
        rarity,
        basis,
        means,
        np.eye(dimensions, dtype=np.float32),
        corpus.aliases,
    )
    shrink = _shrink(flat.finish(raw, language), pairs)
    space = Space(flat.vocabulary, rarity, basis, means, shrink, corpus.aliases)
    return space, space.finish(raw, language)


def _means(vectors: Vectors, language: Indices) -> Vectors:
    """The mean vector of each language; zero for one that has no item."""
    out = np.zeros((len(LANGUAGES), vectors.shape[1]), np.float32)
    for n in range(len(LANGUAGES)):
        if (language == n).any():
            out[n] = vectors[language == n].mean(axis=0)
    return out


def _shrink(vectors: Vectors, pairs: Indices) -> Vectors:
    """The inverse square root of the covariance of differences; identity with too few pairs."""
    size = vectors.shape[1]
    if len(pairs) < 2 * size:
        return np.eye(size, dtype=np.float32)
    differences = (vectors[pairs[:, 0]] - vectors[pairs[:, 1]]).astype(np.float64)
    within = differences.T @ differences / (2 * len(pairs))
    within += _RIDGE * np.trace(within) / size * np.eye(size)
    values, directions = np.linalg.eigh(within)
    return np.asarray((directions * values**-0.5) @ directions.T, dtype=np.float32)
