"""A real server and a real Chromium for the browser tests: what they all need, no test.

In: a warehouse folder. Out: the address of a server; a page that has come to rest. Trap: a click before
the script has ended or while the chart is still drawn is lost, so `settled` waits for both.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
# every file of browser tests says `pytestmark = NEEDS_CHROMIUM`
NEEDS_CHROMIUM = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no chromium, chromium-browser or google-chrome on the PATH"
    ),
]
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
QUIET += ["--disable-dev-shm-usage", "--disable-component-update", "--disable-sync"]
POINT = ".js-plotly-plot .scatterlayer .point"
BAR = ".js-plotly-plot .barlayer .point"
EXCEPTION = '[data-testid="stException"]'
SHOTS = Path(__file__).parents[3] / "artifacts" / "screenshots"  # ignored by git, kept by CI


@contextmanager
def served(warehouse: Path, folder: Path, *options: str) -> Iterator[str]:
    """`trends dashboard` on a free port, run from a folder that is not the checkout."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "trends", "dashboard", "--port", str(port)]
    command += ["--warehouse", str(warehouse), *options]
    server = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        address = re.search(r"http://\S+", server.stdout.readline())
        assert address, server.stderr and server.stderr.read()
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{address[0]}/_stcore/health", timeout=1)
                break
            except OSError:
                time.sleep(0.25)
        yield address[0]
    finally:
        server.terminate()
        server.communicate(timeout=20)


def settled(page: Any, wanted: str = POINT) -> None:
    """Wait until the script has ended and the chart stands still; a click before that is lost."""
    page.locator(wanted).first.wait_for(state="attached")
    at_rest(page)


def at_rest(page: Any) -> None:
    """Wait until the script has ended."""
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    page.wait_for_timeout(500)


def click_mark(page: Any, number: int, mark: str = POINT) -> None:
    """Click a point or bar of a chart."""
    box = page.locator(mark).nth(number).bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def link_of(page: Any) -> dict[str, list[str]]:
    """The choices in the address."""
    page.wait_for_timeout(300)
    return parse_qs(urlsplit(page.url).query)


def chart_title(page: Any) -> str:
    """The title of the first chart."""
    return page.locator(".js-plotly-plot .gtitle").first.text_content()


def shoot(page: Any, name: str) -> None:
    """Keep a screenshot of the whole page as it stands."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    height = page.evaluate(
        "() => document.querySelector('[data-testid=\"stMain\"]')?.scrollHeight ?? 0"
    )
    size = page.viewport_size
    page.set_viewport_size({"width": size["width"], "height": min(max(height, 720), 4000)})
    page.wait_for_timeout(400)
    page.screenshot(path=str(SHOTS / f"{name}.png"))
    page.set_viewport_size(size)
