"""Growth, bursts and what is named together: what the charts and slides may claim."""

import io
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation

from dashboard.charts import burst_timeline, rising
from dashboard.charts.bursts_view import MOST_TAGS, BurstsView
from dashboard.charts.factor import times
from dashboard.charts.hover import wrapped
from dashboard.charts.rising_view import MOST_ROWS, VERDICTS, RisingView
from dashboard.export import deck
from dashboard.texts import LANGUAGES, Texts
from warehouse.queries import statement

NAMES = {"a": "Aleph", "b": "Beth <i>", "c": "Gimel", "d": "Daleth"}


def grown(tag_id: str, verdict: str, factor: float | None = 2.0, **other: Any) -> dict[str, Any]:
    """A row of the answer `rising`."""
    row = {"tag_id": tag_id, "verdict": verdict, "comparable": factor is not None, "factor": factor}
    ends = (None, None) if factor is None else (factor / 1.5, factor * 1.5)
    row |= {"factor_low": ends[0], "factor_high": ends[1], "mentions": 12, "items_total": 400}
    row |= {"share_adjusted": 0.04, "baseline_share": 0.02, "why_not": None, "story_titles": []}
    row |= {"digests_total": 14, "is_concentrated": False}
    return row | other


def rising_view(*rows: dict[str, Any], lang: str = "en", kind: str = "lab") -> RisingView:
    frame = pd.DataFrame(rows)
    return RisingView(kind, frame, NAMES, "month", date(2026, 7, 1), "all", Texts(lang))


def burst(tag_id: str, first: str, last: str, **other: Any) -> dict[str, Any]:
    """A row of the answer `bursts`."""
    row = {"tag_kind": "lab", "tag_id": tag_id, "first_on": pd.Timestamp(first)}
    row |= {"last_on": pd.Timestamp(last), "peak_on": pd.Timestamp(first), "strength": 5.0}
    row |= {"mentions": 20, "stories": 9, "items_total": 100, "share": 0.2}
    row |= {"expected_share": 0.1, "factor": 2.0, "is_open": False}
    row |= {"event_titles": ["A made release"], "event_titles_zh": ["一次虚构发布"]}
    return row | other


def bursts_view(*rows: dict[str, Any], lang: str = "en") -> BurstsView:
    days = date(2025, 1, 1), date(2026, 6, 30)
    return BurstsView("lab", pd.DataFrame(rows), NAMES, *days, Texts(lang))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", ["lab", "theme"])
def test_title_names_only_what_clearly_rose(lang: str, kind: str) -> None:
    rows = (grown("a", "rose"), grown("b", "perhaps_rose"), grown("c", "fell", 0.4))
    title = rising_view(*rows, lang=lang, kind=kind).title
    assert "Aleph" in title
    assert "Beth" not in title
    assert "Gimel" not in title


@pytest.mark.parametrize("lang", LANGUAGES)
def test_title_names_nothing_where_all_growth_may_be_chance(lang: str) -> None:
    view = rising_view(grown("a", "perhaps_rose", 30.0), grown("b", "not_distinguishable"))
    assert not any(name in view.title for name in NAMES.values())
    assert "1" in view.guard


@pytest.mark.parametrize("lang", LANGUAGES)
def test_growth_that_is_mostly_of_one_digest_says_which(lang: str) -> None:
    one = {"is_concentrated": True, "largest_digest_mentions": 9}
    one |= {"largest_digest_on": pd.Timestamp(2026, 7, 15)}
    view = rising_view(grown("a", "perhaps_rose", **one), grown("c", "perhaps_rose"), lang=lang)
    first, second = view.frame.to_dict("records")
    note = view.note(first)
    assert all(part in note for part in ("9", "12", view.say.day(date(2026, 7, 15))))
    assert note in view.guard
    assert note in view.sentence(first)
    assert view.note(second) == ""
    assert "Gimel" not in view.guard


def test_n_of_growth_names_items_and_digests() -> None:
    assert "n = 400 items of 14 digests" in rising_view(grown("a", "rose")).subtitle


def test_title_says_how_many_it_does_not_name() -> None:
    view = rising_view(*(grown(id_, "rose") for id_ in "abcd"))
    assert view.title == (
        "4 labs clearly rose in Jul 2026 against Mar–Jun 2026: Aleph, Beth <i>, Gimel and 1 more"
    )


@pytest.mark.parametrize("code", ["partial", "too_few_periods", "too_few_items:reddit"])
def test_a_period_that_does_not_compare_says_why(code: str) -> None:
    view = rising_view(grown("a", "not_comparable", None, why_not=code))
    assert view.title == "Growth cannot be told (Jul 2026)"
    assert view.guard.startswith("Not comparable")
    assert len(rising.figure(view).data) == 0


def test_every_verdict_and_reason_of_the_answers_has_a_text() -> None:
    sql = statement("answers", "rising")
    assert [v for v in VERDICTS if f"'{v}'" not in sql] == []
    codes = ("partial", "too_few_periods", "no_common_channel", "too_few_items", "too_few_mentions")
    for lang in LANGUAGES:
        say = Texts(lang)
        assert [v for v in VERDICTS if not say.has(f"verdict.{v}")] == []
        assert [c for c in codes if not say.has(f"rising.why.{c}")] == []


