"""The Topics page and the split of a theme, headless: with topics, without, from a link."""

from pathlib import Path

import pytest

from dashboard.texts import Texts
from tests.dashboard.one_run import LANGUAGES, run, words
from warehouse import answers, open_snapshot, topic_answers
from warehouse.answers import Filters


@pytest.mark.parametrize("lang", LANGUAGES)
def test_topics_page_without_topics_names_the_command_that_makes_them(
    monkeypatch: pytest.MonkeyPatch, no_topics_warehouse: Path, lang: str
) -> None:
    app = run(monkeypatch, no_topics_warehouse, "topics", lang=lang)
    assert [i.value for i in app.info] == [Texts(lang)("topics.none")]
    assert [c.value for c in app.code] == ["trends topics fit"]
    themes = run(monkeypatch, no_topics_warehouse, "themes", lang=lang)
    assert Texts(lang)("split.none") in words(themes)


@pytest.mark.parametrize(
    ("order", "listed"),
    [("size", ["Made search", "Made robots", "Made newcomer"]), ("new", ["Made newcomer"])],
)
def test_topics_are_listed_in_the_order_asked_for_without_former_ones(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, order: str, listed: list[str]
) -> None:
    app = run(monkeypatch, made_warehouse, "topics", order=order)
    assert sorted(app.dataframe[0].value["name"]) == sorted(listed)


@pytest.mark.parametrize("order", ["growing", "fading"])
def test_growing_topics_have_a_higher_share_now_and_fading_ones_a_lower(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, order: str
) -> None:
    shown = run(monkeypatch, made_warehouse, "topics", order=order).dataframe[0].value
    assert len(shown)
    assert (shown["now"] > shown["before"]).all() == (order == "growing")


def test_search_and_theme_narrow_the_list_of_topics(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    found = run(monkeypatch, made_warehouse, "topics", topic_q="检索 made")
    assert list(found.dataframe[0].value["name"]) == ["Made search"]
    of_theme = run(monkeypatch, made_warehouse, "topics", topic_theme="robotics", lang="zh")
    assert list(of_theme.dataframe[0].value["name"]) == ["虚构新事物"]


@pytest.mark.parametrize(("lang", "name"), [("en", "Made search"), ("zh", "虚构检索")])
def test_link_opens_the_card_of_a_topic(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, lang: str, name: str
) -> None:
    app, say = run(monkeypatch, made_warehouse, "topics", lang=lang, topic="t0000000a"), Texts(lang)
    texts = [t.value for t in app.text]
    assert name in texts
    assert any(say("topics.event.birth", other="") in t for t in texts)
    typical = app.dataframe[1].value
    assert len(typical) == 3
    labs = app.dataframe[2].value
    top = topic_answers.topic_labs(open_snapshot(made_warehouse), "t0000000a").frame
    assert list(labs["mentions"]) == list(top["mentions"])
    app.button(key="topic-back").click().run()
    assert "topic" not in app.query_params


def test_a_former_topic_leads_to_the_one_that_took_over(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "topics", topic="t0000000d")
    assert Texts("en")("topics.status.retired") in words(app)
    app.button(key="topic-successor").click().run()
    assert app.query_params["topic"] in ("t0000000a", ["t0000000a"])


def test_an_unknown_topic_in_a_link_is_said(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "topics", topic="t-nobody")
    assert "topic=t-nobody" in app.warning[0].value


def test_items_of_a_topic_are_listed_until_it_is_let_go(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "items", in_topic="t0000000c")
    snap = open_snapshot(made_warehouse)
    hits = answers.search_items(snap, Filters(), topic_id="t0000000c").items_total
    assert 0 < hits < answers.search_items(snap, Filters()).items_total
    assert app.subheader[0].value == f"{hits} items found"
    app.button(key="let-go").click().run()
    assert app.subheader[0].value != f"{hits} items found"
    assert dict(app.query_params) == {}


def test_a_theme_is_split_into_its_parts_and_topics(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(
        monkeypatch, made_warehouse, "themes", themes=["robotics", "reasoning"], split="reasoning"
    )
    names = [list(d.value["name"]) for d in app.dataframe if "name" in d.value.columns]
    assert ["Made part", "Other made part"] in names
    found = topic_answers.topics_of_theme(open_snapshot(made_warehouse), "reasoning").frame
    assert list(found["label"]) in names
