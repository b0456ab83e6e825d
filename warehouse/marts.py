"""Fill the marts, all of them or only the months that changed, and run the checks.

In: a connection to a draft that holds the lake and snapshot tables. Out: marts, history, warnings.
Traps: a changed month touches the weeks and the quarter around it, and a period that was still running
may be complete now, so whole quarters (and the weeks across their ends) are computed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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

Span = tuple[date | None, date | None]


@cache
def build_order() -> list[dict[str, str]]:
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


def refresh_marts(connection: Any, months: Sequence[date], channels: Iterable[str]) -> None:
    """Compute again what depends on items of `channels` in `months` (first days).

    Macros, other periods and other channels stay, but for a period that was still running and is
    complete now.
    """
    sets = ["all", *channels]
    for step in build_order():
        name = step["name"]
        if body(statement("marts", name)).lstrip().startswith("CREATE"):
            continue
        if step.get("each"):
            for grain in GRAINS:
                for first, last in spans(grain, months):
                    connection.execute(
                        f"DELETE FROM {name} WHERE grain = $grain AND period_start BETWEEN $first AND $last"
                        " AND list_contains($sets, channel_set)",
                        {"grain": grain, "first": first, "last": last, "sets": sets},
                    )
        else:
            connection.execute(
                f"DELETE FROM {name} WHERE list_contains($months, period_of('month', published_on))",
                {"months": list(months)},
            )
        _fill(connection, step, months, sets)
        if step.get("each"):
            connection.execute(
                f"UPDATE {name} SET is_partial = FALSE WHERE is_partial AND"
                " last_weekday_of(grain, period_start) <= (SELECT max(published_on) FROM counted_items)"
            )


def _fill(
    connection: Any, step: dict[str, str], months: Sequence[date], sets: Sequence[str] | None = None
) -> None:
    sql = statement("marts", step["name"])
    insert = f"INSERT INTO {step['name']} {body(sql)}"
    wanted = parameters(sql)
    runs = _each(connection, months, sets) if step.get("each") else iter([{"months": list(months)}])
    for params in runs:
        connection.execute(insert, {k: v for k, v in params.items() if k in wanted})


def _each(
    connection: Any, months: Sequence[date], sets: Sequence[str] | None
) -> Iterator[dict[str, Any]]:
    """Parameters for every grain, channel set (None: all of them) and span."""
    for grain in GRAINS:
        for first, last in spans(grain, months):
            for channel_set, channels in _channel_sets(connection, first, last):
                if sets is not None and channel_set not in sets:
                    continue
                yield {
                    "grain": grain,
                    "channel_set": channel_set,
                    "channels": channels,
                    "first_day": first,
                    "last_day": last,
                }


def _channel_sets(
    connection: Any, first: date | None, last: date | None
) -> list[tuple[str, list[str]]]:
    rows = connection.execute(
        "SELECT DISTINCT channel FROM counted_items WHERE ($first IS NULL OR published_on >= $first)"
        " AND ($last IS NULL OR published_on <= $last)",
        {"first": first, "last": last},
    ).fetchall()
    there = {r[0] for r in rows}
    return [("all", []), *((c, [c]) for c in fields()["channel"].values if c in there)]


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
