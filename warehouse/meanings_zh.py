"""What tables, columns and macros mean, in Chinese: fields_zh.yml, tables_zh.yml, macros_zh.yml.

In: a name, and the English comment that the snapshot carries. Out: the Chinese words, or nothing. Trap: a
snapshot of another version may mean something else by the same name; so the Chinese stands only where the
snapshot's comment is the one that it translates, and the reader sees the English words elsewhere.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from warehouse.schema import Field, Table, fields, tables


def column_zh(name: str, comment: str | None) -> str:
    """The Chinese meaning of a column that the snapshot describes by `comment`."""
    field = fields().get(name)
    return field_zh(field) if field and field.comment == comment else ""


def table_zh(name: str, comment: str | None) -> str:
    """The Chinese meaning of a table that the snapshot describes by `comment`."""
    table = tables().get(name)
    if not table or table.comment != comment:
        return ""
    return f"{grain_zh(table)}。{caveats_zh(table)}"


def macro_zh(name: str) -> str:
    """The Chinese meaning of a macro of this version."""
    return str(_written("macros_zh.yml").get(name, ""))


def field_zh(field: Field) -> str:
    """Description, unit and values in Chinese, as `Field.comment` says them in English."""
    entry = _written("fields_zh.yml")[field.name]
    parts = [str(entry["description"])]
    if field.unit:
        parts.append(f"单位：{entry['unit']}。")
    if field.values:
        parts.append(f"取值：{'、'.join(field.values)}。")
    return "".join(parts)


def grain_zh(table: Table) -> str:
    """What one row is."""
    return str(_written("tables_zh.yml")[table.name]["grain"])


def caveats_zh(table: Table) -> str:
    """What to mind; empty if there is nothing."""
    return str(_written("tables_zh.yml")[table.name].get("caveats", ""))


@cache
def _written(name: str) -> dict[str, Any]:
    """One of the three files."""
    return dict(yaml.safe_load((files("warehouse") / name).read_text("utf-8")))
