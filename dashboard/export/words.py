"""What a picture or slide must say where no page explains it.

In: a view, a snapshot id. Out: two paragraphs. Trap: room is short, so of what does not compare only a few
series are named.
"""

from __future__ import annotations

from dashboard.charts.trend_view import TrendView
from dashboard.charts.views import View

_NAMED = 3  # labs or themes in the sentence on what does not compare


def below(view: View, snapshot_id: str, is_slide: bool = False) -> list[str]:
    """The definition; then guard, notes, the key to the marks if there are any, and the source."""
    guard, notes, key = view.guard, view.notes, ""
    if isinstance(view, TrendView):
        guard, key = view.guard_of(_NAMED), _marks(view, is_slide)
        notes = _of_slide(view) if is_slide else notes
    source = view.say("deck.footer", snapshot=snapshot_id)
    said = [guard.replace("**", ""), *notes, key, source]
    return [view.definition, " ".join(x for x in said if x)]


def _marks(view: TrendView, is_slide: bool) -> str:
    if not (view.events or view.levels):
        return ""
    return view.say("report.marks_slide" if is_slide else "report.marks")


def _of_slide(view: TrendView) -> tuple[str, ...]:
    """The notes; an open period lies on grey and is dotted on the screen, on a slide it is pale."""
    screen, slide = view.open_period("note.partial"), view.open_period("report.partial")
    return tuple(slide if note == screen else note for note in view.notes)
