"""Give the clusters of a fit their ids, and tell what became of the former topics.

In: clusters with names, the state before. Out: ids by cluster, all topics (former ones too), all events.
Traps: an id is made from what the topic was born of, so that the same archive gives the same ids
everywhere; a topic that survives keeps its name while the name still fits, since a name that changes daily
says less than one that is a little old.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from etl.topics.items import Items
from etl.topics.labels import Described
from etl.topics.memory import Matched, match
from etl.topics.state import Row, State, Topic
from etl.topics.vectors import Indices

_STILL_FITS = 4  # a name stays while its first phrase is among so many of the strongest


@dataclass(frozen=True)
class Carried:
    """Ids by cluster, every topic by id, every event."""

    ids: list[str]
    topics: dict[str, Topic]
    events: list[Row]


def new_id(basis: str, taken: Collection[str]) -> str:
    """An id made from `basis` that is not `taken`: t and eight hexadecimal digits."""
    attempt = 0
    while True:
        made = "t" + hashlib.sha256(f"{basis} {attempt}".encode()).hexdigest()[:8]
        if made not in taken:
            return made
        attempt += 1


def event(topic_id: str, what: str, run_id: str, day: str, other: str | None = None) -> Row:
    """A row of `State.events`."""
    return {
        "topic_id": topic_id,
        "event": what,
        "happened_in_run": run_id,
        "happened_on": day,
        "other_topic_id": other,
    }


def carry_on(
    items: Items, labels: Indices, named: Sequence[Described], previous: State | None, run_id: str
) -> Carried:
    """Ids for the clusters `labels`, by the topics of `previous`."""
    day = max(items.days).isoformat()
    former = list(previous.centroid_ids) if previous else []
    topics = dict(previous.topics) if previous else {}
    events = list(previous.events) if previous else []
    matched = _matched(items, labels, named, previous)
    ids: list[str] = []
    source = dict(matched.splits)
    for n, cluster in enumerate(named):
        old = matched.old_of[n]
        if old is not None:
            topic_id = former[old]
            topics[topic_id], renamed = _survivor(topics[topic_id], cluster)
            events += [event(topic_id, "rename", run_id, day)] if renamed else []
        else:
            topic_id = new_id(cluster.typical_items[0] if cluster.typical_items else day, topics)
            topics[topic_id] = _topic(topic_id, cluster)
            split = source.get(n)
            events.append(
                event(topic_id, "birth", run_id, day)
                if split is None
                else event(topic_id, "split", run_id, day, former[split])
            )
        ids.append(topic_id)
    for old, new in matched.merges:
        topics[former[old]] = replace(topics[former[old]], status="merged", successor=ids[new])
        events.append(event(former[old], "merge", run_id, day, ids[new]))
    for old in matched.retired:
        topics[former[old]] = replace(topics[former[old]], status="retired")
        events.append(event(former[old], "retirement", run_id, day))
    return Carried(ids, topics, events)


def _matched(
    items: Items, labels: Indices, named: Sequence[Described], previous: State | None
) -> Matched:
    """The clusters matched to the former topics, of which a first fit has none."""
    if previous is None:
        return Matched([None] * len(named), [], [], [])
    return match(
        _former_labels(items, previous),
        np.where(items.is_counted, labels, -1),
        [previous.topics[t].terms for t in previous.centroid_ids],
        [d.name.terms for d in named],
    )


def _former_labels(items: Items, previous: State) -> Indices:
    """By item the index of its former topic; -1 also for items that do not count."""
    rows = previous.assigned
    index = {t: n for n, t in enumerate(previous.centroid_ids)}
    topic_of = dict(zip(rows["item_id"].to_pylist(), rows["topic_id"].to_pylist(), strict=True))
    labels = np.array([index.get(topic_of.get(i) or "", -1) for i in items.ids], dtype=np.int64)
    return np.where(items.is_counted, labels, -1)


def _topic(topic_id: str, cluster: Described) -> Topic:
    return Topic(
        topic_id,
        cluster.name.label,
        cluster.name.label_zh,
        list(cluster.name.terms),
        cluster.theme_id,
        cluster.typical_items,
    )


def _survivor(old: Topic, cluster: Described) -> tuple[Topic, bool]:
    """The topic after the fit, and whether it has another name now."""
    new = _topic(old.topic_id, cluster)
    strongest = {t.lower() for t in cluster.name.terms[:_STILL_FITS]}
    if old.label.split(", ")[0].lower() in strongest:
        return replace(new, label=old.label, label_zh=old.label_zh), False
    return new, new.label != old.label
