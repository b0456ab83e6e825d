"""What a reader sees at first sight: names that stand level, one colour, shares written alike."""

import io
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from pptx import Presentation

from dashboard import scenes
from dashboard.charts import bars
from dashboard.charts.narrow import narrow
from dashboard.charts.trend_view import TrendView
from dashboard.export import deck
from dashboard.parts import behind, percents
from dashboard.texts import Texts
from tests.dashboard.one_run import LANGUAGES
from tests.dashboard.test_bars import ROWS, view
from tests.dashboard.test_charts import SCOPE, rows
from warehouse import open_snapshot, point_answers
from warehouse.answers import Filters

EN = Texts("en")


@pytest.fixture(scope="module")
def ask(made_warehouse: Path) -> scenes.Ask:
    return scenes.on(open_snapshot(made_warehouse))


def test_names_below_a_matrix_are_level_where_they_fit_and_their_html_is_text(
    ask: scenes.Ask,
) -> None:
    scene = scenes.matrix_scene(ask, EN, ("openai", "google"))
    assert scene is not None
    named = replace(scene.view, lab_names={"openai": "A <made> long name", "google": "Short"})
    axis = scene.draw(named).layout.xaxis
    assert list(axis.ticktext) == ["A &lt;made&gt;<br>long name", "Short"]
    assert axis.autotickangles[0] == 0
    small = narrow(scene.draw(named)).layout.xaxis
    assert small.tickangle == 0
    many = scenes.matrix_scene(ask, EN)
    assert many is not None
    assert len(many.view.lab_ids) > 4
    assert narrow(many.figure()).layout.xaxis.tickangle == -90


def test_bars_of_one_measure_have_one_colour_and_intervals_are_seen_on_and_beyond_them() -> None:
    fig = bars.figure(view(*ROWS))
    assert fig.data[0].marker.color == view(*ROWS).colour
    within, beyond = (trace for trace in fig.data if trace.meta == "intervals")
    assert within.x[:2] == (0.14, 0.16)
    assert beyond.x[:2] == (0.16, 0.19)
    assert within.line.color != beyond.line.color


def test_a_bar_that_may_be_chance_is_pale_on_a_slide_and_its_number_is_dark() -> None:
    page = Presentation(io.BytesIO(deck.slide_of(view(*ROWS), "SELECT 1", "made"))).slides[0]
    series = next(shape.chart for shape in page.shapes if shape.has_chart).plots[0].series[0]
    sure, dull = (series.points[n] for n in (0, 1))
    assert sure.format.fill.fore_color.rgb != dull.format.fill.fore_color.rgb
    assert series.data_labels.show_value
    assert dull.data_label.font.color.rgb != series.data_labels.font.color.rgb


@pytest.mark.parametrize("lang", LANGUAGES)
def test_shares_in_a_table_are_written_as_elsewhere_and_stay_numbers(lang: str) -> None:
    say, frame = (
        Texts(lang),
        pd.DataFrame({"name": ["a", "b", "c"], "share": [0.1278, 0.003, None]}),
    )
    styled = percents.written(say, frame, "share")
    shown = styled.to_html()
    assert say.percent(0.1278) in shown
    assert say.percent(0.003) in shown
    assert "nan" not in shown
    pd.testing.assert_frame_equal(styled.data, frame)


def test_a_point_of_a_topic_leads_to_as_many_items_as_it_counts(ask: scenes.Ask) -> None:
    scene = scenes.trend_scene(ask, EN, "topic", ["t0000000a"], Filters("month"))
    assert scene is not None
    rows = scene.view.records("t0000000a")
    row = max(rows, key=lambda r: r["mentions"])
    clicked = [["t0000000a", row["period_start"].date().isoformat()]]
    points = behind.points_of(scene.view, clicked)
    items = ask(point_answers.items_of_points, Filters("month"), "topic", points)
    assert items.items_total == row["mentions"] > 0
    told = ask(point_answers.stories_of_points, Filters("month"), "topic", points)
    assert told.items_total == row["stories"]


def test_a_line_alone_is_solid_and_keeps_its_colour() -> None:
    alone = TrendView(
        "lab", rows({"zhipu": [1, 2, 3]}), ("zhipu",), {"zhipu": "Z"}, "share", "month", SCOPE, EN
    )
    among = replace(alone, ids=("zhipu", "a"))
    assert (alone.look("zhipu").dash, among.look("zhipu").dash) == ("solid", "dash")
    assert alone.look("zhipu").colour == among.look("zhipu").colour
