"""What is named together, once more in pandas; the place of a lab; stories of the days asked for."""

from math import sqrt

import numpy as np
import pandas as pd
import pytest

from tests.dashboard.conftest import make
from tests.warehouse.slow_measures import PRIOR, effect_and_degrees, t_ratio, wilson
from warehouse import Snapshot, answers, open_snapshot, tag_answers
from warehouse.answers import Filters
from warehouse.spans import parse_span

MONTH = parse_span("2025-09")
FILTERS = [
    Filters(),
    Filters(start=MONTH.first, end=MONTH.last),
    Filters(channels=("reddit", "twitter"), languages=("en",)),
]


@pytest.fixture(scope="module")
def snap(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return open_snapshot(make(tmp_path_factory.mktemp("tags")))


def items_of(snap: Snapshot, filters: Filters) -> pd.DataFrame:
    """The counted items of the filters."""
    frame = snap.frame("SELECT * FROM counted_items ORDER BY item_id")
    kept = frame["channel"] != "discord_detail"
    if filters.channels:
        kept = frame["channel"].isin(filters.channels)
    if filters.languages:
        kept &= frame["language"].isin(filters.languages)
    if filters.start:
        kept &= frame["published_on"].between(
            pd.Timestamp(filters.start), pd.Timestamp(filters.end)
        )
    return frame[kept].reset_index(drop=True)


def has(snap: Snapshot, items: pd.DataFrame, kind: str, tag_id: str) -> pd.Series:
    """Whether each item names the lab or has the theme."""
    sql = "SELECT item_id FROM counted_tags WHERE tag_kind = $kind AND tag_id = $tag_id"
    named = snap.frame(sql, {"kind": kind, "tag_id": tag_id})["item_id"]
    return items["item_id"].isin(named)


def size(rows: pd.DataFrame, is_hit: pd.Series) -> float:
    """How many independent items are as sure."""
    effect, degrees = effect_and_degrees(rows, is_hit)
    return len(rows) / (effect * t_ratio(degrees) ** 2)


@pytest.mark.parametrize("filters", FILTERS, ids=["all", "month", "filtered"])
@pytest.mark.parametrize(
    ("kind", "tag_id", "with_kind"),
    [("lab", "google", "theme"), ("lab", "meta", "lab"), ("theme", "robotics", "lab")],
)
def test_shares_and_intervals_are_those_of_a_slow_count(
    snap: Snapshot, filters: Filters, kind: str, tag_id: str, with_kind: str
) -> None:
    items = items_of(snap, filters)
    is_own = has(snap, items, kind, tag_id)
    own, others = items[is_own], items[~is_own]
    answer = tag_answers.named_with(snap, filters, kind, tag_id, with_kind)
    assert answer.items_total == len(own) > 0
    assert len(answer.frame) > 4
    for row in answer.frame.to_dict("records"):
        is_hit = has(snap, items, with_kind, row["tag_id"])
        together = int(is_hit[is_own].sum())
        assert row["mentions"] == together
        assert row["share"] == pytest.approx(together / len(own))
        assert row["against_share"] == pytest.approx(is_hit[~is_own].mean())
        assert row["all_share"] == pytest.approx(is_hit.mean())
        n = size(own, is_hit[is_own])
        assert row["value_items"] == pytest.approx(n)
        assert row["against_items"] == pytest.approx(size(others, is_hit[~is_own]))
        assert (row["share_low"], row["share_high"]) == pytest.approx(
            wilson(together / len(own), n), abs=2e-6
        )
        assert row["correlation"] == pytest.approx(correlation(items, is_own, is_hit), abs=1e-9)


def correlation(items: pd.DataFrame, is_own: pd.Series, is_hit: pd.Series) -> float:
    """Of the two shares over the digests, drawn towards 0."""
    p, q = is_hit[is_own].mean(), is_hit[~is_own].mean()
    one, other, both = [], [], 0
    for _, group in items.groupby("digest_id"):
        mine, hit = is_own[group.index], is_hit[group.index]
        one.append(hit[mine].sum() - p * mine.sum())
        other.append(hit[~mine].sum() - q * (~mine).sum())
        both += int(0 < mine.sum() < len(group))
    spreads = np.dot(one, one), np.dot(other, other)
    if min(spreads) < 1e-9:
        return 0.0
    return float(
        (both - 1) / (PRIOR + both - 1) * np.dot(one, other) / sqrt(spreads[0] * spreads[1])
    )


def test_what_is_independent_is_hardly_ever_called_different(snap: Snapshot) -> None:
    """The made items draw their labs and themes independently of each other."""
    labs = [row for row in snap.frame("SELECT lab_id FROM labs")["lab_id"]]
    frames = [tag_answers.named_with(snap, Filters(), "lab", lab, "theme").frame for lab in labs]
    verdicts = pd.concat(frames)["verdict"]
    assert len(verdicts) > 50
    assert verdicts.isin(["higher", "lower"]).mean() <= 0.05


def test_place_is_that_in_the_list_of_labs_named_most(snap: Snapshot) -> None:
    month = Filters(start=MONTH.first, end=MONTH.last)
    units = set(snap.frame("SELECT lab_id FROM labs WHERE parent_id IS NOT NULL")["lab_id"])
    top = answers.top_labs(snap, month, 100).frame
    top = top[~top["lab_id"].isin(units)]
    for lab, mentions in zip(top["lab_id"], top["mentions"], strict=True):
        row = tag_answers.standing(snap, month, "lab", lab).frame.iloc[0]
        assert row["mentions"] == mentions
        assert row["place"] == 1 + (top["mentions"] > mentions).sum()
        assert row["named"] == len(top)


def test_stories_lie_within_the_days_and_are_the_newest_first(snap: Snapshot) -> None:
    month = Filters(start=MONTH.first, end=MONTH.last)
    found = tag_answers.stories(snap, month, "theme", "reasoning", limit=5).frame
    assert len(found) == 5
    assert found["first_on"].between(pd.Timestamp(MONTH.first), pd.Timestamp(MONTH.last)).all()
    assert found["first_on"].is_monotonic_decreasing
