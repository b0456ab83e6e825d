"""The page Rising, headless: verdicts, the stories of a row, bursts explained, from a link."""

from pathlib import Path

import pytest

from dashboard.texts import Texts
from tests.dashboard.one_run import LANGUAGES, run, words
from warehouse import open_snapshot, tag_answers, trend_answers
from warehouse.answers import Filters
from warehouse.spans import code_of, parse_span


def table(app, column):
    """The first table that has this column."""
    return next(d.value for d in app.dataframe if column in d.value.columns)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_newest_comparable_month_is_shown_with_all_its_labs(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, lang: str
) -> None:
    app = run(monkeypatch, made_warehouse, "rising", lang=lang)
    answer = trend_answers.rising(open_snapshot(made_warehouse), "lab", limit=1000)
    newest = answer.frame["period_start"].iloc[0].date()
    assert app.selectbox(key="rise_in").value == code_of("month", newest)
    shown = table(app, "verdict")
    say = Texts(lang)
    assert list(shown["verdict"]) == [say(f"verdict.{v}") for v in answer.frame["verdict"]]
    assert list(shown["mentions"]) == list(answer.frame["mentions"])


def test_a_row_in_the_link_is_shown_with_its_stories(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    link = {"kind": "theme", "rise_in": "2025-10", "rise_of": "reasoning", "rise_channel": "reddit"}
    app = run(monkeypatch, made_warehouse, "rising", **link)
    month = parse_span("2025-10")
    of_month = Filters("day", ("reddit",), (), month.first, month.last)
    found = tag_answers.stories(
        open_snapshot(made_warehouse), of_month, "theme", "reasoning", False, 8
    ).frame
    assert len(found)
    assert list(table(app, "title")["title"]) == list(found["title"])
    assert "Oct 2025" in words(app)


def test_weeks_are_compared_over_all_channels_only(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "rising", rise_per="week", rise_channel="reddit")
    assert app.selectbox(key="rise_channel").value == "all"
    assert "rise_channel=reddit" in app.warning[0].value
    assert app.selectbox(key="rise_in").value.startswith("2026-W")


def test_a_running_month_says_why_it_does_not_compare(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "rising", rise_in="2026-03")
    say = Texts("en")
    assert say("rising.why.partial") in words(app)
    assert set(table(app, "verdict")["verdict"]) == {say("verdict.not_comparable")}


def test_an_unknown_period_in_a_link_is_said(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "rising", rise_in="1999-01")
    assert "rise_in=1999-01" in app.warning[0].value


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_burst_is_explained_by_words_and_stories(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, lang: str
) -> None:
    snap = open_snapshot(made_warehouse)
    row = trend_answers.bursts(snap, "theme").frame.iloc[0]
    code = f"{row['tag_id']}:{row['first_on']:%Y-%m-%d}"
    app = run(monkeypatch, made_warehouse, "rising", lang=lang, kind="theme", burst=code)
    days = (row["first_on"].date(), row["last_on"].date())
    terms = trend_answers.burst_terms(snap, "theme", row["tag_id"], *days, 12).frame["term"]
    told = trend_answers.burst_stories(snap, "theme", row["tag_id"], *days, 8).frame["title"]
    assert len(terms)
    assert list(table(app, "term")["term"]) == list(terms)
    assert list(table(app, "title")["title"]) == list(told)


def test_bursts_outside_the_chosen_days_are_left_out(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(
        monkeypatch, made_warehouse, "rising", kind="theme", burst_days="2025-01-06..2025-02-28"
    )
    assert Texts("en")("bursts.none") in words(app)
    assert "burst" not in {box.key for box in app.selectbox}


def test_button_opens_the_page_of_the_lab(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "rising", rise_of="anthropic")
    app.button(key="rise-page").click().run()
    assert app.selectbox(key="lab").value == "anthropic"
