"""The commands `trends rising` and `trends bursts`: what moves, how surely, and why.

In: arguments. Out: lines on stdout; one sentence on stderr and exit code 2 when it cannot be done.
Trap: heavy imports stand inside the commands, so that `trends --help` is quick.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from warehouse.commands import WarehouseOption, plain_errors
from warehouse.settings import warehouse_dir

if TYPE_CHECKING:
    from datetime import date

    from warehouse.connect import Snapshot

WORDS = 8  # that explain a burst on one line


class Kind(StrEnum):
    """What is ranked."""

    lab = "lab"
    theme = "theme"


class Grain(StrEnum):
    """Length of the periods that `trends rising` compares."""

    week = "week"
    month = "month"


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command("rising")(rising)
    app.command("bursts")(bursts)


def rising(
    kind: Annotated[Kind, typer.Option(help="Labs or themes.")] = Kind.lab,
    grain: Annotated[Grain, typer.Option(help="Weeks or months.")] = Grain.month,
    period: Annotated[
        str | None,
        typer.Option(metavar="2026-04", help="A day or month in the period (else the newest)."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many.")] = 15,
    warehouse: WarehouseOption = None,
) -> None:
    """Rank what grew most against the four periods before, by the lower bound of its growth."""
    from warehouse import trend_answers
    from warehouse.connect import open_snapshot

    day = _day(period)
    with plain_errors():
        snap = open_snapshot(warehouse_dir(warehouse))
        rows = trend_answers.rising(snap, kind.value, grain.value, day, limit).frame
    if rows.empty:
        typer.echo("trends: nothing has 5 mentions in this period.", err=True)
        return
    first = rows.iloc[0]
    typer.echo(f"{grain.value} from {first['period_start']:%Y-%m-%d}, against the four before")
    if not rows["comparable"].any():
        typer.echo(f"trends: not comparable: {first['why_not']}", err=True)
        return
    typer.echo(
        f"{'':>3} {kind.value:<24} {'mentions':>8} {'before':>7} {'now':>7}  odds ×  at least"
    )
    for row in rows[rows["comparable"]].to_dict("records"):
        typer.echo(_rising_line(row))


def _rising_line(row: Mapping[Hashable, Any]) -> str:
    from math import exp

    sure = "*" if row["q_value"] <= 0.05 else " "
    line = (
        f"{int(row['rank']):>3} {row['tag_id']:<24} {row['mentions']:>8} {row['baseline_share']:>7.2%} "
        f"{row['share_adjusted']:>7.2%} {exp(row['growth']):>7.2f} {exp(row['growth_low']):>8.2f}{sure}"
    )
    return line + "".join(f"\n    {_short(title)}" for title in row["story_titles"])


def bursts(
    kind: Annotated[Kind | None, typer.Option(help="Labs or themes (else both).")] = None,
    id: Annotated[
        list[str] | None, typer.Option(help="Only this lab or theme; repeatable.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many.")] = 20,
    warehouse: WarehouseOption = None,
) -> None:
    """List the strongest bursts: when, how strong, the words and stories that make them."""
    from warehouse import trend_answers
    from warehouse.connect import open_snapshot

    with plain_errors():
        snap = open_snapshot(warehouse_dir(warehouse))
        found = trend_answers.bursts(snap, kind.value if kind else None, id or (), limit).frame
        for row in found.to_dict("records"):
            typer.echo("\n".join(_burst_lines(snap, row)))
    if found.empty:
        typer.echo("trends: no burst.", err=True)


def _burst_lines(snap: Snapshot, row: Mapping[Hashable, Any]) -> Iterator[str]:
    from warehouse import trend_answers

    first, last = row["first_on"].date(), row["last_on"].date()
    terms = trend_answers.burst_terms(snap, row["tag_kind"], row["tag_id"], first, last, WORDS)
    still = ", still on" if row["is_open"] else ""
    yield (
        f"{row['tag_id']:<24} {first} … {last}{still}  strength {row['strength']:.1f}  "
        f"{row['mentions']} mentions, {row['share']:.1%} of items where {row['expected_share']:.1%} "
        "were expected"
    )
    yield "    words    " + ", ".join(terms.frame["term"])
    yield from (f"    event    {title}" for title in row["event_titles"])
    yield from (f"    story    {_short(title)}" for title in row["story_titles"])


def _short(title: str) -> str:
    return title if len(title) <= 90 else title[:89] + "…"


def _day(period: str | None) -> date | None:
    """`2026-04` or `2026-04-13` as a day; exit code 2 for anything else."""
    from datetime import date

    if period is None:
        return None
    try:
        return date.fromisoformat(period if len(period) > 7 else f"{period}-01")
    except ValueError as error:
        raise typer.BadParameter(
            f"{period!r} is no day or month, such as 2026-04", param_hint="--period"
        ) from error
