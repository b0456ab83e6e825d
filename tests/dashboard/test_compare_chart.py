"""The chart of differences: dots with intervals, verdicts in words, what cannot be compared."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from dashboard.charts import compare
from dashboard.charts.colours import look
from dashboard.charts.compare_view import MOST_ROWS, CompareView
from dashboard.charts.scope import Scope
from dashboard.texts import Texts
from warehouse.compare import judged
from warehouse.spans import parse_span

SCOPE = Scope(date(2026, 1, 1), date(2026, 3, 11), 12345)
NAMES = {"a": "Lab A", "b": "Lab B"}


def compared(against: bool = True, lang: str = "en", **changes: object) -> CompareView:
    """Two labs in two periods, or the first against the second."""
    row = {"mentions": 50, "against_mentions": 50, "items_total": 900, "against_items_total": 800}
    row |= {"digests_total": 14, "against_digests_total": 12}
    row |= {"share": 0.3, "against_share": 0.2, "compared": "share", "correlation": 0.0}
    row |= {"value": 0.3, "value_items": 500.0, "against_value": 0.2, "against_items": 500.0}
    row |= {"mix_changed": None, "why_not": None, "adjusted_why_not": None}
    sure = row | {"tag_id": "a", "against_tag_id": "a" if against else "b"}
    dull = row | {"tag_id": "b", "against_tag_id": "b", "value": 0.21}
    rows = [sure | changes, dull] if against else [sure | changes]
    other = parse_span("2026-02") if against else None
    frame = judged(pd.DataFrame(rows))
    period = parse_span("2026-04")
    return CompareView("lab", frame, ("a", "b"), NAMES, period, other, SCOPE, Texts(lang))


def test_a_difference_is_a_dot_in_points_with_its_interval() -> None:
    made = compared()
    dots = [t for t in compare.figure(made).data if t.mode == "markers"]
    assert [t.name for t in dots] == ["Lab A", "Lab B"]  # the largest rise on top
    row = made.frame.iloc[0]
    assert dots[0].x[0] == pytest.approx(10)
    assert dots[0].x[0] + dots[0].error_x.array[0] == pytest.approx(100 * row["difference_high"])
    assert dots[0].x[0] - dots[0].error_x.arrayminus[0] == pytest.approx(
        100 * row["difference_low"]
    )


def test_a_verdict_is_said_in_words_and_chance_is_grey_and_hollow() -> None:
    fig = compare.figure(compared())
    sure, dull = [t for t in fig.data if t.mode == "markers"]
    assert [a.text for a in fig.layout.annotations] == ["<b>higher</b>", "not distinguishable"]
    assert not sure.marker.symbol.endswith("-open")
    assert dull.marker.symbol.endswith("-open")
    assert sure.marker.color == look("lab", "a").colour
    assert dull.error_x.thickness < sure.error_x.thickness


@pytest.mark.parametrize(
    ("against", "lang", "title"),
    [
        (True, "en", "Labs: share of items in Apr 2026 against Feb 2026"),
        (True, "zh", "各机构的条目占比：2026年4月对比2026年2月"),
        (False, "en", "Lab A against other labs: share of items in Apr 2026"),
    ],
)
def test_a_comparison_says_what_is_compared_and_for_how_many_it_is_corrected(
    against: bool, lang: str, title: str
) -> None:
    made = compared(against, lang)
    assert made.counted == title
    assert made.subtitle.startswith(title)
    assert made.names["a"] in made.title
    assert ("2" in made.subtitle.rsplit(" · ", 1)[1]) == against


# 37 of 44 mentions in one of 14 digests; the interval of all leaves out 0
ONE_DIGEST = {"value": 0.055, "value_items": 32.0, "against_value": 0.001, "against_items": 458.0}
ONE_DIGEST |= {"mentions": 44, "items_total": 797, "largest_digest_mentions": 37}
ONE_DIGEST |= {"largest_digest_items": 107, "largest_digest_on": pd.Timestamp(2026, 4, 15)}


@pytest.mark.parametrize(("lang", "day"), [("en", "15 Apr 2026"), ("zh", "2026年4月15日")])
@pytest.mark.parametrize("against", [True, False])
def test_what_rests_on_one_digest_is_unclear_and_says_so_everywhere(
    against: bool, lang: str, day: str
) -> None:
    made = compared(against, lang, **ONE_DIGEST)
    row = next(row for row in made.frame.to_dict("records") if row["tag_id"] == "a")
    assert made.verdict(row) == made.say("verdict.one_digest")
    for text in (made.sentence(row), made.note(row), made.guard):
        assert all(part in text for part in ("37", "44", day))
    dot = next(t for t in compare.figure(made).data if day in t.hovertext[0])
    assert dot.marker.symbol.endswith("-open")
    assert "Lab A" not in made.finding or not against


def test_n_names_items_and_digests_of_both_sides() -> None:
    assert "n = 900 items of 14 digests against 800 of 12" in compared().subtitle
    assert "n = 900 items of 14 digests" in compared(against=False).subtitle


def test_adjusted_shares_are_called_so_and_the_raw_ones_given() -> None:
    adjusted = {"compared": "share_adjusted", "mix_changed": "discord", "share": 0.5}
    made = compared(**adjusted)
    assert "adjusted; unadjusted 50.0% against 20.0%" in made.sentence(made.chosen()[0])
    assert "**The mix of channels differs** (Discord)" in made.guard
    assert compared().guard == ""


def test_what_cannot_be_compared_is_not_drawn_and_says_why() -> None:
    made = compared(
        why_not="mix_changed", mix_changed="discord", adjusted_why_not="no_common_channel"
    )
    assert [t.name for t in compare.figure(made).data] == ["Lab B"]
    sentence = made.sentence(made.chosen()[0])
    assert "the mix of channels changed: Discord." in sentence
    assert "no channel is there throughout" in sentence


def test_the_chart_of_a_long_list_keeps_the_chosen_ones_and_the_surest() -> None:
    made = compared()
    many = [made.frame.iloc[[1]].assign(tag_id=f"x{n}", q_value=n / 100) for n in range(60)]
    long = replace(made, frame=pd.concat([made.frame, *many], ignore_index=True))
    shown = [row["tag_id"] for row in long.shown()]
    assert {"a", "b", "x0", "x1"} < set(shown)
    assert len(shown) == MOST_ROWS
    assert "x59" not in shown


# Vision: Machado, Oliveira, Fernandes 2009, severity 1.0, on linear RGB
