"""The analyst's own SQL: one read-only statement, four forms of output."""

import io
import json

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
        ("COPY items TO '/tmp/x.csv'", "disabled"),
        ("SET enable_external_access = true", "locked"),
        ("ATTACH '/tmp/other.duckdb'", "disabled"),
    ],
)
def test_what_is_not_one_reading_statement_is_refused(snap, statement, reason):
    with pytest.raises(QueryProblem, match=reason):
        run_sql(snap, statement)


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
