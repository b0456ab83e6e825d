"""An analyst's statement in a process of its own: what it may take, what it may not, and how it ends."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warehouse import QueryProblem, limited_sql, open_snapshot
from warehouse.limited_sql import Limits, run_limited

ENDLESS = "SELECT count(*) FROM range(1e12::BIGINT) a, range(1000000) b"


@pytest.fixture(scope="module")
def path(sample_warehouse) -> Path:
    return open_snapshot(sample_warehouse).path


def problem(path, statement, limits=None, on_wait=None) -> QueryProblem:
    with pytest.raises(QueryProblem) as raised:
        run_limited(path, statement, limits, on_wait)
    return raised.value


def children(parent: int = os.getpid()) -> list[int]:
    """Processes that this one started and that are still there (none where /proc is not)."""
    found = Path(f"/proc/{parent}/task").glob("*/children")
    return [int(pid) for file in found for pid in file.read_text().split()]


def test_rows_with_their_columns(path):
    result = run_limited(path, "SELECT lab_id, name FROM labs ORDER BY lab_id LIMIT 2")
    assert result.rows.column_names == ["lab_id", "name"]
    assert result.rows.num_rows == 2
    assert result.cut == ""
    assert result.seconds >= 0


def test_values_survive_the_way(path):
    statement = """SELECT '智谱 \U0001f986' AS words, NULL AS nothing, [1, NULL] AS list, {'a': '我'} AS struct,
        12.30::DECIMAL(10, 2) AS exact, sum(1) AS whole, 9007199254740993 AS large,
        170141183460469231731687303715884105727 AS huge,
        340282366920938463463374607431768211455::UHUGEINT AS largest, DATE '2026-01-02' AS day,
        INTERVAL 3 DAY AS span, MAP {'k': 1} AS map"""
    (row,) = run_limited(path, statement).rows.to_pylist()
    assert row["words"] == "智谱 \U0001f986"
    assert row["nothing"] is None
    assert row["list"] == [1, None]
    assert row["struct"] == {"a": "我"}
    assert row["exact"] == Decimal("12.30")
    assert row["whole"] == 1
    assert row["large"] == 9007199254740993
    assert row["huge"] == 170141183460469231731687303715884105727
    # Arrow has no such number: it would arrive as -1
    assert row["largest"] == "340282366920938463463374607431768211455"
    assert row["day"].isoformat() == "2026-01-02"
    assert row["span"] == "3 days"
    assert row["map"] == [("k", 1)]


def test_columns_of_one_name_are_told_apart(path):
    statement = "SELECT 1 AS a, 2 AS a, 3::UHUGEINT AS a, 4 AS a_2"
    rows = run_limited(path, statement).rows
    assert rows.column_names == ["a", "a_2", "a_3", "a_2_2"]
    assert rows.to_pylist() == [{"a": 1, "a_2": 2, "a_3": "3", "a_2_2": 4}]


@pytest.mark.parametrize(("there", "shown", "cut"), [(9, 9, ""), (10, 10, ""), (11, 10, "rows")])
def test_rows_beyond_the_limit_are_cut_and_said(path, there, shown, cut):
    result = run_limited(path, f"FROM range({there})", Limits(rows=10))
    assert result.rows.num_rows == shown
    assert result.cut == cut


def test_a_billion_rows_are_never_fetched(path):
    statement = "SELECT range AS n, repeat('x', 100) AS words FROM range(1000000000000)"
    result = run_limited(path, statement, Limits(rows=5_000))
    assert result.rows["n"].to_pylist() == list(range(5_000))
    assert result.cut == "rows"


def test_rows_that_are_too_large_are_cut_and_said(path):
    statement = "SELECT repeat('x', 100000) AS words FROM range(50)"
    whole = run_limited(path, statement)
    assert (whole.rows.num_rows, whole.cut) == (50, "")
    cut = run_limited(path, statement, Limits(size=1_000_000))
    assert (cut.rows.num_rows, cut.cut) == (0, "size")


def test_order_is_kept(path):
    rows = run_limited(path, "FROM range(20000) ORDER BY range DESC", Limits(rows=3)).rows
    assert rows["range"].to_pylist() == [19999, 19998, 19997]


def test_an_endless_statement_ends_in_time_and_leaves_no_process(path):
    before = children()
    found = problem(path, ENDLESS, Limits(seconds=1.0))
    assert found.code == "time"
    assert children() == before


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT list(i) FROM range(1000000000) t(i)",  # DuckDB's own limit
        "SELECT repeat('x', 1000000) FROM range(100000)",  # the limit of the process
        "SELECT a.range FROM range(100000000) a ORDER BY random()",  # would go to disk
    ],
)
def test_a_statement_that_eats_memory_is_ended(path, statement):
    assert problem(path, statement, Limits(memory_mb=200, seconds=60)).code == "memory"


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("SELECT 1; SELECT 2", "several"),
        ("", "none"),
        ("COPY labs TO '/tmp/x.csv'", "not_reading"),
        ("ATTACH '/tmp/other.duckdb'", "not_reading"),
        ("INSTALL httpfs", "not_reading"),
        ("LOAD httpfs", "not_reading"),
        ("SET threads = 8", "not_reading"),
        ("CREATE TEMP TABLE t AS SELECT 1", "not_reading"),
        ("DELETE FROM labs", "not_reading"),
        ("CALL enable_logging()", "not_reading"),
        ("FROM read_csv('/etc/passwd')", "sql"),
        ("FROM read_text('/etc/passwd')", "sql"),
        ("FROM '/etc/passwd'", "sql"),
        ("FROM glob('/*')", "sql"),
    ],
)
def test_what_does_not_only_read_the_snapshot_is_refused(path, statement, code):
    assert problem(path, statement).code == code


def test_a_mistake_is_told_in_duckdbs_words_with_its_line(path):
    found = problem(path, "SELECT name,\n  nme FROM labs")
    assert found.code == "sql"
    assert 'column "nme" not found' in str(found)
    assert "LINE 2:" in str(found)


def test_a_mistake_that_shows_late_is_told_too(path):
    late = "SELECT CASE WHEN range = 500000 THEN 'no'::INT ELSE 1 END FROM range(1000000)"
    found = problem(path, late, Limits(rows=1_000_000))
    assert found.code == "sql"
    assert "Could not convert string 'no'" in str(found)


def test_a_day_that_no_page_can_show_is_refused(path):
    assert problem(path, "SELECT 'infinity'::DATE AS never").code == "days"
    assert problem(path, "SELECT ['infinity'::TIMESTAMP] AS never").code == "days"
    assert run_limited(path, "SELECT 'infinity'::DATE::VARCHAR AS never").rows.num_rows == 1


def test_what_a_statement_prints_does_not_get_into_the_answer(path):
    result = run_limited(path, "FROM enable_logging(storage = 'stdout')")
    assert result.rows.num_rows == 0


def test_a_killed_process_is_told(path, monkeypatch):
    killed = [sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"]
    monkeypatch.setattr(limited_sql, "child_command", lambda: killed)
    found = problem(path, "SELECT 1")
    assert found.code == "crash"
    assert f"exit -{signal.SIGKILL.value}" in str(found)


def test_the_last_words_of_a_process_that_failed_are_told(path, monkeypatch):
    failed = [sys.executable, "-c", "raise SystemExit('no such module')"]
    monkeypatch.setattr(limited_sql, "child_command", lambda: failed)
    assert "no such module" in str(problem(path, "SELECT 1"))


class GoneElsewhere(Exception):
    pass


def test_who_gives_up_waiting_ends_the_statement(path):
    before = children()

    def give_up(seconds: float) -> None:
        raise GoneElsewhere

    with pytest.raises(GoneElsewhere):
        run_limited(path, ENDLESS, Limits(seconds=60), give_up)
    assert children() == before


def test_only_few_run_at_once_and_the_others_are_told(path, monkeypatch):
    monkeypatch.setattr(limited_sql, "_TURNS", threading.BoundedSemaphore(1))
    is_running, is_enough = threading.Event(), threading.Event()

    def wait(seconds: float) -> None:
        is_running.set()
        if is_enough.is_set():
            raise GoneElsewhere

    def run_the_first() -> None:
        with suppress(GoneElsewhere):
            run_limited(path, ENDLESS, Limits(seconds=60), wait)

    first = threading.Thread(target=run_the_first)
    first.start()
    assert is_running.wait(30)
    assert problem(path, "SELECT 1", Limits(wait_seconds=0.0)).code == "busy"
    is_enough.set()
    first.join(30)
    assert run_limited(path, "SELECT 1").rows.num_rows == 1


def test_works_from_any_folder_and_with_a_module_of_our_name_there(path, tmp_path, monkeypatch):
    (tmp_path / "warehouse.py").write_text("raise SystemExit('the wrong one')", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run_limited(path, "SELECT 1").rows.num_rows == 1


def is_there(pid: int) -> bool:
    """Whether a process runs; one that ended and that nobody asked about (Z) does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes as Linux shows them")
def test_the_process_ends_with_its_parent(path):
    """A server that is killed leaves nothing behind that goes on computing."""
    starts = (
        "import warehouse.limited_sql as l; from pathlib import Path\n"
        f"l.run_limited(Path({str(path)!r}), {ENDLESS!r}, l.Limits(seconds=60),"
        " lambda s: print(s, flush=True))"
    )
    root = str(Path(limited_sql.__file__).parents[1])
    environment = os.environ | {"PYTHONPATH": root}
    command = [sys.executable, "-c", starts]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as server:
        assert server.stdout is not None
        server.stdout.readline()  # it waits, so its child runs
        started = children(server.pid)
        server.kill()
    assert started
    ends = time.monotonic() + 30
    while any(map(is_there, started)) and time.monotonic() < ends:
        time.sleep(0.05)
    assert not any(map(is_there, started))


@given(st.text(max_size=40))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_rows_or_a_reason(sample_warehouse, text):
    path = open_snapshot(sample_warehouse).path
    try:
        code = "" if run_limited(path, text, Limits(seconds=20)).rows.num_columns else "no column"
    except QueryProblem as refused:
        code = refused.code
    assert code in ("", "sql", "none", "several", "not_reading")
