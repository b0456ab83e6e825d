"""Counted items a month and channel as a scene.

In: `ask`. Out: a `Scene`, or None if nothing is loaded. Trap: the answer counts Discord by channel too, which
no other number includes, so the chart leaves it out and the answer's rows keep it.
"""

from __future__ import annotations

from dashboard.charts import volume
from dashboard.charts.scope import Scope
from dashboard.charts.views import VolumeView
from dashboard.scenes import marks
from dashboard.scenes.scene import NOT_IN_ALL, Ask, Scene, counted_channels, loaded_days
from dashboard.texts import Texts
from warehouse import answers
from warehouse.answers import Filters


def volume_scene(ask: Ask, say: Texts) -> Scene[VolumeView] | None:
    """How much there is to count from, over all that is loaded."""
    span = loaded_days(ask)
    if span is None:
        return None
    answer = ask(answers.coverage)
    keys = ["period_start", "channel"]
    per_channel = answer.frame.groupby(keys, as_index=False)["items_total"].sum()
    kept = per_channel[per_channel["channel"] != NOT_IN_ALL]
    channels = counted_channels(ask, ())
    events = marks.events(ask, say, Filters(start=span[0], end=span[1]), channels)
    events += marks.volume_breaks(ask, say, *span)
    scope = Scope(*span, answer.items_total, digests_total=answer.digests_total)
    view = VolumeView(kept, tuple(channels), scope, say, events=events)
    return Scene("coverage", view, answer, volume.figure)
