"""From page to page: choices go along, Back and Forward return to what was seen."""

from __future__ import annotations

from typing import Any

from tests.dashboard.browser.hands import choose
from tests.dashboard.browser.tools import NEEDS_CHROMIUM, link_becomes, settled, told

pytestmark = NEEDS_CHROMIUM


def turn_to(page: Any, name: str) -> None:
    """Open a page by the menu."""
    page.get_by_role("link", name=name, exact=True).click()


def test_language_switch_keeps_the_view_and_back_returns_to_it(page: Any, site: str) -> None:
    page.goto(f"{site}/labs?labs=google&grain=week")
    settled(page)
    page.get_by_role("radio", name="简体中文").click()
    told(page, "各机构被提及的条目占比（每周）")
    settled(page)
    assert "谷歌" in page.locator(".js-plotly-plot .annotation-text").all_text_contents()
    link_becomes(page, {"labs": ["google"], "grain": ["week"], "lang": ["zh"]})
    page.go_back()
    told(page, "Labs by share of items that name them, per week")
    link_becomes(page, {"labs": ["google"], "grain": ["week"]})


def test_choices_follow_the_reader_from_page_to_page(page: Any, site: str) -> None:
    page.goto(f"{site}/labs?grain=week&channels=reddit&labs=meta")
    settled(page)
    turn_to(page, "About the data")
    told(page, "How the counts are made")
    turn_to(page, "Themes")
    told(page, "Themes by share of items, per week")
    settled(page)
    assert "channels=reddit" in page.url
    turn_to(page, "Labs")
    told(page, "Labs by share of items that name them, per week")
    link_becomes(page, {"grain": ["week"], "channels": ["reddit"], "labs": ["meta"]}, "labs")


def test_back_and_forward_go_through_pages_and_their_choices(page: Any, site: str) -> None:
    page.goto(f"{site}/labs?labs=meta&grain=quarter&lang=zh")
    settled(page)
    labs = {"labs": ["meta"], "grain": ["quarter"], "lang": ["zh"]}
    turn_to(page, "机构 × 主题")
    link_becomes(page, {"lang": ["zh"]}, "labs-by-themes")
    choose(page, "cell", "条目占比")
    link_becomes(page, {"cell": ["share"], "lang": ["zh"]}, "labs-by-themes")
    page.go_back()
    link_becomes(page, {"lang": ["zh"]}, "labs-by-themes")
    page.go_back()
    told(page, "每季度")
    link_becomes(page, labs, "labs")
    page.go_forward()
    page.go_forward()
    link_becomes(page, {"cell": ["share"], "lang": ["zh"]}, "labs-by-themes")
