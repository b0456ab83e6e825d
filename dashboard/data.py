"""The snapshot that the dashboard reads, and its answers, each asked once.

In: TRENDS_WAREHOUSE or the user's data folder. Out: the open snapshot, answers, figures, names. Traps: a
new snapshot must show at the next click and by a notice before, but one run must not mix two states, so
`current` is resolved once a run and the session keeps what it found; the connection of an old snapshot is
never closed here, since another reader's run may be using it: it closes when the last one lets go of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from dashboard.charts.scope import Row
from dashboard.kept import Kept, frozen
from dashboard.scenes import Ask, Scene, scene
from dashboard.texts import Texts
from warehouse import Snapshot, SnapshotProblem, answers
from warehouse.answers import Answer
from warehouse.connect import current_path, open_file
from warehouse.settings import warehouse_dir

S = TypeVar("S", bound=Scene[Any] | None)
_SHOWN, _TRIED = (
    "_snapshot",
    "_snapshot_path",
)  # in the session: what its page shows or could not open
_opened = Kept(3)  # by path
_answers = Kept(500)  # by path, question, arguments
_made = Kept(200)  # small things made of answers
_drawn = Kept(60)  # figures of days have some thousand points, a megabyte or two each


def begin() -> Snapshot:
    """Call first in every run: the current snapshot, from which all answers of this run come.

    Raises SnapshotProblem if there is none that can be read.
    """
    st.session_state[_SHOWN] = st.session_state[_TRIED] = None
    path = st.session_state[_TRIED] = current_path(warehouse_dir())
    for part in (_opened, _answers, _made, _drawn):
        part.drop(lambda key: key[0] != path)
    found = st.session_state[_SHOWN] = _open(path)
    return found


def current() -> Snapshot:
    """The current snapshot, outside of any session; raises SnapshotProblem."""
    return _open(current_path(warehouse_dir()))


def _open(path: Path) -> Snapshot:
    found: Snapshot = _opened.get((path,), lambda: open_file(path))
    return found


def snapshot() -> Snapshot:
    """The snapshot of this run; raises SnapshotProblem if there is none that can be read."""
    return st.session_state.get(_SHOWN) or begin()


def other_snapshot() -> Path | None:
    """The file that is current now, if the page was drawn from another one or from none."""
    try:
        path = current_path(warehouse_dir())
    except SnapshotProblem:
        return None  # the page goes on with what it has; the next run says what is wrong
    return None if path == st.session_state.get(_TRIED) else path


def shows_nothing() -> bool:
    """Whether there was no snapshot to be read when the page was drawn."""
    return st.session_state.get(_SHOWN) is None


def ask(question: Callable[..., Answer], *args: Any, **kwargs: Any) -> Answer:
    """`ask(answers.lab_trend, filters, ids)`: the answer from the snapshot of this run, kept."""
    return asker(snapshot())(question, *args, **kwargs)


def asker(snap: Snapshot) -> Ask:
    """`ask` for one snapshot; what it was asked is kept for all readers."""

    def ask(question: Callable[..., Answer], *args: Any, **kwargs: Any) -> Answer:
        key = (snap.path, question, frozen(args), frozen(kwargs))
        found: Answer = _answers.get(key, lambda: question(snap, *args, **kwargs))
        # a new column stays the page's own
        return replace(found, frame=found.frame.copy(deep=False))

    return ask


def drawn(build: Callable[..., S], *args: Any, **kwargs: Any) -> S:
    """`drawn(trend_scene, say, "lab", ids)`: the scene with its figure, kept; neither may be changed."""

    def make() -> S:
        found = build(ask, *args, **kwargs)
        if found is None:
            return found
        figure = found.figure()
        return replace(found, draw=lambda view: figure)

    key = (snapshot().path, build, frozen(args), frozen(kwargs))
    made: S = _drawn.get(key, make)
    return made


def kept(make: Callable[..., Any], *args: Any) -> Any:
    """`kept(make, ask, say)`: what a function makes of this snapshot's answers; not to be changed."""
    return _made.get((snapshot().path, make, frozen(args)), lambda: make(*args))


def lab_names(say: Texts) -> dict[str, str]:
    """Lab ids and names in the reader's language, by name."""
    return names(say, "lab")


def theme_names(say: Texts) -> dict[str, str]:
    """Theme ids and names in the reader's language, by name."""
    return names(say, "theme")


def names(say: Texts, kind: str) -> dict[str, str]:
    """Names of all labs or of all themes."""
    return dict(kept(scene.names, ask, say, kind))


def loaded() -> Row:
    """The row that describes the snapshot: id, versions, first and last day, items."""
    return ask(answers.loaded).frame.to_dict("records")[0]
