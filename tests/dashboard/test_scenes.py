"""Scenes: the same chart on a page, in a notebook and in an export, from one function each."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from pptx import Presentation

from dashboard import scenes
from dashboard.charts.trend_view import TREND_MEASURES
from dashboard.export.deck import slide_of
from dashboard.texts import Texts
from tests.conftest import ROOT
from tests.dashboard.conftest import FIRST, LAST
from warehouse import answers, open_snapshot
from warehouse.answers import Filters
from warehouse.spans import parse_span

EN = Texts("en")


@pytest.fixture(scope="module")
def ask(made_warehouse: Path) -> scenes.Ask:
    return scenes.on(open_snapshot(made_warehouse))


def test_scenes_need_no_streamlit() -> None:
    """An export on the command line must not load a web server."""
    code = "import sys, dashboard.scenes; print('streamlit' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("kind", ["lab", "theme"])
def test_a_trend_without_choices_shows_those_named_most_over_all_days(
    ask: scenes.Ask, kind: str
) -> None:
    scene = scenes.trend_scene(ask, EN, kind)
    assert scene is not None
    assert list(scene.view.ids) == scenes.named_most(ask, kind)
    assert (scene.view.scope.first, scene.view.scope.last) == (FIRST, LAST)
    assert scene.name == f"{kind}_trend"
    assert scene.figure().layout.title.text


def test_the_sql_of_a_scene_gives_its_rows(ask: scenes.Ask, made_warehouse: Path) -> None:
    scene = scenes.trend_scene(
        ask, EN, "lab", ["openai"], Filters("quarter", ("reddit",)), "mentions"
    )
    assert scene is not None
    again = open_snapshot(made_warehouse).frame(scene.answer.sql)
    assert list(again["mentions"]) == list(scene.view.frame["mentions"])


@pytest.mark.parametrize(("count", "drawn"), [(3, True), (4, False)])
def test_intervals_are_drawn_by_themselves_with_few_lines_only(
    ask: scenes.Ask, count: int, drawn: bool
) -> None:
    ids = scenes.named_most(ask, "lab", limit=count)
    asked = {band: scenes.trend_scene(ask, EN, "lab", ids, band=band) for band in (None, True)}
    assert [bool(scene and scene.view.band) for scene in asked.values()] == [drawn, True]


def test_filters_that_leave_nothing_make_no_scene(ask: scenes.Ask) -> None:
    nothing = Filters(channels=("news",), languages=("en",))
    assert scenes.trend_scene(ask, EN, "lab", ["openai"], nothing) is None
    assert scenes.matrix_scene(ask, EN, ["openai"], ["robotics"], nothing) is None


def test_the_matrix_shows_the_labs_of_its_own_span(ask: scenes.Ask) -> None:
    asked = Filters(start=LAST.replace(day=1), end=LAST)
    scene = scenes.matrix_scene(ask, EN, filters=asked)
    assert scene is not None
    assert list(scene.view.lab_ids) == scenes.named_most(ask, "lab", asked, scenes.TOP_LABS)
    assert len(scene.view.lab_ids) <= scenes.TOP_LABS
    assert len(scene.view.theme_ids) <= scenes.TOP_THEMES


def test_everyone_is_compared_and_the_chosen_stay_chosen(ask: scenes.Ask) -> None:
    spans = parse_span("2025-Q3"), parse_span("2025-Q2")
    scene = scenes.compare_scene(ask, EN, "lab", ["zhipu"], Filters(), *spans, everyone=True)
    assert len(scene.view.frame) > 1
    assert [row["tag_id"] for row in scene.view.chosen()] == ["zhipu"]
    pair = scenes.compare_scene(ask, EN, "lab", ["openai", "zhipu"], Filters(), spans[0], None)
    assert (scene.name, pair.name) == ("compare_periods", "compare_tags")


def test_volume_adds_up_to_the_counted_items(ask: scenes.Ask) -> None:
    scene = scenes.volume_scene(ask, EN)
    assert scene is not None
    counted = ask(answers.top_labs, Filters(), 1).items_total
    assert scene.view.frame["items_total"].sum() == counted == scene.view.scope.items_total


def test_an_empty_warehouse_has_no_volume(no_items_warehouse: Path) -> None:
    ask = scenes.on(open_snapshot(no_items_warehouse))
    assert scenes.volume_scene(ask, EN) is None
    assert scenes.loaded_days(ask) is None


def test_a_smoothed_line_follows_the_average_and_the_points_the_single_periods(
    ask: scenes.Ask,
) -> None:
    scene = scenes.trend_scene(ask, EN, "lab", ["openai"], Filters("week"), smooth=4, band=True)
    assert scene is not None
    rows = scene.view.frame
    drawn = [t for t in scene.figure().data if t.name == "OpenAI"]
    points = next(t for t in drawn if t.customdata is not None)
    line = [y for t in drawn if t.mode == "lines" for y in t.y if y is not None]
    assert list(points.y) == list(rows["share"])
    assert points.marker.opacity < 0.5
    assert set(line) <= set(rows["smooth_share"].dropna())
    assert not any(t.fill for t in scene.figure().data), "no interval belongs to an average"
    assert "4 weeks" in scene.view.definition
    assert "moving average over 4 weeks" in points.hovertext[10]


@pytest.mark.parametrize("grain", answers.GRAINS)
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("measure", TREND_MEASURES)
def test_every_measure_can_be_smoothed_in_both_languages(
    ask: scenes.Ask, grain: str, lang: str, measure: str
) -> None:
    asked = (Texts(lang), "theme", ["robotics"], Filters(grain), measure)
    scene = scenes.trend_scene(ask, *asked, smooth=2)
    assert scene is not None
    assert scene.figure().data
    assert "2" in scene.view.definition


def test_the_slide_of_a_smoothed_line_holds_the_average(ask: scenes.Ask) -> None:
    scene = scenes.trend_scene(ask, EN, "lab", ["openai"], smooth=3)
    assert scene is not None
    page = Presentation(
        io.BytesIO(slide_of(scene.view, scene.answer.sql, scene.answer.snapshot_id))
    ).slides[0]
    chart = next(shape.chart for shape in page.shapes if shape.has_chart)
    wanted = scene.view.frame["smooth_share"].astype(object)
    drawn = [v for v in chart.plots[0].series[0].values if v is not None]
    assert drawn == [v for v in wanted if v == v]
    words = "\n".join(shape.text_frame.text for shape in page.shapes if shape.has_text_frame)
    assert "moving average over 3 months" in words
