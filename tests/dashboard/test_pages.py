"""Every page, headless, in both languages: with data, without, with a damaged snapshot, from a link."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.texts import Texts
from tests.dashboard.conftest import make
from tests.dashboard.one_run import LANGUAGES, PAGES, run, words
from warehouse import answers, compare_answers, open_snapshot
from warehouse.answers import Filters
from warehouse.spans import parse_span


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_page_shows_data(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, page: str, lang: str
) -> None:
    app, say = run(monkeypatch, made_warehouse, page, lang=lang), Texts(lang)
    assert app.warning == []
    assert app.info == []
    assert "2026-03-11-made" in words(app)
    assert say.day(
        open_snapshot(made_warehouse).frame("SELECT max(last_on) AS d FROM stories")["d"][0]
    ) in words(app)
    drawn = app.get("plotly_chart") + list(app.dataframe)
    assert drawn


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_page_without_a_snapshot_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, page: str, lang: str
) -> None:
    app = run(monkeypatch, tmp_path / "nothing-here", page, lang=lang)
    assert [w.value for w in app.warning] == [Texts(lang)("problem.no_snapshot")]
    assert [c.value for c in app.code] == ["trends build sample"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_page_with_a_damaged_snapshot_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, broken_warehouse: Path, page: str, lang: str
) -> None:
    app = run(monkeypatch, broken_warehouse, page, lang=lang)
    assert [w.value for w in app.warning] == [Texts(lang)("problem.broken_snapshot")]
    assert [c.value for c in app.code] == ["trends snapshots"]
    assert "bad.duckdb" in words(app)


@pytest.mark.parametrize("page", PAGES)
def test_page_of_a_snapshot_without_items_says_so(
    monkeypatch: pytest.MonkeyPatch, no_items_warehouse: Path, page: str
) -> None:
    app = run(monkeypatch, no_items_warehouse, page)
    assert [w.value for w in app.warning] == [Texts("en")("problem.no_items")]
    assert app.get("plotly_chart") == []


def test_first_page_opens_with_the_six_labs_named_most(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse)
    top = answers.top_labs(open_snapshot(made_warehouse), Filters(), 6).frame["lab_id"]
    assert app.multiselect(key="labs").value == list(top)


def test_link_restores_every_choice(monkeypatch: pytest.MonkeyPatch, made_warehouse: Path) -> None:
    link = {
        "labs": ["zhipu", "meta"],
        "grain": "week",
        "measure": "stories",
        "channels": ["reddit"],
    }
    link |= {"period": "2025-06-01..2025-12-31", "languages": ["en"]}
    app = run(monkeypatch, made_warehouse, lang="zh", **link)
    assert app.multiselect(key="labs").value == ["zhipu", "meta"]
    assert app.selectbox(key="grain").value == "week"
    assert app.selectbox(key="measure").value == "stories"
    assert [d.isoformat() for d in app.date_input(key="period").value] == [
        "2025-06-01",
        "2025-12-31",
    ]
    assert app.session_state["channels"] == ["reddit"]
    assert app.session_state["languages"] == ["en"]
    assert app.warning == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("labs", "nobody"),
        ("grain", "decade"),
        ("measure", "glory"),
        ("lang", "fr"),
        ("channels", "fax"),
        ("period", "yesterday"),
        ("period", "1999-01-01..1999-02-01"),
    ],
)
def test_link_with_a_wrong_value_says_that_it_was_dropped(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, key: str, value: str
) -> None:
    app = run(monkeypatch, made_warehouse, **{key: value})
    assert f"{key}={value}" in app.warning[0].value
    assert app.get("plotly_chart"), "the page still shows its defaults"


def test_notice_goes_with_the_next_choice(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, labs=["openai", "nobody"])
    assert app.multiselect(key="labs").value == ["openai"]
    assert len(app.warning) == 1
    app.selectbox(key="grain").set_value("week").run()
    assert app.warning == []


def test_address_holds_ids_and_only_what_differs_from_the_start(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, lang="zh")
    app.multiselect(key="labs").set_value(["zhipu"]).run()
    assert dict(app.query_params) == {"lang": "zh", "labs": "zhipu"}


def test_a_changed_view_pins_its_labs(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    """The six most named will be others next month; a link sent today must still show today's."""
    app = run(monkeypatch, made_warehouse)
    assert dict(app.query_params) == {}
    app.selectbox(key="grain").set_value("quarter").run()
    assert app.query_params["labs"] == app.multiselect(key="labs").value


def test_language_switch_keeps_the_choices(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, labs=["google", "zhipu"], grain="week")
    app.sidebar.get("button_group")[0].set_value("zh").run()
    assert [e.value for e in app.exception] == []
    assert app.multiselect(key="labs").value == ["google", "zhipu"]
    assert app.multiselect(key="labs").label == "机构"
    assert app.selectbox(key="grain").value == "week"


