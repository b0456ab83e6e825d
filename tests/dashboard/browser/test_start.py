"""How a visit begins: a server's very first reader, old links, no other host."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dashboard.texts import Texts
from tests.dashboard.browser.tools import (
    EXCEPTION,
    NEEDS_CHROMIUM,
    at_rest,
    link_becomes,
    served,
    settled,
    told,
)

pytestmark = NEEDS_CHROMIUM


def test_the_first_reader_of_a_server_may_come_by_a_link_to_any_page(
    page: Any, made_warehouse: Path, tmp_path: Path
) -> None:
    """Streamlit would run a file in a folder `pages` by itself in this very case: so a server of its own."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with served(made_warehouse, tmp_path) as site:
        page.goto(f"{site}/items?lang=zh&q=reasoning&lab_any=zhipu")
        settled(page, '[data-testid="stDataFrame"]')
        assert page.get_by_role("heading", name="找到").is_visible()
        assert page.get_by_text("智谱AI").first.is_visible()
        hosts = {urlsplit(url).netloc for url in asked if url.startswith("http")}
        assert hosts == {urlsplit(site).netloc}, "many readers sit behind a firewall"


def test_an_old_link_to_the_root_opens_the_page_that_stood_there(page: Any, site: str) -> None:
    page.goto(f"{site}/?labs=zhipu&grain=quarter")
    told(page, "Q1")
    link_becomes(page, {"labs": ["zhipu"], "grain": ["quarter"]}, "labs")


def test_the_first_page_opens_by_its_own_url_with_its_choices(page: Any, site: str) -> None:
    """Streamlit knows it by "/" alone and would show a dialog: page not found."""
    page.goto(f"{site}/overview?lang=zh&foo=1")
    told(page, Texts("zh")("app.link_key_unknown", choices="foo=1"))
    link_becomes(page, {"lang": ["zh"]}, "")
    assert page.locator("[role=dialog]").count() == 0
    assert page.get_by_role("link", name=Texts("zh")("pages.overview")).count() == 1


def test_a_page_that_is_not_there_shows_the_first_one(page: Any, site: str) -> None:
    page.goto(f"{site}/glory")
    told(page, "Newest digests")
    at_rest(page)
    assert page.locator(EXCEPTION).count() == 0
