"""Compare in the browser: the verdict in words in both languages, a period that the reader types."""

from __future__ import annotations

from typing import Any

import pytest

from tests.dashboard.browser.tools import NEEDS_CHROMIUM, link_becomes, settled, told

pytestmark = NEEDS_CHROMIUM


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
    told(page, title, ".card-head p")
    assert page.get_by_text(higher, exact=True).first.is_visible()
    assert higher in page.locator(".js-plotly-plot .annotation-text").all_text_contents()


def test_compare_keeps_a_typed_period_in_its_link(page: Any, site: str) -> None:
    page.goto(f"{site}/compare?labs=openai&labs=nvidia")
    settled(page)
    box = page.get_by_role("combobox", name="Against")
    box.click()
    box.fill("2025-W10")
    box.press("Enter")
    told(page, "against week of 3 Mar 2025")
    link_becomes(page, {"labs": ["openai", "nvidia"], "against": ["2025-W10"]})
    page.get_by_role("radio", name="简体中文").click()
    told(page, "对比2025年3月3日当周")
    link_becomes(page, {"labs": ["openai", "nvidia"], "against": ["2025-W10"], "lang": ["zh"]})
