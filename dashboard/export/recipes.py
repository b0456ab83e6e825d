"""How each chart of the command line is made of its scene, with the defaults of its page.

In: `ask`, texts, checked `Choices`. Out: a `Scene`, or None where nothing was counted; raises `ChoiceProblem`
where the choices contradict each other. Trap: what a page shows before anybody chooses is what a link without
choices means.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from dashboard import scenes
from dashboard.export.choices import EACH_OTHER, ChoiceProblem, Choices, span_of
from dashboard.scenes import Ask, Scene, movement, overview
from dashboard.scenes.stories import stories_scene
from dashboard.scenes.usual import usual_grain, usual_periods
from dashboard.texts import Texts
from warehouse.answers import Filters
from warehouse.story_answers import RANKS


def filters_of(ask: Ask, choices: Choices) -> Filters:
    """The choices as filters; a period is as long as on the page that opens first."""
    grain = choices.grain or usual_grain(_days_loaded(ask))
    return Filters(grain, choices.channels, choices.languages, choices.start, choices.end)


def _days_loaded(ask: Ask) -> int:
    loaded = scenes.loaded_days(ask)
    return (loaded[1] - loaded[0]).days + 1 if loaded else 0


def trend(kind: str, ask: Ask, say: Texts, choices: Choices) -> Scene[Any] | None:
    """Lines over time."""
    band = {"on": True, "off": False}.get(choices.band or "")
    measure = choices.measure or "share"
    filters = filters_of(ask, choices)
    return scenes.trend_scene(
        ask, say, kind, choices.ids(kind), filters, measure, band, choices.smooth
    )


def matrix(ask: Ask, say: Texts, choices: Choices) -> Scene[Any] | None:
    """Lab × theme."""
    measure = choices.measure or "mentions"
    filters = replace(filters_of(ask, choices), grain="month")
    return scenes.matrix_scene(ask, say, choices.labs, choices.themes, filters, measure)


def periods(ask: Ask, say: Texts, choices: Choices) -> Scene[Any] | None:
    """Two periods."""
    kind = _kind(choices)
    ids = choices.ids(kind) or tuple(scenes.named_most(ask, kind))
    newest, earlier = usual_periods(ask, _days_loaded(ask))
    against = choices.against or earlier
    if against in (None, EACH_OTHER):
        raise ChoiceProblem("name the period to compare with: --against 2026-02")
    now, before = span_of(choices.period or newest), span_of(against)
    everyone = choices.family != "chosen"
    scope = Filters(channels=choices.channels, languages=choices.languages)
    return scenes.compare_scene(ask, say, kind, ids, scope, now, before, everyone)


def tags(ask: Ask, say: Texts, choices: Choices) -> Scene[Any] | None:
    """The first with others in one period."""
    kind = _kind(choices)
    ids = choices.ids(kind) or tuple(scenes.named_most(ask, kind))
    everyone = choices.family != "chosen"
    if len(ids) < 2 and not everyone:
        raise ChoiceProblem(f"name two {kind}s to compare with each other")
    now = span_of(choices.period or usual_periods(ask, _days_loaded(ask))[0])
    scope = Filters(channels=choices.channels, languages=choices.languages)
    return scenes.compare_scene(ask, say, kind, ids, scope, now, None, everyone)


def _kind(choices: Choices) -> str:
    """Labs, unless only themes were chosen."""
    if choices.labs and choices.themes and choices.kind is None:
        raise ChoiceProblem("compare labs or themes, not both; say which with --kind")
    return choices.kind or ("theme" if choices.themes else "lab")


def volume(ask: Ask, say: Texts, choices: Choices) -> Scene[Any] | None:
    """What there is to count from."""
    return scenes.volume_scene(ask, say)


def rising(ask: Ask, say: Texts, choices: Choices) -> Scene[Any] | None:
    """What rose in one period."""
    span = span_of(choices.period) if choices.period else None
    grain = choices.grain or ("week" if span and span.grain == "week" else "month")
    if len(choices.channels) > 1:
        raise ChoiceProblem("rising is of all channels or of one")
    channel = choices.channels[0] if choices.channels else "all"
    first = span.first if span else None
    return movement.rising_scene(ask, say, _kind(choices), grain, first, channel)


def bursts(ask: Ask, say: Texts, choices: Choices) -> Scene[Any] | None:
    """When labs or themes burst."""
    kind = _kind(choices)
    days = choices.start or date.min, choices.end or date.max
    return movement.bursts_scene(ask, say, kind, *days, choices.ids(kind))


def named_with(with_kind: str, ask: Ask, say: Texts, choices: Choices) -> Scene[Any] | None:
    """What one lab or theme is named with."""
    kind = _kind(choices)
    ids = choices.ids(kind) or tuple(scenes.named_most(ask, kind))
    if len(ids) > 1 and choices.ids(kind):
        raise ChoiceProblem(f"choose one {kind}, not {len(ids)}")
    filters = replace(filters_of(ask, choices), grain="month")
    return movement.named_with_scene(ask, say, kind, ids[0], with_kind, filters)


def stories(ask: Ask, say: Texts, choices: Choices) -> Scene[Any] | None:
    """The stories told most."""
    filters = replace(filters_of(ask, choices), grain="month")
    rank = choices.rank or RANKS[0]
    named = (choices.text or "", choices.labs, choices.themes)
    return stories_scene(ask, say, filters, *named, rank)


def top(kind: str, ask: Ask, say: Texts, choices: Choices) -> Scene[Any] | None:
    """Who was named most in the last complete month, or week while no month is complete."""
    last = overview.last_periods(ask)
    period = last.get("month") or last.get("week")
    return overview.top_scene(ask, say, kind, period) if period else None
