"""A snapshot is published, rolled back or lost while pages are open: each run shows one state, the current one."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data
from dashboard.texts import Texts
from tests.dashboard.conftest import make
from tests.dashboard.one_run import run, words
from warehouse.snapshots import rollback

OLD, NEW = "2026-03-10-old", "2026-03-11-new"


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """A warehouse of its own, whose first snapshot has no topics."""
    return make(tmp_path / "warehouse", OLD, with_topics=False)


def test_the_next_click_shows_what_was_published_and_what_was_rolled_back(
    monkeypatch: pytest.MonkeyPatch, warehouse: Path
) -> None:
    app = run(monkeypatch, warehouse, "labs", grain="quarter")
    assert OLD in words(app)
    make(warehouse, NEW)
    app.selectbox(key="grain").set_value("week").run()
    assert NEW in words(app)
    assert OLD not in words(app)
    assert app.selectbox(key="grain").value == "week"
    rollback(warehouse, OLD)
    app.run()
    assert OLD in words(app)
    assert NEW not in words(app)
    assert [e.value for e in app.exception] == []


def test_answers_of_one_run_are_of_one_snapshot(
    monkeypatch: pytest.MonkeyPatch, warehouse: Path
) -> None:
    """The switch comes between two questions of one run."""

    def script(folder: str, other: str) -> None:
        from pathlib import Path

        import streamlit as st

        from dashboard import data
        from tests.dashboard.conftest import make
        from warehouse import answers

        data.begin()
        first = data.ask(answers.loaded).snapshot_id
        make(Path(folder), other)
        st.write(f"{first} {data.ask(answers.labs).snapshot_id}")

    monkeypatch.setenv("TRENDS_WAREHOUSE", str(warehouse))
    app = AppTest.from_function(script, args=(str(warehouse), NEW), default_timeout=60).run()
    assert app.markdown[0].value == f"{OLD} {OLD}"
    app.run()
    assert app.markdown[0].value == f"{NEW} {NEW}"


def test_nothing_of_the_old_snapshot_is_kept_after_a_switch(
    monkeypatch: pytest.MonkeyPatch, warehouse: Path
) -> None:
    def kept() -> set[str]:
        return {
            key[0].stem
            for part in (data._opened, data._answers, data._made, data._drawn)
            for key in part._things
        }

    app = run(monkeypatch, warehouse, "labs")
    assert kept() == {OLD}
    make(warehouse, NEW)
    app.run()
    assert kept() == {NEW}


def test_a_run_that_holds_the_old_snapshot_still_gets_answers_from_it(
    monkeypatch: pytest.MonkeyPatch, warehouse: Path
) -> None:
    """Another reader's run may be half done when the first one comes to the new snapshot."""
    run(monkeypatch, warehouse, "labs")
    half_done = next(iter(data._opened._things.values())).result()
    make(warehouse, NEW)
    run(monkeypatch, warehouse, "labs")
    half_done.path.unlink()
    assert half_done.frame("SELECT snapshot_id FROM snapshot_info")["snapshot_id"][0] == OLD


def test_a_lost_file_is_said_and_a_rollback_brings_the_page_back(
    monkeypatch: pytest.MonkeyPatch, warehouse: Path
) -> None:
    app = run(monkeypatch, warehouse, "labs")
    make(warehouse, NEW)
    (warehouse / "current").resolve().unlink()
    app.run()
    assert [w.value for w in app.warning] == [Texts("en")("problem.broken_snapshot")]
    rollback(warehouse, OLD)
    app.run()
    assert list(app.warning) == []
    assert OLD in words(app)


def test_a_column_that_a_page_adds_is_not_there_for_the_next(
    monkeypatch: pytest.MonkeyPatch, warehouse: Path
) -> None:
    def script() -> None:
        import streamlit as st

        from dashboard import data
        from warehouse import answers

        data.begin()
        labs = data.ask(answers.labs).frame
        labs["mine"] = 1
        st.write(str("mine" in data.ask(answers.labs).frame))

    monkeypatch.setenv("TRENDS_WAREHOUSE", str(warehouse))
    assert AppTest.from_function(script, default_timeout=60).run().markdown[0].value == "False"
