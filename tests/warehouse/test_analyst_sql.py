"""The analyst's own SQL: one read-only statement, four forms of output."""

import io
import json

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from warehouse import QueryProblem, open_snapshot
from warehouse.analyst_sql import render, run_sql


@pytest.fixture(scope="module")
def snap(sample_warehouse):
    return open_snapshot(sample_warehouse)


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("DROP TABLE items", "read-only"),
        ("SELECT 1; SELECT 2", "exactly one statement"),
        ("", "none"),
        ("SELEC 1", "syntax error"),
        ("SELECT * FROM no_such_table", "does not exist"),
        ("SELECT * FROM read_csv('/etc/passwd')", "disabled"),
        ("COPY items TO '/tmp/x.csv'", "read-only"),
        ("SET enable_external_access = true", "read-only"),
        ("ATTACH '/tmp/other.duckdb'", "read-only"),
    ],
)
def test_what_is_not_one_reading_statement_is_refused(snap, statement, reason):
    with pytest.raises(QueryProblem, match=reason):
        run_sql(snap, statement)


def test_nothing_is_written_into_the_snapshots_own_file(snap):
    """DuckDB allows even a locked connection the paths of its own database."""
    before = snap.path.read_bytes()
    for place in (snap.path, snap.path.with_name(snap.path.name + ".wal")):
        copy = f"COPY (SELECT 1) TO '{place}' (FORMAT csv, USE_TMP_FILE false)"
        for statement in (copy, f"EXPLAIN ANALYZE {copy}"):
            with pytest.raises(QueryProblem):
                run_sql(snap, statement)
    assert snap.path.read_bytes() == before
    assert [p.name for p in snap.path.parent.iterdir() if p.name.endswith(".wal")] == []


@pytest.mark.parametrize(
    "statement",
    [
        "SET enable_external_access = true",
        "SET memory_limit = '1TB'",
        "ATTACH '/tmp/other.duckdb'",
        "COPY labs TO '/tmp/x.csv'",
    ],
)
def test_the_connection_itself_refuses_too(snap, statement):
    with snap.connection.cursor() as cursor, pytest.raises(duckdb.Error, match=r"locked|disabled"):
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "FROM labs",
        "TABLE labs",
        "VALUES (1)",
        "DESCRIBE labs",
        "SHOW TABLES",
        "SUMMARIZE labs",
        "PIVOT labs ON kind USING count(*)",
        "EXPLAIN SELECT 1",
        "/* why */ EXPLAIN ANALYZE SELECT 1",
        "SELECT 1; -- the end",
    ],
)
def test_every_way_to_read_is_allowed(snap, statement):
    assert run_sql(snap, statement).num_rows


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("", "none"),
        ("-- nothing", "none"),
        ("SELECT 1; SELECT 2", "several"),
        ("CREATE TYPE t AS ENUM ('a'); SELECT 1", "several"),
        ("COPY labs TO 'x'; PIVOT labs ON kind USING count(*)", "several"),
        ("CALL pragma_version()", "not_reading"),
        ("PRAGMA enable_profiling", "not_reading"),
        ("EXPLAIN INSERT INTO labs FROM labs", "not_reading"),
        ("EXPLAIN /* hidden */ ANALYZE DROP TABLE labs", "sql"),
        ("SELEC", "sql"),
    ],
)
def test_a_refusal_has_a_code(snap, statement, code):
    with pytest.raises(QueryProblem) as refused:
        run_sql(snap, statement)
    assert refused.value.code == code


def test_a_mistake_is_told_with_its_line(snap):
    with pytest.raises(QueryProblem, match=r"LINE 2:   nme FROM labs"):
        run_sql(snap, "SELECT name,\n  nme FROM labs")


def test_rows_come_in_every_form(snap):
    rows = run_sql(
        snap, "SELECT 'a,b' AS word, [1, 2] AS list, NULL AS none, DATE '2025-01-02' AS day"
    )
    assert render(rows, "csv").decode() == '"word","list","none","day"\n"a,b","1, 2",,2025-01-02\n'
    assert json.loads(render(rows, "json")) == [
        {"word": "a,b", "list": [1, 2], "none": None, "day": "2025-01-02"}
    ]
    assert pq.read_table(io.BytesIO(render(rows, "parquet"))).equals(rows)
    assert render(rows, "table").decode().splitlines()[-1] == "(1 row)"


def test_chinese_columns_line_up():
    lines = render(pa.table({"name": ["智谱", "ab"], "n": [1, 22]}), "table").decode().splitlines()
    assert lines[2:4] == ["智谱   1", "ab    22"]
