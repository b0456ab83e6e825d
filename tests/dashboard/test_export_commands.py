"""`trends export chart`: tables and slides opened again and compared with the SQL; refusals; whole files."""

import os
import stat
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from pptx import Presentation
from typer.testing import CliRunner

from dashboard import scenes
from dashboard.export import charts, image, write
from dashboard.export.choices import Choices
from tests.dashboard.conftest import FIRST, LAST
from tests.dashboard.exporting import APP, EN, PAIR, refused, trend, written
from warehouse import open_snapshot
from warehouse.answers import Filters


@pytest.fixture(scope="module")
def ask(made_warehouse: Path) -> scenes.Ask:
    return scenes.on(open_snapshot(made_warehouse))


def test_csv_holds_the_rows_of_the_sql(
    made_warehouse: Path, ask: scenes.Ask, tmp_path: Path
) -> None:
    out = written(made_warehouse, "chart", "lab_trend", "--out", tmp_path / "a.csv", *PAIR)
    rows = pd.read_csv(out, encoding="utf-8-sig")
    again = open_snapshot(made_warehouse).frame(trend(ask).answer.sql)
    assert list(rows["lab_id"]) == list(again["lab_id"])
    assert list(rows["share"]) == pytest.approx(list(again["share"]))


def test_xlsx_and_parquet_hold_the_rows_of_the_sql(
    made_warehouse: Path, ask: scenes.Ask, tmp_path: Path
) -> None:
    again = trend(ask).answer.frame
    read = {"xlsx": pd.read_excel, "parquet": pd.read_parquet}
    for form, opened in read.items():
        rows = opened(
            written(made_warehouse, "chart", "lab_trend", "--out", tmp_path / f"a.{form}", *PAIR)
        )
        assert list(rows["mentions"]) == list(again["mentions"]), form
        assert list(rows["share"]) == pytest.approx(list(again["share"])), form
        assert list(pd.to_datetime(rows["period_start"])) == list(again["period_start"]), form


def test_pptx_holds_the_numbers_of_the_sql(
    made_warehouse: Path, ask: scenes.Ask, tmp_path: Path
) -> None:
    out = written(made_warehouse, "chart", "lab_trend", "--out", tmp_path / "a.pptx", *PAIR)
    page = Presentation(str(out)).slides[0]
    series = next(shape.chart for shape in page.shapes if shape.has_chart).plots[0].series
    frame = trend(ask).answer.frame
    drawn = {s.name: [v for v in s.values if v is not None] for s in series}
    assert drawn["OpenAI"] == pytest.approx(list(frame[frame["lab_id"] == "openai"]["share"]))


@pytest.mark.parametrize("name", [name for name in charts.CHARTS if name != "bursts"])
def test_every_chart_of_the_list_can_be_had_without_any_choice(ask: scenes.Ask, name: str) -> None:
    scene = charts.scene_of(ask, EN, name, Choices())
    assert scene.figure().layout.title.text
    assert not scene.answer.frame.empty
    assert write.scene_bytes(ask, scene, "pptx", image.Size())[:2] == b"PK"


def test_bursts_of_even_news_are_none(made_warehouse: Path, tmp_path: Path) -> None:
    assert "bursts: nothing was found" in refused(
        made_warehouse, "chart", "bursts", "--out", tmp_path / "a.csv"
    )


def test_the_list_names_every_chart(made_warehouse: Path) -> None:
    done = CliRunner().invoke(APP, ["export", "chart", "--list"])
    assert done.exit_code == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == list(charts.CHARTS)


def test_choices_reach_the_chart(made_warehouse: Path, tmp_path: Path) -> None:
    asked = ("--grain", "quarter", "--channels", "reddit", "--from", "2025-04", "--to", "2025-09")
    out = written(made_warehouse, "chart", "lab_trend", "--out", tmp_path / "a.csv", *PAIR, *asked)
    rows = pd.read_csv(out, encoding="utf-8-sig")
    assert sorted(set(rows["period_start"])) == ["2025-04-01", "2025-07-01"]
    filters = Filters("quarter", ("reddit",), (), date(2025, 4, 1), date(2025, 9, 30))
    expected = trend(scenes.on(open_snapshot(made_warehouse)), filters=filters).answer.frame
    assert list(rows["mentions"]) == list(expected["mentions"])


def test_ids_may_be_repeated_or_joined_and_count_once(made_warehouse: Path, tmp_path: Path) -> None:
    ids = ("--labs", "openai, zhipu", "--labs", "openai")
    out = written(made_warehouse, "chart", "lab_trend", "--out", tmp_path / "a.csv", *ids)
    assert set(pd.read_csv(out, encoding="utf-8-sig")["lab_id"]) == {"openai", "zhipu"}