def test_sure_growth_is_filled_and_other_growth_hollow() -> None:
    rows = (grown("a", "rose"), grown("b", "perhaps_rose"), grown("c", "not_distinguishable", 0.9))
    fig = rising.figure(rising_view(*rows))
    symbols = [trace.marker.symbol for trace in fig.data]
    assert symbols == ["circle", "circle-open", "circle-open"]
    colours = [trace.marker.color for trace in fig.data]
    assert colours[0] == colours[1] != colours[2]
    words = [note.font.color for note in fig.layout.annotations]
    assert words == [None] * 3  # letters keep the ink of the page, which can be read on any ground


def test_a_click_tells_the_lab_and_names_are_shown_as_written() -> None:
    fig = rising.figure(rising_view(grown("b", "rose")))
    assert list(fig.data[0].customdata[0]) == ["b"]
    assert fig.layout.yaxis.ticktext[0].strip() == "Beth &lt;i&gt;"
    assert "Beth &lt;i&gt;" in fig.data[0].hovertext[0]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.floats(0.01, 500), min_size=1, max_size=6))
def test_every_dot_is_on_the_axis_which_holds_no_change_too(factors: list[float]) -> None:
    rows = [grown("a", "not_distinguishable", factor) for factor in factors]
    fig = rising.figure(rising_view(*rows))
    low, high = fig.layout.xaxis.range
    assert low < 0 < high
    assert all(low < trace.x[0] < high for trace in fig.data)


def test_what_clearly_fell_is_drawn_even_far_down_the_list() -> None:
    rows = [grown("a", "not_distinguishable") for _ in range(MOST_ROWS + 3)]
    view = rising_view(*rows, grown("d", "fell", 0.3))
    assert [row["tag_id"] for row in view.shown()] == ["a"] * MOST_ROWS + ["d"]


def test_slide_of_growth_has_a_row_each_with_its_verdict() -> None:
    view = rising_view(grown("a", "rose"), grown("b", "perhaps_rose"))
    rows = table_of(view)
    assert [row[0] for row in rows[1:]] == ["Aleph", "Beth <i>"]
    assert rows[1][2:] == ["2.0%", "4.0%", "×2.0", "×1.3 – ×3.0", "clearly rose"]


def table_of(view: RisingView | BurstsView) -> list[list[str]]:
    slide = Presentation(io.BytesIO(deck.slide_of(view, "SELECT 1", "made"))).slides[0]
    table = next(shape.table for shape in slide.shapes if shape.has_table)
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_timeline_has_a_bar_from_the_first_to_the_last_day_of_each_burst() -> None:
    view = bursts_view(
        burst("a", "2025-03-03", "2025-04-04"), burst("b", "2025-05-05", "2025-05-09")
    )
    bars = burst_timeline.figure(view).data[0]
    assert [list(x) for x in bars.customdata] == [["a:2025-03-03"], ["b:2025-05-05"]]
    assert pd.Timestamp(bars.base[0]) == pd.Timestamp("2025-03-03")
    assert bars.x[0] == pytest.approx(33 * 86_400_000)
    assert bars.x[1] >= 5 * 86_400_000


def test_the_newest_burst_is_on_top_and_only_the_strongest_have_a_row() -> None:
    rows = [burst(f"t{n:02d}", "2025-01-06", "2025-01-10") for n in range(MOST_TAGS + 4)]
    rows[0] |= {"last_on": pd.Timestamp("2026-06-01")}
    view = bursts_view(*rows)
    assert view.tags()[0] == "t00"
    assert len(view.tags()) == MOST_TAGS
    assert len(burst_timeline.figure(view).data[0].x) == MOST_TAGS
    assert str(MOST_TAGS) in view.subtitle


def test_surer_bursts_are_darker() -> None:
    rows = (
        burst("a", "2025-03-03", "2025-04-04", strength=40.0),
        burst("b", "2025-03-03", "2025-04-04", strength=0.2),
    )
    opacity = burst_timeline.figure(bursts_view(*rows)).data[0].marker.opacity
    assert opacity[0] == 1 > opacity[1] >= 0.35


def test_an_open_burst_is_marked_and_explained() -> None:
    view = bursts_view(burst("a", "2026-06-01", "2026-06-30", is_open=True))
    words = [a.text for a in burst_timeline.figure(view).layout.annotations]
    assert words == ["×2.0 →"]
    assert view.key_to_marks == "→ reaches the newest week."
    assert bursts_view(burst("a", "2026-06-01", "2026-06-30")).key_to_marks == ""


@pytest.mark.parametrize(("lang", "event"), [("en", "A made release"), ("zh", "一次虚构发布")])
def test_slide_of_bursts_names_days_factor_and_events(lang: str, event: str) -> None:
    view = bursts_view(burst("a", "2025-03-03", "2025-04-04"), lang=lang)
    row = table_of(view)[1]
    assert row == [
        "Aleph",
        "2025-03-03 – 2025-04-04",
        "20",
        "20.0%",
        "10.0%",
        "×2.0",
        event,
    ]


@pytest.mark.parametrize(
    ("factor", "written"), [(2.44, "×2.4"), (27.2, "×27"), (0.449, "×0.45"), (1234.0, "×1,234")]
)
def test_factors_are_written_with_the_digits_they_need(factor: float, written: str) -> None:
    assert times(factor) == written


def test_hover_text_is_wrapped_and_escaped() -> None:
    text = wrapped("<b> & " + "word " * 40)
    assert text.startswith("&lt;b&gt; &amp;")
    assert "<br>" in text
    assert "<br>" in wrapped("虚构" * 60)
