"""The dashboard in a real Chromium: links, clicks, language, downloads. One server, one browser."""

import io
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

import pandas as pd
import pytest
from pptx import Presentation

from warehouse import answers, open_snapshot
from warehouse.answers import Filters

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no chromium, chromium-browser or google-chrome on the PATH"
    ),
]
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
QUIET += ["--disable-dev-shm-usage", "--disable-component-update", "--disable-sync"]
POINT = ".js-plotly-plot .scatterlayer .point"


@contextmanager
def served(warehouse: Path, folder: Path) -> Iterator[str]:
    """`trends dashboard` on a free port, run from a folder that is not the checkout."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "trends",
        "dashboard",
        "--port",
        str(port),
        "--warehouse",
        str(warehouse),
    ]
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


@pytest.fixture(scope="module")
def site(made_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(made_warehouse, tmp_path_factory.mktemp("elsewhere")) as address:
        yield address


@pytest.fixture(scope="module")
def no_topics_site(
    no_topics_warehouse: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    with served(no_topics_warehouse, tmp_path_factory.mktemp("no-topics-site")) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as machine:
        chromium = machine.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A new reader with a window of 1280 × 720."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, accept_downloads=True)
    tab = context.new_page()
    tab.set_default_timeout(20_000)
    yield tab
    context.close()


def settled(page: Any, wanted: str = POINT) -> None:
    """Wait until the script has ended and the chart stands still; a click before that is lost."""
    page.locator(wanted).first.wait_for(state="attached")
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    page.wait_for_timeout(500)


def click_point(page: Any, number: int) -> None:
    box = page.locator(POINT).nth(number).bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.locator("h3").first.wait_for()


def link_of(page: Any) -> dict[str, list[str]]:
    page.wait_for_timeout(300)
    return parse_qs(urlsplit(page.url).query)


def filled(frame: pd.DataFrame) -> pd.DataFrame:
    """Nothing is nothing, whether a CSV or DuckDB says so."""
    return frame.astype(object).where(frame.notna(), None)


def counted(page: Any) -> str:
    """What the first chart counts: the beginning of its subtitle."""
    return page.locator(".card-head p").first.text_content().split(" · ")[0]


def test_the_first_reader_of_a_server_may_come_by_a_link_to_any_page(page: Any, site: str) -> None:
    """Streamlit would run a file in a folder `pages` by itself in this very case. Keep this test first."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/items?lang=zh&q=reasoning&lab_any=zhipu")
    settled(page, '[data-testid="stDataFrame"]')
    assert page.get_by_role("heading", name="找到").is_visible()
    assert page.get_by_text("智谱AI").first.is_visible()
    others = {urlsplit(url).netloc for url in asked if url.startswith("http")} - {
        urlsplit(site).netloc
    }
    assert others == set(), "no other host may be asked: many readers sit behind a firewall"


def test_link_restores_the_view(page: Any, site: str) -> None:
    page.goto(
        f"{site}/labs?labs=zhipu&labs=openai&grain=quarter&measure=mentions&channels=reddit&lang=zh"
    )
    settled(page)
    assert counted(page) == "提及各机构的条目数（每季度）"
    assert "Reddit" in page.locator(".card-head p").first.text_content()
    names = page.locator(".js-plotly-plot .annotation-text").all_text_contents()
    assert sorted(names) == ["OpenAI", "智谱AI"]
    expected = {"labs": ["zhipu", "openai"], "grain": ["quarter"], "measure": ["mentions"]}
    assert link_of(page) == expected | {"channels": ["reddit"], "lang": ["zh"]}


