"""The command `trends compare`: higher, lower, not distinguishable or not comparable, and why.

In: arguments. Out: a table on stdout; one sentence on stderr and exit code 2 when it cannot be done.
Trap: heavy imports stand inside the command, so that `trends --help` is quick.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from warehouse.commands import WarehouseOption, plain_errors
from warehouse.settings import warehouse_dir
from warehouse.trend_commands import Kind

if TYPE_CHECKING:
    import pandas as pd

    from warehouse.answers import Answer, Filters
    from warehouse.connect import Snapshot
    from warehouse.spans import Span

NEAR = 3  # ids that a message proposes
RAW_SHOWN = 4
Days = tuple[date, date]
_WHY = {
    "overlap": "the two periods overlap",
    "no_items": "no item in one of the periods",
    "partial": "a period is still running",
    "mix_changed": "the mix of channels changed, and no adjusted share can be had",
    "too_few_items": "under 30 items",
    "too_few_mentions": "under 5 mentions",
}
_VERDICT = {
    "higher": "higher",
    "lower": "lower",
    "not_distinguishable": "not distinguishable",
}


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("compare")(compare)


def compare(
    ids: Annotated[
        list[str] | None, typer.Argument(help="Labs or themes; the first with the others.")
    ] = None,
    period: Annotated[
        str, typer.Option(metavar="2026-04", help="2026-Q1, 2026-W10, 2026-01..2026-03…")
    ] = ...,  # type: ignore[assignment]  # typer's way to say that it must be given
    against: Annotated[
        str | None, typer.Option(metavar="2026-02", help="The period to compare with.")
    ] = None,
    kind: Annotated[Kind, typer.Option(help="Labs or themes.")] = Kind.lab,
    channel: Annotated[
        list[str] | None, typer.Option(help="Only this channel; repeatable.")
    ] = None,
    all_: Annotated[
        bool, typer.Option("--all", help="All labs or themes, corrected for as many comparisons.")
    ] = False,
    warehouse: WarehouseOption = None,
) -> None:
    """Compare shares of labs or themes in two periods, or with each other in one."""
    from warehouse.answers import Filters
    from warehouse.connect import open_snapshot

    span, other = _span(period, "--period"), _span(against, "--against") if against else None
    assert span is not None
    with plain_errors():
        snap = open_snapshot(warehouse_dir(warehouse))
        chosen = list(dict.fromkeys(ids or ()))
        _check_ids(snap, kind.value, chosen)
        _check_channels(snap, channel or [])
        _check_enough(chosen, other, all_)
        filters = Filters(channels=tuple(channel or ()))
        answer = _answer(snap, filters, kind.value, chosen, span, other, all_)
    labels = {(span.first, span.last): period}
    if against and other:
        labels[other.first, other.last] = against
    typer.echo("\n".join(_lines(answer.frame, all_, labels)))


def _span(text: str | None, option: str) -> Span | None:
    from warehouse.spans import SpanProblem, parse_span

    try:
        return parse_span(text) if text else None
    except SpanProblem as problem:
        raise typer.BadParameter(str(problem), param_hint=option) from problem


def _check_ids(snap: Snapshot, kind: str, ids: Sequence[str]) -> None:
    from warehouse import answers

    listed = (answers.labs if kind == "lab" else answers.themes)(snap).frame
    known = dict(zip(listed[f"{kind}_id"], listed["name"], strict=True))
    for id_ in ids:
        if id_ not in known:
            _refuse(f"no {kind} {id_}{_near(id_, known)}")


def _near(id_: str, known: Mapping[str, str]) -> str:
    """Ids whose id or name is written alike."""
    from difflib import get_close_matches

    by_word = {id_: id_ for id_ in known} | {name.lower(): id_ for id_, name in known.items()}
    found = get_close_matches(id_.lower(), by_word, n=NEAR)
    near = list(dict.fromkeys(by_word[word] for word in found))
    return f"; near it: {', '.join(near)}" if near else ""


def _check_channels(snap: Snapshot, channels: Sequence[str]) -> None:
    from warehouse import answers

    known = sorted(answers.channels(snap).frame["channel"])
    for channel in channels:
        if channel not in known:
            _refuse(f"no items in a channel {channel}; there are {', '.join(known)}")


def _check_enough(ids: Sequence[str], against: Span | None, all_: bool) -> None:
    if against is None and len(ids) < (1 if all_ else 2):
        _refuse("name two to compare with each other, or a period with --against")
    if against is not None and not ids and not all_:
        _refuse("name at least one, or say --all")


def _refuse(message: str) -> None:
    typer.echo(f"trends: {message}.", err=True)
    raise typer.Exit(2)


def _answer(
    snap: Snapshot,
    filters: Filters,
    kind: str,
    ids: list[str],
    period: Span,
    against: Span | None,
    all_: bool,
) -> Answer:
    """All rows of the table, judged as one family."""
    from warehouse.compare_answers import compare_periods, compare_tags, together

    if against is None:
        return compare_tags(snap, filters, kind, ids[0], [] if all_ else ids[1:], period)
    changes = compare_periods(snap, filters, kind, [] if all_ else ids, period, against)
    if all_ or len(ids) < 2:
        return changes
    spans = (period, against)
    pairs = [compare_tags(snap, filters, kind, ids[0], ids[1:], span) for span in spans]
    return together(changes, *pairs)


def _lines(frame: pd.DataFrame, all_: bool, labels: Mapping[Days, str]) -> Iterator[str]:
    rows = frame.to_dict("records")
    if all_:  # most of a taxonomy is hardly ever named
        rows = [row for row in rows if row["why_not"] != "too_few_mentions"]
    names = [_name(row, labels) for row in rows]
    width = max((len(name) for name in names), default=0)
    yield f"{'':<{width}}  {'share':>7} {'against':>7}  {'points':>6}  95 % interval     verdict"
    for name, row in zip(names, rows, strict=True):
        yield _line(f"{name:<{width}}", row)
    yield from _one_digest(names, rows)
    yield from _notes(frame)
    tests = int(frame["q_value"].notna().sum())
    if len(rows) < len(frame):
        yield f"{len(frame) - len(rows)} more have under 5 mentions."
    if tests > 1:
        yield f"Verdicts are corrected for {tests} comparisons (Benjamini-Hochberg, 5 %)."


def _name(row: Mapping[Hashable, Any], labels: Mapping[Days, str]) -> str:
    """`openai 2026-04 : 2026-02`, or `openai : anthropic, 2026-04`."""
    period = labels[row["first_day"].date(), row["last_day"].date()]
    if row["tag_id"] != row["against_tag_id"]:
        return f"{row['tag_id']} : {row['against_tag_id']}, {period}"
    other = labels[row["against_first_day"].date(), row["against_last_day"].date()]
    return f"{row['tag_id']}, {period} : {other}"


def _line(name: str, row: Mapping[Hashable, Any]) -> str:
    if row["verdict"] == "not_comparable":
        shares = f"{_percent(row['share'])} {_percent(row['against_share'])}"
        return f"{name}  {shares}  {'':>6}  {'':<16}  not comparable: {_why(row)}"
    verdict = "unclear: one digest" if row["rests_on_one_digest"] else _VERDICT[row["verdict"]]
    adjusted = " (adjusted)" if row["compared"] == "share_adjusted" else ""
    interval = f"{100 * row['difference_low']:+.1f} to {100 * row['difference_high']:+.1f}"
    return (
        f"{name}  {_percent(row['value'])} {_percent(row['against_value'])}  "
        f"{100 * row['difference']:>+6.1f}  {interval:<16}  {verdict}{adjusted}"
    )


def _percent(share: float | None) -> str:
    return f"{'-':>7}" if share is None or share != share else f"{share:>7.1%}"


def _why(row: Mapping[Hashable, Any]) -> str:
    text = _WHY[row["why_not"]]
    return f"{text} ({row['mix_changed']})" if row["why_not"] == "mix_changed" else text


def _one_digest(names: Sequence[str], rows: Sequence[Mapping[Hashable, Any]]) -> Iterator[str]:
    """How many mentions are in one digest, where most of a side are."""
    from warehouse.compare import SIDES

    for name, row in zip(names, rows, strict=True):
        for side in SIDES:
            if row[f"{side}is_concentrated"]:
                n, mentions = row[f"{side}largest_digest_mentions"], row[f"{side}mentions"]
                day = row[f"{side}largest_digest_on"].date()
                yield f"{name}: {n:.0f} of {mentions:.0f} mentions in the digest of {day}."


def _notes(frame: pd.DataFrame) -> Iterator[str]:
    """What the raw shares were where the adjusted ones are compared."""
    adjusted = frame[(frame["compared"] == "share_adjusted") & frame["difference"].notna()]
    if adjusted.empty:
        return
    channels = adjusted["mix_changed"].iloc[0].replace(",", ", ")
    raw = "; ".join(
        f"{row['tag_id']} {row['share']:.1%} : {row['against_share']:.1%}"
        for row in adjusted.head(RAW_SHOWN).to_dict("records")
    )
    yield f"The mix of channels differs ({channels}): shares are adjusted to a fixed mix. Raw shares: {raw}."
