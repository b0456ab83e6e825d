"""Speed in a real browser beside a hello-world page of Streamlit and Plotly, printed and never asserted.

In: the warehouse of TRENDS_BENCH_WAREHOUSE, else the sample. Out: medians and ratios. Trap: a machine that
does other work is slow for both pages, so the two take turns and the ratio is the figure to watch.
"""

import os
import shutil
import statistics
import sys
from pathlib import Path

import pytest
import yaml

from tests.benchmarks import browser_timing as timing
from tests.benchmarks.test_speed import say

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.bench,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium or google-chrome on the PATH"),
]
VISITS = int(os.environ.get("TRENDS_BENCH_VISITS", "7"))
CHANGES = int(os.environ.get("TRENDS_BENCH_CHANGES", "21"))

# As many lines and points as our first chart, and one box that changes them.
HELLO = """
import plotly.graph_objects as go
import streamlit as st

points = {"day": 450, "week": 130, "month": 32, "quarter": 11}[
    st.selectbox("Per", ["month", "quarter", "week"])
]
figure = go.Figure()
for line in range(6):
    figure.add_scatter(y=[(line * 7 + x * x) % 50 for x in range(points)], mode="lines+markers")
figure.update_layout(height=440, title=f"{points} points")
st.plotly_chart(figure)
"""


@pytest.fixture(scope="module")
def warehouse(request):
    place = os.environ.get("TRENDS_BENCH_WAREHOUSE")
    return Path(place) if place else request.getfixturevalue("sample_warehouse")


@pytest.fixture(scope="module")
def sites(warehouse, tmp_path_factory):
    """Both servers: {name: address of a page}."""
    folder = tmp_path_factory.mktemp("servers")
    (folder / "hello.py").write_text(HELLO, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    hello = timing.streamlit_command(folder / "hello.py")
    ours = timing.dashboard_command(warehouse)
    pages = yaml.safe_load((ROOT / "dashboard" / "pages.yml").read_text("utf-8"))
    labs = "" if pages[0]["url"] == "labs" else "labs"
    with (
        timing.serving(hello, folder, environment) as (plain, _),
        timing.serving(ours, folder, environment) as (site, _),
    ):
        found = {"hello": plain, f"labs (/{labs})": f"{site}/{labs}"}
        yield found if not labs else found | {f"first page ({pages[0]['url']})": site}


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as machine:
        chromium = machine.chromium.launch(executable_path=CHROMIUM, args=timing.QUIET)
        yield chromium
        chromium.close()


def report(what, seconds):
    """Medians, and the ratio of each to the hello-world page."""
    print(f"\n{what}", file=sys.stdout)
    usual = statistics.median(seconds["hello"])
    for name, values in seconds.items():
        say(f"{name}, median of {len(values)}", statistics.median(values), "ms")
        if name != "hello":
            say(f"{name} / hello", statistics.median(values) / usual, "x")


def test_first_chart(browser, sites):
    first, again, server = ({name: [] for name in sites} for _ in range(3))
    for visit in range(VISITS + 1):
        for name, address in sites.items():
            context = timing.new_reader(browser)
            (first if visit else server)[name].append(timing.first_chart(context, address))
            again[name].append(timing.first_chart(context, address))
            context.close()
    report("first chart, very first reader of the server", server)
    report("first chart, empty browser cache", first)
    report("first chart, browser has been here", again)


def test_filter_change(browser, sites):
    boxes = {"hello": ["Per"]} | {n: ["Per", "Measure"] for n in sites if n.startswith("labs")}
    tabs = {}
    for name in boxes:
        tabs[name] = timing.new_reader(browser).new_page()
        tabs[name].goto(sites[name])
        tabs[name].locator(timing.STILL).wait_for()
        tabs[name].wait_for_timeout(1500)
    seconds = {name: [] for name in boxes}
    for turn in range(CHANGES):
        for name, labels in boxes.items():
            seconds[name].append(timing.next_option(tabs[name], labels[turn % len(labels)]))
    report("filter change until the new figure is painted", seconds)