def test_click_on_a_point_lists_its_items(page: Any, site: str, made_warehouse: Path) -> None:
    page.goto(f"{site}/labs?labs=openai&grain=quarter")
    settled(page)
    click_point(page, 1)
    snap = open_snapshot(made_warehouse)
    row = answers.lab_trend(snap, Filters("quarter"), ["openai"]).frame.iloc[1]
    assert page.locator("h3").first.text_content() == "OpenAI · Q2 2025"
    count = page.get_by_text(
        re.compile(r"^(the 200 newest of )?[\d,]+ items$")
    ).first.text_content()
    assert count.split()[-2] == f"{row['mentions']:,}"
    page.locator('[data-testid="stDataFrame"]').first.wait_for()


def test_click_on_a_cell_of_the_matrix_lists_its_items(
    page: Any, site: str, made_warehouse: Path
) -> None:
    page.goto(f"{site}/labs-by-themes?lab_any=google&theme_any=robotics&theme_any=reasoning")
    settled(page)
    click_point(page, 0)
    found = answers.items_behind(
        open_snapshot(made_warehouse), Filters(), lab_id="google", theme_id="robotics", limit=9999
    )
    assert "Google × Robotics & embodied AI" in page.locator("h3").first.text_content()
    assert page.get_by_text(f"{len(found.frame)} items", exact=True).is_visible()


def test_language_switch_keeps_the_view_and_back_returns_to_it(page: Any, site: str) -> None:
    page.goto(f"{site}/labs?labs=google&grain=week")
    settled(page)
    page.get_by_role("radio", name="简体中文").click()
    page.get_by_text("各机构被提及的条目占比（每周）").first.wait_for()
    settled(page)
    assert "谷歌" in page.locator(".js-plotly-plot .annotation-text").all_text_contents()
    assert link_of(page) == {"labs": ["google"], "grain": ["week"], "lang": ["zh"]}
    page.go_back()
    page.get_by_text("Labs by share of items that name them, per week").first.wait_for()
    assert link_of(page) == {"labs": ["google"], "grain": ["week"]}


def test_choices_follow_the_reader_from_page_to_page(page: Any, site: str) -> None:
    page.goto(f"{site}/labs?grain=week&channels=reddit&labs=meta")
    settled(page)
    page.get_by_role("link", name="About the data").click()
    page.get_by_text("How the counts are made").wait_for()
    page.get_by_role("link", name="Themes").click()
    page.get_by_text("Themes by share of items, per week").first.wait_for()
    settled(page)
    assert link_of(page)["channels"] == ["reddit"]
    page.get_by_role("link", name="Labs", exact=True).click()
    page.get_by_text("Labs by share of items that name them, per week").first.wait_for()
    settled(page)
    assert link_of(page) == {"grain": ["week"], "channels": ["reddit"], "labs": ["meta"]}


def test_downloads_hold_the_numbers_of_the_sql_shown(
    page: Any, site: str, made_warehouse: Path
) -> None:
    page.goto(f"{site}/labs?labs=openai&labs=zhipu&grain=quarter")
    settled(page)
    page.get_by_role("button", name="Data").click()
    with page.expect_download() as csv:
        page.get_by_role("button", name="CSV").click()
    page.keyboard.press("Escape")
    with page.expect_download() as pptx:
        page.get_by_role("button", name="Slide").click()
    page.get_by_role("button", name="SQL").click()
    shown = page.locator('[data-testid="stCode"] code').first.text_content()
    expected = open_snapshot(made_warehouse).frame(shown)
    rows = pd.read_csv(
        csv.value.path(), encoding="utf-8-sig", parse_dates=["period_start", "regime"]
    )
    pd.testing.assert_frame_equal(filled(rows), filled(expected), check_dtype=False)
    assert csv.value.suggested_filename == "lab_trend_2026-03-11-made.csv"
    slide = Presentation(io.BytesIO(Path(pptx.value.path()).read_bytes())).slides[0]
    chart = next(shape.chart for shape in slide.shapes if shape.has_chart)
    drawn = {series.name: list(series.values) for series in chart.plots[0].series}
    for id_, name in (("openai", "OpenAI"), ("zhipu", "Zhipu AI (Z.ai)")):
        assert drawn[name] == pytest.approx(list(expected[expected["lab_id"] == id_]["share"]))


