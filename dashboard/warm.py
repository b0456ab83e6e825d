"""What the first readers of a server or of a snapshot would wait for, done beforehand.

In: nothing, or a snapshot. Out: loaded modules; kept answers. Traps: Plotly loads its parts when the first
figure is made; after each run Streamlit has Python look for garbage among all objects, 40 ms for what loading
leaves, so that is set aside; what is asked ahead must be asked as a page does, or it is asked twice.
"""

from __future__ import annotations

import gc
from importlib import import_module
from logging import getLogger
from threading import Event, Thread

from dashboard import data
from dashboard.kept import Kept
from dashboard.scenes import Ask, trend_scene
from dashboard.scenes import overview as first_page
from dashboard.texts import Texts
from warehouse import Snapshot, SnapshotProblem
from warehouse.answers import GRAINS, Filters

_begun = Kept(3)  # by path of a snapshot
_serves, _log = Event(), getLogger(__name__)


def start() -> None:
    """Begin, beside the server."""
    _serves.set()
    Thread(target=_before_anybody, name="warm", daemon=True).start()


def ahead(snapshot: Snapshot) -> None:
    """Ask what is asked first, once a snapshot, beside its readers; nothing without a server."""
    if _serves.is_set():
        asks = Thread(target=_ask_first, args=(snapshot,), name="ahead", daemon=True)
        _begun.get((snapshot.path,), asks.start)


def load() -> None:
    """Load all pages and what draws charts."""
    import plotly.graph_objects as go
    import plotly.tools  # Streamlit asks for it when it sends a chart

    from dashboard.parts.session import menu

    for line in menu():
        import_module(f"dashboard.page.{line['module']}")
    figure = go.Figure(go.Scatter(x=[0], y=[0]), layout={"annotations": [{"text": ""}]})
    plotly.tools.return_figure_from_figure_or_data(figure, validate_figure=True)
    figure.to_json()
    gc.collect()
    gc.freeze()


def ask_first(ask: Ask) -> None:
    """What the pages ask before the reader chooses, and at their first choice of grain or measure."""
    say = Texts()
    for last in first_page.last_periods(ask).values():
        for kind in ("lab", "theme"):
            first_page.top_scene(ask, say, kind, last)
    for kind in ("lab", "theme"):
        for grain in ("month", *GRAINS):
            for measure in ("share", "share_adjusted"):
                trend_scene(ask, say, kind, filters=Filters(grain), measure=measure)


def _before_anybody() -> None:
    load()
    try:
        snapshot = data.current()
    except SnapshotProblem:
        return  # the first reader is told what is wrong
    ahead(snapshot)


def _ask_first(snapshot: Snapshot) -> None:
    try:
        ask_first(data.asker(snapshot))
    except SnapshotProblem as problem:
        _log.warning("nothing more is asked ahead: %s", problem)  # whoever reads it is told
