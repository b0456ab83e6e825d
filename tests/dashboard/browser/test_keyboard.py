"""Without a mouse: the search box by "/", names and initials, and Tab to what stands below a chart."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.texts import Texts
from tests.dashboard.browser.tools import NEEDS_CHROMIUM, at_rest, go, link_becomes, told
from tests.dashboard.one_run import LANGUAGES

pytestmark = NEEDS_CHROMIUM
ACTIONS = ["pop-data", "pop-image", "pptx", "pop-sql", "pop-link", "area"]

_FOCUS = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  const host = document.activeElement;
  const key = host.closest('[class*="st-key-card-"] [class*="st-key-"]')?.className.match(/st-key-(\\S+)/)?.[1];
  const seen = getComputedStyle(at);
  return {key: key ?? "", seen: at.matches(":focus-visible") && seen.outlineStyle !== "none"
    && parseFloat(seen.outlineWidth) >= 2};
}"""


def search(page: Any, words: str) -> None:
    """Press the key and type into the box."""
    page.mouse.click(700, 5)  # beside all controls
    page.keyboard.press("/")
    page.locator(".st-key-jump-box input:focus").wait_for()
    page.keyboard.type(words)
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_search_box_finds_by_initials_names_and_words(page: Any, site: str, lang: str) -> None:
    say, own = Texts(lang), {"lang": [lang]} if lang == "zh" else {}
    go(page, site, "about", lang)
    search(page, "zp")
    told(page, "智谱AI" if lang == "zh" else "Zhipu AI (Z.ai)", "h3")
    link_becomes(page, {"lab": ["zhipu"], **own}, "lab")
    search(page, "openai")
    told(page, "OpenAI", "h3")
    link_becomes(page, {"lab": ["openai"], **own}, "lab")
    search(page, "invented robotics")
    told(page, say("stories.title.reach"))
    link_becomes(page, {"q": ["invented robotics"], **own}, "stories")


def test_the_key_writes_a_slash_where_one_is_typed(page: Any, site: str) -> None:
    go(page, site, "items", "en")
    box = page.locator(".st-key-q input")
    box.click()
    page.keyboard.type("a/b")
    assert box.input_value() == "a/b"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tab_reaches_all_actions_of_a_chart_and_shows_where_it_is(
    page: Any, site: str, lang: str
) -> None:
    go(page, site, "labs", lang)
    page.get_by_role("button", name=Texts(lang)("filters.more")).focus()
    reached: dict[str, bool] = {}
    for _ in range(20):
        page.keyboard.press("Tab")
        focus = page.evaluate(_FOCUS)
        reached[focus["key"].removesuffix("-lab_trend")] = focus["seen"]
    assert [key for key in reached if key in ACTIONS] == ACTIONS
    assert [key for key in ACTIONS if not reached[key]] == []


def test_enter_opens_a_popover_and_escape_gives_the_focus_back(page: Any, site: str) -> None:
    go(page, site, "labs", "en")
    button = page.locator('[class*="st-key-pop-sql-"] button').first
    button.focus()
    page.keyboard.press("Enter")
    page.locator('[data-testid="stPopoverBody"] pre code').wait_for()
    page.keyboard.press("Escape")
    page.locator('[data-testid="stPopoverBody"]').wait_for(state="detached")
    at_rest(page)
    assert button.evaluate("e => e === document.activeElement")
