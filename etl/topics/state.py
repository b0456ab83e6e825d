"""What is remembered of the topics: the folder `topics/` of a warehouse.

In: a warehouse folder. Out: a `State`, and the folder again. Arrays are .npy, rows Parquet, the rest JSON
and lists of words: readable by any tool, nothing that runs on loading.
Traps: a fit replaces the folder in one step, so that a break leaves the former one; equal content must give
equal bytes, so no time stands in it; the space is 20 MB, so it is read only when there is a new item.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from etl.topics.names import Usual
from etl.topics.vectors import Space, Vectors

FOLDER = "topics"
FORMAT = 1  # of the stored files and of the words that go into them; other formats need a new fit
ASSIGNED = pa.schema(
    [
        ("item_id", pa.string()),
        ("topic_id", pa.string()),  # null: belongs nowhere
        ("score", pa.float64()),
        ("published_on", pa.date32()),
        ("channel", pa.string()),
        ("is_counted", pa.bool_()),
    ]
)
RESERVE = pa.schema(
    [
        ("item_id", pa.string()),
        ("digest_id", pa.string()),
        ("published_on", pa.date32()),
        ("language", pa.string()),
        ("title", pa.string()),
        ("text", pa.string()),
        ("is_counted", pa.bool_()),
        ("vector", pa.list_(pa.float32())),
    ]
)
_ARRAYS = ("rarity", "basis", "means", "shrink")
Row = dict[str, Any]


@dataclass
class Topic:
    """A topic; `successor`: the topic that took over its items when it was merged."""

    topic_id: str
    label: str
    label_zh: str
    terms: list[str]
    theme_id: str | None
    typical_items: list[str]
    status: str = "active"  # active, merged, retired
    successor: str | None = None


@dataclass
class State:
    """Everything that outlives a run. `centroids` has one row for each of `centroid_ids`."""

    fit_id: str
    fitted_until: str  # the last day that the fit has seen, ISO
    threshold: float  # cosine under which an item belongs nowhere
    centroid_ids: list[str]
    centroids: Vectors
    topics: dict[str, Topic]
    events: list[Row]
    assigned: pa.Table
    reserve: pa.Table
    parts: list[Row] = field(default_factory=list)
    folder: Path | None = None  # where space and usual are read from, when they are asked for
    given_space: Space | None = None
    given_usual: Usual | None = None

    @cached_property
    def space(self) -> Space:
        """The frozen space."""
        return self.given_space or read_space(_there(self.folder))

    @cached_property
    def usual(self) -> Usual:
        """How common phrases were at the fit."""
        if self.given_usual:
            return self.given_usual
        stored = json.loads((_there(self.folder) / "usual.json").read_text("utf-8"))
        counts = {language: Counter(of) for language, of in stored["phrases"].items()}
        return Usual(Counter(stored["items"]), counts)


def _there(folder: Path | None) -> Path:
    if folder is None:
        raise ValueError("a state that was not read from a folder must be given its space")
    return folder


def read_state(warehouse: Path) -> State | None:
    """The state of a warehouse; None if there is none or it is of another format."""
    folder = warehouse / FOLDER
    head_file = folder / "head.json"
    if not head_file.exists():
        return None
    head = json.loads(head_file.read_text("utf-8"))
    if head["format"] != FORMAT:
        return None
    return State(
        fit_id=head["fit_id"],
        fitted_until=head["fitted_until"],
        threshold=head["threshold"],
        centroid_ids=head["centroid_ids"],
        centroids=np.load(folder / "centroids.npy", allow_pickle=False),
        topics={t["topic_id"]: Topic(**t) for t in head["topics"]},
        events=head["events"],
        assigned=_rows(folder / "item_topics.parquet", ASSIGNED),
        reserve=_rows(folder / "reserve.parquet", RESERVE),
        parts=head["parts"],
        folder=folder,
    )


def _rows(path: Path, schema: pa.Schema) -> pa.Table:
    with pq.ParquetFile(path) as file:
        return file.read().cast(schema)


def write_changes(state: State, folder: Path) -> None:
    """Write what a build may change: all but the space; the head last, so that it never runs ahead."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_rows(state.assigned.sort_by("item_id"), folder / "item_topics.parquet")
    _write_rows(state.reserve.sort_by("item_id"), folder / "reserve.parquet")
    draft = folder / ".centroids.npy"
    np.save(draft, state.centroids)
    draft.replace(folder / "centroids.npy")
    head = {
        "format": FORMAT,
        "fit_id": state.fit_id,
        "fitted_until": state.fitted_until,
        "threshold": state.threshold,
        "centroid_ids": state.centroid_ids,
        "topics": [asdict(t) for _, t in sorted(state.topics.items())],
        "events": state.events,
        "parts": state.parts,
    }
    _write_text(json.dumps(head, ensure_ascii=False) + "\n", folder / "head.json")


def write_fit(state: State, warehouse: Path) -> None:
    """Write a new fit in place of the former one, in one step."""
    folder = warehouse / FOLDER
    draft = warehouse / f".{FOLDER}-{os.getpid()}"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    write_space(state.space, draft)
    usual = {"items": dict(state.usual.items), "phrases": state.usual.phrases}
    _write_text(json.dumps(usual, ensure_ascii=False, sort_keys=True) + "\n", draft / "usual.json")
    write_changes(state, draft)
    former = warehouse / f".{FOLDER}-former-{os.getpid()}"
    if folder.exists():
        folder.replace(former)
    draft.replace(folder)
    shutil.rmtree(former, ignore_errors=True)


def write_space(space: Space, folder: Path) -> None:
    """Arrays and word lists of a space."""
    for name in _ARRAYS:
        np.save(folder / f"{name}.npy", getattr(space, name))
    _write_text("".join(f"{word}\n" for word in space.vocabulary), folder / "vocabulary.txt")
    aliases = "".join(f"{one}\t{other}\n" for one, other in sorted(space.aliases.items()))
    _write_text(aliases, folder / "aliases.txt")


def read_space(folder: Path) -> Space:
    """The space of a folder; of the large array only the rows in use come into memory."""
    words = (folder / "vocabulary.txt").read_text("utf-8").split("\n")[:-1]
    aliases = (folder / "aliases.txt").read_text("utf-8").split("\n")[:-1]
    arrays = {
        name: np.load(
            folder / f"{name}.npy", allow_pickle=False, mmap_mode="r" if name == "basis" else None
        )
        for name in _ARRAYS
    }
    return Space(
        vocabulary={word: n for n, word in enumerate(words)},
        aliases={one: other for one, other in (line.split("	") for line in aliases)},
        **arrays,
    )


def state_hash(warehouse: Path) -> str:
    """A hash of what the tables are made of; empty without topics."""
    digest = hashlib.sha256()
    for name in ("head.json", "item_topics.parquet"):
        path = warehouse / FOLDER / name
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()


def last_day(state: State) -> date:
    """The last day that the fit has seen."""
    return date.fromisoformat(state.fitted_until)


def _write_rows(rows: pa.Table, path: Path) -> None:
    draft = path.with_name(f".{path.name}")
    pq.write_table(rows.combine_chunks(), draft, compression="zstd", compression_level=3)
    draft.replace(path)


def _write_text(text: str, path: Path) -> None:
    draft = path.with_name(f".{path.name}")
    draft.write_text(text, "utf-8")
    draft.replace(path)
