"""A topic over time: the same chart as of labs and themes, on its card and on the command line."""

from pathlib import Path

import pandas as pd
import pytest

from dashboard import scenes
from dashboard.charts.trend_view import TREND_MEASURES
from dashboard.export.deck import slide_of
from dashboard.texts import Texts
from tests.dashboard.exporting import refused, written
from tests.dashboard.one_run import LANGUAGES, run
from warehouse import open_snapshot, topic_answers
from warehouse.answers import Filters

EN, TOPIC, LATER = Texts("en"), "t0000000a", "t0000000c"


@pytest.fixture(scope="module")
def ask(made_warehouse: Path) -> scenes.Ask:
    return scenes.on(open_snapshot(made_warehouse))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("measure", TREND_MEASURES)
def test_a_topic_has_all_measures_and_averages(ask: scenes.Ask, measure: str, lang: str) -> None:
    scene = scenes.trend_scene(ask, Texts(lang), "topic", [TOPIC], Filters(), measure, smooth=3)
    assert scene is not None
    assert scene.view.definition
    assert scene.view.counted != f"trend.title.topic.{measure}"
    assert scene.view.frame[f"smooth_{measure}"].notna().any()
    assert len(scene.figure().data) > 1


def test_a_topic_begins_with_the_period_of_its_first_item(ask: scenes.Ask) -> None:
    born = ask(topic_answers.topics).frame.set_index("topic_id")["first_on"][LATER]
    for grain, first in (("day", born), ("month", born.replace(day=1))):
        scene = scenes.trend_scene(ask, EN, "topic", [LATER], Filters(grain))
        assert scene is not None
        assert scene.view.scope.first == first.date()
        assert scene.view.frame["period_start"].min() == first
        assert scene.view.frame["mentions"].iloc[0] > 0


def test_the_sql_of_a_topic_gives_its_rows(ask: scenes.Ask, made_warehouse: Path) -> None:
    scene = scenes.trend_scene(ask, EN, "topic", [TOPIC], Filters("week"), smooth=4)
    assert scene is not None
    again = open_snapshot(made_warehouse).frame(scene.answer.sql)
    pd.testing.assert_frame_equal(again, scene.answer.frame)
    assert slide_of(scene.view, scene.answer.sql, scene.answer.snapshot_id)


def test_the_choices_of_a_link_reach_the_card_of_a_topic(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    link = {"topic": TOPIC, "grain": "week", "measure": "share_adjusted", "smooth": "4"}
    app = run(monkeypatch, made_warehouse, "topics", **link)
    assert app.selectbox(key="grain").value == "week"
    assert app.selectbox(key="measure").value == "share_adjusted"
    said = " ".join(c.value for c in app.caption)
    assert EN("definition.topic.share_adjusted") in said
    assert EN("smooth.over.week", n=4) in said


def test_the_command_line_draws_a_topic(made_warehouse: Path, tmp_path: Path) -> None:
    asked = ("--topics", TOPIC, "--grain", "quarter", "--smooth", "2")
    out = written(made_warehouse, "chart", "topic_trend", "--out", tmp_path / "a.csv", *asked)
    rows = pd.read_csv(out, encoding="utf-8-sig")
    assert set(rows["topic_id"]) == {TOPIC}
    link = f"http://host/topics?topic={TOPIC}&grain=quarter&smooth=2"
    same = written(made_warehouse, "chart", "--out", tmp_path / "b.csv", "--link", link)
    pd.testing.assert_frame_equal(pd.read_csv(same, encoding="utf-8-sig"), rows)


def test_a_topic_that_is_not_there_is_refused(made_warehouse: Path, tmp_path: Path) -> None:
    asked = ("chart", "topic_trend", "--out", tmp_path / "a.csv", "--topics", "t-nobody")
    assert "t-nobody" in refused(made_warehouse, *asked)
