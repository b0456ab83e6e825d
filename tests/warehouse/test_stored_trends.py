"""Trends that the marts hold are read from there, and are the ones that would be counted anew."""

from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest

from warehouse import answers, open_snapshot
from warehouse.answers import GRAINS, Filters


@pytest.fixture(scope="module")
def snap(sample_warehouse: Path):
    return open_snapshot(sample_warehouse)


def both(snap, monkeypatch, kind: str, filters: Filters) -> list[pd.DataFrame]:
    """The rows as counted anew and as stored."""
    ask, top = {
        "lab": (answers.lab_trend, answers.top_labs),
        "theme": (answers.theme_trend, answers.top_themes),
    }[kind]
    ids = list(top(snap, Filters(), 4).frame[f"{kind}_id"])
    found = []
    for is_stored in (False, True):
        monkeypatch.setattr(answers, "_is_stored", lambda *_, given=is_stored: given)
        found.append(ask(snap, filters, ids, 3).frame)
    return found


@pytest.mark.parametrize("kind", ["lab", "theme"])
@pytest.mark.parametrize("grain", GRAINS)
def test_stored_rows_are_the_counted_ones(snap, monkeypatch, kind, grain) -> None:
    for channel in ("", *answers.channels(snap).frame["channel"]):
        filters = Filters(grain, (channel,) if channel else ())
        counted, stored = both(snap, monkeypatch, kind, filters)
        assert len(counted) > 0
        pd.testing.assert_frame_equal(counted, stored)


def test_only_all_days_in_all_languages_and_one_or_all_channels_are_stored(snap) -> None:
    row = answers.loaded(snap).frame.to_dict("records")[0]
    first, last, day = row["first_on"].date(), row["last_on"].date(), timedelta(days=1)
    stored = [
        Filters(),
        Filters("week", ("reddit",), (), first, last),
        Filters("day", (), (), first - day, last + day),
    ]
    anew = [
        Filters(start=first + day),
        Filters(end=last - day),
        Filters(languages=("en",)),
        Filters(channels=("reddit", "twitter")),
    ]
    assert [answers._is_stored(snap, f) for f in stored] == [True] * 3
    assert [answers._is_stored(snap, f) for f in anew] == [False] * 4
