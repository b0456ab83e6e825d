"""A chart from a question to the figure, without Streamlit: pages, exports and notebooks draw the same.

In: `ask`, which answers a question of `warehouse.*_answers` (`data.ask` in the dashboard, `on(snapshot)`
elsewhere), the reader's texts, filters. Out: a `Scene`. Trap: what is drawn must not depend on who draws it,
so defaults (which labs, whether a band) are chosen here and not on a page.
"""

from dashboard.scenes.compare import compare_scene
from dashboard.scenes.matrix import TOP_LABS, TOP_THEMES, matrix_scene
from dashboard.scenes.movement import bursts_scene, named_with_scene, rising_scene
from dashboard.scenes.scene import Ask, Scene, loaded_days, names, on
from dashboard.scenes.trend import named_most, trend_scene
from dashboard.scenes.volume import volume_scene

__all__ = [
    "TOP_LABS",
    "TOP_THEMES",
    "Ask",
    "Scene",
    "bursts_scene",
    "compare_scene",
    "loaded_days",
    "matrix_scene",
    "named_most",
    "named_with_scene",
    "names",
    "on",
    "rising_scene",
    "trend_scene",
    "volume_scene",
]
