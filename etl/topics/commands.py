"""The part of the `trends` command about topics: `trends topics fit`, `trends topics list`.

In: arguments. Out: results on stdout; 0 = fine, 1 = nothing to do it with, 2 = unusable input.
Trap: heavy imports stand inside the commands, so that `trends --help` is quick.
"""

from __future__ import annotations

from pathlib import Path

import typer

from warehouse.commands import WarehouseOption, plain_errors
from warehouse.settings import warehouse_dir


def register(app: typer.Typer) -> None:
    """Add `topics` with its commands to `app`."""
    topics = typer.Typer(no_args_is_help=True, help="Topics that the machine finds.")
    topics.command("fit")(fit)
    topics.command("list")(show)
    app.add_typer(topics, name="topics")


def fit(warehouse: WarehouseOption = None) -> None:
    """Find the topics of all loaded items (anew: former topics keep their ids), and publish them.

    Between fits each build assigns its new items to the topics that there are, and founds new topics from
    what fits none. Fit again when words have come up that topics should know, say once a month.
    """
    from etl.build import build
    from etl.topics.fit import TooFewItems
    from etl.topics.refit import fit_warehouse
    from warehouse.problems import CheckFailed

    folder = warehouse_dir(warehouse)
    with plain_errors():
        try:
            lines = fit_warehouse(folder)
            result = build([], folder)
        except (TooFewItems, CheckFailed) as problem:
            typer.echo(f"trends: {problem}", err=True)
            raise typer.Exit(1) from problem
    typer.echo("\n".join(lines))
    if result.published is not None:
        typer.echo(f"snapshot {result.published.snapshot_id}")


def show(warehouse: WarehouseOption = None) -> None:
    """List the topics: id, items, days, status, labels."""
    _print(_topics(warehouse, "topics_by_size"))


def propose_themes(least: int, warehouse: Path | None) -> list[str]:
    """Lines for `trends propose themes`: large topics that fit no theme."""
    return [_line(r) for r in _topics(warehouse, "topics_without_theme", least=least)]


def _topics(warehouse: Path | None, query: str, **params: int) -> list[dict[str, object]]:
    from warehouse.connect import open_snapshot
    from warehouse.queries import statement

    with plain_errors():
        snap = open_snapshot(warehouse_dir(warehouse))
        frame = snap.frame(statement("answers", query), params)
        snap.close()
    return [{str(k): v for k, v in row.items()} for row in frame.to_dict("records")]


def _line(row: dict[str, object]) -> str:
    days = f"{row['first_on']:%Y-%m-%d} {row['last_on']:%Y-%m-%d}"
    return f"{row['topic_id']}  {row['item_count']:>5} items  {days}  {row['label']} | {row['label_zh']}"


def _print(rows: list[dict[str, object]]) -> None:
    if not rows:
        typer.echo("trends: there are no topics; `trends topics fit` finds them.", err=True)
        raise typer.Exit(1)
    for row in rows:
        typer.echo(_line(row))
