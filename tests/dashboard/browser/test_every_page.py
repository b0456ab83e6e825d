"""Every page in a real Chromium: both languages, light and dark, wide and narrow; its picture is kept.

A new page of pages.yml is tested by standing there; here it only gets the choices that show it full.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.dashboard.browser.tools import EXCEPTION, NEEDS_CHROMIUM, at_rest, shoot
from tests.dashboard.one_run import LANGUAGES, PAGES, URLS

pytestmark = NEEDS_CHROMIUM

# what a link to a page must hold so that there is something to see; none for most
CHOICES = {"lab": "lab=openai", "theme": "theme=reasoning"}
NARROW, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 720}


def open_page(page: Any, site: str, name: str, lang: str) -> None:
    path = "" if name == PAGES[0] else URLS[name]  # the first page opens at "/"
    page.goto(f"{site}/{path}?lang={lang}&{CHOICES.get(name, '')}")
    page.locator('[data-testid="stMain"] :is(h1, h2, h3, p, .js-plotly-plot)').first.wait_for()
    at_rest(page)


def errors_of(page: Any) -> list[str]:
    """What the browser complains about from now on.

    Below the address of a page Streamlit first asks for its own files there, in vain, then at the root.
    """
    found: list[str] = []

    def hear(said: Any) -> None:
        if said.type == "error" and "/_stcore/" not in said.location.get("url", ""):
            found.append(f"{said.text} {said.location.get('url')}")

    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", hear)
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_page_opens_by_its_link_without_an_error(
    page: Any, site: str, name: str, lang: str
) -> None:
    errors = errors_of(page)
    open_page(page, site, name, lang)
    assert page.locator(EXCEPTION).count() == 0
    assert errors == []
    assert page.evaluate("document.documentElement.lang") == {"en": "en", "zh": "zh-CN"}[lang]
    shoot(page, f"{name}-{lang}")


@pytest.fixture(scope="module", params=["light", "dark"])
def shaded(browser: Any, request: pytest.FixtureRequest) -> Iterator[tuple[Any, str]]:
    """A reader whose system asks for light or dark."""
    context = browser.new_context(viewport=WIDE, color_scheme=request.param)
    tab = context.new_page()
    tab.set_default_timeout(20_000)
    yield tab, request.param
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_text_stands_out_and_controls_have_names(
    shaded: tuple[Any, str], site: str, name: str
) -> None:
    """WCAG 2 AA contrast, and the rules of names and roles, as axe-core finds them."""
    page, shade = shaded
    open_page(page, site, name, "en")
    rules = {"runOnly": {"type": "rule", "values": list(RULES)}}
    found = Axe().run(page, context=OURS, options=rules).response["violations"]
    listed = [
        f"{rule['id']}: {node['html'][:160]} {node['any'][0]['message'] if node['any'] else ''}"
        for rule in found
        for node in rule["nodes"]
    ]
    shoot(page, f"{name}-en-{shade}")
    assert listed == []


RULES = ("color-contrast", "image-alt", "svg-img-alt", "link-name", "button-name", "html-has-lang")
# charts draw on a transparent ground that axe cannot see through; test_colours.py reckons theirs
OURS = {"exclude": [[".js-plotly-plot"], ['[data-testid="stDataFrame"]']]}


@pytest.mark.parametrize("name", PAGES)
def test_page_fits_a_phone_without_scrolling_sideways(browser: Any, site: str, name: str) -> None:
    context = browser.new_context(viewport=NARROW, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.set_default_timeout(20_000)
    try:
        open_page(page, site, name, "zh")
        main = page.locator('[data-testid="stMain"]')
        inner, outer = main.evaluate("e => [e.scrollWidth, e.clientWidth]")
        shoot(page, f"{name}-zh-narrow")
        assert inner <= outer + 1
        assert outer <= NARROW["width"]
    finally:
        context.close()
