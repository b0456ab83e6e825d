"""The moving averages of the trends: equal to a slow loop over the single periods."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dashboard.conftest import make
from warehouse import answers, open_snapshot
from warehouse.answers import Filters

MEASURES = ("share", "share_adjusted", "mentions", "stories")
ASKED = st.builds(
    Filters,
    grain=st.sampled_from(answers.GRAINS),
    channels=st.lists(st.sampled_from(["twitter", "reddit", "discord"]), unique=True).map(tuple),
    start=st.none() | st.dates(date(2025, 1, 1), date(2025, 7, 1)),
    end=st.none() | st.dates(date(2025, 7, 1), date(2026, 3, 1)),
)


@pytest.fixture(scope="module")
def snap(tmp_path_factory):
    """Fourteen months of made items, in which one channel ends."""
    return open_snapshot(make(tmp_path_factory.mktemp("made")))


def slowly(rows: list[dict], n: int, measure: str, window: int) -> float | None:
    """The average of the periods of one series that ends with the n-th."""
    last = rows[n]
    if last["is_partial"]:
        return None
    if measure == "share_adjusted":
        chosen = rows[max(0, n - window + 1) : n + 1]
        values = [row[measure] for row in chosen]
        whole = len(values) == window and not any(pd.isna(v) for v in values)
        return sum(values) / window if whole else None
    chosen = [row for row in rows[: n + 1] if row["regime"] == last["regime"]][-window:]
    if pd.isna(last["regime"]) or len(chosen) < window:
        return None
    if measure == "share":
        return sum(r["mentions"] for r in chosen) / sum(r["items_total"] for r in chosen)
    return sum(r[measure] for r in chosen) / window


@settings(max_examples=15, deadline=None)
@given(filters=ASKED, window=st.integers(1, 5))
def test_moving_averages_equal_a_loop_over_the_periods(snap, filters, window):
    top = answers.top_themes(snap, filters, 2).frame["theme_id"].to_list()
    frame = answers.theme_trend(snap, filters, top, window).frame
    for _, series in frame.groupby("theme_id"):
        rows = series.to_dict("records")
        for n, row in enumerate(rows):
            for measure in MEASURES:
                wanted = slowly(rows, n, measure, window)
                got = row[f"smooth_{measure}"]
                assert pd.isna(got) if wanted is None else got == pytest.approx(wanted, abs=1e-11)


def test_no_average_of_raw_numbers_spans_a_change_of_the_mix(snap):
    frame = answers.lab_trend(snap, Filters("week"), ["openai"], 4).frame
    assert frame["regime"].nunique() > 1
    for _, stretch in frame[~frame["is_partial"]].groupby("regime"):
        missing = stretch["smooth_share"].isna()
        assert list(missing) == [True] * 3 + [False] * (len(stretch) - 3)


@settings(max_examples=10, deadline=None)
@given(filters=ASKED)
def test_an_average_over_one_period_is_the_period_itself(snap, filters):
    top = answers.top_labs(snap, filters, 2).frame["lab_id"].to_list()
    frame = answers.lab_trend(snap, filters, top).frame
    whole = frame[~frame["is_partial"] & frame["regime"].notna()]
    for measure in MEASURES:
        pd.testing.assert_series_equal(
            whole[f"smooth_{measure}"],
            whole[measure],
            check_names=False,
            check_dtype=False,
            rtol=1e-11,
        )


def test_a_period_that_the_readers_span_cuts_short_counts_as_partial(snap):
    cut = Filters("month", start=date(2025, 1, 1), end=date(2025, 6, 11))
    last = answers.top_labs(snap, cut, 1).frame["lab_id"].to_list()
    frame = answers.lab_trend(snap, cut, last).frame
    assert list(frame["is_partial"])[-1]
    assert not frame["is_partial"].iloc[:-1].any()
    # the last day of May is a Saturday, without a digest
    whole = Filters("month", start=date(2025, 1, 1), end=date(2025, 5, 30))
    assert not answers.lab_trend(snap, whole, last).frame["is_partial"].any()