def test_days_beyond_the_loaded_ones_are_cut_as_the_dashboard_does(ask: scenes.Ask) -> None:
    asked = Choices(labs=("openai",), start=date(2020, 1, 1), end=date(2030, 1, 1))
    scope = charts.scene_of(ask, EN, "lab_trend", asked).view.scope
    assert (scope.first, scope.last) == (FIRST, LAST)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("chart", "lab_trend", "--out", "a.gif"), ".png, .svg, .pdf, .csv, .xlsx, .parquet"),
        (("chart", "lab_trend", "--out", "a"), "a file ends in .png"),
        (("chart", "lab_trend"), "name the file with --out"),
        (("chart", "lab_trend", "--out", "none/a.csv"), "there is no folder none"),
        (("chart", "--out", "a.csv"), "name a chart"),
        (("chart", "lab_trent", "--out", "a.csv"), "did you mean lab_trend"),
        (("chart", "lab_trend", "--labs", "opnai", "--out", "a.csv"), "near it: openai"),
        (("chart", "theme_trend", "--themes", "robots", "--out", "a.csv"), "robotics"),
        (("chart", "lab_trend", "--grain", "year", "--out", "a.csv"), "day, week, month, quarter"),
        (("chart", "lab_trend", "--measure", "sum", "--out", "a.csv"), "share_adjusted, mentions"),
        (
            ("chart", "lab_trend", "--channels", "tv", "--out", "a.csv"),
            "there are twitter, discord",
        ),
        (("chart", "lab_trend", "--languages", "fr", "--out", "a.csv"), "there are en, zh"),
        (("chart", "lab_trend", "--from", "May", "--out", "a.csv"), "'May' is no period, such as"),
        (
            ("chart", "lab_trend", "--from", "2031", "--out", "a.csv"),
            "the days loaded are 2025-01-06 to",
        ),
        (
            ("chart", "lab_trend", "--from", "2025-05", "--to", "2025-03", "--out", "a.csv"),
            "before they begin",
        ),
        (("chart", "lab_trend", "--lang", "fr", "--out", "a.csv"), "there are en, zh"),
        (("chart", "coverage", "--grain", "day", "--out", "a.csv"), "coverage has no --grain"),
        (("chart", "lab_theme_matrix", "--smooth", 3, "--out", "a.csv"), "it has --labs"),
        (("chart", "lab_trend", "--width", 900, "--out", "a.csv"), "a csv has no --width"),
        (("chart", "lab_trend", "--width", 9, "--out", "a.png"), "from 300 to 4000"),
        (("chart", "lab_trend", "--scale", 9, "--out", "a.png"), "from 1 to 5"),
        (
            ("chart", "compare_periods", *PAIR, "--themes", "robotics", "--out", "a.csv"),
            "say which with --kind",
        ),
        (
            ("chart", "compare_tags", "--family", "chosen", "--labs", "openai", "--out", "a.csv"),
            "name two labs",
        ),
        (
            ("chart", "compare_periods", "--period", "2026-03", "--out", "a.csv"),
            "nothing to compare",
        ),
        (
            ("chart", "lab_trend", "--channels", "news", "--languages", "en", "--out", "a.csv"),
            "nothing was found",
        ),
        (("deck", "--out", "a.pdf"), "a file ends in .pptx"),
        (("chart", "--link", "http://h/items?q=x", "--out", "a.csv"), "no chart to export"),
        (("chart", "--link", "http://h/labs?labs=", "--out", "a.csv"), "no labs chosen"),
    ],
    ids=lambda x: " ".join(map(str, x)) if isinstance(x, tuple) else "",
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    made_warehouse: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    args: tuple[object, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert said in refused(made_warehouse, *args)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_warehouse_says_what_to_do(no_items_warehouse: Path, tmp_path: Path) -> None:
    for args in (("chart", "lab_trend", "--out", tmp_path / "a.csv"), ("deck", "--out", "a.pptx")):
        assert "holds no item" in refused(no_items_warehouse, *args)


def test_no_snapshot_is_a_sentence(tmp_path: Path) -> None:
    assert "trends build" in refused(
        tmp_path / "none", "chart", "lab_trend", "--out", tmp_path / "a.csv"
    )


def test_a_file_that_is_there_is_replaced_and_nothing_else_is_left(
    made_warehouse: Path, tmp_path: Path
) -> None:
    out = tmp_path / "a.csv"
    out.write_text("old")
    written(made_warehouse, "chart", "coverage", "--out", out)
    assert "old" not in out.read_text("utf-8-sig")
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def test_a_file_can_be_read_by_those_who_could_read_any_other(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        write.whole(tmp_path / "a.csv", b"x")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "a.csv").stat().st_mode) == 0o644


def test_a_file_that_cannot_be_put_in_place_leaves_no_draft(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(IsADirectoryError):
        write.whole(tmp_path / "a.csv", b"x")
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]
