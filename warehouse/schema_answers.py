"""What a snapshot offers to an analyst's own SQL: tables, columns, macros, and statements to start from.

In: an open snapshot. Out: an `Answer` each; the examples need no snapshot. Trap: the meanings come from the
snapshot's own comments, not from this version's files, since the snapshot may be an older one; the Chinese
ones stand beside them where they translate just these comments.
"""

from __future__ import annotations

from dataclasses import replace

from warehouse.answers import Answer
from warehouse.connect import Snapshot
from warehouse.meanings_zh import column_zh, macro_zh, table_zh
from warehouse.queries import names, sql_without_param_lines, statement, written_out

EXAMPLES = "examples"


def tables_and_columns(snap: Snapshot, table_name: str | None = None) -> Answer:
    """One row a column: table_name, table_meaning, column_name, column_type, meaning; `…_zh` of both."""
    answer = _ask(snap, "tables_and_columns", {"table_name": table_name})
    rows = answer.frame.to_dict("records")
    tables = [table_zh(row["table_name"], row["table_meaning"]) for row in rows]
    columns = [column_zh(row["column_name"], row["meaning"]) for row in rows]
    return replace(answer, frame=answer.frame.assign(table_meaning_zh=tables, meaning_zh=columns))


def macros(snap: Snapshot, macro_name: str | None = None) -> Answer:
    """One row a macro: macro_name, is_table, parameters, meaning (null if there is none), meaning_zh."""
    answer = _ask(snap, "macros", {"macro_name": macro_name})
    known = answer.frame["macro_name"]
    frame = answer.frame.assign(meaning=known.map(_first_line), meaning_zh=known.map(macro_zh))
    return replace(answer, frame=frame)


def examples() -> dict[str, str]:
    """Statements to start from, by name; each runs on every snapshot of this version."""
    return {name: sql_without_param_lines(statement(EXAMPLES, name)) for name in names(EXAMPLES)}


def _first_line(macro: str) -> str | None:
    """What the head of the macro's file says; macros have no comment in a DuckDB file."""
    if macro not in names("marts"):
        return None
    return statement("marts", macro).splitlines()[0].removeprefix(f"-- {macro}: ")


def _ask(snap: Snapshot, name: str, params: dict[str, str | None]) -> Answer:
    sql = statement("answers", name)
    frame = snap.frame(sql, params)
    return Answer(frame, written_out(sql, params), snap.snapshot_id, len(frame))
