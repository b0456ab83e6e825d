"""The snapshot that the dashboard reads, and its answers, each asked once.

In: TRENDS_WAREHOUSE or the user's data folder. Out: the open snapshot, answers, names. Trap: a new
snapshot must show at the next click, so `current` is resolved in every run and everything is cached by
the snapshot's real path; DuckDB would otherwise keep serving the old file.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.charts.scope import Row
from dashboard.texts import Texts
from warehouse import Snapshot, answers
from warehouse.answers import Answer
from warehouse.connect import current_path, open_file
from warehouse.settings import warehouse_dir


@st.cache_resource(show_spinner=False, max_entries=3)
def _open(path: str) -> Snapshot:
    return open_file(Path(path))


def snapshot() -> Snapshot:
    """The current snapshot; raises SnapshotProblem if there is none that can be read."""
    return _open(str(current_path(warehouse_dir())))


@st.cache_data(show_spinner=False, max_entries=1000)
def _answer(
    path: str, module: str, question: str, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> Answer:
    found: Answer = getattr(import_module(module), question)(_open(path), *args, **kwargs)
    return found


def ask(question: Callable[..., Answer], *args: Any, **kwargs: Any) -> Answer:
    """`ask(answers.lab_trend, filters, ids)`: the answer from the current snapshot, cached."""
    return _answer(str(snapshot().path), question.__module__, question.__name__, args, kwargs)


def lab_names(say: Texts) -> dict[str, str]:
    """Lab ids and names in the reader's language, by name."""
    rows = ask(answers.labs).frame.to_dict("records")
    return dict(
        sorted(((r["lab_id"], say.name(r)) for r in rows), key=lambda pair: pair[1].lower())
    )


def theme_names(say: Texts) -> dict[str, str]:
    """Theme ids and names in the reader's language, by name."""
    rows = ask(answers.themes).frame.to_dict("records")
    return dict(
        sorted(((r["theme_id"], say.name(r)) for r in rows), key=lambda pair: pair[1].lower())
    )


def names(say: Texts, kind: str) -> dict[str, str]:
    """Names of all labs or of all themes."""
    return lab_names(say) if kind == "lab" else theme_names(say)


def loaded() -> Row:
    """The row that describes the snapshot: id, versions, first and last day, items."""
    return ask(answers.loaded).frame.to_dict("records")[0]
