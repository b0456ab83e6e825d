"""Streamlit's own controls speak English only: a reader of Chinese sees our words in their place."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.texts import Texts
from tests.dashboard.browser.tools import NEEDS_CHROMIUM, at_rest, go
from tests.dashboard.one_run import LANGUAGES

pytestmark = NEEDS_CHROMIUM

_WRITTEN = """(found, side) => {
  const own = getComputedStyle(found), ours = getComputedStyle(found, "::" + side);
  return [own.fontSize, JSON.parse(ours.content), parseFloat(ours.fontSize) > 8];
}"""


def written(page: Any, selector: str, side: str = "after") -> list[Any]:
    """Size of Streamlit's words, the words in their place, whether these can be read."""
    found = page.locator(selector).first
    found.wait_for(state="attached")  # words of no size count as hidden
    return found.evaluate(f"(found) => ({_WRITTEN})(found, '{side}')")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lists_and_boxes_speak_the_readers_language(page: Any, site: str, lang: str) -> None:
    say = Texts(lang)
    go(page, site, "items", lang)
    page.locator('[data-testid="stMultiSelect"] input').first.click()
    wanted = ["0px", say("widgets.all"), True]
    assert written(page, '[data-key="__select_all__"] > *') == wanted
    page.keyboard.type("xyzxyz")
    empty = '[role="listbox"][data-empty="true"] [role="option"] > span'
    assert written(page, empty) == ["0px", say("widgets.nothing"), True]
    page.keyboard.press("Escape")
    at_rest(page)

    page.locator(".st-key-q input").click()
    page.keyboard.type("a")
    hint = '[data-testid="InputInstructions"] > span'
    assert written(page, hint) == ["0px", say("widgets.apply"), True]


PAST = {
    "pastWeek": "week",
    "pastMonth": "month",
    "pastThreeMonths": "quarter",
    "pastSixMonths": "half",
    "pastYear": "year",
    "pastTwoYears": "years",
}
# Streamlit offers these by today's date, which is not that of the data, so the test puts them there.
_QUICK = """<div data-testid="stDateInputQuickSelect"><div>Date range</div><button>Select…</button></div>"""
_QUICK += "".join(f'<div role="option" data-key="{key}">Past</div>' for key in PAST)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_calendar_speaks_the_readers_language(page: Any, site: str, lang: str) -> None:
    say = Texts(lang)
    go(page, site, "about", lang)
    page.evaluate("(made) => document.body.insertAdjacentHTML('beforeend', made)", _QUICK)
    quick = '[data-testid="stDateInputQuickSelect"] >'
    for part, key in (("div", "range"), ("button", "range_choose")):
        assert written(page, f"{quick} {part}", "before") == ["0px", say(f"widgets.{key}"), True]
    for key, word in PAST.items():
        wanted = ["0px", say(f"widgets.{word}"), True]
        assert written(page, f'[data-key="{key}"]') == wanted