@pytest.mark.parametrize(
    ("lang", "higher", "title"),
    [
        ("en", "higher", "OpenAI against other labs: share of items in Q3 2025"),
        ("zh", "更高", "OpenAI与其他机构：2025年第3季度的条目占比"),
    ],
)
def test_compare_says_its_verdict_in_the_readers_language(
    page: Any, site: str, lang: str, higher: str, title: str
) -> None:
    page.goto(f"{site}/compare?labs=openai&labs=nvidia&compare=2025-Q3&against=none&lang={lang}")
    settled(page)
    assert counted(page) == title
    assert page.get_by_text(higher, exact=True).first.is_visible()
    row = page.locator(".js-plotly-plot .annotation-text").all_text_contents()
    assert higher in row
    assert page.locator('[data-testid="stException"]').count() == 0


def test_compare_keeps_a_typed_period_in_its_link(page: Any, site: str) -> None:
    page.goto(f"{site}/compare?labs=openai&labs=nvidia")
    settled(page)
    box = page.get_by_role("combobox", name="Against")
    box.click()
    box.fill("2025-W10")
    box.press("Enter")
    page.get_by_text("against week of 3 Mar 2025").first.wait_for()
    settled(page)
    assert link_of(page) == {"labs": ["openai", "nvidia"], "against": ["2025-W10"]}
    page.get_by_role("radio", name="简体中文").click()
    page.get_by_text("对比2025年3月3日当周").first.wait_for()
    assert link_of(page)["against"] == ["2025-W10"]


@pytest.mark.parametrize(
    ("lang", "map_title", "name", "back"),
    [("en", "Map of topics", "Made search", "Map"), ("zh", "话题地图", "虚构检索", "地图")],
)
def test_click_on_the_map_opens_the_topic_and_its_items(
    page: Any, site: str, lang: str, map_title: str, name: str, back: str
) -> None:
    page.goto(f"{site}/topics?lang={lang}")
    settled(page)
    assert page.locator(".card-head h2").first.text_content() == map_title
    box = page.locator(POINT).first.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.locator(".st-key-topic-name").get_by_text(re.compile("^(Made|虚构)")).wait_for()
    settled(page)
    assert link_of(page)["topic"][0].startswith("t0000000")
    page.goto(f"{site}/topics?lang={lang}&topic=t0000000a")
    page.locator(".st-key-topic-name").get_by_text(name).wait_for()
    settled(page)
    page.locator(".st-key-topic-items button").click()
    page.locator(".st-key-let-go").wait_for()
    assert link_of(page)["in_topic"] == ["t0000000a"]
    page.goto(f"{site}/topics?lang={lang}&topic=t0000000a")
    page.locator(".st-key-topic-back button").filter(has_text=back).click()
    page.get_by_text(map_title).first.wait_for()
    assert page.locator('[data-testid="stException"]').count() == 0


@pytest.mark.parametrize(("lang", "words"), [("en", "has no topics yet"), ("zh", "还没有话题")])
def test_warehouse_without_topics_says_which_command_makes_them(
    page: Any, no_topics_site: str, lang: str, words: str
) -> None:
    page.goto(f"{no_topics_site}/topics?lang={lang}")
    page.get_by_text(words).wait_for()
    page.get_by_text("trends topics fit").wait_for()
    assert page.locator('[data-testid="stException"]').count() == 0


def test_warehouse_without_a_snapshot_says_what_to_do(page: Any, tmp_path: Path) -> None:
    with served(tmp_path / "nothing", tmp_path) as address:
        page.goto(f"{address}/?lang=zh")
        page.get_by_text("还没有数据").wait_for()
        page.get_by_text("trends build sample").wait_for()
        assert page.locator('[data-testid="stException"]').count() == 0
