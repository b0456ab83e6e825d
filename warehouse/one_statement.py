"""What an analyst may run: exactly one statement, and one that only reads.

In: a cursor and a text. Out: the cursor, of which rows can be fetched. Traps: two statements in one string
would hide the first; a read-only database still lets `COPY … TO` write into its own file, which DuckDB keeps
on the list of allowed paths even when it is locked, so the kind of the statement is looked at, not only
what DuckDB refuses; `EXPLAIN ANALYZE` runs what it explains, so that is looked at too.
"""

from __future__ import annotations

import re
from typing import Any

import duckdb

from warehouse.problems import QueryProblem

# The codes of the QueryProblem; `sql`: DuckDB's own reason.
CODES = ("sql", "none", "several", "not_reading")

# What stands between EXPLAIN and the statement that it explains. A comment there is not understood, and the
# statement then refused: better than one that is run unseen.
_EXPLAIN = re.compile(
    r"(?:\s|--[^\n]*\n|/\*.*?\*/)*EXPLAIN(?:\s+ANALYZE)?(?:\s*\([^)]*\))?", re.I | re.S
)


def execute(cursor: Any, sql: str) -> Any:
    """Start the one reading statement in `sql`; rows are fetched from what this returns.

    Raises QueryProblem: `none`, `several`, `not_reading`, or `sql` with DuckDB's reason and its line.
    """
    _check(_statements(cursor, sql), cursor)
    try:
        # not cursor.sql(): its errors tell no line
        return cursor.execute(sql)
    except duckdb.Error as error:
        raise QueryProblem(str(error)) from error


def _statements(cursor: Any, sql: str) -> list[Any]:
    try:
        found = list(cursor.extract_statements(sql))
    except duckdb.Error as error:
        raise QueryProblem(str(error)) from error
    # PIVOT without a list of values is read as CREATE TYPE and SELECT; what DuckDB adds has no text
    return (
        found[1:]
        if [_kind(s) for s in found] == ["CREATE", "SELECT"] and _is_added(found)
        else found
    )


def _is_added(found: list[Any]) -> bool:
    return all(not statement.query.strip() for statement in found)


def _check(statements: list[Any], cursor: Any) -> None:
    if not statements:
        raise QueryProblem("Give one statement; this text holds none.", "none")
    if len(statements) > 1:
        raise QueryProblem(
            f"Give exactly one statement; this text holds {len(statements)}.", "several"
        )
    kind = _kind(statements[0])
    if kind == "EXPLAIN":
        text = statements[0].query
        head = _EXPLAIN.match(text)
        explained = text[head.end() :] if head else ""
        if [_kind(s) for s in _statements(cursor, explained)] == ["SELECT"]:
            return
    if kind != "SELECT":  # SHOW, DESCRIBE, SUMMARIZE, FROM, VALUES and TABLE are SELECT too
        raise _not_reading()


def _kind(statement: Any) -> str:
    return str(statement.type.name)


def _not_reading() -> QueryProblem:
    return QueryProblem(
        "Only statements that read are allowed (SELECT, FROM, DESCRIBE, SHOW, SUMMARIZE, PIVOT, EXPLAIN):"
        " the snapshot is read-only.",
        "not_reading",
    )
