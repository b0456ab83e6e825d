"""A page that stands open: says by itself that the snapshot was switched, and shows the new one when asked."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.texts import Texts
from tests.dashboard.browser.tools import EXCEPTION, NEEDS_CHROMIUM, link_of, served, settled
from tests.dashboard.conftest import make
from warehouse.snapshots import rollback

pytestmark = NEEDS_CHROMIUM
OLD, NEW = "2026-03-10-old", "2026-03-11-new"
NOTICE = ".st-key-newer"


@pytest.fixture
def open_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Path]]:
    """A dashboard that looks for another snapshot every half second, and its warehouse."""
    monkeypatch.setenv("TRENDS_WATCH_SECONDS", "0.5")
    warehouse = make(tmp_path / "made", OLD)  # a folder `warehouse` would hide the package
    with served(warehouse, tmp_path) as address:
        yield address, warehouse


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_open_page_tells_of_a_new_snapshot_and_shows_it_on_a_click(
    page: Any, open_site: tuple[str, Path], lang: str
) -> None:
    address, warehouse = open_site
    page.goto(f"{address}/labs?grain=quarter&labs=openai&lang={lang}")
    settled(page)
    page.wait_for_timeout(1500)
    assert page.locator(NOTICE).count() == 0, "nothing has changed yet"
    make(warehouse, NEW)
    page.locator(NOTICE).get_by_text(NEW).wait_for()
    assert page.get_by_text(OLD).first.is_visible(), "the page is not redrawn under the reader"
    page.locator(NOTICE).get_by_role("button", name=Texts(lang)("fresh.show")).click()
    page.locator(NOTICE).wait_for(state="detached")
    settled(page)
    assert page.get_by_text(OLD).count() == 0
    assert page.get_by_text(NEW).first.is_visible()
    link = link_of(page)
    assert (link["grain"], link["labs"]) == (["quarter"], ["openai"])
    rollback(warehouse, OLD)
    page.locator(NOTICE).get_by_text(OLD).wait_for()
    assert page.locator(EXCEPTION).count() == 0


def test_an_open_page_outlives_the_files_that_it_shows(
    page: Any, open_site: tuple[str, Path]
) -> None:
    address, warehouse = open_site
    page.goto(f"{address}/labs?labs=openai&grain=quarter")
    settled(page)
    shutil.rmtree(warehouse / "snapshots")
    page.wait_for_timeout(1500)
    assert page.locator(EXCEPTION).count() == 0
    assert page.locator(NOTICE).count() == 0
    make(warehouse, NEW)
    page.locator(NOTICE).get_by_text(NEW).wait_for()


def test_a_page_without_data_begins_by_itself_once_there_are_some(
    page: Any, open_site: tuple[str, Path]
) -> None:
    address, warehouse = open_site
    (warehouse / "current").unlink()
    page.goto(f"{address}/labs?labs=openai")
    page.get_by_text("trends build sample").wait_for()
    rollback(warehouse, OLD)
    settled(page)
    assert page.get_by_text(OLD).first.is_visible()
