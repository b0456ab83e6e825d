"""Bursts, rising and breaks on a real warehouse: what they find, what they miss, what they cost.

In: the warehouse of TRENDS_WAREHOUSE (the whole archive). Out: printed figures; that releases found before are
still found is asserted, times are not. Run: `TRENDS_WAREHOUSE=… pytest tests/benchmarks/test_trends.py -s`.
"""

import os
import shutil
import time
from datetime import timedelta
from pathlib import Path

import pytest

from warehouse import open_snapshot, trend_answers
from warehouse.connect import close_draft, connect_draft
from warehouse.trends.fill import fill_trends

pytestmark = pytest.mark.bench
FOUND = (  # release weeks that were found when this was written: one that is missing is a step back
    "claude-3",
    "gpt-4o",
    "claude-3-5-sonnet",
    "claude-computer-use",
    "gemini-2",
    "deepseek-r1",
    "claude-3-7-sonnet",
    "gemini-2-5-pro",
    "claude-4",
    "gpt-5",
    "gemini-3",
    "claude-opus-4-5",
)


@pytest.fixture(scope="module")
def snap():
    place = os.environ.get("TRENDS_WAREHOUSE")
    if not place or not (Path(place) / "current").exists():
        pytest.skip("TRENDS_WAREHOUSE names no warehouse")
    return open_snapshot(Path(place))


def test_time_of_filling_the_four_tables(snap, tmp_path):
    draft = tmp_path / "draft.duckdb"
    shutil.copyfile(snap.path, draft)
    connection = connect_draft(draft)
    times = []
    for _ in range(8):
        start = time.perf_counter()
        fill_trends(connection)
        times.append(time.perf_counter() - start)
    close_draft(connection)
    print(f"\nevents, bursts, rising, breaks: {min(times) * 1000:.0f} ms (least of {len(times)})")


def test_known_releases_are_found(snap):
    """A release is found if a burst of its lab has publishing days from its day to nine days later."""
    bursts = trend_answers.bursts(snap, "lab", limit=100_000).frame
    events = trend_answers.events(snap).frame
    found, missed = [], []
    for event in events[events["event_kind"] == "release"].itertuples():
        last = event.happened_on + timedelta(days=9)
        hit = bursts[
            bursts["tag_id"].isin(event.lab_ids)
            & (bursts["first_on"] <= last)
            & (bursts["last_on"] >= event.happened_on)
        ]
        (missed if hit.empty else found).append(event.event_id)
    print(
        f"\nfound {len(found)} of {len(found) + len(missed)} releases; missed: {', '.join(missed)}"
    )
    assert set(FOUND) <= set(found)


@pytest.mark.parametrize("kind", ["lab", "theme"])
def test_the_strongest_bursts_to_be_read_by_hand(snap, kind):
    print()
    for row in trend_answers.bursts(snap, kind, limit=20).frame.itertuples():
        first, last = row.first_on.date(), row.last_on.date()
        terms = trend_answers.burst_terms(snap, kind, row.tag_id, first, last, 8).frame["term"]
        print(f"{row.strength:5.1f} {row.tag_id:<20} {first} … {last}  {', '.join(terms)}")
        print("      " + " | ".join([*row.event_titles, *(t[:60] for t in row.story_titles)]))


def test_time_of_a_reason(snap):
    times = []
    for row in trend_answers.bursts(snap, limit=20).frame.itertuples():
        span = (row.tag_kind, row.tag_id, row.first_on.date(), row.last_on.date())
        start = time.perf_counter()
        trend_answers.burst_terms(snap, *span)
        trend_answers.burst_stories(snap, *span)
        times.append(time.perf_counter() - start)
    print(
        f"\nwords and stories of a burst: median {sorted(times)[10] * 1000:.0f} ms, most {max(times) * 1000:.0f} ms"
    )


def test_breaks_of_the_channels(snap):
    print()
    rows = trend_answers.breaks(snap).frame
    for row in rows[rows["channel"].notna()].itertuples():
        levels = f"{row.items_before:6.1f} → {row.items_after:6.1f} items a week"
        cause = row.event_title if isinstance(row.event_title, str) else ""
        print(f"{row.happened_on:%Y-%m-%d} {row.break_kind:<15} {row.channel:<9} {levels}  {cause}")
