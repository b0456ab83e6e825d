"""Behind points of a chart stand exactly the items and stories that they count."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dashboard.conftest import make
from warehouse import answers, open_snapshot, point_answers
from warehouse.answers import Filters


@pytest.fixture(scope="module")
def snap(tmp_path_factory):
    return open_snapshot(make(tmp_path_factory.mktemp("made")))


ASKED = st.builds(
    Filters,
    grain=st.sampled_from(answers.GRAINS),
    channels=st.lists(st.sampled_from(["twitter", "reddit", "news"]), unique=True).map(tuple),
    start=st.none() | st.dates(date(2025, 1, 1), date(2025, 7, 1)),
)


def point(row) -> point_answers.Point:
    return row.theme_id, pd.Timestamp(row.period_start).date()


@settings(max_examples=15, deadline=None)
@given(filters=ASKED, numbers=st.sets(st.integers(0, 40), min_size=1, max_size=6))
def test_points_list_what_they_count_each_item_once(snap, filters, numbers):
    trend = answers.theme_trend(snap, filters, ["robotics", "reasoning"]).frame
    rows = [row for n, row in enumerate(trend.itertuples()) if n in numbers]
    points = [point(row) for row in rows]
    items, stories = (
        ask(snap, filters, "theme", points, 9999)
        for ask in (point_answers.items_of_points, point_answers.stories_of_points)
    )
    assert items.items_total == len(items.frame) == items.frame["item_id"].nunique()
    assert stories.items_total == items.frame["story_id"].nunique()
    assert stories.frame["mentions"].sum() == len(items.frame)
    counts = [row.mentions for row in rows]
    assert max(counts, default=0) <= len(items.frame) <= sum(counts)
    if len(rows) == 1:
        assert (len(items.frame), len(stories.frame)) == (rows[0].mentions, rows[0].stories)


def test_the_limit_leaves_the_number_in_all(snap):
    points = [("robotics", date(2025, 2, 1)), ("reasoning", date(2025, 2, 1))]
    every = point_answers.items_of_points(snap, Filters(), "theme", points, 9999)
    some = point_answers.items_of_points(snap, Filters(), "theme", points, 2)
    assert (len(some.frame), some.items_total) == (2, every.items_total)
    none = point_answers.stories_of_points(snap, Filters(), "theme", [])
    assert (len(none.frame), none.items_total) == (0, 0)


def test_a_cell_of_the_matrix_has_the_stories_that_it_counts(snap):
    channels = Filters(channels=("reddit",), start=date(2025, 3, 3))
    cells = answers.lab_theme_matrix(
        snap, channels, ["openai", "google"], ["robotics", "reasoning"]
    )
    assert len(cells.frame) > 2
    for cell in cells.frame.itertuples():
        found = point_answers.stories_behind(snap, channels, cell.lab_id, cell.theme_id)
        assert found.items_total == cell.stories
        assert found.frame["mentions"].sum() == cell.mentions
