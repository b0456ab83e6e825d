"""New topics from what fitted none: the reserve.

In: the reserve (items that belong nowhere), one day after the other. Out: births.
Rule: items of the last WINDOW days that lie within CLOSE of one of them; LEAST_ITEMS counted ones from
LEAST_DIGESTS digests on LEAST_DAYS days, whose mean cosine with their centre is COHERENT at least.
Traps: days are looked at one by one even when many come in one build, so that a month of daily builds and
one build of the month give the same topics; a translation must not make a topic large, so only counted items
count; jokes and greetings gather too, so a centre that lies within an existing topic is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from etl.topics.vectors import Indices, Vectors, unit

WINDOW = 60  # days that an item stays in the reserve
CLOSE = 0.5  # cosine between two items of a new topic
COHERENT = 0.6  # mean cosine between its items and its centre
LEAST_ITEMS = 12
LEAST_DIGESTS, LEAST_DAYS = 4, 3
NOT_NEW = 0.8  # a centre this close to an existing one is that topic


@dataclass(frozen=True)
class Birth:
    """A new topic: its centre, and the indices of its items in the reserve."""

    centre: Vectors
    members: Indices


def find_birth(
    vectors: Vectors,
    is_counted: Indices,
    digests: Indices,
    days: list[date],
    centroids: Vectors,
    threshold: float,
) -> Birth | None:
    """The largest new topic among the items of the reserve, or None.

    `digests`: a number for each digest; `is_counted`: 1 or 0; `threshold`: as for any topic.
    """
    counted = np.flatnonzero(is_counted)
    if len(counted) < LEAST_ITEMS:
        return None
    mine = vectors[counted]
    near = (mine @ mine.T) >= CLOSE
    for seed in np.argsort(-near.sum(axis=1), kind="stable"):
        around = counted[near[seed]]
        if len(around) < LEAST_ITEMS:
            return None
        centre = unit(vectors[around].mean(axis=0, keepdims=True))
        members = np.flatnonzero(vectors @ centre[0] >= max(CLOSE, threshold))
        if _is_topic(members, vectors, centre, is_counted, digests, days) and (
            not len(centroids) or float((centroids @ centre[0]).max()) < NOT_NEW
        ):
            return Birth(centre, members)
    return None


def _is_topic(
    members: Indices,
    vectors: Vectors,
    centre: Vectors,
    is_counted: Indices,
    digests: Indices,
    days: list[date],
) -> bool:
    real = members[is_counted[members] > 0]
    return (
        len(real) >= LEAST_ITEMS
        and len(set(digests[real].tolist())) >= LEAST_DIGESTS
        and len({days[n] for n in real}) >= LEAST_DAYS
        and float((vectors[real] @ centre[0]).mean()) >= COHERENT
    )


def in_window(day: date, today: date) -> bool:
    """Whether an item of `day` is still in the reserve on `today`."""
    return day > today - timedelta(days=WINDOW)
