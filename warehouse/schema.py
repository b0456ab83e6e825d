"""The tables as data: fields.yml and tables.yml become Arrow schemas, CREATE TABLE and COMMENT ON.

In: the two YAML files. Out: `tables()`, `arrow_schema(name)`, `create_sql(name)`, `comment_sql(name)`.
Trap: a column described in two places drifts apart; here a column that has no entry in fields.yml is
an error before anything is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow as pa
import yaml

_ARROW = {
    "VARCHAR": pa.string(),
    "DATE": pa.date32(),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "VARCHAR[]": pa.list_(pa.string()),
}


class SchemaError(ValueError):
    """fields.yml or tables.yml contradict each other; the message names the table and the column."""


@dataclass(frozen=True)
class Field:
    """One column name: DuckDB type, what it means, its unit and its allowed values."""

    name: str
    type: str
    description: str
    unit: str = ""
    values: tuple[str, ...] = ()

    @property
    def comment(self) -> str:
        """Description, unit and values in one sentence, as shown by DESCRIBE and the dictionary."""
        parts = [self.description]
        if self.unit:
            parts.append(f"Unit: {self.unit}.")
        if self.values:
            parts.append("One of: " + ", ".join(self.values) + ".")
        return " ".join(parts)


@dataclass(frozen=True)
class Table:
    """One table: `kind` is lake, snapshot or mart; `month_of` is the date that partitions the lake."""

    name: str
    kind: str
    grain: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    month_of: str = ""
    caveats: str = ""

    @property
    def columns(self) -> list[str]:
        """Column names in order."""
        return [f.name for f in self.fields]

    @property
    def comment(self) -> str:
        """What one row is, and what to mind."""
        return f"{self.grain[0].upper()}{self.grain[1:]}. {self.caveats}".strip()


def _read(name: str) -> dict[str, Any]:
    loaded = yaml.safe_load((files("warehouse") / name).read_text("utf-8"))
    if not isinstance(loaded, dict):
        raise SchemaError(f"warehouse/{name} must be a mapping")
    return loaded


@cache
def fields() -> dict[str, Field]:
    """All columns by name."""
    return {
        name: Field(
            name,
            entry["type"],
            entry["description"],
            entry.get("unit", ""),
            tuple(entry.get("values", ())),
        )
        for name, entry in _read("fields.yml").items()
    }


@cache
def tables() -> dict[str, Table]:
    """All tables by name, in the order in which they are built."""
    known = fields()
    out = {}
    for name, entry in _read("tables.yml").items():
        missing = [c for c in (*entry["columns"], *entry["key"]) if c not in known]
        if missing:
            raise SchemaError(
                f"warehouse/tables.yml, table {name}: {missing} not in fields.yml; describe them there"
            )
        out[name] = Table(
            name,
            entry["kind"],
            entry["grain"],
            tuple(entry["key"]),
            tuple(known[c] for c in entry["columns"]),
            entry.get("month_of", ""),
            entry.get("caveats", ""),
        )
    return out


def arrow_schema(name: str) -> pa.Schema:
    """The table's Arrow schema, columns in order."""
    return pa.schema([pa.field(f.name, _ARROW[f.type]) for f in tables()[name].fields])


def arrow_table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    """Rows → Arrow table of the declared schema; a key that is no column is an error."""
    schema = arrow_schema(name)
    if rows and (extra := set(rows[0]) - set(schema.names)):
        raise SchemaError(f"table {name}: {sorted(extra)} are no columns of tables.yml")
    return pa.Table.from_pylist(rows, schema=schema)


def create_sql(name: str) -> str:
    """CREATE TABLE for an empty table of the declared columns."""
    columns = ", ".join(f"{f.name} {f.type}" for f in tables()[name].fields)
    return f"CREATE TABLE {name} ({columns})"


def comment_sql(name: str) -> list[str]:
    """COMMENT ON for the table and for each of its columns."""
    table = tables()[name]
    out = [f"COMMENT ON TABLE {name} IS {quote(table.comment)}"]
    out += [f"COMMENT ON COLUMN {name}.{f.name} IS {quote(f.comment)}" for f in table.fields]
    return out


def quote(value: str) -> str:
    """A string as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"
