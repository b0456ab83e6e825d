"""Answers: the SQL shown is the SQL that ran, and every number leads to its items."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse import answers, open_snapshot
from warehouse.analyst_sql import run_sql
from warehouse.answers import Filters
from warehouse.queries import literal


@pytest.fixture(scope="module")
def snap(sample_warehouse):
    return open_snapshot(sample_warehouse)


FILTERS = st.builds(
    Filters,
    grain=st.sampled_from(answers.GRAINS),
    channels=st.lists(
        st.sampled_from(["news", "tools", "twitter", "reddit", "discord"]), unique=True
    ).map(tuple),
    languages=st.lists(st.sampled_from(["en", "zh"]), unique=True).map(tuple),
    start=st.none() | st.dates(date(2025, 1, 1), date(2025, 7, 1)),
    end=st.none() | st.dates(date(2025, 7, 1), date(2026, 2, 1)),
)


@settings(max_examples=25, deadline=None)
@given(filters=FILTERS)
def test_every_point_lists_exactly_the_items_it_counts(snap, filters):
    top = answers.top_labs(snap, filters, 3).frame["lab_id"].to_list()
    trend = answers.lab_trend(snap, filters, top).frame
    for point in trend[trend["mentions"] > 0].head(6).itertuples():
        day = pd.Timestamp(point.period_start).date()
        items = answers.items_behind(snap, filters, lab_id=point.lab_id, period_start=day).frame
        assert len(items) == point.mentions
        assert items["story_id"].nunique() == point.stories


@settings(max_examples=25, deadline=None)
@given(filters=FILTERS)
def test_periods_add_up_to_the_whole_span(snap, filters):
    ids = answers.themes(snap).frame["theme_id"].to_list()
    trend = answers.theme_trend(snap, filters, ids).frame
    top = answers.top_themes(snap, filters, 100)
    sums = trend.groupby("theme_id")["mentions"].sum()
    assert sums[sums > 0].to_dict() == top.frame.set_index("theme_id")["mentions"].to_dict()
    assert trend.drop_duplicates("period_start")["items_total"].sum() == top.items_total


@pytest.mark.parametrize("channel_set", ["all", "twitter"])
def test_the_mart_equals_the_answer_for_the_same_channels(snap, channel_set):
    channels = () if channel_set == "all" else (channel_set,)
    ids = answers.labs(snap).frame["lab_id"].to_list()
    answer = answers.lab_trend(snap, Filters("month", channels), ids).frame
    mart = snap.frame(
        "SELECT * EXCLUDE (grain, channel_set) FROM lab_trend WHERE grain = 'month' AND channel_set = $c",
        {"c": channel_set},
    )
    key = ["period_start", "lab_id"]
    own = {c for c in answer.columns if not c.startswith("smooth_")} - set(mart.columns)
    assert own == {"is_thin", "moving_share", "share_index"}
    pd.testing.assert_frame_equal(
        answer.sort_values(key, ignore_index=True)[list(mart.columns)],
        mart.sort_values(key, ignore_index=True),
    )


def test_the_shown_sql_gives_the_same_rows(snap):
    filters = Filters(
        "week", ("news", "twitter"), ("en", "zh"), date(2025, 3, 1), date(2025, 12, 31)
    )
    shown = [
        answers.lab_trend(snap, filters, ["openai", "google"]),
        answers.lab_theme_matrix(snap, filters, ["openai"], ["coding-agents", "model-releases"]),
        answers.items_behind(snap, filters, theme_id="model-releases"),
        answers.search_items(snap, filters, "it's 模型"),
    ]
    for answer in shown:
        assert "$" not in answer.sql
        again = run_sql(snap, answer.sql).to_pandas()
        assert len(again) == len(answer.frame)
        assert again.iloc[:, :3].astype(str).equals(answer.frame.iloc[:, :3].astype(str))


def test_an_unknown_grain_is_refused():
    with pytest.raises(ValueError, match="hour"):
        Filters(grain="hour")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "NULL"),
        (True, "TRUE"),
        (3, "3"),
        ("it's", "'it''s'"),
        (date(2025, 1, 2), "DATE '2025-01-02'"),
        (["a", 1], "['a', 1]"),
    ],
)
def test_values_are_written_as_sql(value, text):
    assert literal(value) == text
