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
    link = {key: list(values) for key, values in journey.link.items()}
    link |= {"lang": [lang]} if lang != LANGUAGES[0] else {}  # the default stands in no link
    errors = errors_of(page)

    key, value = journey.wrong
    go(page, site, name, lang, {"lang": [lang], **link, key: [*link.get(key, []), value]})
    told(page, say("app.link_value_dropped", values=f"{key}={value}"))
    told(page, journey.says(say))
    link_becomes(page, link)  # written anew from what the controls hold
    page.locator(f"html[lang='{HTML[lang]}']").wait_for(state="attached")
    shoot(page, f"{name}-{lang}")

    journey.click(page, say, snap)
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
    link.pop("lang", None)
    link_becomes(page, link | ({"lang": [other]} if other != LANGUAGES[0] else {}))
    assert page.locator(EXCEPTION).count() == 0
    assert errors == []