def cards(app: AppTest) -> list[str]:
    return [m.value for m in app.markdown if ":material/" in m.value and "**" in m.value]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_compare_says_the_verdicts_of_the_warehouse(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, lang: str
) -> None:
    link = {"labs": ["openai", "zhipu"], "compare": "2025-Q3", "against": "2025-Q2"}
    app = run(monkeypatch, made_warehouse, "compare", lang=lang, **link)
    answer = compare_answers.compare_periods(
        open_snapshot(made_warehouse),
        Filters(),
        "lab",
        [],
        parse_span("2025-Q3"),
        parse_span("2025-Q2"),
    )
    verdicts = answer.frame.set_index("tag_id")["verdict"]
    said = cards(app)
    for card, lab in zip(said, link["labs"], strict=False):
        assert Texts(lang)(f"verdict.{verdicts[lab]}") in card
    assert list(app.dataframe[0].value["name"])[:1] == ["OpenAI"]
    assert len(app.dataframe[0].value) == len(verdicts)


def test_a_period_compared_with_itself_is_not_compared(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "compare", compare="2025-06", against="2025-06")
    assert [i.value for i in app.info] == [Texts("en")("why_not.overlap")]


def test_two_labs_are_compared_in_one_period(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    link = {"labs": ["openai", "nvidia"], "compare": "2025", "against": "none"}
    app = run(monkeypatch, made_warehouse, "compare", family="chosen", **link)
    assert "**OpenAI against NVIDIA**" in cards(app)[0]
    assert "higher" in cards(app)[0]


def test_a_comparison_across_the_end_of_a_channel_is_adjusted_and_says_so(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "compare", compare="2025-12", against="2025-09")
    assert "The mix of channels differs" in words(app)
    assert "unadjusted" in words(app)


def test_what_is_no_period_is_said_and_left_to_be_corrected(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "compare", compare="spring")
    assert "“spring” is no period" in app.info[0].value
    assert app.selectbox(key="compare").value == "spring"
    assert app.query_params["compare"] == ["spring"] or app.query_params["compare"] == "spring"


def test_a_period_of_a_link_is_text_and_formats_nothing(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "compare", compare="[a](http://h) **b**")
    said = app.info[0].value
    assert "[a](" not in said
    assert "**b**" not in said
    assert r"\[a\]\(http\:\/\/h\) \*\*b\*\*" in said


@pytest.mark.parametrize("measure", ["share", "mentions"])
def test_a_raw_trend_over_the_end_of_a_channel_gives_the_adjusted_figures(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, measure: str
) -> None:
    app = run(monkeypatch, made_warehouse, labs=["openai"], measure=measure)
    guard = next(m.value for m in app.markdown if "Discord ends" in m.value)
    assert "Adjusted for the mix of channels" in guard
    one = run(monkeypatch, made_warehouse, labs=["openai"], measure=measure, channels=["reddit"])
    assert not any("Discord ends" in m.value for m in one.markdown)


def test_no_chosen_lab_asks_for_one(monkeypatch: pytest.MonkeyPatch, made_warehouse: Path) -> None:
    app = run(monkeypatch, made_warehouse, labs="")
    assert [i.value for i in app.info] == [Texts("en")("trend.nothing_chosen")]


def test_filters_that_leave_nothing_say_so(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, period="2025-01-11..2025-01-12")  # a week-end
    assert [i.value for i in app.info] == [Texts("en")("problem.no_rows")]


@pytest.mark.parametrize(("text", "lang"), [("reasoning", "en"), ("虚构", "zh")])
def test_search_finds_words_in_both_languages(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, text: str, lang: str
) -> None:
    app = run(monkeypatch, made_warehouse, "items", q=text, languages=[lang])
    found = answers.search_items(
        open_snapshot(made_warehouse), Filters(languages=(lang,)), text
    ).items_total
    assert found > 50
    assert app.subheader[0].value == f"{found:,} items found"
    assert len(app.dataframe[0].value) == 50


def test_paging_goes_on_and_a_new_question_starts_at_page_one(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "items", q="reasoning", page="2")
    first = app.dataframe[0].value["item"].iloc[0]
    app.button(key="page-on").click().run()
    assert app.session_state["page"] == 3
    assert app.dataframe[0].value["item"].iloc[0] != first
    app.text_input(key="q").set_value("robotics").run()
    assert app.session_state["page"] == 1


def test_a_page_beyond_the_last_shows_the_first(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "items", page="9999")
    assert app.session_state["page"] == 1
    assert len(app.dataframe[0].value) == 50


def test_search_without_a_hit_says_so(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "items", q="zzzz-not-there")
    assert [i.value for i in app.info] == [Texts("en")("items.none")]


def test_about_lists_what_was_refused_with_its_reason(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "about", lang="zh")
    refused = next(d.value for d in app.dataframe if "reason" in d.value.columns)
    assert list(refused["reason"]) == [Texts("zh")("reason.no_date")]
    assert list(refused["source"]) == ["made/broken.md"]


def test_a_new_snapshot_shows_at_the_next_run(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, tmp_path: Path
) -> None:
    shutil.copytree(made_warehouse, tmp_path / "copy", symlinks=True)
    app = run(monkeypatch, tmp_path / "copy")
    make(tmp_path / "copy", "2026-03-12-next")
    app.selectbox(key="grain").set_value("week").run()
    assert "2026-03-12-next" in words(app)
