"""The published tables of topics, made from what is remembered and from what a person decided.

In: a `State`, decisions. Out: Arrow tables topics, item_topics, topic_events, theme_parts.
Traps: a person's merge moves the items, so counts are made after it; a topic that was merged or retired stays
in the table with its state, since links to it live on; without topics the tables are there and empty.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from etl.topics.decisions import FILE, Decisions, decisions_text, read_decisions
from etl.topics.places import places
from etl.topics.state import State, Topic, state_hash
from etl.topics.update import update_topics
from warehouse.schema import arrow_schema, arrow_table
from warehouse.taxonomy.themes import load_themes

Row = dict[str, Any]
NAMES = ("topics", "item_topics", "topic_events", "theme_parts")


def topic_tables(
    warehouse: Path, items: pa.Table, run_id: str, is_all: bool
) -> dict[str, pa.Table]:
    """What a build publishes of topics; `items`: rows of the table, new or changed ones or all."""
    state = update_topics(warehouse, items, run_id, is_all)
    if state is None:
        return {name: arrow_schema(name).empty_table() for name in NAMES}
    themes = {theme.id for theme in load_themes()}
    decided = read_decisions(decisions_text(warehouse), FILE, state.topics, themes)
    return tables_of(state, decided)


def topics_mark(warehouse: Path) -> str:
    """What the tables depend on beside the lake, for the snapshot's id."""
    mark = state_hash(warehouse)
    return mark + decisions_text(warehouse)


def tables_of(state: State, decided: Decisions) -> dict[str, pa.Table]:
    """The tables of a state."""
    rows = state.assigned
    topics = rows["topic_id"].to_pylist()
    if decided.merge:
        topics = [decided.target(t) if t else t for t in topics]
        place = rows.schema.get_field_index("topic_id")
        rows = rows.set_column(place, rows.schema.field(place), pa.array(topics, pa.string()))
    sizes = _sizes(rows)
    spots = dict(zip(state.centroid_ids, places(state.centroids).tolist(), strict=True))
    listed = [
        _topic_row(t, decided, sizes) | _spot(spots, t.topic_id)
        for _, t in sorted(state.topics.items())
    ]
    return {
        "topics": arrow_table("topics", listed),
        "item_topics": rows.select(arrow_schema("item_topics").names).cast(
            arrow_schema("item_topics")
        ),
        "topic_events": arrow_table("topic_events", [_event_row(e) for e in state.events]),
        "theme_parts": arrow_table("theme_parts", [_part_row(p) for p in state.parts]),
    }


def _sizes(rows: pa.Table) -> dict[str, tuple[int, date, date]]:
    """Counted items, first and last day by topic."""
    # NumPy, since grouping in Arrow loads pandas with it
    codes = rows["topic_id"].combine_chunks().dictionary_encode()
    names = codes.dictionary.to_pylist()
    index = codes.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    counted = rows["is_counted"].combine_chunks().to_numpy(zero_copy_only=False)
    days = rows["published_on"].combine_chunks().cast(pa.int32()).to_numpy(zero_copy_only=False)
    kept = (index >= 0) & counted.astype(bool)
    sizes = np.bincount(index[kept], minlength=len(names))
    first = np.full(len(names), np.iinfo(np.int32).max)
    last = np.full(len(names), np.iinfo(np.int32).min)
    np.minimum.at(first, index[kept], days[kept])
    np.maximum.at(last, index[kept], days[kept])
    epoch = date(1970, 1, 1).toordinal()
    return {
        name: (
            int(sizes[n]),
            date.fromordinal(epoch + int(first[n])),
            date.fromordinal(epoch + int(last[n])),
        )
        for n, name in enumerate(names)
        if sizes[n]
    }


def _topic_row(topic: Topic, decided: Decisions, sizes: dict[str, tuple[int, date, date]]) -> Row:
    count, first, last = sizes.get(topic.topic_id, (0, None, None))
    names = decided.rename.get(topic.topic_id, {})
    merged_by_hand = topic.topic_id in decided.merge
    status = "merged" if merged_by_hand else topic.status
    if status == "active" and topic.topic_id in decided.hide:
        status = "hidden"
    label = names.get("en", topic.label)
    return {
        "topic_id": topic.topic_id,
        "label": label,
        "label_zh": names.get("zh", topic.label_zh),
        "terms": topic.terms,
        "theme_id": decided.attach.get(topic.topic_id, topic.theme_id),
        "topic_status": status,
        "successor_id": decided.target(topic.topic_id) if merged_by_hand else topic.successor,
        "first_on": first,
        "last_on": last,
        "item_count": count,
        "typical_items": topic.typical_items,
    }


def _spot(spots: dict[str, list[float]], topic_id: str) -> Row:
    """The place on the map; a topic that takes no items any more has none."""
    x, y = spots.get(topic_id, (None, None))
    return {"map_x": x, "map_y": y}


def _event_row(event: Row) -> Row:
    return {**event, "happened_on": date.fromisoformat(event["happened_on"])}


def _part_row(part: Row) -> Row:
    days = {k: date.fromisoformat(part[k]) for k in ("first_on", "last_on")}
    return {**part, **days}
