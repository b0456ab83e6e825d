"""`trends train themes`: make the packaged theme model again.

In: sources that hold the labelled texts. Out: the model's folder, figures on stdout.
Trap: training loads scikit-learn and reads whole archives, so everything is imported inside the command.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add `train` with its own commands to `app`."""
    trainer = typer.Typer(no_args_is_help=True, help="Make the learnt parts again.")
    trainer.callback()(_train)
    trainer.command("themes")(themes)
    app.add_typer(trainer, name="train")


def _train() -> None:
    """Make the learnt parts of the product again."""


def themes(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE…",
            help="Where the labelled texts are: the English archive, its translations, digests.",
        ),
    ],
    gold: Annotated[
        list[Path] | None,
        typer.Option("--gold", metavar="FILE", help="More labelled items (JSONL); repeatable."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Where to (else: over the packaged model)."),
    ] = None,
) -> None:
    """Learn the theme model from hand labels; prints cross-validated figures."""
    from etl.sources.archives import UnusableSource
    from etl.tag.gold import UnusableGold
    from etl.tag.training.train import TextsMissing, train

    folder = out or Path(__file__).parents[1] / "model"
    try:
        for line in train(sources, gold or [], folder):
            typer.echo(line)
    except (OSError, UnusableGold, UnusableSource, TextsMissing) as problem:
        typer.echo(f"trends: {problem}", err=True)
        raise typer.Exit(2) from problem
