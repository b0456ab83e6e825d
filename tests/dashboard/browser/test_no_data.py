"""A warehouse with nothing to show: every page says what to do, in both languages, and none breaks."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.parts.session import menu
from dashboard.texts import Texts
from tests.dashboard.browser.tools import EXCEPTION, NEEDS_CHROMIUM, arrived, go, served, told
from tests.dashboard.one_run import LANGUAGES, URLS

pytestmark = NEEDS_CHROMIUM


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A dashboard on an empty folder, and the folder: whose `current` a test may set."""
    folder = tmp_path_factory.mktemp("bare")
    with served(folder / "data", tmp_path_factory.mktemp("bare-site")) as address:
        (folder / "data").mkdir(exist_ok=True)
        yield address, folder / "data"


@pytest.fixture(scope="session")
def old_snapshot(made_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot from before there were topics."""
    path = tmp_path_factory.mktemp("old") / "2025-01-01-old.duckdb"
    shutil.copy((made_warehouse / "current").resolve(), path)
    with duckdb.connect(str(path)) as database:
        database.execute("DROP TABLE topics")
    return path


@pytest.fixture(params=["no_snapshot", "broken_snapshot", "no_items", "old_snapshot"])
def state(
    request: pytest.FixtureRequest,
    bare: tuple[str, Path],
    broken_warehouse: Path,
    no_items_warehouse: Path,
    old_snapshot: Path,
) -> str:
    """What is wrong with the data, by the name of its sentence."""
    snapshots = {
        "broken_snapshot": (broken_warehouse / "current").resolve(),
        "no_items": (no_items_warehouse / "current").resolve(),
        "old_snapshot": old_snapshot,
    }
    current = bare[1] / "current"
    current.unlink(missing_ok=True)
    if request.param in snapshots:
        current.symlink_to(snapshots[request.param])
    return str(request.param)


def sentence(say: Texts, state: str) -> str:
    """The part in bold: what is wrong."""
    found = re.match(r"\*\*(.+?)\*\*", say(f"problem.{state}"))
    assert found
    return found[1]


def test_every_page_says_what_to_do(page: Any, bare: tuple[str, Path], state: str) -> None:
    lang = LANGUAGES[len(state) % 2]
    say = Texts(lang)
    go(page, bare[0], "overview", lang)
    for listed in menu():
        if listed.get("is_hidden"):
            go(page, bare[0], listed["module"], lang)
        else:
            page.get_by_role("link", name=say(listed["title"]), exact=True).click()
            page.wait_for_url(lambda url, end=URLS[listed["module"]]: is_at(url, end))
            arrived(page)
        told(page, sentence(say, state))
        assert (
            page.locator('[data-testid="stMain"] code').first.text_content().startswith("trends ")
        )
        assert page.locator(EXCEPTION).count() == 0, listed["module"]
    other = Texts(next(code for code in LANGUAGES if code != lang))
    page.get_by_role("radio", name=other("language_name")).click()
    told(page, sentence(other, state))


def is_at(url: str, end: str) -> bool:
    """Whether an address is that of a page; the first page has none of its own."""
    path = url.split("?")[0].rstrip("/").rpartition("/")[2]
    return path == end or (end == URLS["overview"] and ":" in path)
