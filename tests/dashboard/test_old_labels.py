"""A click made before the labels of another language arrived: it names options that are no more.

The browser sends labels, and those that it shows until the page in the other language is there are the old ones.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import sql_switch
from dashboard.texts import Texts
from tests.dashboard.one_run import PAGES, run
from warehouse import schema_answers

EXAMPLE = "most_linked_hosts"
# what differs from the defaults on each page, in options whose labels differ by language
LINKS: dict[str, dict[str, str | list[str]]] = {
    "overview": {},
    "labs": {"labs": ["zhipu", "openai"], "grain": "quarter", "measure": "mentions"},
    "themes": {"themes": ["robotics", "reasoning"], "split": "reasoning", "channels": ["reddit"]},
    "compare": {"kind": "theme", "compare": "2025-Q3", "against": "2025-Q2", "family": "chosen"},
    "rising": {"kind": "theme", "rise_per": "week"},
    "topics": {"order": "growing", "days": "84", "topic_theme": "robotics"},
    "stories": {"rank": "items", "theme_any": ["robotics"], "languages": ["en"]},
    "matrix": {"lab_any": ["zhipu"], "theme_any": ["robotics"], "cell": "share"},
    "items": {"lab_any": ["zhipu"], "theme_any": ["robotics"], "languages": ["zh"]},
    "sql": {},
    "about": {},
    "lab": {"lab": "zhipu", "grain": "week"},
    "theme": {"theme": "robotics", "measure": "stories"},
}


@pytest.fixture(autouse=True)
def _switched_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(sql_switch.VARIABLE, "on")


def run_with_old_labels(app: AppTest, before: AppTest | None = None) -> AppTest:
    """Switch the language; then a run that the browser asks for with the labels from before."""
    old = {w.id: w for w in app._tree.get_widget_states().widgets}
    app.sidebar.get("button_group")[0].set_value("zh").run()
    sent = app._tree.get_widget_states()
    for widget in sent.widgets:
        is_label = widget.WhichOneof("value") in ("string_value", "string_array_value")
        if is_label and widget.id in old and not widget.id.endswith("-lang"):
            widget.CopyFrom(old[widget.id])
    app._run(sent)
    return app


@pytest.mark.parametrize("page", PAGES)
def test_labels_of_the_other_language_change_no_choice(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, page: str
) -> None:
    app = run_with_old_labels(run(monkeypatch, made_warehouse, page, lang="en", **LINKS[page]))
    assert [e.value for e in app.exception] == []
    link = {key: values for key, values in app.query_params.items()}
    for key, value in LINKS[page].items():
        found = link[key] if isinstance(link[key], list) else [link[key]]
        assert found == ([value] if isinstance(value, str) else value), key
    assert app.warning == []


def test_an_example_chosen_by_its_name_in_the_language_before_is_taken(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "sql", lang="zh")
    sent = app._tree.get_widget_states()
    box = next(w for w in sent.widgets if w.id.endswith("-sql-example"))
    box.string_value = Texts("en")(f"sql.example.{EXAMPLE}")
    app._run(sent)
    assert [e.value for e in app.exception] == []
    assert app.text_area(key="sql").value == schema_answers.examples()[EXAMPLE]


def test_no_example_stays_chosen_once_it_was_taken(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    """Or its label would come again in the other language, and the example could not be taken twice."""
    app = run(monkeypatch, made_warehouse, "sql", lang="en")
    for _ in range(2):
        app.selectbox(key="sql-example").set_value(EXAMPLE).run()
        assert app.selectbox(key="sql-example").value is None
        assert app.text_area(key="sql").value == schema_answers.examples()[EXAMPLE]
        app.text_area(key="sql").set_value("SELECT 1")


def test_a_label_that_is_no_example_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "sql", lang="en", sql="SELECT 42 AS n")
    sent = app._tree.get_widget_states()
    box = next(w for w in sent.widgets if w.id.endswith("-sql-example"))
    box.string_value = "a name from an older version"
    app._run(sent)
    assert [e.value for e in app.exception] == []
    assert app.text_area(key="sql").value == "SELECT 42 AS n"
