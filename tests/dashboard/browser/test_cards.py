"""What stands below every chart, in a real Chromium: data, image, SQL, link; a frame around points."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pandas as pd
import pytest
from PIL import Image

from tests.dashboard.browser.hands import closed, opened, saved
from tests.dashboard.browser.tools import (
    NEEDS_CHROMIUM,
    POINT,
    at_rest,
    click_mark,
    reader,
    settled,
)
from warehouse import open_snapshot, point_answers
from warehouse.answers import Filters

pytestmark = NEEDS_CHROMIUM
TITLE = ".card-head h2"


@pytest.fixture(params=["light", "dark"])
def either(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A reader of a light page, and one of a dark page."""
    tall = {"width": 1280, "height": 900}
    with reader(browser, viewport=tall, color_scheme=request.param) as tab:
        yield tab


def framed(page: Any, left: float, right: float) -> None:
    """Draw a frame over a part of the plot's width."""
    box = page.locator(".js-plotly-plot .nsewdrag").first.bounding_box()
    x, y, width, height = (box[key] for key in ("x", "y", "width", "height"))
    page.mouse.move(x + left * width, y + 4)
    page.mouse.down()
    page.mouse.move(x + 0.5 * (left + right) * width, y + height / 2, steps=4)
    page.mouse.move(x + right * width, y + height - 4, steps=4)
    page.mouse.up()
    page.wait_for_timeout(300)
    at_rest(page)


def test_an_image_has_title_labels_and_definition_in_dark_ink_on_white(
    either: Any, site: str
) -> None:
    page = either
    page.goto(f"{site}/labs?labs=openai&labs=zhipu&lang=zh")
    settled(page)
    title = page.locator(TITLE).first.text_content()
    opened(page, "图片")
    svg = saved(page, "SVG").read_text("utf-8")
    words = [
        "".join(e.itertext()) for e in ElementTree.fromstring(svg).iter() if e.tag.endswith("text")
    ]
    assert title in words
    assert {"OpenAI", "智谱AI"} <= set(words)
    assert any("占比 = " in text for text in words)
    grounds = re.findall(r"<rect[^>]*style=\"[^\"]*fill: (rgb\([^)]*\))", svg)
    assert grounds[0] == "rgb(255, 255, 255)"
    opened(page, "图片")  # the browser's own download closes it
    picture = Image.open(io.BytesIO(saved(page, "PNG").read_bytes())).convert("L")
    assert picture.width == 2400
    assert picture.getpixel((picture.width - 2, 2)) == 255
    head = picture.crop((0, 0, picture.width, 120))
    assert head.getextrema()[0] < 80, "the title is dark"
    now = page.evaluate("document.querySelector('.js-plotly-plot').layout.paper_bgcolor")
    assert now == "rgba(0, 0, 0, 0)", "the chart on the page is as before"


def test_a_legend_at_the_lower_edge_of_an_image_stands_above_the_words(
    page: Any, site: str
) -> None:
    page.goto(f"{site}/stories")
    settled(page)
    opened(page, "Image")
    svg = saved(page, "SVG").read_text("utf-8")
    page.set_content(svg)
    legend = page.locator("g.legend").bounding_box()
    words = page.locator("g.annotation").filter(has_text="Source: AINews Trends").bounding_box()
    assert legend["y"] + legend["height"] <= words["y"]


def test_the_title_wraps_on_a_telephone_and_nothing_leaves_the_card(page: Any, site: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}/themes")
    settled(page)
    card = page.locator('[class*="st-key-card-"]').first.bounding_box()
    for part in (TITLE, ".card-head p", '[class*="st-key-pop-link"]', '[class*="st-key-pptx-"]'):
        box = page.locator(part).first.bounding_box()
        assert box["x"] >= card["x"], part
        assert box["x"] + box["width"] <= card["x"] + card["width"], part
    assert page.locator(TITLE).first.bounding_box()["height"] > 40, "a long title has two lines"


def test_excel_and_parquet_hold_the_rows_of_the_sql(
    page: Any, site: str, made_warehouse: Path
) -> None:
    page.goto(f"{site}/labs?labs=openai&grain=quarter")
    settled(page)
    opened(page, "SQL")
    sql = page.locator('[data-testid="stCode"] code').first.text_content()
    expected = open_snapshot(made_warehouse).frame(sql)
    closed(page)
    opened(page, "Data")
    assert page.locator('[data-testid="stDataFrame"]').first.is_visible(), "the rows as a table"
    parquet = pd.read_parquet(saved(page, "Parquet"))
    assert list(parquet["share"]) == list(expected["share"])
    assert saved(page, "Excel").read_bytes().startswith(b"PK")


def test_the_link_opens_the_same_view(page: Any, site: str, browser: Any) -> None:
    page.goto(f"{site}/labs")
    settled(page)
    opened(page, "Link")
    link = page.locator('[data-testid="stCode"] code').first.text_content()
    assert urlsplit(link).path == "/labs"
    assert "labs=openai" in link, "the labs are those of today even if others lead tomorrow"
    with reader(browser) as other:
        other.goto(link)
        settled(other)
        texts = [p.locator(".card-head").first.text_content() for p in (page, other)]
    assert texts[0] == texts[1]


def test_the_link_of_a_page_whose_name_ends_like_anothers_opens_it(page: Any, site: str) -> None:
    page.goto(f"{site}/labs-by-themes?measure=share")
    settled(page)
    opened(page, "Link")
    link = page.locator('[data-testid="stCode"] code').first.text_content()
    assert link == f"{site}/labs-by-themes?measure=share"


def test_a_frame_lists_items_and_stories_of_all_its_points_and_can_be_let_go(
    page: Any, site: str, made_warehouse: Path
) -> None:
    page.set_viewport_size({"width": 1280, "height": 1100})
    page.goto(f"{site}/labs?labs=openai&labs=zhipu&grain=quarter&period=2025-04-01..2025-12-31")
    settled(page)
    switch = page.get_by_role("button", name="Select an area")
    switch.click()
    assert switch.get_attribute("aria-pressed") == "true"
    framed(page, 0.005, 0.7)
    heading = page.locator("h3").first.text_content()
    assert heading == "4 points: OpenAI, Zhipu AI (Z.ai) · Q2 2025 – Q3 2025"
    quarters = [pd.Timestamp(day).date() for day in ("2025-04-01", "2025-07-01")]
    asked = Filters("quarter"), "lab", [(lab, q) for lab in ("openai", "zhipu") for q in quarters]
    snap = open_snapshot(made_warehouse)
    items = point_answers.items_of_points(snap, *asked).items_total
    stories = point_answers.stories_of_points(snap, *asked).items_total
    tabs = page.get_by_role("tab").all_text_contents()
    assert tabs == [f"Items ({items:,})", f"Stories ({stories:,})"]
    page.get_by_role("tab", name="Stories").click()
    page.get_by_text("Story", exact=False).first.wait_for()
    switch.click()
    page.wait_for_timeout(400)
    at_rest(page)
    assert page.locator("h3").count() == 0
    assert switch.get_attribute("aria-pressed") == "false"
    click_mark(page, 0, POINT)
    page.locator("h3").first.wait_for()
    assert page.locator("h3").first.text_content() == "OpenAI · Q2 2025"
