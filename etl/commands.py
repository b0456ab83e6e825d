"""The part of the `trends` command that writes: build, pull; those that tag stand in etl/tag/commands.py.

In: arguments. Out: results on stdout; 0 = fine, 1 = ran but something was refused, 2 = unusable input.
Trap: heavy imports stand inside the commands, so that `trends --help` is quick.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from etl.tag import commands as tag_commands
from etl.topics import commands as topic_commands
from warehouse.commands import WarehouseOption, plain_errors
from warehouse.settings import warehouse_dir


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command("build")(build)
    app.command("pull")(pull)
    tag_commands.register(app)
    topic_commands.register(app)


def build(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE…",
            help="A file, a folder, a .tar.gz or .zip, an http(s) address of a feed or an archive, "
            "or `sample` (bundled).",
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
        sources = [_fetched(source, warehouse) for source in sources]
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


def _fetched(source: str, warehouse: Path | None) -> str:
    """A web address as the path that it was fetched to; any other source as it is."""
    from etl.sources.pull import CannotFetch, MissingLibrary, is_address, local_source
    from warehouse.lock import locked

    if not is_address(source):
        return source
    downloads = warehouse_dir(warehouse) / "downloads"
    try:
        with locked(downloads):
            return local_source(source, downloads)
    except (CannotFetch, MissingLibrary) as problem:
        typer.echo(f"trends: {source}: {problem}", err=True)
        raise typer.Exit(2) from problem


def pull(
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="DIR", help="Where to (else `downloads` in the warehouse)."),
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config", metavar="FILE", help="Other addresses and limits (YAML); see --show-config."
        ),
    ] = None,
    show_config: Annotated[
        bool, typer.Option("--show-config", help="Print the bundled addresses and limits, and end.")
    ] = False,
    warehouse: WarehouseOption = None,
) -> None:
    """Download the public archives and feed: only what changed, going on where it broke off."""
    from etl.run_log import RunLog
    from etl.sources.pull import MissingLibrary
    from etl.sources.pull import pull as run
    from etl.sources.pull_config import BadConfig, bundled_text, load
    from warehouse.lock import locked

    folder = (to or warehouse_dir(warehouse) / "downloads").expanduser()
    if show_config:
        typer.echo(bundled_text(), nl=False)
        return
    log, failed = RunLog(), 0
    try:
        table = load(config)
        with plain_errors(), locked(folder):
            for outcome in run(table, folder, log):
                is_failure = outcome.status == "failed"
                failed += is_failure
                line = f"{outcome.status:<9} {outcome.name}  {outcome.detail}".rstrip()
                typer.echo(f"trends: {line}" if is_failure else line, err=is_failure)
            log_path = log.save(folder, "pull")
    except (BadConfig, MissingLibrary) as problem:
        name = f"{config}: " if config and isinstance(problem, BadConfig) else ""
        typer.echo(f"trends: {name}{problem}", err=True)
        raise typer.Exit(2) from problem
    except OSError as problem:
        typer.echo(f"trends: {folder} cannot be written: {problem.strerror}", err=True)
        raise typer.Exit(2) from problem
    for what, links in log.notes.items():
        if links:
            typer.echo(f"trends: {what}: {len(links)} entries, listed in {log_path}", err=True)
    if failed:
        raise typer.Exit(1)


def _tell_refusals(refused: list[dict[str, str]], most: int = 20) -> None:
    typer.echo(f"trends: {len(refused)} inputs were refused and are in quarantine:", err=True)
    for row in refused[:most]:
        detail = f" ({row['detail']})" if row["detail"] else ""
        typer.echo(f"  {row['source']}, {row['location']}: {row['reason']}{detail}", err=True)
    if len(refused) > most:
        typer.echo(f"  … and {len(refused) - most} more: see table quarantine", err=True)
