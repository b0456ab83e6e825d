"""Answers on stories: every item of a story is somewhere, pages follow each other, ranks do what they say."""

from datetime import date

import pytest

from tests.dashboard.conftest import make
from warehouse import Snapshot, open_snapshot, story_answers
from warehouse.answers import Filters


@pytest.fixture(scope="module")
def snap(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return open_snapshot(make(tmp_path_factory.mktemp("stories")))


def test_a_row_counts_the_items_that_the_story_lists(snap: Snapshot) -> None:
    for row in story_answers.stories_told(snap, Filters(), limit=5).frame.to_dict("records"):
        items = story_answers.story_items(snap, row["story_id"]).frame
        assert len(items) == row["items"]
        assert items["digest_id"].nunique() == row["digests"] >= row["originals"]
        assert sorted(items["channel"].unique()) == list(row["channels"])
        assert len(row["channels"]) == row["channel_count"]
        assert items["published_on"].min() == row["first_on"]
        assert items["published_on"].max() == row["last_on"]


@pytest.mark.parametrize("rank_by", story_answers.RANKS)
def test_pages_follow_each_other_in_the_order_of_the_rank(snap: Snapshot, rank_by: str) -> None:
    both = story_answers.stories_told(snap, Filters(), limit=40, rank_by=rank_by).frame
    first = story_answers.stories_told(snap, Filters(), limit=20, rank_by=rank_by).frame
    second = story_answers.stories_told(snap, Filters(), limit=20, offset=20, rank_by=rank_by)
    assert [*first["story_id"], *second.frame["story_id"]] == list(both["story_id"])
    assert list(both["rank"]) == list(range(1, 41))
    column = {"reach": "channel_count"}.get(rank_by, rank_by)
    assert both[column].is_monotonic_decreasing
    assert second.items_total > 40


def test_a_narrower_question_finds_some_of_the_stories(snap: Snapshot) -> None:
    everything = story_answers.stories_told(snap, Filters()).items_total
    in_march = Filters(start=date(2025, 3, 1), end=date(2025, 3, 31))
    for asked in (
        {"text": "OPENAI"},
        {"lab_ids": ["openai"]},
        {"theme_ids": ["reasoning"]},
        {"text": "虚构"},
    ):
        found = story_answers.stories_told(snap, Filters(), **asked)
        narrower = story_answers.stories_told(snap, in_march, **asked)
        assert 0 < narrower.items_total < found.items_total < everything


def test_every_lab_and_theme_of_a_story_is_one_of_its_items(snap: Snapshot) -> None:
    row = story_answers.stories_told(snap, Filters(), lab_ids=["google"]).frame.iloc[0]
    items = story_answers.story_items(snap, row["story_id"]).frame
    assert set(row["lab_ids"]) == {lab for labs in items["labs"] for lab in labs}
    assert set(row["theme_ids"]) == {theme for themes in items["themes"] for theme in themes}


def test_one_story_has_the_numbers_of_the_list(snap: Snapshot) -> None:
    listed = story_answers.stories_told(snap, Filters(), limit=1, offset=3).frame.iloc[0]
    found = story_answers.story(snap, listed["story_id"]).frame.iloc[0]
    same = ["story_id", "title", "first_on", "last_on", "items", "digests", "originals"]
    assert list(found[same]) == list(listed[same])


def test_an_unknown_story_has_no_row(snap: Snapshot) -> None:
    for answer in (
        story_answers.story(snap, "nobody"),
        story_answers.story_items(snap, "nobody"),
        story_answers.stories_told(snap, Filters(), "no such word anywhere"),
    ):
        assert answer.frame.empty
        assert answer.items_total == 0


def test_an_unknown_rank_is_refused(snap: Snapshot) -> None:
    with pytest.raises(ValueError, match="noise"):
        story_answers.stories_told(snap, Filters(), rank_by="noise")
