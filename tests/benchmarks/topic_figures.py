"""Figures of topics, the same for ours and for a peer: coherence, diversity, stability, agreement.

In: a label by item (-1: no topic) and the words of the items. Out: numbers.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from scipy.optimize import linear_sum_assignment

TOP = 10


def top_words(presence, labels):
    """The ten words of each topic by p(w|t)·log(p(w|t)/p(w)); `presence`: item × word, ones."""
    topics = int(labels.max()) + 1
    there = np.flatnonzero(labels >= 0)
    member = sp.csr_matrix(
        (np.ones(len(there), np.float32), (labels[there], there)), shape=(topics, len(labels))
    )
    inside = (member @ presence).toarray()
    inside /= np.maximum(np.bincount(labels[there], minlength=topics), 1)[:, None]
    around = (np.asarray(presence.sum(axis=0)).ravel() + 1) / presence.shape[0]
    score = inside * np.log(np.maximum(inside, 1e-12) / around)
    return [np.argsort(-row, kind="stable")[:TOP] for row in score]


def coherence(presence, tops):
    """Mean normalised pointwise mutual information of the top words (Bouma 2009), item as window."""
    items, columns, values = presence.shape[0], presence.tocsc(), []
    for top in tops:
        part = columns[:, top]
        both = (part.T @ part).toarray()
        for i in range(len(top)):
            for j in range(i):
                if not both[i, j]:
                    values.append(-1.0)
                    continue
                mutual = np.log(both[i, j] * items / (both[i, i] * both[j, j]))
                values.append(mutual / -np.log(both[i, j] / items))
    return float(np.mean(values))


def diversity(tops):
    """Share of different words among all top words."""
    every = np.concatenate(tops)
    return len(set(every.tolist())) / len(every)


def words_kept(tops, others):
    """Mean Jaccard of the top words, topics matched one to one (Hungarian)."""
    table = np.array([[len(set(a) & set(b)) / len(set(a) | set(b)) for b in others] for a in tops])
    return float(table[linear_sum_assignment(-table)].mean())


def agreement(labels, pairs):
    """Of pairs of items with a topic on one side at least: in the same one; and with one on both sides."""
    one, other = labels[pairs[:, 0]], labels[pairs[:, 1]]
    any_, both = (one >= 0) | (other >= 0), (one >= 0) & (other >= 0)
    same = (one == other) & both
    return float(same[any_].mean()), float(same[both].mean()), float(any_.mean())
