"""Answers on topics: movements follow the verdicts, and a window must be at least a day."""

from pathlib import Path

import pytest

from tests.dashboard.conftest import make
from warehouse import Snapshot, open_snapshot, topic_answers


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


def test_volume_adds_up_to_the_items_of_the_topic(snap: Snapshot) -> None:
    rows = topic_answers.topics(snap).frame
    row = rows[rows["item_count"] > 0].iloc[0]
    for grain in ("week", "month", "quarter"):
        volume = topic_answers.topic_volume(snap, row["topic_id"], grain).frame
        assert volume["mentions"].sum() == row["item_count"]
        assert (volume["share_low"] <= volume["share"]).all()
        assert (volume["share"] <= volume["share_high"]).all()


def test_a_warehouse_without_topics_answers_with_no_rows(tmp_path: Path) -> None:
    empty = open_snapshot(make(tmp_path, with_topics=False))
    for answer in (
        topic_answers.topics(empty),
        topic_answers.topic_volume(empty, "t1"),
        topic_answers.topic_labs(empty, "t1"),
        topic_answers.topic_life(empty, "t1"),
        topic_answers.topics_of_theme(empty, "reasoning"),
        topic_answers.parts_of_theme(empty, "reasoning"),
    ):
        assert answer.frame.empty
        assert answer.items_total == 0
