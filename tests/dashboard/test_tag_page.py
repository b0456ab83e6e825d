"""The own page of a lab or theme, headless: head, what it is named with, bursts, stories, ways on."""

from pathlib import Path

import pytest

from dashboard.texts import Texts
from tests.dashboard.one_run import LANGUAGES, run, words
from warehouse import answers, compare_answers, open_snapshot, tag_answers
from warehouse.answers import Filters
from warehouse.spans import parse_span


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("page", "id_", "names"),
    [
        ("lab", "deepseek", ("DeepSeek", "深度求索")),
        ("theme", "robotics", ("Robotics & embodied AI", "机器人与具身智能")),
    ],
)
def test_link_opens_the_page_with_both_names(
    monkeypatch: pytest.MonkeyPatch,
    made_warehouse: Path,
    page: str,
    id_: str,
    names: tuple[str, str],
    lang: str,
) -> None:
    app = run(monkeypatch, made_warehouse, page, lang=lang, **{page: id_})
    own, other = names if lang == "en" else reversed(names)
    assert app.subheader[0].value == own
    assert other in words(app)
    assert app.selectbox(key=page).value == id_


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_theme_is_defined_in_the_readers_language(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, lang: str
) -> None:
    app = run(monkeypatch, made_warehouse, "theme", lang=lang, theme="robotics")
    said = {"en": "Made: Robotics & embodied AI", "zh": "虚构：机器人与具身智能"}
    assert [text.value for text in app.text if text.value in said.values()] == [said[lang]]


def test_without_an_id_the_one_named_most_is_shown_and_stands_in_the_address(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "lab")
    top = answers.top_labs(open_snapshot(made_warehouse), Filters(), 1).frame["lab_id"][0]
    assert app.selectbox(key="lab").value == top
    assert app.query_params["lab"] in (top, [top])


def test_head_gives_the_verdict_of_the_page_compare_and_the_place(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app, snap = (
        run(monkeypatch, made_warehouse, "lab", lab="anthropic"),
        open_snapshot(made_warehouse),
    )
    now, before = parse_span("2026-02"), parse_span("2026-01")
    rows = compare_answers.compare_periods(snap, Filters(), "lab", (), now, before).frame
    verdict = rows.set_index("tag_id")["verdict"]["anthropic"]
    assert Texts("en")(f"verdict.{verdict}") in words(app)
    place = tag_answers.standing(snap, Filters(start=now.first, end=now.last), "lab", "anthropic")
    row = place.frame.iloc[0]
    assert f"Place {row['place']:.0f} of {row['named']:.0f} labs named in Feb 2026" in words(app)


def test_a_unit_names_its_owner_and_has_no_place(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    said = words(run(monkeypatch, made_warehouse, "lab", lab="google-deepmind"))
    assert "part of Google" in said
    assert "Place" not in said
    assert "with its unit Google DeepMind" in words(
        run(monkeypatch, made_warehouse, "lab", lab="google")
    )


def test_filters_hold_for_all_below(monkeypatch: pytest.MonkeyPatch, made_warehouse: Path) -> None:
    link = {"lab": "openai", "period": "2025-06-01..2025-06-30", "channels": ["reddit"]}
    app = run(monkeypatch, made_warehouse, "lab", **link)
    june = Filters(
        "month", ("reddit",), (), parse_span("2025-06").first, parse_span("2025-06").last
    )
    told = tag_answers.stories(open_snapshot(made_warehouse), june, "lab", "openai", True, 30).frame
    assert len(told)
    titles = [d.value for d in app.dataframe if "title" in d.value.columns][-1]["title"]
    assert list(titles) == list(told["title"])


def test_buttons_take_the_lab_along(monkeypatch: pytest.MonkeyPatch, made_warehouse: Path) -> None:
    for button, widget in (
        ("tag-compare", "labs"),
        ("tag-items", "lab_any"),
        ("tag-trend", "labs"),
    ):
        app = run(monkeypatch, made_warehouse, "lab", lab="zhipu")
        app.button(key=button).click().run()
        assert app.multiselect(key=widget).value == ["zhipu"]


def test_an_unknown_lab_in_a_link_is_said(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "lab", lab="nobody")
    assert "lab=nobody" in app.warning[0].value
