"""How every page looks: contrast and names of controls in light and dark, a phone's width; pictures are kept.

A new page of pages.yml is tested by standing there; here it only gets the choices that show it full.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.dashboard.browser.tools import NEEDS_CHROMIUM, at_rest, go, reader, shoot
from tests.dashboard.one_run import PAGES

pytestmark = NEEDS_CHROMIUM

# what a link to a page must hold so that there is something to see; none for most
CHOICES = {"lab": {"lab": ["openai"]}, "theme": {"theme": ["reasoning"]}}
_IS_DARK = "getComputedStyle(document.querySelector('[data-testid=stApp]')).colorScheme === 'dark'"
NARROW = {"width": 390, "height": 844}
PHONE = {"viewport": NARROW, "has_touch": True, "is_mobile": True}

# of axe-core: contrast (WCAG 2 AA), names and roles
RULES = ["color-contrast", "image-alt", "svg-img-alt", "link-name", "button-name", "html-has-lang"]
RULES += ["label", "select-name", "input-button-name", "document-title", "html-lang-valid", "list"]
RULES += ["aria-allowed-attr", "aria-command-name", "aria-hidden-body", "aria-hidden-focus"]
RULES += ["aria-input-field-name", "aria-prohibited-attr", "aria-required-attr", "aria-roles"]
RULES += ["aria-required-children", "aria-required-parent", "aria-toggle-field-name"]
RULES += ["aria-tooltip-name", "aria-valid-attr", "aria-valid-attr-value", "nested-interactive"]
RULES += ["definition-list", "listitem", "tabindex", "duplicate-id-aria", "meta-viewport"]
# charts draw on a transparent ground that axe cannot see through; test_colours.py reckons theirs
OURS = {"exclude": [[".js-plotly-plot"], ['[data-testid="stDataFrame"]']]}


@pytest.fixture(scope="module")
def seeing(browser: Any) -> Iterator[Any]:
    """A reader whose system asks for light, then for dark."""
    with reader(browser) as page:
        yield page


def violations(page: Any) -> list[str]:
    """What axe-core finds against the rules, each with its place."""
    rules = {"runOnly": {"type": "rule", "values": RULES}}
    found = Axe().run(page, context=OURS, options=rules).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("name", PAGES)
def test_text_stands_out_and_controls_have_names(seeing: Any, site: str, name: str) -> None:
    page = seeing
    page.emulate_media(color_scheme="light")
    go(page, site, name, "en", CHOICES.get(name))
    listed = violations(page)
    shoot(page, f"{name}-en-light")
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(_IS_DARK)
    at_rest(page)
    listed += violations(page)
    shoot(page, f"{name}-en-dark")
    assert listed == []


@pytest.mark.parametrize("name", PAGES)
def test_page_fits_a_phone_without_scrolling_sideways(browser: Any, site: str, name: str) -> None:
    with reader(browser, **PHONE) as page:
        go(page, site, name, "zh", CHOICES.get(name))
        shoot(page, f"{name}-zh-narrow")
        main = page.locator('[data-testid="stMain"]')
        inner, outer = main.evaluate("e => [e.scrollWidth, e.clientWidth]")
        assert inner <= outer + 1
        assert outer <= NARROW["width"]
