"""A build's part in the topics: new items to frozen topics, leftovers to the reserve, births from it.

In: rows of `items`, those that are new or all of them. Out: the state, written where it changed.
Traps: a day's items are looked at day by day, so that one build of a month equals a month of builds; an item
that has its topic keeps it, whatever its text's tags become; a build without topics must not fail and a
build without new items must not load the space.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from etl.topics.births import Birth, find_birth, in_window
from etl.topics.clusters import nearest
from etl.topics.fit import assigned_rows, reserve_rows
from etl.topics.identity import event, new_id
from etl.topics.items import Items
from etl.topics.labels import naming_texts, typical
from etl.topics.names import count_phrases, name_topic
from etl.topics.state import FOLDER, State, Topic, read_state, write_changes
from etl.topics.vectors import Vectors
from etl.topics.words import words


def update_topics(warehouse: Path, rows: pa.Table, run_id: str, is_all: bool) -> State | None:
    """Bring the topics of a warehouse up to date with rows of `items`; None when it has none.

    `is_all`: `rows` are all items, so that others are gone.
    """
    state = read_state(warehouse)
    if state is None:
        return None
    if update_state(state, Items.of(rows), run_id, is_all):
        write_changes(state, warehouse / FOLDER)
    return state


def update_state(state: State, items: Items, run_id: str, is_all: bool = False) -> bool:
    """Assign what is new among `items`; returns whether the state changed."""
    changed = _forget_missing(state, items) if is_all else False
    changed |= _recount(state, items)
    ids = pa.array(items.ids, pa.string())
    known = pc.is_in(ids, value_set=state.assigned["item_id"].combine_chunks())
    fresh = items.take(~known.to_numpy(zero_copy_only=False))
    if not len(fresh):
        return changed
    texts = [words(a, b) for a, b in zip(fresh.titles, fresh.texts, strict=True)]
    vectors = state.space.project(texts, fresh.languages)
    for day in sorted(set(fresh.days)):
        mine = np.array([d == day for d in fresh.days], dtype=bool)
        _assign_day(state, fresh.take(mine), vectors[mine], run_id)
    return True


def _assign_day(state: State, items: Items, vectors: Vectors, run_id: str) -> None:
    """Assign the items of one day, put the leftovers into the reserve, and see what it gives birth to."""
    labels, cosines = nearest(vectors, state.centroids)
    fits = cosines >= state.threshold
    topics = [
        state.centroid_ids[n] if f else None for n, f in zip(labels, fits.tolist(), strict=True)
    ]
    state.assigned = pa.concat_tables([state.assigned, assigned_rows(items, topics, cosines)])
    today = items.days[0]
    rows = pa.concat_tables([state.reserve, reserve_rows(items.take(~fits), vectors[~fits])])
    kept = [in_window(d, today) for d in rows["published_on"].to_pylist()]
    state.reserve = rows.filter(pa.array(kept, pa.bool_())).sort_by("item_id")
    while _give_birth(state, today, run_id):
        pass


def _forget_missing(state: State, items: Items) -> bool:
    there = pa.array(items.ids, pa.string())
    before = len(state.assigned)
    state.assigned = state.assigned.filter(pc.is_in(state.assigned["item_id"], value_set=there))
    state.reserve = state.reserve.filter(pc.is_in(state.reserve["item_id"], value_set=there))
    return len(state.assigned) != before


def _recount(state: State, items: Items) -> bool:
    """Take over whether items count: an item stops counting when its original is loaded."""
    counts = dict(zip(items.ids, items.is_counted.tolist(), strict=True))
    given = pa.array(items.ids, pa.string())
    if not pc.any(pc.is_in(state.assigned["item_id"], value_set=given)).as_py():
        return False
    ids, before = state.assigned["item_id"].to_pylist(), state.assigned["is_counted"].to_pylist()
    now = [counts.get(i, b) for i, b in zip(ids, before, strict=True)]
    if now == before:
        return False
    column = state.assigned.schema.get_field_index("is_counted")
    state.assigned = state.assigned.set_column(column, "is_counted", pa.array(now))
    return True


def _give_birth(state: State, day: date, run_id: str) -> bool:
    reserve = _Reserve(state.reserve)
    birth = reserve.birth(state.centroids, state.threshold)
    if birth is None:
        return False
    members = birth.members
    near = members[np.argsort(-(reserve.vectors[members] @ birth.centre[0]), kind="stable")]
    cosines = (reserve.vectors[near] @ birth.centre[0]).tolist()
    taken = {label for t in state.topics.values() for label in (t.label, t.label_zh)}
    name = name_topic(count_phrases(naming_texts(reserve.items, near)), state.usual, taken)
    proof = typical(reserve.items, near, cosines, name)
    topic_id = new_id((proof or [reserve.items.ids[near[0]]])[0], state.topics)
    state.topics[topic_id] = Topic(
        topic_id, name.label, name.label_zh, list(name.terms), None, proof
    )
    state.events.append(event(topic_id, "birth", run_id, day.isoformat()))
    state.centroid_ids = [*state.centroid_ids, topic_id]
    state.centroids = np.vstack([state.centroids, birth.centre])
    _assign(state, [reserve.items.ids[n] for n in near], cosines, topic_id)
    left = np.ones(len(state.reserve), bool)
    left[members] = False
    state.reserve = state.reserve.filter(pa.array(left))
    return True


class _Reserve:
    """The reserve as columns and vectors."""

    def __init__(self, rows: pa.Table) -> None:
        self.items = Items(
            rows["item_id"].to_pylist(),
            rows["digest_id"].to_pylist(),
            rows["published_on"].to_pylist(),
            [""] * len(rows),
            rows["language"].to_pylist(),
            rows["title"].to_pylist(),
            rows["text"].to_pylist(),
            [None] * len(rows),
            [0] * len(rows),
            np.array(rows["is_counted"].to_pylist(), dtype=bool),
        )
        flat = rows["vector"].combine_chunks().flatten().to_numpy(zero_copy_only=False)
        self.vectors: Vectors = (
            flat.reshape(len(rows), -1) if len(rows) else np.zeros((0, 1), np.float32)
        )

    def birth(self, centroids: Vectors, threshold: float) -> Birth | None:
        """What it gives birth to, if anything."""
        counted: npt.NDArray[np.int64] = self.items.is_counted.astype(np.int64)
        number = {d: n for n, d in enumerate(sorted(set(self.items.digests)))}
        digests = np.array([number[d] for d in self.items.digests], dtype=np.int64)
        return find_birth(self.vectors, counted, digests, self.items.days, centroids, threshold)


def _assign(state: State, ids: list[str], cosines: Iterable[float], topic_id: str) -> None:
    """Give items of the reserve their topic."""
    score = dict(zip(ids, cosines, strict=True))
    all_ids = state.assigned["item_id"].to_pylist()
    topics = state.assigned["topic_id"].to_pylist()
    scores = state.assigned["score"].to_pylist()
    for n, item in enumerate(all_ids):
        if item in score:
            topics[n], scores[n] = topic_id, round(float(score[item]), 4)
    schema = state.assigned.schema
    for name, values in (("topic_id", topics), ("score", scores)):
        place = schema.get_field_index(name)
        state.assigned = state.assigned.set_column(place, schema.field(place), pa.array(values))
