"""Sentences of the first page, and text from the web where Streamlit reads Markdown or HTML."""

from datetime import date
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dashboard.charts import overview_view
from dashboard.charts.compare_view import CompareView
from dashboard.charts.scope import Scope
from dashboard.parts import digest_list, plain
from dashboard.texts import Texts
from warehouse.spans import Span

WEEK = Span(date(2026, 3, 2), date(2026, 3, 8), "week")
BEFORE = Span(date(2026, 2, 2), date(2026, 3, 1), "days")
# CommonMark replaces the character nought
LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"])).map(lambda t: " ".join(t.split()))


def row(tag_id: str, verdict: str, difference: float | None, why_not: str | None = None) -> dict:
    """One row of compare_periods with its verdict."""
    known = difference is not None
    now, low, high = 0.2, (difference or 0) - 0.01, (difference or 0) + 0.01
    return {
        "tag_id": tag_id,
        "verdict": verdict,
        "value": now,
        "share": now,
        "against_share": now - (difference or 0),
        "against_value": now - (difference or 0),
        "difference": difference,
        "difference_low": low if known else None,
        "difference_high": high if known else None,
        "p_value": 1 - abs(difference) if known else None,
        "q_value": 0.5 if known else None,
        "compared": "share",
        "mix_changed": None,
        "why_not": why_not,
        "adjusted_why_not": None,
        "mentions": 20,
        "against_mentions": 35,
        "items_total": 100,
        "against_items_total": 101,
        "is_concentrated": False,
        "against_is_concentrated": False,
        "rests_on_one_digest": False,
    }


def view(*rows: dict, lang: str = "en") -> CompareView:
    names = {r["tag_id"]: r["tag_id"].upper() for r in rows}
    scope = Scope(WEEK.first, WEEK.last, 100)
    return CompareView("lab", pd.DataFrame(rows), (), names, WEEK, BEFORE, scope, Texts(lang))


ROWS = (
    row("a", "not_distinguishable", 0.01),
    row("b", "lower", -0.15),
    row("c", "higher", 0.1),
    row("d", "not_distinguishable", -0.03),
    row("e", "not_comparable", None, "too_few_mentions"),
)


def test_moves_are_the_sure_ones_largest_first() -> None:
    assert [r["tag_id"] for r in overview_view.movers(ROWS)] == ["b", "c"]


def test_nearest_to_a_move_is_the_least_likely_by_chance() -> None:
    found = overview_view.closest(ROWS)
    assert found is not None
    assert found["tag_id"] == "d"
    assert overview_view.closest(ROWS[-1:]) is None


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_headline_counts_only_what_was_compared(lang: str) -> None:
    say = Texts(lang)
    moved = say("overview.moved.lab", moved="2", n="4")
    assert overview_view.headline(view(*ROWS, lang=lang), ROWS) == moved
    still = say("overview.still.lab", moved="0", n="1")
    assert overview_view.headline(view(ROWS[0], lang=lang), ROWS[:1]) == still


def test_headline_tells_the_reason_that_holds_for_all() -> None:
    rows = (row("a", "not_comparable", None, "too_few_mentions"),)
    rows += (row("b", "not_comparable", None, "no_items"),)
    assert overview_view.headline(view(*rows), rows) == Texts("en")("why_not.no_items")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_text_calls_an_unsure_change_level_or_stable(lang: str) -> None:
    say = Texts(lang)
    said = say("overview.verdict.not_distinguishable") + say("overview.still.lab", n=1)
    assert not [x for x in ("level", "stable", "unchanged", "持平", "稳定", "不变") if x in said]


def test_a_change_has_both_shares_and_its_interval() -> None:
    compared = view(*ROWS)
    said = overview_view.change(compared, compared.frame.to_dict("records")[1])
    for part in ("35.0%", "20.0%", "−15.0", "−16.0", "−14.0", "35/101 → 20/100"):
        assert part in said


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_rests_on_one_digest_is_named_with_its_mentions_and_is_no_move(lang: str) -> None:
    one = row("a", "not_distinguishable", 0.2) | {"is_concentrated": True}
    one |= {"rests_on_one_digest": True, "mentions": 44, "largest_digest_mentions": 37}
    one |= {"largest_digest_on": pd.Timestamp(2026, 3, 5)}
    compared = view(one, row("b", "higher", 0.1), lang=lang)
    assert [r["tag_id"] for r in overview_view.movers(compared.frame.to_dict("records"))] == ["b"]
    ((name, note),) = compared.resting()
    assert name == "A"
    assert all(part in note for part in ("37", "44", compared.say.day(date(2026, 3, 5))))
    assert note in compared.guard


