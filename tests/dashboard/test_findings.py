"""Titles that state the finding: what they say, and above all what they do not say."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.marks import MixChange
from dashboard.charts.trend_claims import Claims
from dashboard.charts.trend_view import TrendView
from dashboard.charts.views import VolumeView
from dashboard.texts import Texts
from tests.dashboard.test_charts import EN, NAMES, SCOPE, ZH, coverage, matrix_view
from tests.dashboard.test_compare_chart import compared

CLAIMS = ("passed", "leads", "rose", "fell", "higher", "ahead")
MONTHS = pd.date_range("2026-01-01", periods=12, freq="MS")
DISCORD = MixChange(date(2026, 3, 7), "discord", begins=False)


def made(
    series: dict[str, list[float]],
    measure: str = "share",
    half: float = 0.01,
    say: Texts = EN,
    verdict: str = "higher",
    **more: object,
) -> TrendView:
    """A view of made shares with intervals of that half width; the verdict on the highest is given.

    Every month is complete.
    """
    rows = [
        {
            "period_start": MONTHS[n],
            "lab_id": id_,
            "mentions": round(1000 * share),
            "stories": round(500 * share),
            "items_total": 1000,
            "digests": 20,
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
            "smooth_share": share / 2,
            "smooth_mentions": 500 * share,
        }
        for id_, shares in series.items()
        for n, share in enumerate(shares)
    ]
    view = TrendView(
        "lab", pd.DataFrame(rows), tuple(series), NAMES, measure, "month", SCOPE, say, **more
    )
    return judged(view, **dict.fromkeys(series, verdict))


def judged(view: TrendView, **verdicts: str) -> TrendView:
    """The same with these verdicts on the highest of the newest month against each other one."""
    ranked = Claims(view).ranked
    highest = ranked[0][0] if ranked else ""
    rows = [(highest, id_, verdict) for id_, verdict in verdicts.items() if id_ != highest]
    return replace(view, beside=pd.DataFrame(rows, columns=["tag_id", "against_tag_id", "verdict"]))


def changed(view: TrendView, month: int, **values: object) -> TrendView:
    """The same with other values from the month of this number on, and the verdicts of its leader."""
    after = view.frame["period_start"] >= MONTHS[month]
    for column, value in values.items():
        view.frame.loc[after, column] = value
    return judged(replace(view), **dict.fromkeys(view.ids, "higher"))


def moved(verdict: str, value: float, before: float, compared: str = "share") -> pd.DataFrame:
    """The row of compare_periods of Lab A."""
    row = {"tag_id": "a", "verdict": verdict, "compared": compared, "value": value}
    row |= {"against_value": before}
    row |= {"first_day": pd.Timestamp("2026-03-07"), "last_day": pd.Timestamp("2026-04-30")}
    row |= {"against_first_day": pd.Timestamp("2026-01-01")}
    return pd.DataFrame([row | {"against_last_day": pd.Timestamp("2026-02-24")}])


PASSING = {"a": [0.10, 0.10, 0.20, 0.20], "b": [0.15, 0.15, 0.15, 0.15]}


@pytest.mark.parametrize(
    ("say", "title"),
    [
        (
            EN,
            "Lab A passed Lab B, ahead of it until Feb 2026, in Mar 2026: "
            "20.0% of items against 15.0% in Apr 2026",
        ),
        (
            ZH,
            "Lab A 自2026年3月起超过此前（至2026年2月）领先的 Lab B：2026年4月占条目的 20.0%，后者 15.0%",
        ),
    ],
)
def test_who_passed_whom_and_when(say: Texts, title: str) -> None:
    view = made(PASSING, say=say)
    assert view.title == title
    assert view.subtitle.startswith(view.counted)
    assert view.is_sure


def test_passing_in_the_last_period_names_it_once() -> None:
    found = made({"a": [0.1, 0.1, 0.2], "b": [0.15, 0.15, 0.15]}).finding
    assert found == (
        "Lab A passed Lab B, ahead of it until Feb 2026: 20.0% of items against 15.0% in Mar 2026"
    )


def test_no_passing_is_claimed_without_a_sure_lead_at_either_end() -> None:
    assert "passed" not in made(PASSING, verdict="not_distinguishable").finding
    barely = {"a": [0.145, 0.145, 0.20, 0.20], "b": [0.15, 0.15, 0.15, 0.15]}
    assert made(barely).finding.startswith("Lab A leads")


def test_the_date_of_passing_is_the_first_sure_lead_not_the_crossing() -> None:
    slow = {"a": [0.10, 0.16, 0.155, 0.20, 0.20], "b": [0.15] * 5}
    assert "until Jan 2026, in Apr 2026" in made(slow).finding


def test_one_bad_month_of_the_leader_is_no_passing() -> None:
    dip = {"a": [0.2, 0.1, 0.2, 0.2, 0.2], "b": [0.15] * 5}
    assert made(dip).finding.startswith("Lab A leads")


@pytest.mark.parametrize("grain", ["day", "week"])
def test_short_periods_have_no_passing(grain: str) -> None:
    assert "passed" not in replace(made(PASSING), grain=grain).finding


def test_raw_shares_claim_nothing_over_a_change_of_the_mix_adjusted_ones_do() -> None:
    regime = {"regime": pd.Timestamp("2026-03-01")}
    assert changed(made(PASSING), 2, **regime).finding.startswith("Lab A leads")
    assert "passed" in changed(made(PASSING, "share_adjusted"), 2, **regime).finding


def test_who_leads_with_which_share_ahead_of_whom() -> None:
    view = made({"a": [0.2, 0.2], "b": [0.1, 0.1]})
    assert view.title == "Lab A leads in Feb 2026 with 20.0% of items, ahead of Lab B (10.0%)"
    assert view.is_sure


def test_what_cannot_be_told_apart_is_said_and_not_called_equal() -> None:
    view = made({"a": [0.2, 0.2], "b": [0.1, 0.1]}, verdict="not_distinguishable")
    assert view.title == (
        "Lab A is highest in Feb 2026 with 20.0% of items, "
        "but cannot be told apart from Lab B (10.0%)"
    )
    assert not view.is_sure


def test_the_second_is_named_even_if_only_a_lower_one_cannot_be_told_apart() -> None:
    names = {"a": "Lab A", "b": "Lab B", "c": "Lab C"}
    view = replace(made({"a": [0.2], "b": [0.15], "c": [0.1]}), names=names)
    view = judged(view, b="higher", c="not_distinguishable")
    assert view.title == (
        "Lab A is highest in Jan 2026 with 20.0% of items, ahead of Lab B (15.0%), "
        "but cannot be told apart from Lab C (10.0%)"
    )


def test_at_most_two_of_those_that_cannot_be_told_apart_are_named() -> None:
    names = {i: f"Lab {i}" for i in "abcde"}
    five = {i: [0.2 - 0.01 * n] for n, i in enumerate(names)}
    view = replace(made(five, verdict="not_distinguishable"), names=names)
    assert view.title.endswith("cannot be told apart from Lab b (19.0%), Lab c (18.0%) and 2 more")


@pytest.mark.parametrize("verdict", ["", "not_comparable", "lower"])
def test_without_a_verdict_only_the_values_are_said(verdict: str) -> None:
    view = made({"a": [0.2, 0.2], "b": [0.1, 0.1]}, verdict=verdict)
    assert view.title == "In Feb 2026: Lab A 20.0% of items, Lab B 10.0%"
    assert not view.is_sure


def test_a_verdict_on_raw_shares_that_adjusted_intervals_contradict_is_not_used() -> None:
    close = {"a": [0.2], "b": [0.195]}
    assert made(close, "share_adjusted").title.startswith("In Jan 2026: Lab A 20.0%")
    far = made({"a": [0.2], "b": [0.1]}, "share_adjusted", verdict="not_distinguishable")
    assert far.title.startswith("In Jan 2026: Lab A 20.0%")


def test_days_are_values_only() -> None:
    view = replace(made({"a": [0.2], "b": [0.1]}), grain="day")
    assert view.title == "On 1 Jan 2026: Lab A 20.0% of items, Lab B 10.0%"


def test_few_mentions_are_values_only_and_one_is_singular() -> None:
    for measure, title in (
        ("mentions", "In Jan 2026: Lab A 1 item, Lab B 0"),
        ("stories", "In Jan 2026: Lab A 1 story, Lab B 0"),
    ):
        view = made({"a": [0.002 if measure == "stories" else 0.001], "b": [0.0]}, measure)
        assert view.title == title


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        ("higher", "Lab A rose: 28.9%"),
        ("lower", "Lab A fell: 28.9%"),
        ("not_distinguishable", "No clear change for Lab A: 28.9%"),
    ],
)
def test_a_single_line_moved_as_its_guard_says(verdict: str, words: str) -> None:
    across = moved(verdict, 0.289, 0.119, "share_adjusted")
    view = replace(made({"a": [0.5, 0.1]}), across=across, breaks=(DISCORD,))
    assert view.title == f"{words} since 7 Mar 2026 against 11.9% before (of items, adjusted)"
    assert EN(f"verdict.{verdict}") in view.guard
    assert view.is_sure == (verdict != "not_distinguishable")


def test_a_single_line_without_a_change_of_the_mix_is_compared_by_thirds_of_its_days() -> None:
    view = replace(made({"a": [0.5, 0.1]}), thirds=moved("higher", 0.2, 0.1))
    assert view.title == (
        "Lab A rose: 20.0% in the last third of the span, 7 Mar 2026 – 30 Apr 2026, "
        "against 10.0% in the first, 1 Jan 2026 – 24 Feb 2026 (of items)"
    )


def test_a_single_line_that_does_not_compare_has_its_last_value_only() -> None:
    alone = made({"a": [0.5, 0.1]})
    unlike = moved("not_comparable", 0.2, 0.1)
    for view in (alone, replace(alone, thirds=unlike), replace(alone, across=unlike)):
        assert view.title == "Lab A: 10.0% of items in Feb 2026"


def test_counts_over_time_are_not_compared() -> None:
    """The number of items changes; only within one period is a count a rank."""
    for measure in ("mentions", "stories"):
        rose = moved("higher", 0.2, 0.1)
        single = replace(made({"a": [0.1, 0.2]}, measure), across=rose, thirds=rose)
        assert single.finding.startswith("Lab A: ")
        assert "passed" not in made(PASSING, measure).finding
    assert made(PASSING, "mentions").finding.startswith("Lab A leads in Apr 2026 with 200 items")
    assert made(PASSING, "stories").finding.startswith("Lab A has the most in Apr 2026")


def test_an_average_is_given_as_drawn_and_without_a_verdict() -> None:
    view = replace(made(PASSING), smooth=3)
    assert view.title == "In Apr 2026, average of 3 months: Lab A 10.0% of items, Lab B 7.5%"
    assert not view.is_sure


@pytest.mark.parametrize(
    ("column", "value"), [("is_thin", True), ("digests", 3), ("is_partial", True)]
)
def test_incomplete_and_thin_periods_say_nothing(column: str, value: object) -> None:
    view = changed(made({"a": [0.1, 0.1, 0.5], "b": [0.2, 0.2, 0.2]}), 2, **{column: value})
    assert view.finding.startswith("Lab B leads in Feb 2026")
    assert ("(the newest month with enough items)" in view.finding) == (column != "is_partial")
    nothing = changed(made(PASSING), 0, **{column: value})
    assert nothing.title == nothing.counted
    assert nothing.subtitle.startswith("1 Jan 2026")


def test_a_month_of_two_mixes_is_judged_by_adjusted_shares_only() -> None:
    raw = changed(made(PASSING), 3, regime=pd.NaT)
    assert "in Mar 2026 (the newest month that can be judged)" in raw.finding
    adjusted = changed(made(PASSING, "share_adjusted"), 3, regime=pd.NaT)
    assert "Apr 2026" in adjusted.finding


def test_a_period_that_the_readers_span_begins_within_says_nothing() -> None:
    cut = made({"a": [0.1, 0.2]})
    early = cut.frame["period_start"] == MONTHS[0]
    cut.frame.loc[early, "period_start"] = pd.Timestamp("2025-12-01")
    assert cut.finding == "Lab A: 20.0% of items in Feb 2026"


SHARES = st.lists(st.floats(0.001, 0.9), min_size=2, max_size=8)
VERDICTS = st.sampled_from(["higher", "lower", "not_distinguishable", "not_comparable", ""])
MEASURES = st.sampled_from(["share", "share_adjusted", "mentions", "stories"])


@settings(max_examples=150, deadline=None)
@given(
    first=SHARES,
    second=SHARES,
    half=st.floats(0.0, 0.4),
    measure=MEASURES,
    verdict=VERDICTS,
    grain=st.sampled_from(["day", "week", "month", "quarter"]),
    smooth=st.sampled_from([1, 3]),
)
def test_nobody_is_called_ahead_without_a_verdict_that_says_so(
    first: list[float],
    second: list[float],
    half: float,
    measure: str,
    verdict: str,
    grain: str,
    smooth: int,
) -> None:
    n = min(len(first), len(second))
    view = made({"a": first[:n], "b": second[:n]}, measure, half, verdict=verdict)
    if smooth == 1 or measure in ("share", "mentions"):
        view = replace(view, grain=grain, smooth=smooth)
    claims = [word for word in CLAIMS if word in view.finding]
    assert not claims or verdict == "higher"
    assert view.is_sure == bool(claims)
    assert "told apart" not in view.finding or verdict == "not_distinguishable"


@settings(max_examples=150, deadline=None)
@given(
    shares=SHARES,
    measure=MEASURES,
    across=VERDICTS,
    thirds=VERDICTS,
    is_changed=st.booleans(),
)
def test_a_single_line_moves_only_as_its_verdict_and_its_guard_say(
    shares: list[float], measure: str, across: str, thirds: str, is_changed: bool
) -> None:
    view = replace(
        made({"a": shares}, measure),
        across=moved(across or "not_comparable", 0.2, 0.1) if is_changed else None,
        thirds=moved(thirds or "not_comparable", 0.2, 0.1),
        breaks=(DISCORD,) if is_changed else (),
    )
    decides = across if is_changed else thirds
    assert ("rose" in view.finding) == (view.is_ratio and decides == "higher")
    assert ("fell" in view.finding) == (view.is_ratio and decides == "lower")


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
