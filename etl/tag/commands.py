"""The part of the `trends` command about tags: tag, eval, propose.

In: arguments. Out: results on stdout; 0 = fine, 1 = ran but something was refused, 2 = unusable input.
Trap: heavy imports stand inside the commands, so that `trends --help` is quick.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from warehouse.commands import WarehouseOption, plain_errors
from warehouse.settings import warehouse_dir


class Proposable(StrEnum):
    """What `trends propose` can propose."""

    labs = "labs"
    themes = "themes"


FrontMatterOption = Annotated[
    str | None,
    typer.Option(
        "--front-matter",
        metavar="SOURCE",
        help="An archive, folder or file of English issues with labels in their front matter.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command("tag")(tag)
    app.command("eval")(evaluate)
    app.command("propose")(propose)


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
    gold: Annotated[
        Path | None, typer.Argument(metavar="GOLD.jsonl", help="Labelled lines.")
    ] = None,
    errors: Annotated[
        bool, typer.Option("--errors", help="List every error with its evidence.")
    ] = False,
    save: Annotated[
        Path | None,
        typer.Option(
            "--save", metavar="FILE.csv", help="Write the figures against GOLD as rows too."
        ),
    ] = None,
    front_matter: FrontMatterOption = None,
    pairs: Annotated[
        bool,
        typer.Option(
            "--pairs", help="Compare items with their translations in the current snapshot."
        ),
    ] = False,
    warehouse: WarehouseOption = None,
) -> None:
    """How good the tags are, with 95 % intervals: against labelled lines, by issue, across languages."""
    blocks = []
    if gold is not None:
        blocks.append(_against_gold(gold, errors, save))
    if front_matter is not None:
        blocks.append(_by_issue(front_matter))
    if pairs:
        blocks.append(_across_languages(warehouse))
    if not blocks:
        typer.echo("trends: name labelled lines, or --front-matter SOURCE, or --pairs.", err=True)
        raise typer.Exit(2)
    typer.echo("\n\n".join("\n".join(block) for block in blocks))


def _against_gold(gold: Path, errors: bool, save: Path | None) -> list[str]:
    from etl.tag.gold import UnusableGold, evaluate_file

    try:
        return evaluate_file(gold, with_errors=errors, save=save)
    except (OSError, UnusableGold) as problem:
        typer.echo(f"trends: {gold}: {problem}", err=True)
        raise typer.Exit(2) from problem


def _by_issue(source: str) -> list[str]:
    from etl.sources.archives import UnusableSource
    from etl.tag.by_issue import issue_lines

    try:
        return issue_lines(source)
    except UnusableSource as problem:
        typer.echo(f"trends: {problem}", err=True)
        raise typer.Exit(2) from problem


def _across_languages(warehouse: Path | None) -> list[str]:
    from etl.tag.bilingual import agreement_lines
    from warehouse.connect import open_snapshot

    with plain_errors():
        return agreement_lines(open_snapshot(warehouse_dir(warehouse)))


def propose(
    what: Annotated[Proposable, typer.Argument(help="What the taxonomy may lack.")],
    least: Annotated[
        int, typer.Option("--least", min=1, help="Names, or topics, of at least so many items.")
    ] = 20,
    front_matter: FrontMatterOption = None,
    warehouse: WarehouseOption = None,
) -> None:
    """List what the taxonomy may lack: frequent names that no lab has, large topics that fit no theme."""
    from etl.sources.archives import UnusableSource, read_source
    from etl.tag.by_issue import read_issues
    from etl.tag.propose import proposal_lines, proposals
    from warehouse.connect import open_snapshot

    if what is Proposable.themes:
        return _propose_themes(least, warehouse)
    try:
        issues = read_issues(read_source(front_matter).files) if front_matter else []
    except UnusableSource as problem:
        typer.echo(f"trends: {problem}", err=True)
        raise typer.Exit(2) from problem
    with plain_errors():
        snap = open_snapshot(warehouse_dir(warehouse))
        found = proposals(snap, least, issues)
    if not found:
        typer.echo(f"trends: no unknown name in {least} items or more.", err=True)
    typer.echo("\n".join(proposal_lines(found)))


def _propose_themes(least: int, warehouse: Path | None) -> None:
    from etl.topics.commands import propose_themes

    found = propose_themes(least, warehouse)
    if not found:
        typer.echo(f"trends: no topic of {least} items or more is without a theme.", err=True)
    typer.echo("\n".join(found))
