"""Which points of a chart were chosen, and how they are called; how the page keeps its choices."""

from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard.parts import behind
from tests.dashboard.one_run import run, words
from tests.dashboard.test_findings import PASSING, made


def test_points_that_are_not_on_the_chart_any_more_are_left_out() -> None:
    view = made(PASSING)
    chosen = [["b", "2026-02-01"], ["a", "2026-02-01"], None, ["a", "2020-01-01"], ["z", "x"], "a"]
    expected = [("a", date(2026, 2, 1)), ("b", date(2026, 2, 1))]
    assert behind.points_of(view, chosen + chosen) == expected


def test_points_are_called_by_who_and_when() -> None:
    view = made(PASSING)
    one = [("a", date(2026, 2, 1))]
    assert behind.title(view, one) == "Lab A · Feb 2026"
    several = [("a", date(2026, 1, 1)), ("a", date(2026, 3, 1)), ("b", date(2026, 3, 1))]
    assert behind.title(view, several) == "3 points: Lab A, Lab B · Jan 2026 – Mar 2026"


@pytest.mark.parametrize(
    ("grain", "asked", "kept"), [("month", "12", "12"), ("week", "12", "auto"), ("day", "5", "5")]
)
def test_a_moving_average_that_the_grain_does_not_have_is_the_usual_one(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, grain: str, asked: str, kept: str
) -> None:
    app = run(monkeypatch, made_warehouse, "labs", grain=grain, smooth=asked)
    assert app.session_state["smooth"] == kept
    assert bool(app.warning) == (asked != kept)
    assert ("The line is a moving average" in words(app)) == (kept != "1")


def test_the_link_below_a_chart_holds_every_choice(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    choices = {"labs": ["zhipu", "meta"], "grain": "week", "smooth": "4", "channels": ["reddit"]}
    app = run(
        monkeypatch, made_warehouse, "labs", lang="zh", period="2025-03-01..2025-09-30", **choices
    )
    link = next(c.value for c in app.code if "smooth=" in c.value)
    assert parse_qs(urlsplit(link).query) == {
        "lang": ["zh"],
        "labs": ["zhipu", "meta"],
        "grain": ["week"],
        "smooth": ["4"],
        "channels": ["reddit"],
        "period": ["2025-03-01..2025-09-30"],
    }
