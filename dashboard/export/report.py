"""The deck that an analyst presents: findings first, then the charts they come from, then the method.

In: `ask`, texts, `Choices`. Out: the bytes of a .pptx. Trap: a slide without anything to show would look like
a finding of nothing, so it is left out, and the numbers of the slides are given after that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dashboard import scenes
from dashboard.charts.compare_view import CompareView
from dashboard.charts.marks import MixChange
from dashboard.charts.rising_view import RisingView
from dashboard.charts.trend_view import TrendView
from dashboard.charts.views import VolumeView
from dashboard.export import deck, details
from dashboard.export.choices import KINDS, ChoiceProblem, Choices, checked, span_of
from dashboard.export.recipes import filters_of
from dashboard.export.text_slide import Cover, Rows
from dashboard.scenes import Ask, Scene
from dashboard.scenes.movement import rising_scene
from dashboard.scenes.usual import usual_periods
from dashboard.texts import Texts
from warehouse import answers
from warehouse.answers import Filters

OPTIONS = ("labs", "themes", "grain", "start", "end")
FIRST = 3  # the number of the first slide with a chart
_METHOD = (
    "mention",
    "share",
    "adjusted",
    "story",
    "interval",
    "verdict",
    "attention",
    "tags",
    "days",
)
Lead = tuple[str, Scene[Any]]  # the key of its word on the slide of findings, and the chart


def deck_bytes(ask: Ask, say: Texts, choices: Choices) -> bytes:
    """The whole deck; raises ChoiceProblem."""
    good = checked(ask, choices, ("share",))
    charts = [pair for pair in _charts(ask, say, good) if _shows(pair[1])]
    if not charts:
        raise ChoiceProblem(f"nothing was found from {good.start} to {good.end}")
    return deck.deck_of(
        _cover(ask, say, good, charts[0][1].answer.snapshot_id),
        [_findings(say, charts), *(scene for _, scene in charts), _method(say, charts)],
    )


def _charts(ask: Ask, say: Texts, choices: Choices) -> Iterator[Lead]:
    """The charts in their order, with those that have nothing to show."""
    filters = filters_of(ask, choices)
    days = Filters(start=choices.start, end=choices.end)
    for kind in KINDS:
        if found := scenes.trend_scene(ask, say, kind, choices.ids(kind), filters):
            yield f"{kind}_trend", found
    loaded = scenes.loaded_days(ask)
    assert loaded is not None  # `checked` saw to it
    now, before = usual_periods(ask, (loaded[1] - loaded[0]).days + 1, choices.end)
    for kind in KINDS:
        if rising := rising_scene(ask, say, kind, period=span_of(now).first):
            yield f"rising_{kind}", rising
    if matrix := scenes.matrix_scene(ask, say, choices.labs, choices.themes, days):
        yield "lab_theme_matrix", matrix
    for kind in KINDS if before else ():
        ids = choices.ids(kind) or tuple(scenes.named_most(ask, kind))
        spans = span_of(now), span_of(str(before))
        yield f"compare_{kind}", scenes.compare_scene(ask, say, kind, ids, Filters(), *spans, True)
    if volume := scenes.volume_scene(ask, say):
        yield "coverage", volume


def _shows(scene: Scene[Any]) -> bool:
    if isinstance(scene.view, CompareView):
        return bool(scene.view.shown())
    return not (isinstance(scene.view, RisingView) and scene.view.compared.empty)


def _cover(ask: Ask, say: Texts, choices: Choices, snapshot_id: str) -> Cover:
    row = ask(answers.loaded).frame.to_dict("records")[0]
    counted = ask(answers.top_labs, Filters(), 1)
    loaded = row["first_on"].date(), row["last_on"].date()
    numbers = {
        "items": say.number(counted.items_total),
        "counted": say.number(counted.digests_total),
        "digests": say.number(row["digests"]),
    }
    facts = [say("report.items", **numbers)]
    if (choices.start, choices.end) != loaded:
        facts.append(say("report.days", span=say.span(choices.start, choices.end)))
    facts += [say("report.snapshot", snapshot=snapshot_id), say("report.every")]
    subtitle = say("report.until", span=say.span(*loaded))
    return Cover(say("report.title"), subtitle, tuple(facts), facts[0])


def _findings(say: Texts, charts: list[Lead]) -> Rows:
    """One row a chart that has a finding, what is sure first: it, the numbers behind it, its slide."""
    rows = []
    changes = next((s.view.breaks for _, s in charts if isinstance(s.view, TrendView)), ())
    for number, (key, scene) in enumerate(charts, start=FIRST):
        text = _finding(scene, changes)
        if text:
            row = say(f"report.lead.{key}"), text, say("report.slide", n=number)
            rows.append((_is_sure(scene), row))
    rows.sort(key=lambda pair: not pair[0])  # stable
    footer = "\n".join([say("report.findings_footer"), _source(say, charts)])
    subtitle = charts[-1][1].view.scope.sentence(say)
    return Rows(
        say("report.findings"), subtitle, tuple(row for _, row in rows), footer, say("report.every")
    )


def _is_sure(scene: Scene[Any]) -> bool:
    """Whether its finding is a difference with a verdict, or the largest of what was counted."""
    view = scene.view
    return (
        view.is_sure
        if isinstance(view, TrendView | RisingView | CompareView)
        else not isinstance(view, VolumeView)
    )


def _finding(scene: Scene[Any], changes: Sequence[MixChange]) -> str:
    """What a chart shows with its numbers below, "" if nothing may be said; of the volume, what changes."""
    view = scene.view
    if isinstance(view, VolumeView):
        return details.mix(view, changes)
    finding = view.title if isinstance(view, RisingView) else view.finding
    return f"{finding}\n{details.sentence(view)}".strip() if finding else ""


def _method(say: Texts, charts: list[Lead]) -> Rows:
    rows = [(say(f"report.rows.{k}.lead"), say(f"report.rows.{k}.text")) for k in _METHOD]
    title, subtitle = say("report.method"), say("report.method_scope")
    return Rows(title, subtitle, tuple(rows), _source(say, charts), _source(say, charts))


def _source(say: Texts, charts: list[Lead]) -> str:
    return say("deck.footer", snapshot=charts[0][1].answer.snapshot_id)
