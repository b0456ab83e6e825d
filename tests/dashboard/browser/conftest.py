"""One server and one browser for all browser tests of a process; a new reader for each test.

Trap: Playwright keeps a loop running in its thread, in which other tests could not start one of their own, so
the browser ends with this folder and not with the process.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.dashboard.browser.tools import CHROMIUM, QUIET, reader, served


@pytest.fixture(scope="package")
def site(made_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard on 14 months of made items."""
    with served(made_warehouse, tmp_path_factory.mktemp("elsewhere")) as address:
        yield address


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """A Chromium without a window."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as machine:
        chromium = machine.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A new reader with a window of 1280 × 720."""
    with reader(browser) as tab:
        yield tab