def tops(*counts: tuple[str, int]) -> pd.DataFrame:
    rows = [
        {"tag_id": i, "mentions": n, "stories": 1, "items_total": 100, "share": n / 100}
        | {"share_low": n / 200, "share_high": n / 50}
        for i, n in counts
    ]
    return pd.DataFrame(rows)


def test_title_says_who_is_first_unless_the_intervals_overlap() -> None:
    names = {"a": "Ahead", "b": "Beside", "c": "Behind"}
    alike, apart = tops(("a", 20), ("b", 18), ("c", 3)), tops(("a", 20), ("c", 3))
    say = Texts("en")
    top, clear = (
        overview_view.top_view("lab", frame, names, WEEK, None, "n = 100", say)
        for frame in (alike, apart)
    )
    assert top.title == "Ahead 20.0%, Beside 18.0%: their intervals overlap"
    assert clear.title == "Ahead named most: 20.0%"
    assert "100" in top.subtitle


def test_only_a_sure_change_is_marked_on_a_bar() -> None:
    frame = tops(("a", 20), ("b", 10), ("c", 5))
    top = overview_view.top_view("lab", frame, {}, WEEK, view(*ROWS), "n = 100", Texts("en"))
    assert [bar.label[-1] for bar in top.bars] == ["%", "▼", "▲"]


def test_hover_escapes_names_from_the_data() -> None:
    names = {"a": "<img src=x>"}
    top = overview_view.top_view("lab", tops(("a", 20)), names, WEEK, None, "n = 100", Texts("en"))
    assert "<img" not in top.bars[0].hover


def test_title_of_a_story_is_in_the_readers_language_if_there_is_one() -> None:
    story = {"story_id": "s", "title": "first", "title_en": "english", "title_zh": None}
    assert overview_view.title_of(story, Texts("en")) == "english"
    assert overview_view.title_of(story, Texts("zh")) == "first"
    assert overview_view.title_of({"story_id": "s", "title": " "}, Texts("en")) == "s"


def test_events_are_those_of_the_tag_within_the_days() -> None:
    frame = pd.DataFrame(
        [
            {"happened_on": pd.Timestamp(day), "title": day, "title_zh": day, "lab_ids": ids}
            for day, ids in (("2026-03-01", ["a"]), ("2026-03-02", ["a"]), ("2026-03-08", ["b"]))
        ]
    )
    found = overview_view.events_of(frame, "lab", "a", WEEK.first, WEEK.last, Texts("en"))
    assert len(found) == 1
    assert "2026-03-02" in found[0]


def shown(markdown: str) -> str:
    """What a reader of this Markdown sees."""
    tokens = MarkdownIt("commonmark").parseInline(markdown)[0].children or []
    assert {token.type for token in tokens} <= {"text", "text_special"}
    return "".join(token.content for token in tokens)


@given(LINES)
def test_a_label_shows_any_text_letter_by_letter(text: str) -> None:
    assert shown(plain.label(text)).strip() == text.strip()


@given(st.text(alphabet="*_`[]()<>!#:$~\\ ab&;", max_size=40), st.integers(2, 20))
def test_a_label_can_be_cut(text: str, most: int) -> None:
    assert len(shown(plain.label(text, most))) <= most


class Reader(HTMLParser):
    """Which tags and addresses a piece of HTML has, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]
        assert {name for name, _ in attrs} <= {"class", "href", "target", "rel"}

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text(min_size=1), st.text())
def test_a_digest_from_anywhere_makes_no_tag_of_its_own(title: str, url: str) -> None:
    digest = {"digest_id": "d", "title": title, "url": url, "source": title, "language": "en"}
    digest |= {"published_on": pd.Timestamp("2026-03-02"), "item_count": 3, "translation_of": None}
    reader = Reader()
    reader.feed(digest_list.html(pd.DataFrame([digest]), Texts("en")))
    reader.close()
    assert reader.tags <= {"div", "a", "br", "small"}
    assert all(link.startswith(("http://", "https://")) for link in reader.links)


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//evil.example", "https://", None, "http://["],
)
def test_only_addresses_of_the_web_become_links(url: str | None) -> None:
    assert digest_list.safe_url(url) is None


def test_an_address_of_the_web_becomes_a_link() -> None:
    assert digest_list.safe_url(" https://a.example/?x=1&y=2 ") == "https://a.example/?x=1&y=2"
