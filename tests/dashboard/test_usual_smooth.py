"""Which average a chart over time has before anybody chooses, and how it is drawn."""

from pathlib import Path
from typing import Any

import pytest

from dashboard import scenes
from dashboard.charts import trend
from dashboard.scenes.usual import usual_smooth
from dashboard.texts import Texts
from tests.dashboard.one_run import LANGUAGES, run
from warehouse import open_snapshot
from warehouse.answers import Filters

LABS = ("openai", "zhipu", "meta", "google")


@pytest.mark.parametrize(
    ("grain", "days", "lines", "smooth"),
    [
        ("week", 990, 6, 4),
        ("day", 990, 6, 20),
        ("week", 990, 3, 1),  # few lines have their intervals
        ("week", 180, 6, 1),
        ("day", 45, 6, 1),
        ("month", 9990, 12, 1),
        ("quarter", 9990, 12, 1),
    ],
)
def test_only_many_lines_of_many_short_periods_are_averaged(
    grain: str, days: int, lines: int, smooth: int
) -> None:
    assert usual_smooth(grain, days, lines) == smooth


@pytest.fixture(scope="module")
def ask(made_warehouse: Path) -> scenes.Ask:
    return scenes.on(open_snapshot(made_warehouse))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_points_that_would_hide_the_lines_lie_on_them_unseen(
    ask: scenes.Ask, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.charts.trend_view._MOST_POINTS", 3)
    scene = scenes.trend_scene(ask, Texts(lang), "lab", LABS, Filters("week"), smooth=2)
    assert scene is not None
    assert scene.view.is_dense
    points = [
        t for t in trend.figure(scene.view).data if t.mode == "markers" and t.customdata is not None
    ]
    assert len(points) == len(LABS)
    for trace in points:
        rows = scene.view.rows(trace.customdata[0][0])
        assert trace.marker.opacity == 0
        assert list(rows["smooth_share"].dropna()) == [y for y in trace.y if y is not None]
    assert Texts(lang)("look.dense") in scene.view.key_to_marks
    assert Texts(lang)("smooth.over.week", n=2) in scene.view.subtitle


def test_lines_that_hardly_had_an_average_stay_as_they_are(
    made_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snap = scenes.on(open_snapshot(made_warehouse))

    def rarely(question: Any, *args: Any) -> Any:
        answer = snap(question, *args)
        for name in {"smooth_share"} & set(answer.frame):
            answer.frame.loc[answer.frame.index[:-1], name] = float("nan")
        return answer

    asked = (Texts(), "lab", LABS, Filters("week"), "share")
    scene = scenes.trend_scene(rarely, *asked)
    assert scene is not None
    assert scene.view.smooth == 1
    assert any(t.mode == "lines" for t in scene.figure().data)
    monkeypatch.setattr("dashboard.charts.trend_view._MOST_POINTS", 3)
    chosen = scenes.trend_scene(rarely, *asked, smooth=4)
    assert chosen is not None
    assert not chosen.view.is_dense, "the points are all there is to see"


def test_the_page_averages_by_itself_and_a_link_can_say_not_to(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "labs", grain="week")
    assert app.session_state["smooth"] == "auto"
    assert "smooth" not in app.query_params
    plain = run(monkeypatch, made_warehouse, "labs", grain="week", smooth="1")
    assert plain.session_state["smooth"] == "1"
    assert plain.query_params["smooth"] in ("1", ["1"])
