"""Find the topics of the whole archive, and carry the names of the former ones on.

In: an `Archive`, perhaps the `State` before. Out: a new `State`.
A first fit starts from Ward's seeds; a further one from the former topics, placed by their items in the new
space, and from those seeds that lie far from all of them, so that a topic stays itself while new ones find
a place. Traps: the vocabulary is frozen between fits, so only a fit sees new words; two clusters that come
to lie on one another are one topic; fewer items than topics must not fail.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from etl.topics import clusters
from etl.topics.births import in_window
from etl.topics.counting import count_words
from etl.topics.identity import carry_on
from etl.topics.items import Archive, Items
from etl.topics.labels import describe
from etl.topics.parts import theme_parts
from etl.topics.state import ASSIGNED, FORMAT, RESERVE, State
from etl.topics.vectors import MOST_SINGLES, Corpus, Indices, Space, Vectors, fit_space
from etl.topics.words import words

MOST_DOCUMENTS = 34_000  # of the SVD; with fewer pairs more single items take part
LEAST_THRESHOLD = 0.05  # below this cosine nothing belongs together, however few the items
ONE_TOPIC = 0.9  # cosine of two centroids that are one topic
FAR = 0.7  # cosine to the nearest former topic under which a seed is a new one
_MOST_NEW = 0.15  # new seeds at a further fit, as a share of the former topics


class TooFewItems(ValueError):
    """There is too little to divide into topics; the message says how much there is."""


@dataclass(frozen=True)
class Fitted:
    """Clusters before they have ids: `labels` (-1: nowhere) and `cosines` by item."""

    space: Space
    corpus: Corpus
    vectors: Vectors
    centroids: Vectors
    labels: Indices
    cosines: Vectors
    threshold: float


def fit(archive: Archive, previous: State | None = None, seed: int = 0) -> State:
    """The topics of all items of `archive`. Raises TooFewItems. `seed` draws another sample of items."""
    fitted = cluster(archive, previous, seed)
    items = archive.items
    usual, named = describe(items, fitted, archive.themes)
    fit_id = _fit_id(items)
    carried = carry_on(items, fitted.labels, named, previous, fit_id)
    ids = np.array([*carried.ids, None], dtype=object)[fitted.labels]  # -1: the last, None
    return State(
        fit_id=fit_id,
        fitted_until=max(items.days).isoformat(),
        threshold=fitted.threshold,
        centroid_ids=carried.ids,
        centroids=fitted.centroids,
        topics=carried.topics,
        events=carried.events,
        assigned=assigned_rows(items, ids.tolist(), fitted.cosines),
        reserve=_reserve(items, fitted),
        parts=theme_parts(archive, fitted.corpus, fitted.vectors),
        given_space=fitted.space,
        given_usual=usual,
    )


def cluster(archive: Archive, previous: State | None = None, seed: int = 0) -> Fitted:
    """Space and clusters, the largest first."""
    items = archive.items
    counted = np.flatnonzero(items.is_counted)
    count = clusters.topic_count(len(counted))
    if not count:
        raise TooFewItems(
            f"{len(counted)} items are too few for topics; "
            f"{2 * clusters.LEAST_ITEMS} at least are needed"
        )
    corpus = count_words([words(a, b) for a, b in zip(items.titles, items.texts, strict=True)])
    if corpus.counts.shape[1] < 2:
        raise TooFewItems("the items share no words that a topic could be made of")
    singles = _singles(items, archive.pairs, counted)
    space, vectors = fit_space(corpus, items.languages, archive.pairs, singles)
    sample = counted[clusters.by_hash([items.ids[n] for n in counted], clusters.SAMPLE, seed)]
    start = clusters.seeds(vectors, sample, count)
    if previous is not None:
        start = _warm(items, vectors, previous, start)
    centroids = _one_each(clusters.place(vectors[counted], start))
    labels, cosines = clusters.nearest(vectors, centroids)
    threshold = max(LEAST_THRESHOLD, float(np.quantile(cosines[counted], clusters.NOWHERE)))
    labels[cosines < threshold] = -1
    sizes = np.bincount(labels[counted][labels[counted] >= 0], minlength=len(centroids))
    order = np.argsort(-sizes, kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    labels = np.where(labels >= 0, rank[labels], -1)
    return Fitted(space, corpus, vectors, centroids[order], labels, cosines, threshold)


def _singles(items: Items, pairs: Indices, counted: Indices) -> Indices:
    """Counted items that are in no pair, as many as the SVD takes."""
    paired = set(pairs.ravel().tolist())
    free = np.array([n for n in counted if n not in paired], dtype=np.int64)
    most = max(MOST_SINGLES, MOST_DOCUMENTS - len(pairs))
    return np.sort(free[clusters.by_hash([items.ids[n] for n in free], most)])


def _warm(items: Items, vectors: Vectors, previous: State, cold: Vectors) -> Vectors:
    """The former topics where their items lie now, and the seeds that are far from all of them."""
    topics = former_topics(items, previous)
    index = {topic: n for n, topic in enumerate(previous.centroid_ids)}
    labels = np.array([index.get(t or "", -1) for t in topics], dtype=np.int64)
    there = (labels >= 0) & items.is_counted
    sizes = np.bincount(labels[there], minlength=len(index))
    warm = clusters.means(vectors[there], labels[there], len(index))[sizes > 0]
    if not len(warm):
        return cold
    nearest = (cold @ warm.T).max(axis=1)
    far = np.argsort(nearest, kind="stable")[: max(1, int(_MOST_NEW * len(warm)))]
    return np.vstack([warm, cold[far[nearest[far] < FAR]]])


def former_topics(items: Items, previous: State) -> list[str | None]:
    """The topic that each item had, None for none."""
    rows = previous.assigned
    topic_of = dict(zip(rows["item_id"].to_pylist(), rows["topic_id"].to_pylist(), strict=True))
    return [topic_of.get(i) for i in items.ids]


def _one_each(centroids: Vectors) -> Vectors:
    """Centroids of which no two lie on one another; the earlier one stays."""
    kept: list[int] = []
    for n in range(len(centroids)):
        if not kept or float((centroids[kept] @ centroids[n]).max()) < ONE_TOPIC:
            kept.append(n)
    return centroids[kept]


def assigned_rows(items: Items, topics: Sequence[str | None], cosines: Vectors) -> pa.Table:
    """Rows of `State.assigned`."""
    return pa.Table.from_arrays(
        [
            pa.array(items.ids, pa.string()),
            pa.array(topics, pa.string()),
            pa.array(np.round(cosines.astype(np.float64), 4)),
            pa.array(items.days, pa.date32()),
            pa.array(items.channels, pa.string()),
            pa.array(items.is_counted),
        ],
        schema=ASSIGNED,
    )


def _reserve(items: Items, fitted: Fitted) -> pa.Table:
    """The items of the last days that belong nowhere."""
    today = max(items.days)
    recent = np.array([in_window(day, today) for day in items.days], dtype=bool)
    chosen = recent & (fitted.labels < 0)
    return reserve_rows(items.take(chosen), fitted.vectors[chosen])


def reserve_rows(items: Items, vectors: Vectors) -> pa.Table:
    """Rows of `State.reserve`."""
    return pa.Table.from_arrays(
        [
            pa.array(items.ids, pa.string()),
            pa.array(items.digests, pa.string()),
            pa.array(items.days, pa.date32()),
            pa.array(items.languages, pa.string()),
            pa.array(items.titles, pa.string()),
            pa.array(items.texts, pa.string()),
            pa.array(items.is_counted),
            pa.array(list(vectors), pa.list_(pa.float32())),
        ],
        schema=RESERVE,
    )


def _fit_id(items: Items) -> str:
    digest = hashlib.sha256(f"topics {FORMAT}".encode())
    for item in items.ids:
        digest.update(item.encode())
    return digest.hexdigest()[:12]
