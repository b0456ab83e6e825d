"""A real server and a real Chromium for the browser tests: what they all need, no test.

In: a warehouse folder. Out: the address of a server; a page that has come to rest. Trap: a click before
the script has ended or while the chart is still drawn is lost, so `at_rest` waits until the script has ended
and nothing in the page has moved for a while; on a slow machine the script may begin after that, so a test
waits for what it expects (`wait_for`, `link_becomes`) instead of looking once.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from tests.conftest import SHOTS
from tests.dashboard.one_run import PAGES, URLS

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
PATIENCE = 20_000  # milliseconds
Link = Mapping[str, Sequence[str]]

_AT_REST = """() => {
  const seen = (window.trendsSeen ??= (() => {
    const last = {change: performance.now()};
    new MutationObserver(() => { last.change = performance.now(); }).observe(
      document, {subtree: true, childList: true, attributes: true, characterData: true});
    return last;
  })());
  const app = document.querySelector('[data-testid="stApp"]');
  return app?.dataset.testScriptState === "notRunning"
    && !document.querySelector('[data-testid="stSkeleton"]')
    && performance.now() - seen.change > 300;
}"""


@contextmanager
def served(
    warehouse: Path, folder: Path, *options: str, program: Sequence[str] = ("-m", "trends")
) -> Iterator[str]:
    """`trends dashboard` on a free port, run from a folder that is not the checkout."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, *program, "dashboard", "--port", str(port)]
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


@contextmanager
def reader(browser: Any, **options: Any) -> Iterator[Any]:
    """A new reader with a window of 1280 × 720."""
    wide = {"viewport": {"width": 1280, "height": 720}, "accept_downloads": True}
    context = browser.new_context(**{**wide, **options})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    try:
        yield page
    finally:
        context.close()


def go(page: Any, site: str, name: str, lang: str, link: Link | None = None) -> None:
    """Open a page (a module of pages.yml) by its link; the first one stands at "/"."""
    path = "" if name == PAGES[0] else URLS[name]
    page.goto(f"{site}/{path}?{urlencode({'lang': lang, **(link or {})}, doseq=True)}")
    arrived(page)


def arrived(page: Any) -> None:
    """Wait until a page shows something and stands still."""
    page.locator(
        '[data-testid="stMain"] :is(h1, h2, h3, p, .js-plotly-plot):visible'
    ).first.wait_for()
    at_rest(page)


def settled(page: Any, wanted: str = POINT) -> None:
    """Wait until the script has ended and the chart stands still; a click before that is lost."""
    page.locator(wanted).first.wait_for(state="attached")
    at_rest(page)


def at_rest(page: Any) -> None:
    """Wait until the script has ended and nothing moves any more."""
    page.wait_for_function(_AT_REST, polling=50)


def click_mark(page: Any, number: int, mark: str = POINT) -> None:
    """Click a point or bar of a chart by its place in the drawing."""
    box = page.locator(mark).nth(number).bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def link_of(page: Any) -> dict[str, list[str]]:
    """The choices in the address, once the page is at rest."""
    at_rest(page)
    return choices_in(page.url)


def choices_in(url: str) -> dict[str, list[str]]:
    """The choices in an address."""
    return parse_qs(urlsplit(url).query, keep_blank_values=True)


def told(page: Any, words: str, within: str = '[data-testid="stMain"]') -> None:
    """Wait until these words stand on the page."""
    page.locator(within).get_by_text(words).first.wait_for()


def link_becomes(page: Any, expected: Link, path: str | None = None) -> None:
    """Wait until the address holds these choices and no others, on the page at `path` if given."""

    def fits(url: str) -> bool:
        is_there = path is None or urlsplit(url).path.strip("/") == path
        return is_there and choices_in(url) == {key: list(v) for key, v in expected.items()}

    for _ in range(PATIENCE // 100):
        if fits(page.url):
            break
        page.wait_for_timeout(100)
    assert choices_in(page.url) == {key: list(v) for key, v in expected.items()}
    assert path is None or urlsplit(page.url).path.strip("/") == path
    at_rest(page)


def errors_of(page: Any) -> list[str]:
    """What the browser complains about from now on.

    Below the address of a page Streamlit first asks for its own files there, in vain, then at the root.
    """
    found: list[str] = []

    def hear(said: Any) -> None:
        if said.type == "error" and "/_stcore/" not in said.location.get("url", ""):
            found.append(f"{said.text} {said.location.get('url')}")

    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", hear)
    return found


def shoot(page: Any, name: str) -> None:
    """Keep a screenshot of the whole page as it stands."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    height = page.evaluate(
        "() => document.querySelector('[data-testid=\"stMain\"]')?.scrollHeight ?? 0"
    )
    size = page.viewport_size
    page.set_viewport_size({"width": size["width"], "height": min(max(height, 720), 4000)})
    at_rest(page)
    page.screenshot(path=str(SHOTS / f"{name}.png"))
    page.set_viewport_size(size)
    at_rest(page)
