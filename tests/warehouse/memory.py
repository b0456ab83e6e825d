"""A snapshot in memory from rows in YAML: all tables, macros and marts on real DuckDB."""

from typing import Any

import numpy as np

from warehouse.connect import connect_memory
from warehouse.marts import build_marts
from warehouse.queries import statement
from warehouse.schema import arrow_table, create_sql, tables

DEFAULTS = {"items": {"is_counted": True, "language": "en"}}
DAYS = ("first_day", "last_day", "period_start")


def database(given: dict[str, list[dict[str, Any]]]):
    """Tables filled with the given rows, then all marts."""
    connection = connect_memory()
    for name, table in tables().items():
        if table.kind not in ("lake", "snapshot"):
            continue
        rows = [{**DEFAULTS.get(name, {}), **row} for row in given.get(name, [])]
        rows = [{c: row.get(c) for c in table.columns} for row in rows]
        connection.execute(create_sql(name))
        connection.register("incoming", arrow_table(name, rows))
        connection.execute(f"INSERT INTO {name} SELECT * FROM incoming")
        connection.unregister("incoming")
    build_marts(connection)
    for name in [t.name for t in tables().values() if t.kind == "history"]:
        connection.execute(create_sql(name))
    return connection


def with_previous(connection, previous: dict[str, list[dict[str, Any]]]) -> None:
    """A snapshot before, as far as a query reads it: rows of its marts."""
    connection.execute("ATTACH ':memory:' AS previous")
    for name, rows in previous.items():
        connection.execute(create_sql(name).replace("TABLE ", "TABLE previous."))
        columns = tables()[name].columns
        connection.register(
            "incoming", arrow_table(name, [{c: r.get(c) for c in columns} for r in rows])
        )
        connection.execute(f"INSERT INTO previous.{name} SELECT * FROM incoming")
        connection.unregister("incoming")


def ask(connection, folder: str, name: str, case: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows of a query; of a mart, rows of its table (`where`) or of a SELECT over its macro."""
    if "previous" in case:
        with_previous(connection, case["previous"])
        return connection.execute(statement(folder, name)).df().to_dict("records")
    if folder == "marts":
        sql = (
            case.get("select")
            or f"SELECT * FROM {name} WHERE {case.get('where', 'true')} ORDER BY ALL"
        )
        return connection.execute(sql).df().to_dict("records")
    params = dict(case.get("params", {}))
    return connection.execute(statement(folder, name), params).df().to_dict("records")


def plain(value: Any) -> Any:
    """A cell as YAML would hold it: dates without time, lists, None, rounded ratios."""
    if isinstance(value, np.ndarray | list):
        return [plain(v) for v in value]
    if hasattr(value, "to_pydatetime"):
        return None if value != value else value.to_pydatetime().date()
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return None
    if isinstance(value, float | np.floating):
        return round(float(value), 6)
    if isinstance(value, np.generic):
        return value.item()
    return value
