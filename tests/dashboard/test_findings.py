"""Titles that state the finding: what they say, and above all what they do not say."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.trend_findings import _ENDS
from dashboard.charts.trend_view import TrendView
from dashboard.charts.views import VolumeView
from dashboard.texts import Texts
from tests.dashboard.test_charts import EN, NAMES, SCOPE, ZH, coverage, matrix_view
from tests.dashboard.test_compare_chart import compared

CLAIMS = ("passed", "leads", "rose", "fell")
MONTHS = pd.date_range("2026-01-01", periods=12, freq="MS")


def made(
    series: dict[str, list[float]],
    measure: str = "share",
    half: float = 0.01,
    say: Texts = EN,
    **columns: object,
) -> TrendView:
    """A view of made shares with intervals of that half width; every month is complete."""
    rows = [
        {
            "period_start": MONTHS[n],
            "lab_id": id_,
            "mentions": round(1000 * share),
            "stories": round(500 * share),
            "items_total": 1000,
            "share": share,
            "share_low": share - half,
            "share_high": share + half,
            "share_adjusted": share,
            "adjusted_low": share - half,
            "adjusted_high": share + half,
            "adjusted_why_not": None,
            "is_partial": False,
            "is_thin": False,
            "regime": pd.Timestamp("2026-01-01"),
            "why_not": None,
        }
        for id_, shares in series.items()
        for n, share in enumerate(shares)
    ]
    frame = pd.DataFrame(rows).assign(**columns)
    return TrendView("lab", frame, tuple(series), NAMES, measure, "month", SCOPE, say)


def changed(view: TrendView, month: int, **values: object) -> TrendView:
    """The same with other values from the month of this number on."""
    after = view.frame["period_start"] >= MONTHS[month]
    for column, value in values.items():
        view.frame.loc[after, column] = value
    return view


PASSING = {"a": [0.10, 0.10, 0.20, 0.20], "b": [0.15, 0.15, 0.15, 0.15]}


@pytest.mark.parametrize(
    ("say", "title"),
    [
        (EN, "Lab A passed Lab B in Mar 2026: 20.0% of items against 15.0% in Apr 2026"),
        (ZH, "Lab A 自2026年3月起超过 Lab B：2026年4月占条目的 20.0%，后者 15.0%"),
    ],
)
def test_who_passed_whom_and_when(say: Texts, title: str) -> None:
    view = made(PASSING, say=say)
    assert view.title == title
    assert view.subtitle.startswith(view.counted)


def test_passing_in_the_last_period_names_it_once() -> None:
    found = made({"a": [0.1, 0.1, 0.2], "b": [0.15, 0.15, 0.15]}).finding
    assert found == "Lab A passed Lab B in Mar 2026: 20.0% of items against 15.0%"


def test_no_passing_is_claimed_where_intervals_overlap_at_either_end() -> None:
    assert "passed" not in made(PASSING, half=0.03).finding
    barely = {"a": [0.145, 0.145, 0.20, 0.20], "b": [0.15, 0.15, 0.15, 0.15]}
    assert made(barely).finding.startswith("Lab A leads")


def test_one_bad_month_of_the_leader_is_no_passing() -> None:
    dip = {"a": [0.2, 0.1, 0.2, 0.2, 0.2], "b": [0.15] * 5}
    assert made(dip).finding.startswith("Lab A leads")


def test_raw_shares_claim_nothing_over_a_change_of_the_mix_adjusted_ones_do() -> None:
    regime = {"regime": pd.Timestamp("2026-03-01")}
    assert changed(made(PASSING), 2, **regime).finding.startswith("Lab A leads")
    assert "passed" in changed(made(PASSING, "share_adjusted"), 2, **regime).finding
    single = changed(made({"a": [0.1, 0.1, 0.2]}), 2, **regime)
    assert single.finding == "Lab A: 20.0% of items in Mar 2026"


def test_who_leads_with_which_share_ahead_of_whom() -> None:
    view = made({"a": [0.2, 0.2], "b": [0.1, 0.1]})
    assert view.title == "Lab A leads in Feb 2026 with 20.0% of items, ahead of Lab B (10.0%)"


def test_what_cannot_be_told_apart_is_said_and_not_called_equal() -> None:
    view = made({"a": [0.2, 0.2], "b": [0.1, 0.19]})
    assert view.title == "Lab A (20.0%) and Lab B (19.0%) cannot be told apart in Feb 2026"


@pytest.mark.parametrize(
    ("shares", "title"),
    [
        ([0.1, 0.3, 0.2], "Lab A rose from 10.0% in Jan 2026 to 20.0% of items in Mar 2026"),
        ([0.2, 0.3, 0.1], "Lab A fell from 20.0% in Jan 2026 to 10.0% of items in Mar 2026"),
        (
            [0.2, 0.3, 0.21],
            "No clear change for Lab A: 20.0% in Jan 2026, 21.0% of items in Mar 2026",
        ),
    ],
)
def test_how_a_single_line_moved(shares: list[float], title: str) -> None:
    assert made({"a": shares}).title == title


def test_counts_over_time_are_not_compared() -> None:
    """The number of items changes; only within one period is a count a rank."""
    for measure in ("mentions", "stories"):
        assert made({"a": [0.1, 0.2]}, measure).finding.startswith("Lab A: ")
        assert "passed" not in made(PASSING, measure).finding
    assert made(PASSING, "mentions").finding.startswith("Lab A leads in Apr 2026 with 200 items")
    assert made(PASSING, "stories").finding.startswith("Lab A has the most in Apr 2026")


@pytest.mark.parametrize("mark", ["is_partial", "is_thin"])
def test_incomplete_and_thin_periods_say_nothing(mark: str) -> None:
    view = changed(made({"a": [0.1, 0.1, 0.5], "b": [0.2, 0.2, 0.2]}), 2, **{mark: True})
    assert view.finding.startswith("Lab B leads in Feb 2026")
    nothing = changed(made(PASSING), 0, **{mark: True})
    assert nothing.title == nothing.counted
    assert nothing.subtitle.startswith("1 Jan 2026")


def test_a_period_that_the_readers_span_begins_within_says_nothing() -> None:
    cut = made({"a": [0.1, 0.2]})
    early = cut.frame["period_start"] == MONTHS[0]
    cut.frame.loc[early, "period_start"] = pd.Timestamp("2025-12-01")
    assert cut.finding == "Lab A: 20.0% of items in Feb 2026"


SHARES = st.lists(st.floats(0.001, 0.9), min_size=2, max_size=8)


@settings(max_examples=150, deadline=None)
@given(
    first=SHARES,
    second=SHARES,
    half=st.floats(0.0, 0.4),
    measure=st.sampled_from(["share", "share_adjusted", "mentions"]),
    lang=st.sampled_from([EN, ZH]),
)
def test_nothing_is_claimed_where_the_last_intervals_overlap(
    first: list[float], second: list[float], half: float, measure: str, lang: Texts
) -> None:
    n = min(len(first), len(second))
    view = made({"a": first[:n], "b": second[:n]}, measure, half, lang)
    low, high = _ENDS[measure]
    last = view.frame[view.frame["period_start"] == MONTHS[n - 1]]
    overlap = last[low].max() <= last[high].min()
    claims = [*CLAIMS, "超过", "领先"]
    assert any(word in view.finding for word in claims) != overlap


@settings(max_examples=100, deadline=None)
@given(shares=SHARES, half=st.floats(0.0, 0.4), breaks=st.integers(0, 7))
def test_a_single_line_moves_only_where_its_ends_do_not_overlap(
    shares: list[float], half: float, breaks: int
) -> None:
    month = min(breaks, len(shares) - 1)
    view = changed(made({"a": shares}, half=half), month, regime=pd.Timestamp("2026-06-01"))
    kept = shares[month:]
    apart = len(kept) > 1 and abs(kept[-1] - kept[0]) > 2 * half + 1e-9
    near = len(kept) < 2 or abs(kept[-1] - kept[0]) < 2 * half - 1e-9
    moved = "rose" in view.finding or "fell" in view.finding
    assert moved if apart else not (moved and near)


def test_the_largest_pair_and_the_largest_channel() -> None:
    assert matrix_view().title == "Lab A × Theme X is the largest pair: 1,234 items"
    frame = coverage({"discord": [5, 6, 9], "reddit": [1, 2, 99]})
    frame["period_start"] += pd.DateOffset(years=1)  # March 2026 is not over: the scope ends on 11
    view = VolumeView(frame, ("discord", "reddit"), SCOPE, EN)
    assert view.title == "Discord is the largest channel in Feb 2026: 6 items"
    none = VolumeView(frame[frame["period_start"] == "2026-03-01"], ("reddit",), SCOPE, EN)
    assert none.title == none.counted


def test_a_comparison_names_its_largest_sure_difference_or_none() -> None:
    assert "Lab A is higher in Apr 2026 than in Feb 2026" in compared().title
    chance = compared(value=0.21)
    assert chance.title == "No sure difference between Apr 2026 and Feb 2026"
    raw = compared(compared="share_adjusted").title
    assert "(adjusted)" in raw
