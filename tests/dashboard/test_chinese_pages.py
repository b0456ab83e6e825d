"""Every page in Chinese, headless: no sentence of ours is left in English, on the page or in its tables.

Other people's words stay as they are (the made warehouse's items begin with `Made` or `An invented`), and
calls of functions.
"""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import sql_switch
from dashboard.parts import refusals, sources
from dashboard.texts import Texts
from tests.conftest import ROOT
from tests.dashboard.one_run import PAGES, run

# three English words in a row, of which none is a name
ENGLISH = re.compile(r"(?:\b[A-Za-z]?[a-z]+[ ,]+){2,}[a-z]+\b")
OTHERS = re.compile(r"^(?:Made|An invented|a file of the test|\w+\()")


def said(app: AppTest) -> Iterator[str]:
    """What the page says: texts, labels, choices, helps, heads and cells of tables."""
    for kind in ("markdown", "caption", "subheader", "info", "warning", "error", "text", "metric"):
        for part in app.get(kind):
            yield from (str(getattr(part, "label", "")), str(part.value))
    for kind in ("selectbox", "multiselect", "text_input", "date_input", "button", "text_area"):
        for part in app.get(kind):
            yield from (part.label, getattr(part, "help", ""), getattr(part, "placeholder", ""))
            yield from getattr(part, "options", [])
    for part in [*app.get("expander"), *app.get("popover"), *app.tabs]:
        yield str(getattr(part, "label", ""))
    for table in app.dataframe:
        for column in json.loads(table.proto.columns or "{}").values():
            yield str(column.get("label", ""))
        yield from cells(table.value)


def cells(frame: pd.DataFrame) -> Iterator[str]:
    """Texts of a table, those within lists too."""
    for column in frame:
        for value in frame[column]:
            yield from value if isinstance(value, list) else [str(value)]


def english(texts: Iterator[str]) -> set[str]:
    """Sentences without a Chinese character that are nobody else's."""
    found = {text.strip() for text in texts if not re.search("[一-龥]", text)}
    return {text for text in found if ENGLISH.search(text) and not OTHERS.match(text)}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_in_chinese_has_no_english_sentence(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, page: str
) -> None:
    monkeypatch.setenv(sql_switch.VARIABLE, "on")
    app = run(monkeypatch, made_warehouse, page, lang="zh")
    assert english(said(app)) == set()


def test_the_dictionary_is_chinese(monkeypatch: pytest.MonkeyPatch, made_warehouse: Path) -> None:
    app = run(monkeypatch, made_warehouse, "about", lang="zh")
    app.session_state["dictionary"] = True
    app.run()
    tables = [d.value for d in app.dataframe if "meaning" in d.value.columns]
    assert tables, "the dictionary is open"
    assert english(said(app)) == set()


@pytest.mark.parametrize("page", ["theme", "about"])
def test_the_check_sees_english_sentences(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, page: str
) -> None:
    app = run(monkeypatch, made_warehouse, page, lang="en")
    assert english(said(app))


def test_names_and_sql_are_no_sentences() -> None:
    assert (
        english(iter(["Reasoning & test-time compute", "Meta AI", "X / Twitter", "n = 12"]))
        == set()
    )
    assert english(iter(["What counts as this theme."])) == {"What counts as this theme."}


def test_where_an_input_was_refused_is_said_in_chinese(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "about", lang="zh")
    refused = next(d.value for d in app.dataframe if "reason" in d.value.columns)
    assert list(refused["location"]) == ["整个文件"]


@pytest.mark.parametrize(
    ("location", "written"),
    [("line 12", "第 12 行"), ("news 3", "新闻 3"), ("page 1 of 2", "page 1 of 2"), ("x", "x")],
)
def test_a_place_in_a_file_is_written_for_readers(location: str, written: str) -> None:
    assert refusals.place(Texts("zh"), location) == written


def test_a_source_has_its_name_and_an_unknown_one_its_id() -> None:
    assert sources.name(Texts("zh"), "ainews") == "AINews 英文归档"
    assert sources.name(Texts("en"), "ainews") == "AINews, English archive"
    assert sources.name(Texts("zh"), "elsewhere") == "elsewhere"


def test_every_list_of_choices_says_in_our_words_that_one_is_wanted() -> None:
    """Streamlit's own words for an empty box are English."""
    without = []
    for path in (ROOT / "dashboard").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if called in ("st.selectbox", "st.multiselect"):
                given = [keyword.arg for keyword in node.keywords]
                without += [] if "placeholder" in given else [f"{path.name}:{node.lineno}"]
    assert without == []
