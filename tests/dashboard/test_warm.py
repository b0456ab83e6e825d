"""What is asked before anybody opens a page is what the pages then ask."""

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

import pytest

from dashboard import data, warm
from dashboard.kept import Kept
from tests.dashboard.one_run import run
from warehouse.problems import OldSnapshot

TRENDS = {"lab_trend", "theme_trend", "compare_tags", "compare_periods", "top_labs", "top_themes"}


class Noting(Kept):
    """Kept answers that say what had to be asked."""

    def __init__(self) -> None:
        super().__init__(500)
        self.asked = list[str]()

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        def made() -> Any:
            self.asked.append(key[1].__name__)  # type: ignore[index]
            return make()

        return super().get(key, made)


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch, made_warehouse: Path) -> Noting:
    """All that was asked ahead is there, and nothing is noted yet."""
    monkeypatch.setenv("TRENDS_WAREHOUSE", str(made_warehouse))
    found = Noting()
    monkeypatch.setattr(data, "_answers", found)
    warm.ask_first(data.asker(data.current()))
    assert found.asked
    found.asked.clear()
    return found


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("labs", {}),
        ("themes", {}),
        ("labs", {"grain": "week", "measure": "share_adjusted", "lang": "zh"}),
        ("labs", {"grain": "quarter", "measure": "mentions"}),
        ("themes", {"grain": "day"}),
        ("overview", {}),
    ],
)
def test_no_trend_and_no_comparison_is_asked_again(
    monkeypatch: pytest.MonkeyPatch,
    made_warehouse: Path,
    noted: Noting,
    page: str,
    link: dict[str, str],
) -> None:
    run(monkeypatch, made_warehouse, page, **link)
    assert TRENDS.isdisjoint(noted.asked), noted.asked


def test_without_a_server_nothing_is_asked_ahead(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    found = Noting()
    monkeypatch.setattr(data, "_answers", found)
    monkeypatch.setenv("TRENDS_WAREHOUSE", str(made_warehouse))
    warm.ahead(data.current())
    assert found.asked == []


def test_a_snapshot_that_cannot_be_asked_leaves_its_readers_the_reason(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("TRENDS_WAREHOUSE", str(made_warehouse))
    snapshot = data.current()

    def refuse(*_: Any) -> None:
        raise OldSnapshot(snapshot.path, "no such table")

    monkeypatch.setattr(warm, "ask_first", refuse)
    warm._ask_first(snapshot)
    assert "nothing more is asked ahead" in caplog.text
