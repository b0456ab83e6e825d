"""The first page: what it says equals the answers, in both languages, with much data, little and none."""

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.scenes import overview
from dashboard.scenes.scene import on
from dashboard.texts import Texts
from tests.dashboard.moving import ODD_TITLE, make
from tests.dashboard.one_run import LANGUAGES, run, words
from warehouse import Snapshot, compare_answers, open_snapshot, overview_answers, story_answers
from warehouse.answers import Filters, top_labs, top_themes


@pytest.fixture(scope="session")
def moving_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """January and February 2026; from February on OpenAI is named five times as often."""
    return make(tmp_path_factory.mktemp("moving"), date(2026, 1, 1), date(2026, 2, 27))


@pytest.fixture(scope="session")
def one_week_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One week from Monday to Friday, within a month that is still running."""
    return make(tmp_path_factory.mktemp("week"), date(2026, 1, 5), date(2026, 1, 9))


def sure(snap: Snapshot, grain: str, kind: str) -> list[str]:
    """The labs or themes that the warehouse says moved, in the order of the page."""
    last = overview.last_periods(on(snap))[grain]
    assert last.against is not None
    frame = compare_answers.compare_periods(
        snap, Filters(), kind, (), last.period, last.against
    ).frame
    frame = frame[frame["verdict"].isin(["higher", "lower"])]
    return list(frame.sort_values("difference", key=abs, ascending=False)["tag_id"])


def moved(app: AppTest, grain: str, kind: str) -> list[str]:
    """The labs or themes that the page lists as moved."""
    start = f"tag-{grain}-{kind}-"
    return [b.key.removeprefix(start) for b in app.button if b.key and b.key.startswith(start)]


def test_moves_are_those_of_the_answers(
    monkeypatch: pytest.MonkeyPatch, moving_warehouse: Path
) -> None:
    app, snap = run(monkeypatch, moving_warehouse, "overview"), open_snapshot(moving_warehouse)
    for grain in ("week", "month"):
        for kind in ("lab", "theme"):
            assert moved(app, grain, kind) == sure(snap, grain, kind)
    assert set(moved(app, "month", "lab")) == {"openai", "google"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_rise_and_a_fall_are_called_so(
    monkeypatch: pytest.MonkeyPatch, moving_warehouse: Path, lang: str
) -> None:
    app, say = run(monkeypatch, moving_warehouse, "overview", lang=lang), Texts(lang)
    said = [m.value for m in app.markdown]
    rise = next(m for m in said if say("overview.verdict.higher") in m)
    fall = next(m for m in said if say("overview.verdict.lower") in m)
    assert "10.0% → 50.0%" in rise
    assert "50.0% → 10.0%" in fall
    assert say("overview.moved.lab", moved="2", n="3") in words(app)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_sure_move_it_says_so(
    monkeypatch: pytest.MonkeyPatch, moving_warehouse: Path, lang: str
) -> None:
    """Since February nothing changes any more, so the last week equals the four before."""
    app, say = run(monkeypatch, moving_warehouse, "overview", lang=lang), Texts(lang)
    assert moved(app, "week", "lab") == []
    assert say("overview.still.lab", moved="0", n="3") in words(app)


def test_page_compare_gives_the_same_verdicts(
    monkeypatch: pytest.MonkeyPatch, moving_warehouse: Path
) -> None:
    app, say = run(monkeypatch, moving_warehouse, "overview"), Texts("en")
    here = moved(app, "month", "lab")
    app.button(key="all-month-lab").click().run()
    assert app.query_params["compare"] == "2026-02"
    assert app.query_params["against"] == "2026-01"
    table = app.dataframe[0].value
    is_sure = table["verdict"].isin([say("verdict.higher"), say("verdict.lower")])
    names = {"openai": "OpenAI", "google": "Google"}
    assert {names[id_] for id_ in here} == set(table[is_sure]["name"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_facts_tell_days_and_what_was_refused(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, lang: str
) -> None:
    app, say = run(monkeypatch, made_warehouse, "overview", lang=lang), Texts(lang)
    said = words(app)
    for text in (
        say.day(date(2026, 3, 11)),
        say.period(date(2026, 3, 2), "week")[1:],
        say.period(date(2026, 2, 1), "month"),
        say("overview.refused", n="1"),
    ):
        assert text in said


def test_titles_from_the_web_are_shown_as_written(
    monkeypatch: pytest.MonkeyPatch, moving_warehouse: Path
) -> None:
    app = run(monkeypatch, moving_warehouse, "overview")
    labels = [b.label for b in app.button if "Made" in b.label and "evil" in b.label]
    assert labels
    assert all(ODD_TITLE not in label and r"\[title\]" in label for label in labels)
    lists = [h.value for h in app.get("html") if 'class="digests"' in h.value]
    assert "Digest &lt;b&gt;2026-02-27&lt;/b&gt;" in lists[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_week_compares_with_nothing(
    monkeypatch: pytest.MonkeyPatch, one_week_warehouse: Path, lang: str
) -> None:
    app, say = run(monkeypatch, one_week_warehouse, "overview", lang=lang), Texts(lang)
    said = words(app)
    assert say("overview.nothing_before") in said
    assert say("overview.no_month") in said
    assert len(app.get("plotly_chart")) == 1  # labs; no item has a theme


def test_bars_are_the_marts_numbers(made_warehouse: Path) -> None:
    snap = open_snapshot(made_warehouse)
    last = overview.last_periods(on(snap))["month"]
    days = Filters(start=last.period.first, end=last.period.last)
    for kind, top in (("lab", top_labs), ("theme", top_themes)):
        scene = overview.top_scene(on(snap), Texts("en"), kind, last)
        assert scene is not None
        counted = top(snap, days, overview.TOP).frame
        assert [bar.id_ for bar in scene.view.bars] == list(counted[f"{kind}_id"])
        assert [bar.value for bar in scene.view.bars] == pytest.approx(list(counted["share"]))
        assert [bar.low for bar in scene.view.bars] == pytest.approx(list(counted["share_low"]))


def test_largest_stories_are_those_of_the_page_stories(made_warehouse: Path) -> None:
    snap = open_snapshot(made_warehouse)
    week = overview.last_periods(on(snap))["week"].period
    largest = overview_answers.largest_stories(snap, week, 8).frame
    told = story_answers.stories_told(snap, Filters(start=week.first, end=week.last), limit=8).frame
    columns = ["story_id", "items", "digests", "originals"]
    assert largest[columns].values.tolist() == told[columns].values.tolist()


def test_words_of_a_move_are_not_asked_for_before_a_reader_opens_them(
    monkeypatch: pytest.MonkeyPatch, moving_warehouse: Path
) -> None:
    def too_slow(*_: object) -> None:
        raise AssertionError("asked for")

    monkeypatch.setattr("warehouse.trend_answers.burst_terms", too_slow)
    assert moved(run(monkeypatch, moving_warehouse, "overview"), "month", "lab")


def test_an_old_link_to_the_first_page_opens_labs(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    link = {"labs": ["meta", "zhipu"], "grain": "quarter"}
    app = run(monkeypatch, made_warehouse, "overview", **link)
    assert app.multiselect(key="labs").value == ["meta", "zhipu"]
    assert app.selectbox(key="grain").value == "quarter"


def test_a_link_with_a_language_alone_opens_the_first_page(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "overview", lang="zh")
    assert Texts("zh")("overview.newest") in [s.value for s in app.subheader]
