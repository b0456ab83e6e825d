"""What `trends status` says: the snapshot, what it covers, its health.

In: an open snapshot. Out: lines of text and how many inputs are in quarantine. Trap: figures come from
the same answers as the dashboard's About page, so that both say the same.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from warehouse import answers
from warehouse.connect import Snapshot

MUCH_UNEXPLAINED = 0.05  # of a digest's bytes: then it is named
BYTE_CLASSES = {
    "items": "bytes_in_items",
    "headings": "bytes_in_headings",
    "boilerplate": "bytes_in_boilerplate",
    "unexplained": "bytes_unexplained",
}


def status_lines(folder: Path, snap: Snapshot) -> tuple[list[str], int]:
    """Lines for the terminal, and the number of refusals."""
    state = answers.loaded(snap).frame.iloc[0]
    refused = answers.quarantine(snap).frame
    lines = [
        f"warehouse   {folder}",
        f"snapshot    {snap.snapshot_id}",
        f"covers      {state['first_on']:%Y-%m-%d} … {state['last_on']:%Y-%m-%d}",
        f"built by    run {state['built_from_run']}, code {state['code_version']}, "
        f"taxonomy {state['taxonomy_version']}",
        "",
        *_by_source(answers.coverage(snap).frame),
        "",
        *_tables(answers.status(snap).frame),
        "",
        f"quarantine  {len(refused)}",
        *_reasons(refused),
    ]
    return lines, len(refused)


def byte_coverage_lines(snap: Snapshot) -> list[str]:
    """Where the bytes went: in all, by source, and each digest with much that nothing explains."""
    rows = answers.byte_coverage(snap).frame
    worst = rows[rows["unexplained_share"] > MUCH_UNEXPLAINED]
    return [
        f"{'':<20} {'bytes read':>13} " + "".join(f"{part:>13}" for part in BYTE_CLASSES),
        _bytes("all", rows),
        *(_bytes(str(source), group) for source, group in rows.groupby("source", sort=True)),
        "",
        f"digests with more than {MUCH_UNEXPLAINED:.0%} unexplained: {len(worst)}",
        *(f"  {r.unexplained_share:>6.1%}  {r.digest_id}" for r in worst.itertuples()),
    ]


def _bytes(name: str, rows: pd.DataFrame) -> str:
    read = int(rows["bytes_read"].sum())
    parts = (int(rows[column].sum()) for column in BYTE_CLASSES.values())
    shares = "".join(f"{part / read if read else 0:>13.3%}" for part in parts)
    return f"{name:<20} {read:>13,} {shares}"


def _by_source(coverage: pd.DataFrame) -> list[str]:
    lines = []
    grouped = coverage.groupby(["source", "language", "channel"], sort=True)
    for (source, language, channel), rows in grouped:
        total, counted = int(rows["items"].sum()), int(rows["items_total"].sum())
        note = (
            ""
            if counted == total
            else f"  ({counted:,} counted: the rest translates a loaded original)"
        )
        lines.append(f"{source:<20} {language}  {channel:<15} {total:>9,} items{note}")
    return lines


def _tables(tables: pd.DataFrame) -> list[str]:
    return [f"{r.table_name:<20} {r.row_count:>12,} rows" for r in tables.itertuples()]


def _reasons(refused: pd.DataFrame) -> list[str]:
    counts = refused.groupby("reason", sort=True).size()
    return [f"  {reason:<30} {count:>6}" for reason, count in counts.items()]
