"""What the first reader of a server would wait for, done while nobody waits.

In: nothing. Out: loaded modules. Traps: Plotly loads its parts when the first figure is made; after each run
Streamlit has Python look for garbage among all objects, 40 ms for what loading leaves, so that is set aside.
"""

from __future__ import annotations

import gc
from importlib import import_module
from threading import Thread


def start() -> None:
    """Begin, beside the server."""
    Thread(target=load, name="warm", daemon=True).start()


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
