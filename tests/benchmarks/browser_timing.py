"""Times as a reader's browser sees them, taken inside the page, so that the driver's own time is left out.

In: a Chromium and an address. Out: milliseconds. Trap: a chart is there before its points are painted, and
an old figure stands until the new one is drawn, so what is watched is the points themselves, frame by frame.
"""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
QUIET += ["--disable-dev-shm-usage", "--disable-component-update", "--disable-sync"]
STILL = '[data-testid="stApp"][data-test-script-state="notRunning"]'

# Each frame: what the first chart shows; the moment of its first points; the moment it differs from `from`.
WATCH = """
window.bench = {first: 0, from: null, acted: 0, changed: 0};
const look = () => {
  const marks = [...document.querySelectorAll('.js-plotly-plot :is(.scatterlayer, .barlayer) .point')];
  const place = (m) => m.getAttribute('transform') + (m.getAttribute('d') || '').length;
  const title = document.querySelector('.js-plotly-plot .gtitle');
  if (!marks.length) return null;
  return [title && title.textContent, marks.length, place(marks[0]), place(marks.at(-1))].join('|');
};
const frame = () => {
  const seen = look();
  if (seen && !bench.first) requestAnimationFrame(() => { bench.first = performance.now(); });
  if (seen && bench.from && !bench.changed && seen !== bench.from)
    requestAnimationFrame(() => { bench.changed = performance.now(); });
  requestAnimationFrame(frame);
};
requestAnimationFrame(frame);
for (const kind of ['keydown', 'click'])
  addEventListener(kind, (event) => { bench.acted = event.timeStamp; }, true);
window.arm = () => { bench.changed = 0; bench.from = look(); };
"""


@contextmanager
def serving(command: Sequence[str], folder: Path, environment: dict[str, str]) -> Iterator[Any]:
    """A server process that answers at the port of the command's last word; yields (address, process)."""
    port = command[-1]
    server = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=(folder / f"{port}.log").open("w"),
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)
                break
            except OSError:
                time.sleep(0.25)
        yield address, server
    finally:
        server.terminate()
        server.wait(timeout=20)


def free_port() -> str:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


def dashboard_command(warehouse: Path) -> list[str]:
    """`trends dashboard` on a free port."""
    words = [sys.executable, "-m", "trends", "dashboard", "--warehouse", str(warehouse)]
    return [*words, "--port", free_port()]


def streamlit_command(script: Path) -> list[str]:
    """Another Streamlit app, as quiet as ours."""
    from dashboard.commands import flags

    port = free_port()
    rest = [flag for flag in flags(int(port), "127.0.0.1") if "server.port" not in flag]
    return [sys.executable, "-m", "streamlit", "run", str(script), *rest, "--server.port", port]


def new_reader(browser: Any) -> Any:
    """A browser context without any cache, with the watch in every page."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script(WATCH)
    context.set_default_timeout(60_000)
    return context


def first_chart(context: Any, address: str) -> float:
    """Milliseconds from the start of the navigation until points are painted, in a tab of its own."""
    tab = context.new_page()
    tab.goto(address)
    tab.wait_for_function("bench.first > 0", polling=50)
    value: float = tab.evaluate("bench.first")
    tab.locator(STILL).wait_for()
    tab.close()
    return value


def next_option(tab: Any, label: str) -> float:
    """Choose the next option of a select box (the first after the last); milliseconds to the new figure."""
    box = tab.get_by_role("combobox", name=re.compile(label))
    box.click()
    options = tab.get_by_role("option")
    options.first.wait_for()
    chosen = [o.get_attribute("aria-selected") == "true" for o in options.all()]
    following = (chosen.index(True) + 1) % len(chosen) if True in chosen else 0
    tab.evaluate("arm()")
    options.nth(following).click()
    return changed(tab)


def changed(tab: Any) -> float:
    """Milliseconds from the last key or click to the frame that shows another figure; then waits for rest."""
    tab.wait_for_function("bench.changed > 0", polling=20)
    value: float = tab.evaluate("bench.changed - bench.acted")
    tab.locator(STILL).wait_for()
    tab.wait_for_timeout(150)
    return value
