"""Clusters of vectors: seeds by Ward's method on a sample, then spherical k-means on all.

In: vectors of length 1. Out: centroids, and for each item its nearest one with the cosine. Method: Ward
1963 on a sample gives compact seeds, Lloyd's steps by cosine (Dhillon & Modha 2001) place them.
Traps: the sample is drawn by a hash of the item's id, so neither the order of the input nor a few more
items draw another one; scikit-learn's k-means adds up in the order in which its threads end, so that two
runs may differ, hence Lloyd's steps in NumPy; items that belong nowhere would pull a centroid to
themselves, so the farthest take no part in placing it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from etl.topics.vectors import Indices, Vectors, unit

MOST_TOPICS = 120
ITEMS_A_TOPIC = 40  # a topic for so many items, up to the most
LEAST_ITEMS = 15  # of a topic
SAMPLE = 6000  # items for Ward's method, whose cost grows with the square
NOWHERE = (
    0.10  # share of the fitted items that are farthest from every centroid: they belong nowhere
)
_STEPS, _STILL = 40, 5e-4  # Lloyd: at most so many steps, until fewer than this share of items move
_CHUNK = 20_000


def topic_count(items: int) -> int:
    """How many topics so many items are divided into; 0 when they are too few for two."""
    return min(MOST_TOPICS, max(2, items // ITEMS_A_TOPIC)) if items >= 2 * LEAST_ITEMS else 0


def by_hash(ids: Sequence[str], most: int, seed: int = 0) -> Indices:
    """Indices of at most `most` of `ids`, by the hash of id and seed; in the order of the hashes."""
    keys = [hashlib.blake2b(f"{seed} {i}".encode(), digest_size=8).digest() for i in ids]
    order = sorted(range(len(ids)), key=keys.__getitem__)
    return np.array(order[:most], dtype=np.int64)


def seeds(vectors: Vectors, sample: Indices, count: int) -> Vectors:
    """Centroids (count × dimension) of Ward's clusters of the sampled vectors."""
    from sklearn.cluster import AgglomerativeClustering

    chosen = vectors[sample]
    count = min(count, len(sample))
    if count < 2:
        return unit(chosen.mean(axis=0, keepdims=True))
    labels = AgglomerativeClustering(n_clusters=count).fit_predict(chosen)
    return means(chosen, labels, count)


def place(vectors: Vectors, centroids: Vectors) -> Vectors:
    """Lloyd's steps from `centroids`; a cluster that falls under LEAST_ITEMS is given up."""
    before = np.full(len(vectors), -1)
    for _ in range(_STEPS):
        labels, cosines = nearest(vectors, centroids)
        core = cosines >= np.quantile(cosines, NOWHERE)
        sizes = np.bincount(labels[core], minlength=len(centroids))
        moved = (labels != before).mean()
        if (sizes < LEAST_ITEMS).any() and len(centroids) > 1:
            kept = sizes >= LEAST_ITEMS
            kept[sizes.argmax()] = True
            centroids, before = centroids[kept], np.full(len(vectors), -1)
            continue
        centroids = means(vectors[core], labels[core], len(centroids))
        if moved < _STILL:
            break
        before = labels
    return centroids


def means(vectors: Vectors, labels: npt.NDArray[np.int64], count: int) -> Vectors:
    """The mean directions (count × dimension) of the vectors of each label."""
    import scipy.sparse as sp

    ones = np.ones(len(labels), np.float32)
    member = sp.csr_matrix((ones, (labels, np.arange(len(labels)))), shape=(count, len(labels)))
    return unit(np.asarray(member @ vectors, dtype=np.float32))


def nearest(vectors: Vectors, centroids: Vectors) -> tuple[Indices, Vectors]:
    """(index of the nearest centroid, its cosine) by item."""
    labels = np.zeros(len(vectors), np.int64)
    cosines = np.zeros(len(vectors), np.float32)
    for start in range(0, len(vectors), _CHUNK):
        part = slice(start, start + _CHUNK)
        all_cosines = vectors[part] @ centroids.T
        labels[part] = all_cosines.argmax(axis=1)
        cosines[part] = all_cosines.max(axis=1)
    return labels, cosines
