"""Topics in the browser: the way from a topic to all its items and back to the map; a snapshot without any."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dashboard.texts import Texts
from tests.dashboard.browser.tools import EXCEPTION, NEEDS_CHROMIUM, go, link_becomes, served, told

pytestmark = NEEDS_CHROMIUM


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_topic_leads_to_its_items_and_back_to_the_map(page: Any, site: str, lang: str) -> None:
    say, own = Texts(lang), {"lang": ["zh"]} if lang == "zh" else {}
    go(page, site, "topics", lang, {"topic": ["t0000000a"]})
    page.locator(".st-key-topic-items button").click()
    page.locator(".st-key-let-go").wait_for()
    link_becomes(page, {"in_topic": ["t0000000a"], **own}, "items")
    page.go_back()
    page.locator(".st-key-topic-back button").filter(has_text=say("topics.back")).click()
    told(page, say("topics.map_title"), ".card-head h2")
    link_becomes(page, own, "topics")
    assert page.locator(EXCEPTION).count() == 0


def test_warehouse_without_topics_says_which_command_makes_them(
    page: Any, no_topics_warehouse: Path, tmp_path: Path
) -> None:
    with served(no_topics_warehouse, tmp_path) as address:
        for lang, words in (("en", "has no topics yet"), ("zh", "还没有话题")):
            go(page, address, "topics", lang)
            told(page, words)
            told(page, "trends topics fit")
            assert page.locator(EXCEPTION).count() == 0
