"""A click on a dot of a comparison: items and stories of the clicked one, of either period, as many as counted."""

from pathlib import Path

import pytest

from dashboard.parts import behind_dot, card
from dashboard.texts import LANGUAGES, Texts
from tests.dashboard.one_run import run, words
from warehouse import answers, compare_answers, open_snapshot, tag_answers
from warehouse.answers import Filters
from warehouse.spans import Span, parse_span

NOW, BEFORE = parse_span("2025-Q3"), parse_span("2025-02-10..2025-04-03")
LINK = {"compare": "2025-Q3", "against": "2025-02-10..2025-04-03"}


def click(monkeypatch: pytest.MonkeyPatch, customdata: object) -> None:
    """The dot that the card of the next runs gives as clicked."""
    monkeypatch.setattr(card, "show", lambda *_, **__: customdata)


def subheaders(app) -> list[str]:
    return [s.value for s in app.subheader]


def tables(app) -> list:
    """The tables of items and of stories."""
    return [d.value for d in app.dataframe if {"item", "title"} & set(d.value.columns)]


def titles_of(warehouse: Path, kind: str, id_: str, span: Span, *channels: str) -> list[str]:
    days = Filters("day", channels, (), span.first, span.last)
    found = tag_answers.stories(open_snapshot(warehouse), days, kind, id_, False, 200).frame
    return list(found["title"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_dot_shows_what_each_period_counts(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, lang: str
) -> None:
    click(monkeypatch, ["zhipu"])
    say = Texts(lang)
    app = run(monkeypatch, made_warehouse, "compare", lang=lang, channels=["reddit"], **LINK)
    row = compare_answers.compare_periods(
        open_snapshot(made_warehouse), Filters(channels=("reddit",)), "lab", ["zhipu"], NOW, BEFORE
    ).frame.iloc[0]
    other = next(b for b in app.get("button_group") if b.key == behind_dot.SIDE)
    for span, mentions in ((NOW, row["mentions"]), (BEFORE, row["against_mentions"])):
        period = say.stretch(span.first, span.last, span.grain)
        assert any(text.endswith(f" · {period}") for text in subheaders(app))
        items, stories = tables(app)
        assert len(items) == mentions > 0
        assert items["published_on"].between(str(span.first), str(span.last)).all()
        assert set(items["channel"]) == {say.code("channel", "reddit")}
        assert list(stories["title"]) == titles_of(made_warehouse, "lab", "zhipu", span, "reddit")
        other.set_value("against").run()
        assert [e.value for e in app.exception] == []


def test_of_two_in_one_period_the_clicked_one_is_shown(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    click(monkeypatch, ["nvidia"])
    link = {"labs": ["openai", "nvidia"], "compare": "2025", "against": "none"}
    app = run(monkeypatch, made_warehouse, "compare", family="chosen", **link)
    assert behind_dot.SIDE not in [b.key for b in app.get("button_group")]
    assert [s for s in subheaders(app) if s.startswith("NVIDIA · ")]
    year = parse_span("2025")
    days = Filters(start=year.first, end=year.last)
    found = answers.items_behind(open_snapshot(made_warehouse), days, lab_id="nvidia").frame
    assert len(tables(app)[0]) == len(found) > 0


@pytest.mark.parametrize("customdata", [None, ["nobody"], [], "zhipu", [["zhipu"]]])
def test_without_a_dot_of_this_chart_the_page_says_what_a_click_does(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, customdata: object
) -> None:
    click(monkeypatch, customdata)
    app = run(monkeypatch, made_warehouse, "compare", labs=["zhipu", "openai"], **LINK)
    assert Texts("en")("compare.click") in words(app)
    assert tables(app) == []


def test_another_language_keeps_the_chosen_period(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    click(monkeypatch, ["zhipu"])
    app = run(monkeypatch, made_warehouse, "compare", **LINK)
    next(b for b in app.get("button_group") if b.key == behind_dot.SIDE).set_value("against").run()
    app.sidebar.get("button_group")[0].set_value("zh").run()
    assert [e.value for e in app.exception] == []
    assert app.session_state[behind_dot.SIDE] == "against"
    period = Texts("zh").span(BEFORE.first, BEFORE.last)
    assert [s for s in subheaders(app) if s.endswith(period)]
