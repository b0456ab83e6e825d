"""What a theme is made of: its items divided further than topics divide the archive.

In: the items of a theme, their words and vectors. Out: rows of `theme_parts`, a part each.
Method: average linkage on a mean of two likenesses: by the common space (which joins the languages) and by
the words that are rare within the theme (which tell one architecture from another).
Traps: what is usual in a theme ("memory") tells its parts apart least, so rarity is counted within it; a
name that both languages write alike ties items that have little else in common, and should; a large theme is
divided by a sample of its items, whose size the rows state.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np

from etl.topics.clusters import by_hash
from etl.topics.items import Archive, Items
from etl.topics.labels import naming_texts, typical
from etl.topics.names import Text, Usual, count_phrases, name_topic
from etl.topics.state import Row
from etl.topics.vectors import Corpus, Indices, Vectors

MOST_ITEMS = 800  # of a theme that are compared with one another
LEAST_ITEMS = 2  # of a part: a thing that two digests tell is a thing
MOST_NAMED = 40  # items that a part is named by
MOST_PARTS = 120
APART = 0.68  # mean distance (1 - likeness) from which two groups are two parts
_WORDS = 0.5  # how much the words weigh against the common space
_LEAST_WORD, _MOST_SHARE = 2, 0.2  # items of the theme that a telling word stands in


def theme_parts(archive: Archive, corpus: Corpus, vectors: Vectors) -> list[Row]:
    """Rows for every theme that has enough items, the largest part of each first."""
    of_theme: dict[str, list[int]] = defaultdict(list)
    for n, item in enumerate(archive.items.ids):
        if archive.items.is_counted[n]:
            for theme in archive.themes.get(item, ()):
                of_theme[theme].append(n)
    twins = {original: copy for copy, original in archive.pairs.tolist()}
    out: list[Row] = []
    for theme, places in sorted(of_theme.items()):
        out += _parts(theme, np.array(places), archive.items, twins, corpus, vectors)
    return out


def _parts(
    theme: str,
    places: Indices,
    items: Items,
    twins: dict[int, int],
    corpus: Corpus,
    vectors: Vectors,
) -> Iterator[Row]:
    chosen = np.sort(places[by_hash([items.ids[n] for n in places], MOST_ITEMS)])
    if len(chosen) < 2 * LEAST_ITEMS:
        return
    likeness = alike(corpus.counts[chosen], vectors[chosen])
    labels = divide(likeness)
    groups = [np.flatnonzero(labels == n) for n in range(labels.max() + 1)]
    groups = sorted((g for g in groups if len(g) >= LEAST_ITEMS), key=lambda g: (-len(g), g[0]))
    groups = groups[:MOST_PARTS]
    inner = [likeness[np.ix_(g, g)].mean(axis=1) for g in groups]
    near = [g[np.argsort(-i, kind="stable")] for g, i in zip(groups, inner, strict=True)]
    counts = [count_phrases(_texts(items, chosen[g], twins)) for g in near]
    usual = Usual()
    for counted in counts:
        usual.add(counted)
    taken: set[str] = set()
    for number, (group, counted) in enumerate(zip(near, counts, strict=True), 1):
        name = name_topic(counted, usual, taken)
        taken |= {name.label, name.label_zh}
        closeness = sorted(inner[number - 1].tolist(), reverse=True)
        yield {
            "theme_id": theme,
            "position": number,
            "label": name.label,
            "label_zh": name.label_zh,
            "terms": list(name.terms),
            "item_count": len(group),
            "items_compared": len(chosen),
            "first_on": min(items.days[n] for n in chosen[group]).isoformat(),
            "last_on": max(items.days[n] for n in chosen[group]).isoformat(),
            "typical_items": typical(items, chosen[group], closeness, name),
        }


def _texts(items: Items, near: Indices, twins: dict[int, int]) -> list[Text]:
    """What a part is named by: its items, and their translations for its Chinese name."""
    copies = [twins[n] for n in near.tolist() if n in twins]
    return naming_texts(items, [*near.tolist()[:MOST_NAMED], *copies[:MOST_NAMED]])


def alike(counts: Any, vectors: Vectors) -> Vectors:
    """Likeness (item × item) by words and by the common space."""
    from scipy.sparse import diags

    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    telling = (frequency >= _LEAST_WORD) & (frequency <= max(2, _MOST_SHARE * counts.shape[0]))
    words = counts[:, np.flatnonzero(telling)].astype(np.float32)
    words.data[:] = np.log(counts.shape[0] / frequency[telling])[words.indices]
    lengths = np.sqrt(np.asarray(words.multiply(words).sum(axis=1)).ravel())
    scaled = diags(1 / np.where(lengths > 0, lengths, 1)) @ words
    by_words = np.asarray((scaled @ scaled.T).todense(), dtype=np.float32)
    mean: Vectors = _WORDS * by_words + (1 - _WORDS) * (vectors @ vectors.T)
    return mean


def divide(likeness: Vectors) -> Indices:
    """A group number for each item."""
    from sklearn.cluster import AgglomerativeClustering

    made = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=APART
    )
    labels: Indices = made.fit_predict(np.clip(1 - likeness, 0, 2)).astype(np.int64)
    return labels
