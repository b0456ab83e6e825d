"""Fill the marts, all of them or only the months that changed, and run the checks.

In: a connection to a draft that holds the lake and snapshot tables. Out: marts, history, warnings.
Traps: a changed month touches the weeks and the quarter around it, so whole quarters (and the weeks across
their ends) are computed again; a period that was still running may be complete now, and a channel's end
shows only weeks later, so what a period compares with is told anew for all periods.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from warehouse.answers import GRAINS
from warehouse.connect import attach_read_only
from warehouse.problems import CheckFailed
from warehouse.queries import body, names, parameters, statement
from warehouse.schema import create_sql, fields, tables
from warehouse.taxonomy.channels import channel_weights
from warehouse.trends.fill import fill_trends

Span = tuple[date | None, date | None]
Step = dict[str, Any]
_KEY = "grain, channel_set, period_start"
_STATE = "is_partial, regime, comparable, why_not"


@cache
def build_order() -> list[Step]:
    """The steps of `warehouse/sql/marts/build_order.yml`."""
    text = (files("warehouse") / "sql" / "marts" / "build_order.yml").read_text("utf-8")
    return list(yaml.safe_load(text))


def build_marts(connection: Any) -> None:
    """Create macros and all marts in a database that holds the lake and snapshot tables."""
    for step in build_order():
        name, sql = step["name"], statement("marts", step["name"])
        if body(sql).lstrip().startswith("CREATE"):
            connection.execute(sql)
        else:
            connection.execute(create_sql(name))
            _fill(connection, step, months=[])
    fill_trends(connection)


def refresh_marts(connection: Any, months: Sequence[date], channels: Iterable[str]) -> None:
    """Compute again what depends on items of `channels` in `months` (first days).

    Macros, other periods and other channels stay, but for what `periods` now says of them; set `all` is
    computed as a whole when the channels of its adjusted share are others than before.
    """
    basket, states = _basket(connection), _states(connection)
    sets = ["all", *channels]
    for step in build_order():
        name = step["name"]
        if body(statement("marts", name)).lstrip().startswith("CREATE"):
            continue
        if step.get("whole"):
            connection.execute(f"TRUNCATE {name}")
            _fill(connection, step, months=[])
        elif step.get("trend"):
            whole = [] if basket == _basket(connection) else ["all"]
            _refresh_trend(connection, step, [], whole)
            _refresh_trend(connection, step, months, [s for s in sets if s not in whole])
        else:
            connection.execute(
                f"DELETE FROM {name} WHERE list_contains($months, period_of('month', published_on))",
                {"months": list(months)},
            )
            _fill(connection, step, months)
    _retell(connection, states)
    fill_trends(connection)


def _refresh_trend(
    connection: Any, step: Step, months: Sequence[date], sets: Sequence[str]
) -> None:
    """Compute the rows of `sets` again, those of the quarters around `months` or (none) all."""
    if not sets:
        return
    for grain in GRAINS:
        for first, last in spans(grain, months):
            connection.execute(
                f"DELETE FROM {step['name']} WHERE grain = $grain AND list_contains($sets, channel_set)"
                " AND ($first IS NULL OR period_start BETWEEN $first AND $last)",
                {"grain": grain, "first": first, "last": last, "sets": list(sets)},
            )
    _fill(connection, step, months, sets)


def _basket(connection: Any) -> list[Any]:
    """What the adjusted shares of set `all` in the marts are made of, and the channels that are not."""
    sql = "SELECT channel, weight FROM channel_reference ORDER BY channel"
    return list(connection.execute(sql).fetchall())


def _states(connection: Any) -> Any:
    """What `periods` says, as Arrow rows."""
    return connection.execute(f"SELECT {_KEY}, {_STATE} FROM periods").to_arrow_table()


def _retell(connection: Any, before: Any) -> None:
    """Bring what `periods` says differently now into all rows of the trends."""
    connection.register("before", before)
    connection.execute(
        f"CREATE TEMP TABLE retold AS SELECT {_KEY}, {_STATE} FROM periods"
        f" EXCEPT SELECT {_KEY}, {_STATE} FROM before"
    )
    columns = ", ".join(f"{c} = r.{c}" for c in _STATE.split(", "))
    same = " AND ".join(f"t.{c} = r.{c}" for c in _KEY.split(", "))
    for step in build_order():
        if step.get("trend"):
            connection.execute(
                f"UPDATE {step['name']} AS t SET {columns} FROM retold AS r WHERE {same}"
            )
    connection.execute("DROP TABLE retold")
    connection.unregister("before")


def _fill(
    connection: Any, step: Step, months: Sequence[date], sets: Sequence[str] | None = None
) -> None:
    sql = statement("marts", step["name"])
    params = {"months": list(months)}
    if step.get("trend") or step.get("whole"):
        params = _parameters(connection, months, sets)
    wanted = parameters(sql)
    connection.execute(
        f"INSERT INTO {step['name']} {body(sql)}", {k: v for k, v in params.items() if k in wanted}
    )


def _parameters(
    connection: Any, months: Sequence[date], sets: Sequence[str] | None
) -> dict[str, Any]:
    """What the marts of kind `whole` and `trend` are computed from; `sets`: None for all."""
    channels = channel_weights()
    return {
        "channels": [c.channel for c in channels],
        "weights": [c.weight for c in channels],
        "digest_correlations": [c.digest_correlation for c in channels],
        "grains": list(GRAINS),
        "spans": [
            {"grain": grain, "first_day": first, "last_day": last}
            for grain in GRAINS
            for first, last in spans(grain, months)
        ],
        "channel_sets": [s for s in _channel_sets(connection) if sets is None or s["name"] in sets],
    }


def _channel_sets(connection: Any) -> list[dict[str, Any]]:
    """`all`, and each channel that has items alone."""
    there = {
        r[0] for r in connection.execute("SELECT DISTINCT channel FROM digest_items").fetchall()
    }
    alone = [{"name": c, "channels": [c]} for c in fields()["channel"].values if c in there]
    return [{"name": "all", "channels": []}, *alone]


def spans(grain: str, months: Sequence[date]) -> list[Span]:
    """Whole periods of `grain` that cover the quarters of `months`; no months: one open span."""
    if not months:
        return [(None, None)]
    out: list[tuple[date, date]] = []
    for first in sorted({date(m.year, (m.month - 1) // 3 * 3 + 1, 1) for m in months}):
        last = _next_quarter(first) - timedelta(days=1)
        if grain == "week":
            first -= timedelta(days=first.weekday())
            last += timedelta(days=6 - last.weekday())
        if out and first <= out[-1][1] + timedelta(days=1):
            out[-1] = (out[-1][0], last)
        else:
            out.append((first, last))
    return list(out)


def _next_quarter(first: date) -> date:
    return date(first.year + (first.month == 10), (first.month + 3 - 1) % 12 + 1, 1)


def carry_history(connection: Any, previous: Path | None) -> None:
    """Fill the tables of kind history from the snapshot before, and with what differs from it."""
    history = [t.name for t in tables().values() if t.kind == "history"]
    there = {r[0] for r in connection.execute("SHOW TABLES").fetchall()}
    for name in [n for n in history if n not in there]:
        connection.execute(create_sql(name))
    if previous is None:
        return
    attach_read_only(connection, previous, "previous")
    try:
        before = {r[0] for r in connection.execute("SHOW TABLES FROM previous").fetchall()}
        for name in history:
            if name in before and name not in there:
                connection.execute(f"INSERT INTO {name} BY NAME SELECT * FROM previous.{name}")
            connection.execute(f"INSERT INTO {name} {body(statement('marts', name))}")
    finally:
        connection.execute("DETACH previous")


def run_checks(connection: Any, only: Iterable[str] | None = None) -> tuple[str, ...]:
    """Run the checks: rows of a `-- fail` check raise CheckFailed, of a `-- warn` check are returned."""
    warnings = []
    for name in only or names("checks"):
        sql = statement("checks", name)
        found = connection.execute(sql).fetchmany(6)
        if not found:
            continue
        message = f"check {name}: " + "; ".join(" ".join(map(str, row)) for row in found[:5])
        if sql.startswith("-- fail"):
            raise CheckFailed(f"{message}. Nothing was published; the state before stays current.")
        warnings.append(message)
    return tuple(warnings)
