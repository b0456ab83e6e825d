"""A telephone in a real Chromium: charts have the room, taps hit, and a wide reader pays nothing for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.dashboard.browser.test_cards import opened, saved
from tests.dashboard.browser.tools import (
    BAR,
    EXCEPTION,
    NEEDS_CHROMIUM,
    POINT,
    at_rest,
    click_mark,
    link_of,
    settled,
)

pytestmark = NEEDS_CHROMIUM
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148"
PLOT = ".js-plotly-plot .nsewdrag"
NAME_AT_END = ".js-plotly-plot .annotation-text"

Reader = Callable[..., Any]


@pytest.fixture
def reader(browser: Any) -> Iterator[Reader]:
    """Readers with any window and browser, who count what they ask the server to run."""
    contexts = []

    def come(window: dict[str, int], user_agent: str | None = None) -> Any:
        context = browser.new_context(viewport=window, user_agent=user_agent, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.runs = []
        page.on("websocket", lambda s: s.on("framesent", lambda data: page.runs.append(data)))
        return page

    yield come
    for context in contexts:
        context.close()


def plot_widths(page: Any) -> list[float]:
    return [box["width"] for box in (e.bounding_box() for e in page.locator(PLOT).all())]


@pytest.mark.parametrize(
    "path", ["", "labs", "themes", "compare", "labs-by-themes", "rising", "stories", "lab", "about"]
)
def test_most_of_the_window_is_plot(reader: Reader, site: str, path: str) -> None:
    page = reader(PHONE)
    page.goto(f"{site}/{path}")
    settled(page, PLOT)
    page.wait_for_timeout(800)
    at_rest(page)
    assert page.locator(EXCEPTION).count() == 0
    assert min(plot_widths(page)) >= 0.55 * PHONE["width"]


def test_only_a_reader_whose_browser_hides_its_narrow_window_costs_a_second_run(
    reader: Reader, site: str
) -> None:
    runs = {}
    for name, window, agent in (
        ("wide", DESK, None),
        ("telephone", PHONE, IPHONE),
        ("narrow window", PHONE, None),
    ):
        page = reader(window, agent)
        page.goto(f"{site}/labs")
        settled(page)
        page.wait_for_timeout(800)
        at_rest(page)
        runs[name] = len(page.runs)
    assert runs["telephone"] == runs["wide"]
    assert runs["narrow window"] == runs["wide"] + 1


def test_the_choices_of_a_link_survive_the_second_run(reader: Reader, site: str) -> None:
    page = reader(PHONE)
    page.goto(f"{site}/labs?labs=zhipu&labs=meta&grain=quarter")
    settled(page)
    page.wait_for_timeout(800)
    at_rest(page)
    names = page.locator(".js-plotly-plot .legendtext").all_text_contents()
    assert set(names) == {"Zhipu AI (Z.ai)", "Meta AI"}
    assert link_of(page) == {"labs": ["zhipu", "meta"], "grain": ["quarter"]}


def test_a_tap_on_a_narrow_chart_opens_the_items_behind(reader: Reader, site: str) -> None:
    page = reader({"width": 390, "height": 1600}, IPHONE)
    page.goto(f"{site}/labs?labs=openai&grain=quarter")
    settled(page)
    click_mark(page, 0, POINT)
    page.locator("h3").first.wait_for()
    assert page.locator("h3").first.text_content() == "OpenAI · Q1 2025"
    page.goto(f"{site}/?lang=en")
    settled(page, BAR)
    click_mark(page, 0, BAR)
    page.wait_for_url("**/lab?**")


def test_a_turned_telephone_gets_the_wide_chart(reader: Reader, site: str) -> None:
    page = reader(PHONE, IPHONE)
    page.goto(f"{site}/labs?labs=openai&grain=quarter")
    settled(page)
    assert page.locator(".js-plotly-plot .legend").count() == 1
    page.set_viewport_size({"width": 844, "height": 390})
    page.locator(NAME_AT_END).get_by_text("OpenAI", exact=True).wait_for()
    at_rest(page)
    assert page.locator(".js-plotly-plot .legend").count() == 0


@pytest.mark.parametrize("path", ["labs?labs=openai&labs=zhipu", "labs-by-themes"])
def test_an_image_saved_on_a_telephone_is_the_one_of_a_wide_page(
    reader: Reader, site: str, path: str
) -> None:
    drawn = []
    for window, agent in ((DESK, None), (PHONE, IPHONE)):
        page = reader(window, agent)
        page.goto(f"{site}/{path}")
        settled(page)
        opened(page, "Image")
        svg = ElementTree.fromstring(saved(page, "SVG").read_text("utf-8"))
        texts = [
            ("".join(e.itertext()), e.get("x"), e.get("y"))
            for e in svg.iter()
            if e.tag.endswith("}text")
        ]
        drawn.append((svg.get("width"), svg.get("height"), sorted(texts, key=repr)))
    assert drawn[0] == drawn[1]
