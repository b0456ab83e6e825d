"""The part of the `trends` command that writes: build, tag, eval.

In: arguments. Out: results on stdout; 0 = fine, 1 = ran but something was refused, 2 = unusable input.
Trap: heavy imports stand inside the commands, so that `trends --help` is quick.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from warehouse.commands import WarehouseOption, plain_errors
from warehouse.settings import warehouse_dir


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command("build")(build)
    app.command("tag")(tag)
    app.command("eval")(evaluate)


def build(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE…", help="A file, a folder, a .tar.gz or .zip, or `sample` (bundled)."
        ),
    ],
    full: Annotated[
        bool, typer.Option("--full", help="Forget what is loaded and rebuild from SOURCE alone.")
    ] = False,
    warehouse: WarehouseOption = None,
) -> None:
    """Load digests and publish a new snapshot; the same input changes nothing."""
    from etl.build import build as run
    from etl.sources.archives import UnusableSource
    from warehouse.problems import CheckFailed

    with plain_errors():
        try:
            result = run(sources, warehouse_dir(warehouse), full)
        except UnusableSource as problem:
            typer.echo(f"trends: {problem}", err=True)
            raise typer.Exit(2) from problem
        except CheckFailed as problem:
            typer.echo(f"trends: {problem}", err=True)
            raise typer.Exit(1) from problem
    if result.published is None:
        typer.echo("trends: there is no digest to publish.", err=True)
    else:
        new = "published" if result.published.is_new else "unchanged"
        typer.echo(
            f"snapshot {result.published.snapshot_id} ({new}): {result.digests:,} digests "
            f"({result.new_digests:,} new or changed), {result.items:,} items, "
            f"{result.mentions:,} mentions"
        )
        for warning in result.published.warnings:
            typer.echo(f"trends: warning: {warning}", err=True)
    typer.echo(f"run log {result.log_path}")
    if result.refused or result.published is None:
        _tell_refusals(result.refused)
        raise typer.Exit(1)


def _tell_refusals(refused: list[dict[str, str]], most: int = 20) -> None:
    typer.echo(f"trends: {len(refused)} inputs were refused and are in quarantine:", err=True)
    for row in refused[:most]:
        detail = f" ({row['detail']})" if row["detail"] else ""
        typer.echo(f"  {row['source']}, {row['location']}: {row['reason']}{detail}", err=True)
    if len(refused) > most:
        typer.echo(f"  … and {len(refused) - most} more: see table quarantine", err=True)


def tag(
    file: Annotated[str, typer.Argument(metavar="FILE.jsonl|-", help="One JSON object a line.")],
) -> None:
    """Tag items outside the warehouse: {"id","lang","text"} lines in, labs and themes out."""
    from etl.tag.lines import BadLine, tag_lines

    try:
        lines = sys.stdin if file == "-" else Path(file).open(encoding="utf-8")  # noqa: SIM115
    except OSError as error:
        typer.echo(f"trends: {file}: {error.strerror}", err=True)
        raise typer.Exit(2) from error
    refused = 0
    with lines:
        for result in tag_lines(lines):
            if isinstance(result, BadLine):
                refused += 1
                typer.echo(f"trends: {file}, line {result.number}: {result.reason}", err=True)
            else:
                sys.stdout.write(result + "\n")
    if refused:
        typer.echo(f"trends: {refused} lines could not be tagged.", err=True)
        raise typer.Exit(1)


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD.jsonl", help="Labelled lines.")],
    errors: Annotated[
        bool, typer.Option("--errors", help="List every error with its evidence.")
    ] = False,
) -> None:
    """Precision, recall and F1 of the tags against labelled items, with 95 % intervals."""
    from etl.tag.gold import UnusableGold, evaluate_file

    try:
        lines = evaluate_file(gold, with_errors=errors)
    except (OSError, UnusableGold) as problem:
        typer.echo(f"trends: {gold}: {problem}", err=True)
        raise typer.Exit(2) from problem
    typer.echo("\n".join(lines))
