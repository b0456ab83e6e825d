"""Which channels count as present throughout: equal to a slow computation, and whole months as ever."""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.memory import database
from tests.warehouse.slow_measures import basket

FIRST = date(2025, 1, 20)
CHANNELS = ["discord", "headline", "news", "reddit", "twitter"]
BASKET = """
SELECT channel, weight FROM channel_basket([{'name': 'x', 'channels': $channels}], [], $first, $last)
WHERE weight IS NOT NULL ORDER BY channel
"""


@pytest.fixture(scope="module")
def connection():
    return database({})


@st.composite
def made_digests(draw):
    """(day, channel, items) over four months: channels that begin, end and stay away for a while."""
    days = sorted(draw(st.sets(st.integers(0, 110), min_size=12, max_size=60)))
    rows = []
    for channel in draw(st.lists(st.sampled_from(CHANNELS), min_size=1, max_size=4, unique=True)):
        first, last = draw(st.integers(0, 40)), draw(st.integers(60, 110))
        gone = draw(st.integers(0, 110))
        back = gone + draw(st.integers(0, 25))
        items = draw(st.sampled_from([2, 5, 12]))
        rows += [
            (FIRST + timedelta(days=day), channel, items)
            for day in days
            if first <= day <= last and not gone <= day < back
        ]
    return rows


def fill(connection, rows):
    connection.execute("TRUNCATE day_items")
    connection.executemany(
        "INSERT INTO day_items (published_on, language, channel, with_channel, items_total)"
        " VALUES ($1, 'en', $2, $2, $3)",
        rows,
    )


def found(connection, first, last, channels=()):
    params = {"channels": list(channels), "first": first, "last": last}
    return dict(connection.execute(BASKET, params).fetchall())


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    rows=made_digests().filter(len),
    spans=st.lists(st.tuples(st.integers(-5, 120), st.integers(-5, 120)), min_size=3, max_size=5),
)
def test_the_basket_of_any_days_equals_a_slow_computation(connection, rows, spans):
    fill(connection, rows)
    items = pd.DataFrame(rows, columns=["day", "channel", "items"])
    items["day"] = pd.to_datetime(items["day"])
    items = items.loc[items.index.repeat(items["items"])].reset_index(drop=True)
    for ends in spans:
        first, last = (FIRST + timedelta(days=n) for n in sorted(ends))
        expected = basket(items, items["day"].max(), pd.Timestamp(first), pd.Timestamp(last))
        assert found(connection, first, last) == pytest.approx(expected), (first, last)


def weekdays(first, last):
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [d for d in days if d.weekday() < 5]


@pytest.fixture
def ending(connection):
    """Twitter from January to April; discord with it until Thursday 6 March."""
    rows = [(day, "twitter", 12) for day in weekdays(date(2025, 1, 1), date(2025, 4, 30))]
    fill(connection, rows + [(d, "discord", 40) for d, *_ in rows if d <= date(2025, 3, 6)])
    return connection


def test_a_channel_that_ends_within_a_span_of_cut_months_is_not_there_throughout(ending):
    for first in (date(2025, 1, 15), date(2025, 2, 1), date(2025, 2, 17)):
        for last in (date(2025, 3, 14), date(2025, 3, 28), date(2025, 4, 10)):
            assert set(found(ending, first, last)) == {"twitter"}, (first, last)


def test_a_channel_whose_last_digests_are_late_is_still_there(ending):
    """Five publishing days after the 6th, to the 13th: no channel that goes on was away for longer."""
    for last in (date(2025, 3, 6), date(2025, 3, 13)):
        assert set(found(ending, date(2025, 1, 15), last)) == {"discord", "twitter"}


def test_a_cut_month_counts_as_whole_if_no_publishing_day_is_left_out(ending):
    """1 and 2 March are a weekend, so 3 to 31 March is all of March, in which discord has its 10 items."""
    whole = found(ending, date(2025, 3, 1), date(2025, 3, 31))
    assert found(ending, date(2025, 3, 3), date(2025, 3, 31)) == whole
    assert set(whole) == {"discord", "twitter"}
    assert set(found(ending, date(2025, 3, 4), date(2025, 3, 31))) == {"twitter"}


def test_a_short_stub_of_a_month_costs_no_channel_its_place(connection):
    """The last two days of January have 8 items of reddit: too few for a month, enough for two days."""
    days = weekdays(date(2025, 1, 1), date(2025, 3, 31))
    fill(connection, [(d, c, 4) for d in days for c in ("reddit", "twitter")])
    assert set(found(connection, date(2025, 1, 30), date(2025, 2, 12))) == {"reddit", "twitter"}
