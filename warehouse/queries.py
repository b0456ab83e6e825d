"""The .sql files: read one by name, bind its parameters, or write them out for a reader to paste.

In: a folder (marts, answers, checks) and a name. Out: a statement. Trap: the SQL shown beside a chart
must be the one that made it, so it is the same file with the same values, only spelt out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from warehouse.schema import quote

_PARAMETER = re.compile(r"\$([a-z_]+)")


@cache
def statement(folder: str, name: str) -> str:
    """The text of `warehouse/sql/<folder>/<name>.sql`."""
    return (files("warehouse") / "sql" / folder / f"{name}.sql").read_text("utf-8")


@cache
def names(folder: str) -> tuple[str, ...]:
    """All statements of a folder, sorted by name."""
    found = (files("warehouse") / "sql" / folder).iterdir()
    return tuple(sorted(f.name.removesuffix(".sql") for f in found if f.name.endswith(".sql")))


def body(sql: str) -> str:
    """The statement without its comment lines."""
    return "\n".join(line for line in sql.splitlines() if not line.startswith("--"))


def parameters(sql: str) -> list[str]:
    """Names of the `$parameters` of a statement, in order of appearance."""
    return list(dict.fromkeys(_PARAMETER.findall(body(sql))))


def written_out(sql: str, params: Mapping[str, Any]) -> str:
    """The statement with its values spelt out, ready to paste; for reading, never for running."""
    lines = (
        line if line.lstrip().startswith("--") else _filled(line, params)
        for line in sql_without_param_lines(sql).splitlines()
    )
    return "\n".join(lines)


def _filled(line: str, params: Mapping[str, Any]) -> str:
    return _PARAMETER.sub(lambda m: literal(params[m[1]]), line)


def sql_without_param_lines(sql: str) -> str:
    """Without the head's `-- params:` lines, which name what is already filled in."""
    lines, skipping = [], False
    for line in sql.splitlines():
        if line.startswith("-- params:"):
            skipping = True
        elif not (skipping and line.startswith("--  ")):
            skipping = False
            lines.append(line)
    return "\n".join(lines).strip()


def literal(value: Any) -> str:
    """A Python value as an SQL literal."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(literal(v) for v in value) + "]"
    return quote(str(value))
