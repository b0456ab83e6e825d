"""Answers on topics: movements follow the verdicts, and a window must be at least a day."""

from pathlib import Path

import pandas as pd
import pytest

from tests.dashboard.conftest import make
from warehouse import Snapshot, answers, open_snapshot, topic_answers
from warehouse.answers import Filters


@pytest.fixture(scope="module")
def snap(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return open_snapshot(make(tmp_path_factory.mktemp("topics")))


@pytest.mark.parametrize("days", [7, 28, 84])
def test_movement_is_new_or_follows_the_verdict(snap: Snapshot, days: int) -> None:
    frame = topic_answers.topics(snap, days).frame
    assert set(frame["movement"]) <= set(topic_answers.MOVEMENTS)
    for row in frame.to_dict("records"):
        if row["movement"] == "growing":
            assert row["difference"] > 0
            assert row["q_value"] <= 0.05
        if row["movement"] == "fading":
            assert row["difference"] < 0
            assert row["q_value"] <= 0.05
        assert (row["movement"] == "new") == row["is_new"]


def test_what_began_in_the_newest_days_is_new(snap: Snapshot) -> None:
    frame = topic_answers.topics(snap, 28).frame.set_index("topic_id")
    assert frame.loc["t0000000c", "movement"] == "new"
    assert frame.loc["t0000000c", "against_mentions"] == 0
    assert frame.loc["t0000000a", "movement"] != "new"


def test_no_day_is_no_window(snap: Snapshot) -> None:
    with pytest.raises(ValueError, match="0 days"):
        topic_answers.topics(snap, 0)


def test_the_trend_adds_up_to_the_items_of_the_topic(snap: Snapshot) -> None:
    rows = topic_answers.topics(snap).frame
    row = rows[rows["item_count"] > 0].iloc[0]
    for grain in ("week", "month", "quarter"):
        asked = (Filters(grain=grain), [row["topic_id"]])
        trend = topic_answers.topic_trend(snap, *asked).frame
        assert trend["mentions"].sum() == row["item_count"]
        assert (trend["share_low"] <= trend["share"]).all()
        assert (trend["share"] <= trend["share_high"]).all()


def test_the_trend_is_the_mart(snap: Snapshot) -> None:
    topic_ids = list(topic_answers.topics(snap).frame["topic_id"])
    for grain in ("week", "month", "quarter"):
        answer = topic_answers.topic_trend(snap, Filters(grain=grain), topic_ids).frame
        mart = snap.frame(
            "SELECT * EXCLUDE (grain, channel_set) FROM topic_trend WHERE grain = $g", {"g": grain}
        )
        key = ["period_start", "topic_id"]
        named = answer[answer["mentions"] > 0].sort_values(key, ignore_index=True)
        pd.testing.assert_frame_equal(
            named[list(mart.columns)], mart.sort_values(key, ignore_index=True)
        )


def test_topics_have_the_columns_of_labs_and_themes(snap: Snapshot) -> None:
    topic_ids = list(topic_answers.topics(snap).frame["topic_id"])[:2]
    topics = topic_answers.topic_trend(snap, Filters("week"), topic_ids, 3).frame
    labs = answers.lab_trend(snap, Filters("week"), ["openai"], 3).frame
    assert list(topics.columns) == ["topic_id" if c == "lab_id" else c for c in labs.columns]
    assert topics["smooth_share"].notna().any()


def test_a_trend_of_one_channel_counts_that_channel_alone(snap: Snapshot) -> None:
    topic_ids = list(topic_answers.topics(snap).frame["topic_id"])
    whole = topic_answers.topic_trend(snap, Filters(), topic_ids).frame
    parts = [
        topic_answers.topic_trend(snap, Filters(channels=(c,)), topic_ids)
        for c in answers.channels(snap).frame["channel"]
        if c != "discord_detail"
    ]
    assert sum(p.frame["mentions"].sum() for p in parts) == whole["mentions"].sum() > 0
    for part in parts:  # of a single channel the adjusted share is its share
        assert (part.frame["share_adjusted"] == part.frame["share"]).all()


def test_a_warehouse_without_topics_answers_with_no_rows(tmp_path: Path) -> None:
    empty = open_snapshot(make(tmp_path, with_topics=False))
    for answer in (
        topic_answers.topics(empty),
        topic_answers.topic_labs(empty, "t1"),
        topic_answers.topic_life(empty, "t1"),
        topic_answers.topics_of_theme(empty, "reasoning"),
        topic_answers.parts_of_theme(empty, "reasoning"),
    ):
        assert answer.frame.empty
        assert answer.items_total == 0
    assert topic_answers.topic_trend(empty, Filters(), ["t1"]).frame.empty
