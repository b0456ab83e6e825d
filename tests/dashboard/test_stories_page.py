"""The Stories page, headless: the list, one story from a link, both languages."""

from pathlib import Path

import pytest

from dashboard.charts.stories_view import title_of
from dashboard.texts import Texts
from tests.dashboard.one_run import LANGUAGES, run, words
from warehouse import open_snapshot, story_answers
from warehouse.answers import Filters


@pytest.mark.parametrize("lang", LANGUAGES)
def test_stories_are_listed_in_the_order_of_the_warehouse(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, lang: str
) -> None:
    app, say = run(monkeypatch, made_warehouse, "stories", lang=lang), Texts(lang)
    told = story_answers.stories_told(open_snapshot(made_warehouse), Filters(), limit=50)
    assert list(app.dataframe[0].value["items"]) == list(told.frame["items"])
    assert app.subheader[0].value == say("stories.list", n=say.number(told.items_total))
    assert say("stories.ranked.reach") in words(app)


def test_words_lab_and_rank_of_a_link_are_asked(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    link = {"q": "虚构", "lab_any": "openai", "rank": "items", "period": "2025-06-01..2025-09-30"}
    app = run(monkeypatch, made_warehouse, "stories", **link)
    shown = app.dataframe[0].value
    assert 0 < len(shown) < 50
    assert shown["labs"].str.contains("OpenAI").all()
    assert Texts("en")("stories.ranked.items") in words(app)


def test_the_second_page_goes_on_where_the_first_ends(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "stories")
    first = list(app.dataframe[0].value["story"])
    app.button(key="story-page-on").click().run()
    told = story_answers.stories_told(open_snapshot(made_warehouse), Filters(), limit=100).frame
    titles = [title_of(row, Texts("en")) for row in told.to_dict("records")]
    assert [*first, *app.dataframe[0].value["story"]] == titles
    app.selectbox(key="rank").select("items").run()
    assert app.session_state["story_page"] == 1


def test_nothing_found_is_said(monkeypatch: pytest.MonkeyPatch, made_warehouse: Path) -> None:
    app = run(monkeypatch, made_warehouse, "stories", q="no such word anywhere")
    assert [i.value for i in app.info] == [Texts("en")("stories.none")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_link_opens_one_story_with_all_its_items(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, lang: str
) -> None:
    snap, say = open_snapshot(made_warehouse), Texts(lang)
    row = story_answers.stories_told(snap, Filters(), limit=1).frame.iloc[0]
    app = run(monkeypatch, made_warehouse, "stories", lang=lang, story=row["story_id"])
    items = story_answers.story_items(snap, row["story_id"]).frame
    assert len(app.dataframe[0].value) == len(items)
    assert set(app.dataframe[0].value["counted"]) == {say("stories.kinds.counted")}
    assert row["title"] in [t.value for t in app.text]
    app.button(key="story-close").click().run()
    assert "story" not in app.query_params
    assert say("stories.ranked.reach") in words(app)


def test_a_story_leads_to_the_items_of_its_lab_and_days(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    snap = open_snapshot(made_warehouse)
    row = story_answers.stories_told(snap, Filters(), lab_ids=["openai"], limit=1).frame.iloc[0]
    app = run(monkeypatch, made_warehouse, "stories", story=row["story_id"])
    app.button(key="story-more").click().run()
    assert [e.value for e in app.exception] == []
    assert app.session_state["lab_any"] == [row["lab_ids"][0]]
    assert app.session_state["period"] == (row["first_on"].date(), row["last_on"].date())


def test_an_unknown_story_in_a_link_is_said_and_the_list_shown(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "stories", story="nobody")
    assert "story=nobody" in app.warning[0].value
    assert len(app.dataframe[0].value) == 50


def test_without_items_the_page_says_how_to_load_some(
    monkeypatch: pytest.MonkeyPatch, no_items_warehouse: Path
) -> None:
    app = run(monkeypatch, no_items_warehouse, "stories")
    assert Texts("en")("problem.no_items") in words(app)
