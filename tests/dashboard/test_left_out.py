"""Keys of a link that its page does not have are told, once, and only they."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from streamlit.util import calc_hash

from dashboard import links, sql_switch
from dashboard.texts import Texts
from tests.dashboard.one_run import APP, LANGUAGES, PAGES, URLS, run
from tests.dashboard.test_old_labels import LINKS
from warehouse import open_snapshot

OF_OTHERS = {"utm_source": "mail", "utm_campaign": "spring", "fbclid": "x", "gclid": "y"}
OF_STREAMLIT = {"embed": "true", "embed_options": "dark_theme"}
MENU = yaml.safe_load((APP.parent / "pages.yml").read_text("utf-8"))
SOMETIMES = {page["module"]: page.get("sometimes", []) for page in MENU}
# what makes a page ask for other keys than by default; of stories a test looks for one
OTHERWISE: dict[str, dict[str, Any]] = {
    "compare": {"kind": "theme"},
    "topics": {"topic": "t0000000a"},
    "rising": {"rise_per": "week", "kind": "theme"},
}


@pytest.fixture(autouse=True)
def _switched_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(sql_switch.VARIABLE, "on")


def otherwise(page: str, warehouse: Path) -> dict[str, Any]:
    """Choices under which the page asks for other keys than by default."""
    if page == "stories":
        stories = open_snapshot(warehouse).frame("SELECT min(story_id) AS id FROM stories")
        return {"story": stories["id"][0]}
    return OTHERWISE.get(page, {})


def told(lang: str, *choices: str) -> str:
    return Texts(lang)("app.link_key_unknown", choices=", ".join(f"`{part}`" for part in choices))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_keys_that_the_page_does_not_have_are_told_in_the_order_of_the_link(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, lang: str
) -> None:
    app = run(monkeypatch, made_warehouse, "labs", lang=lang, lab="openai", foo=["1", "2"])
    assert [w.value for w in app.warning] == [told(lang, "lab=openai", "foo=1", "foo=2")]
    assert app.get("plotly_chart"), "the page still shows its defaults"
    assert {"lab", "foo"}.isdisjoint(app.query_params)


@pytest.mark.parametrize("page", PAGES)
def test_each_page_tells_a_key_that_no_page_has(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, page: str
) -> None:
    app = run(monkeypatch, made_warehouse, page, foo="1", **OF_OTHERS, **OF_STREAMLIT)
    assert [w.value for w in app.warning] == [told("en", "foo=1")]


@pytest.mark.parametrize("page", PAGES)
def test_keys_of_a_page_are_not_told_though_its_choices_do_not_ask_for_them(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, page: str
) -> None:
    unknown = Texts("en")("app.link_key_unknown", choices="")
    for choices in ({}, otherwise(page, made_warehouse)):
        extra = dict.fromkeys(SOMETIMES[page], "any")
        app = run(monkeypatch, made_warehouse, page, **{**extra, **LINKS[page], **choices})
        assert not any(unknown in w.value for w in app.warning)


@pytest.mark.parametrize("page", PAGES)
def test_the_list_of_pages_names_every_key_that_not_each_run_asks_for(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, page: str
) -> None:
    asked: list[set[str]] = []
    finish = links.finish

    def remember(*args: object, **kwargs: object) -> None:
        asked.append(set(links._run().defaults))
        finish(*args, **kwargs)

    monkeypatch.setattr(links, "finish", remember)
    for choices in ({}, LINKS[page], otherwise(page, made_warehouse)):
        run(monkeypatch, made_warehouse, page, **choices)
    every, some = set.intersection(*asked), set.union(*asked)
    assert some - every <= set(SOMETIMES[page])


def test_a_link_with_both_faults_is_told_in_one_notice(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "labs", labs=["openai", "nobody"], foo="1")
    (warning,) = app.warning
    assert told("en", "foo=1") in warning.value
    assert "`labs=nobody`" in warning.value


def test_the_notice_goes_with_the_next_choice_and_with_the_page(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "labs", foo="1")
    app.selectbox(key="grain").set_value("week").run()
    assert app.warning == []
    app = run(monkeypatch, made_warehouse, "labs", foo="1")
    app._page_hash = calc_hash(URLS["about"])
    assert app.run().warning == []


def test_a_link_shows_in_the_notice_as_text(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    """Whoever sends a link must not be able to put another one into the page."""
    odd = "`[win](http://x.invalid)\n\n# $x$ :red[y]"
    app = run(monkeypatch, made_warehouse, "about", foo=odd)
    assert [w.value for w in app.warning] == [
        told("en", "foo='[win](http://x.invalid) # $x$ :red[y]")
    ]


def test_without_data_no_key_is_called_unknown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    app = run(monkeypatch, tmp_path, "labs", labs="openai")
    assert not any("labs" in w.value for w in app.warning)
