"""The analyst's own SQL: one read-only statement on the current snapshot, as rows or as a file.

In: a statement. Out: an Arrow table, printed or written as table, csv, json or parquet. Traps: the file
must not be changed or others read, so the connection is read-only and locked, and only what
`one_statement` lets through is run.
"""

from __future__ import annotations

import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from warehouse.connect import Snapshot
from warehouse.one_statement import execute
from warehouse.problems import QueryProblem

FORMATS = ("table", "csv", "json", "parquet")
# Longer cells are cut in the table form only; csv, json and parquet hold everything.
CELL_WIDTH = 60


def run_sql(snap: Snapshot, sql: str) -> pa.Table:
    """The rows of one statement; raises QueryProblem with DuckDB's reason."""
    try:
        with snap.connection.cursor() as cursor:
            return execute(cursor, sql).to_arrow_table()
    except duckdb.Error as error:
        raise QueryProblem(str(error)) from error


def render(rows: pa.Table, form: str) -> bytes:
    """The rows as bytes of the given form (table, csv, json, parquet)."""
    if form == "parquet":
        sink = io.BytesIO()
        pq.write_table(rows, sink)
        return sink.getvalue()
    if form == "csv":
        sink = io.BytesIO()
        pacsv.write_csv(flat(rows), sink)
        return sink.getvalue()
    if form == "json":
        return (
            json.dumps(rows.to_pylist(), ensure_ascii=False, default=_json_value, indent=1) + "\n"
        ).encode()
    if form == "table":
        return _as_table(rows).encode()
    raise QueryProblem(f"format {form!r} is none of {', '.join(FORMATS)}")


def _json_value(value: Any) -> int | float | str:
    """What JSON does not know: DuckDB sums whole numbers as decimals; days are ISO text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def write_or_print(rows: pa.Table, form: str, out: Path | None) -> bytes:
    """Write to `out`, or return what belongs on stdout."""
    if form == "parquet" and out is None:
        raise QueryProblem("parquet is binary: name a file with --out FILE")
    data = render(rows, form)
    if out is None:
        return data
    out.write_bytes(data)
    return b""


def flat(rows: pa.Table) -> pa.Table:
    """Lists and structs as text: CSV and spreadsheets have none."""
    for index, kind in enumerate(rows.schema):
        if pa.types.is_nested(kind.type):
            texts = [None if v is None else _text(v) for v in rows.column(index).to_pylist()]
            rows = rows.set_column(index, kind.name, pa.array(texts, pa.string()))
    return rows


def _text(value: Any) -> str:
    if isinstance(value, tuple):  # of a map
        return " = ".join(map(str, value))
    return ", ".join(map(_text, value)) if isinstance(value, list) else str(value)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    text = " ".join(_text(value).split())
    return text if len(text) <= CELL_WIDTH else text[: CELL_WIDTH - 1] + "…"


def _width(text: str) -> int:
    """Columns on a terminal: Chinese characters take two."""
    return sum(2 if "\u2e80" <= c <= "\uffef" else 1 for c in text)


def _as_table(rows: pa.Table) -> str:
    head = rows.column_names
    cells = [[_cell(v) for v in row.values()] for row in rows.to_pylist()]
    numeric = [pa.types.is_integer(t) or pa.types.is_floating(t) for t in rows.schema.types]
    widths = [max(map(_width, column)) for column in zip(head, *cells, strict=True)]

    def line(values: list[str]) -> str:
        padded = [
            " " * (w - _width(v)) + v if right else v + " " * (w - _width(v))
            for v, w, right in zip(values, widths, numeric, strict=True)
        ]
        return "  ".join(padded).rstrip()

    rule = "  ".join("-" * w for w in widths)
    count = f"({len(cells)} row{'' if len(cells) == 1 else 's'})"
    return "\n".join([line(head), rule, *map(line, cells), count]) + "\n"
