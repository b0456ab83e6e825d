"""The part of the `trends` command that asks the warehouse: sql, status, snapshots, rollback.

In: arguments. Out: results on stdout, one sentence on stderr and exit code 2 when it cannot be done.
Trap: heavy imports stand inside the commands, so that `trends --help` is quick.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from warehouse.settings import warehouse_dir

WarehouseOption = Annotated[
    Path | None,
    typer.Option(
        "--warehouse",
        metavar="DIR",
        help="The warehouse folder (else TRENDS_WAREHOUSE, else the user's data folder).",
    ),
]


class Format(StrEnum):
    """How `trends sql` prints rows."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


@contextmanager
def plain_errors() -> Iterator[None]:
    """Problems of the warehouse become one sentence and exit code 2."""
    from warehouse.lock import WarehouseBusy
    from warehouse.problems import QueryProblem, SnapshotProblem

    try:
        yield
    except (SnapshotProblem, QueryProblem, WarehouseBusy) as problem:
        typer.echo(f"trends: {problem}", err=True)
        raise typer.Exit(2) from problem


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command("sql")(sql)
    app.command("status")(status)
    app.command("snapshots")(snapshots)
    app.command("rollback")(rollback)


def sql(
    statement: Annotated[str, typer.Argument(help="One SELECT statement.")],
    format: Annotated[Format, typer.Option(help="How to print the rows.")] = Format.table,
    out: Annotated[Path | None, typer.Option(help="Write to this file, not to stdout.")] = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Run read-only SQL on the current snapshot."""
    from warehouse.analyst_sql import run_sql, write_or_print
    from warehouse.connect import open_snapshot

    with plain_errors():
        snap = open_snapshot(warehouse_dir(warehouse))
        data = write_or_print(run_sql(snap, statement), format.value, out)
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def status(
    coverage: Annotated[
        bool,
        typer.Option(
            help="Say instead where the bytes went: items, headings, boilerplate, nowhere."
        ),
    ] = False,
    warehouse: WarehouseOption = None,
) -> None:
    """Say what is loaded and how healthy it is; exit code 1 if something is in quarantine."""
    from warehouse.connect import open_snapshot
    from warehouse.status import byte_coverage_lines, status_lines

    folder = warehouse_dir(warehouse)
    with plain_errors():
        snap = open_snapshot(folder)
        if coverage:
            typer.echo("\n".join(byte_coverage_lines(snap)))
            return
        lines, refused = status_lines(folder, snap)
    typer.echo("\n".join(lines))
    if refused:
        typer.echo(f"trends: {refused} inputs are in quarantine (table quarantine).", err=True)
        raise typer.Exit(1)


def snapshots(warehouse: WarehouseOption = None) -> None:
    """List the published states, newest first; * marks the current one."""
    from warehouse.snapshots import list_snapshots

    entries = list_snapshots(warehouse_dir(warehouse))
    if not entries:
        typer.echo("trends: no snapshot yet. Run `trends build sample` first.", err=True)
    for e in entries:
        what = (
            f"cannot be opened: {e.problem}"
            if e.problem
            else f"{e.digests:,} digests  {e.items:,} items"
        )
        mark = "*" if e.is_current else " "
        typer.echo(f"{mark} {e.snapshot_id}  {e.published_at} UTC  {e.size_mb:,.1f} MB  {what}")


def rollback(
    snapshot_id: Annotated[str, typer.Argument(help="An id of `trends snapshots`.")],
    warehouse: WarehouseOption = None,
) -> None:
    """Make an earlier snapshot current again; nothing is deleted."""
    from warehouse.lock import locked
    from warehouse.snapshots import rollback as switch_to

    folder = warehouse_dir(warehouse)
    with plain_errors():
        if not (folder / "snapshots" / f"{snapshot_id}.duckdb").is_file():
            typer.echo(f"trends: no snapshot {snapshot_id}; see `trends snapshots`.", err=True)
            raise typer.Exit(2)
        with locked(folder):
            switch_to(folder, snapshot_id)
    typer.echo(f"{snapshot_id} is current.")
