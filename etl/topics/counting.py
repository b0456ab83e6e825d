"""Count the words of many items at once, for a fit.

In: words of all items. Out: a `Corpus`, whose features are those of `vectors.features` that are neither
too rare nor too common. Trap: pairs of words in a hundred thousand items are millions of strings; they
are counted as pairs of numbers, and only those that are kept become strings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from etl.topics.vectors import LEAST_PAIR, LEAST_WORD, MOST_ITEMS, MOST_SHARE, Corpus
from etl.topics.words import BREAK, is_chinese, is_number

_NOT_RARE = 0.15  # of the items of the plural
Places = npt.NDArray[np.int64]


def count_words(texts: Sequence[Sequence[str]]) -> Corpus:
    """The corpus of `texts`; the names of its features are sorted, so their order is no accident."""
    least = max(2, min(LEAST_WORD, len(texts) // 5000))
    place: dict[str, int] = {}
    stream = np.fromiter(
        (place.setdefault(w, len(place)) for words in texts for w in words), dtype=np.int64
    )
    item = np.repeat(np.arange(len(texts)), [len(words) for words in texts])
    names = list(place)
    most = max(int(MOST_SHARE * len(texts)), min(MOST_ITEMS, len(texts) // 3))
    single = np.array([w != BREAK and not is_number(w) for w in names], dtype=bool)
    joins = np.array([w != BREAK and not is_chinese(w) for w in names], dtype=bool)
    sizes = _items_of(item, stream, len(names))
    singular = _singulars(names, place, sizes)
    aliases = {names[n]: names[s] for n, s in enumerate(singular) if n != s}
    stream = singular[stream]
    sizes = _items_of(item, stream, len(names))
    kept = single & (sizes >= least) & (sizes <= most)
    words = np.flatnonzero(kept)
    there = kept[stream]
    rows, columns = item[there], (np.cumsum(kept) - 1)[stream[there]]
    pairs, pair_rows, pair_columns = _pairs(
        stream, item, joins & (sizes >= max(least, LEAST_PAIR)), (max(least, LEAST_PAIR), most)
    )
    labels = [names[w] for w in words]
    labels += [f"{names[p // len(names)]} {names[p % len(names)]}" for p in pairs]
    return _matrix(
        np.concatenate([rows, pair_rows]),
        np.concatenate([columns, pair_columns + len(words)]),
        labels,
        len(texts),
        aliases,
    )


def _singulars(names: Sequence[str], place: dict[str, int], sizes: Places) -> Places:
    """By word, the word that it counts as: a plural as its singular where that is not rare.

    "hermes" and "analysis" are no plurals: "herme" and "analysi" hardly occur.
    """
    out = np.arange(len(names))
    for n, name in enumerate(names):
        one = place.get(name[:-1]) if len(name) > 3 and name[-1] == "s" else None
        if one is not None and sizes[one] >= _NOT_RARE * sizes[n]:
            out[n] = one
    return out


def _items_of(item: Places, codes: Places, count: int) -> Places:
    """How many items each of `count` codes stands in."""
    import scipy.sparse as sp

    ones = np.ones(len(codes), dtype=np.int8)
    shape = (int(item[-1]) + 1 if len(item) else 1, count)
    table = sp.csr_matrix((ones, (item, codes)), shape=shape)  # adds up repeats
    return np.bincount(table.indices, minlength=count)


def _pairs(
    stream: Places, item: Places, joins: npt.NDArray[np.bool_], within: tuple[int, int]
) -> tuple[list[int], Places, Places]:
    """Codes of the pairs of words in a row that `within` items have, and (item, index) of each.

    `joins`: words that a pair may have. A code is first word × number of words + second word.
    """
    if len(stream) < 2:
        return [], item[:0], item[:0]
    joined = joins[stream]
    follows = np.flatnonzero(joined[:-1] & joined[1:] & (item[:-1] == item[1:]))
    found, index = np.unique(
        stream[follows] * len(joins) + stream[follows + 1], return_inverse=True
    )
    sizes = _items_of(item[follows], index, len(found))
    kept = (sizes >= within[0]) & (sizes <= within[1])
    there = kept[index]
    return found[kept].tolist(), item[follows][there], (np.cumsum(kept) - 1)[index[there]]


def _matrix(
    rows: Places, columns: Places, labels: list[str], items: int, aliases: dict[str, str]
) -> Corpus:
    import scipy.sparse as sp

    order = sorted(range(len(labels)), key=labels.__getitem__)
    moved = np.empty(len(labels), dtype=np.int64)
    moved[order] = np.arange(len(labels))
    ones = np.ones(len(rows), dtype=np.float32)
    shape = (items, len(labels))
    counts: Any = sp.coo_matrix((ones, (rows, moved[columns])), shape=shape).tocsr()
    counts.sort_indices()
    return Corpus(counts, [labels[n] for n in order], aliases)
