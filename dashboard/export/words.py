"""What a picture or slide must say where no page explains it.

In: a view, a snapshot id. Out: two paragraphs. Trap: room is short, so of what does not compare only a few
series are named.
"""

from __future__ import annotations

from dashboard.charts.trend_view import TrendView
from dashboard.charts.views import View

_NAMED = 3  # labs or themes in the sentence on what does not compare


def below(view: View, snapshot_id: str, marks: str) -> list[str]:
    """The definition; then guard, notes, the key to `marks` if there are any, and the source."""
    guard, key = view.guard, ""
    if isinstance(view, TrendView):
        guard = view.guard_of(_NAMED)
        key = view.say(marks) if view.events or view.levels else ""
    source = view.say("deck.footer", snapshot=snapshot_id)
    said = [guard.replace("**", ""), *view.notes, key, source]
    return [view.definition, " ".join(x for x in said if x)]
