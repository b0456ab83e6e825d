"""Every page in both languages: link → view, mark → what is behind, a filter by hand, the other language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dashboard.texts import Texts
from tests.dashboard.browser.hands import choose
from tests.dashboard.browser.journeys import JOURNEYS
from tests.dashboard.browser.tools import (
    EXCEPTION,
    NEEDS_CHROMIUM,
    Link,
    at_rest,
    choices_in,
    errors_of,
    go,
    link_becomes,
    shoot,
    told,
)
from tests.dashboard.one_run import LANGUAGES, PAGES
from warehouse import open_snapshot

pytestmark = NEEDS_CHROMIUM
HTML = {"en": "en", "zh": "zh-CN"}


def test_every_page_has_its_journey() -> None:
    assert list(JOURNEYS) == PAGES


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_journey(page: Any, site: str, made_warehouse: Path, name: str, lang: str) -> None:
    journey, say, snap = JOURNEYS[name], Texts(lang), open_snapshot(made_warehouse)
    link = in_language(journey.link, lang)
    errors = errors_of(page)

    go(page, site, name, lang, link)
    told(page, journey.says(say))
    link_becomes(page, link)  # written anew from what the controls hold
    page.locator(f"html[lang='{HTML[lang]}']").wait_for(state="attached")
    shoot(page, f"{name}-{lang}")

    journey.click(page, say, snap)
    at_rest(page)
    if choices_in(page.url) != link:  # it opened something with an address of its own
        page.go_back()
        told(page, journey.says(say))
        link_becomes(page, link)

    said = journey.says
    if journey.choose:
        key, words = journey.choose
        choose(page, key, words(say))
        said = journey.says_then or said
        told(page, said(say))
        link = {key: list(values) for key, values in {**link, **journey.then}.items() if values}
        link_becomes(page, link)

    other = next(code for code in LANGUAGES if code != lang)
    page.get_by_role("radio", name=Texts(other)("language_name")).click()
    told(page, said(Texts(other)))
    link_becomes(page, in_language(link, other))
    an_unknown_value_is_told(page, site, name, say, link)
    assert page.locator(EXCEPTION).count() == 0
    assert errors == []


def in_language(link: Link, lang: str) -> dict[str, list[str]]:
    """A link in this language; the default stands in no link."""
    own = {} if lang == LANGUAGES[0] else {"lang": [lang]}
    return {key: list(values) for key, values in link.items() if key != "lang"} | own


def an_unknown_value_is_told(page: Any, site: str, name: str, say: Texts, link: Link) -> None:
    """A value that nobody knows beside those of a good link: said, and left out."""
    key, value = JOURNEYS[name].wrong
    asked = {**link, "lang": [say.lang]}
    go(page, site, name, say.lang, {**asked, key: [*asked.get(key, []), value]})
    told(page, say("app.link_value_dropped", values=f"{key}={value}"))
    link_becomes(page, in_language(link, say.lang))
