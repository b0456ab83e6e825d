"""From a clicked cell or a full item to the page of its lab or theme, and back by one step."""

from __future__ import annotations

from typing import Any

import pytest

from tests.dashboard.browser.hands import click_any_mark, click_row
from tests.dashboard.browser.tools import NEEDS_CHROMIUM, at_rest, choices_in, go, link_becomes

pytestmark = NEEDS_CHROMIUM


@pytest.mark.parametrize("kind", ["lab", "theme"])
def test_a_cell_leads_to_the_pages_of_its_lab_and_its_theme(
    page: Any, site: str, kind: str
) -> None:
    go(page, site, "matrix", "zh")
    lab, theme = click_any_mark(page, "lab_theme_matrix")
    chosen = {"lab": lab, "theme": theme}[kind]
    page.locator(f".st-key-behind-page-{kind}-{chosen} button").click()
    page.wait_for_url(f"**/{kind}?*")
    at_rest(page)
    assert choices_in(page.url)[kind] == [chosen]
    page.go_back()
    link_becomes(page, {"lang": ["zh"]}, "labs-by-themes")


def test_an_item_in_full_leads_to_the_page_of_its_lab(page: Any, site: str) -> None:
    go(page, site, "items", "en", {"lab_any": ["zhipu"]})
    click_row(page, 0)
    own = page.locator('[class*="st-key-full-"][class*="-lab-zhipu"] button')
    own.click()
    page.wait_for_url("**/lab?*")
    at_rest(page)
    assert choices_in(page.url)["lab"] == ["zhipu"]
