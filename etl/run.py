"""One run of the build: what it is known by, what it refused, how it ends.

In: what was read. Out: the quarantine, the description of the snapshot, the run log, a `BuildResult`.
Traps: the run's id is made from what was read, not from the clock, or equal input would not give equal
tables; while the lake is being written no snapshot belongs to it, so that is said before and after.
"""

from __future__ import annotations

import atexit
import gc
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from etl.collection import MadeBy, without_stubs
from etl.quarantine import Quarantine
from etl.read_digests import Fresh, Intake
from etl.run_log import RunLog
from etl.sources.archives import SourceFile
from etl.topics.tables import topics_mark
from etl.version import code_version
from warehouse.connect import open_file
from warehouse.lake import lake_hash
from warehouse.publish import Published
from warehouse.queries import statement
from warehouse.schema import arrow_table
from warehouse.taxonomy import taxonomy_version
from warehouse.taxonomy.events import own_text
from warehouse.taxonomy.rows import lab_rows, theme_rows

Row = dict[str, Any]


@dataclass(frozen=True)
class BuildResult:
    """What a build did; `refused` are the quarantine rows that concern its inputs."""

    run_id: str
    published: Published | None  # None: there is not a single digest to publish
    digests: int
    items: int
    mentions: int
    new_digests: int
    refused: list[Row]
    log_path: Path


class Run:
    """Carries what every step of a build needs."""

    def __init__(
        self, warehouse: Path, intake: Intake, quarantine: Quarantine, made_by: MadeBy, log: RunLog
    ) -> None:
        """`made_by` says which code wrote the lake."""
        self.warehouse = warehouse
        self.intake = intake
        self.quarantine = quarantine
        self.made_by = made_by
        self.log = log
        self.run_id = _run_id(intake.files)
        self._superseded = made_by.superseded

    def note_refusals(self, fresh: Fresh, stored: dict[str, Row]) -> None:
        """Bring the quarantine up to date with what was read."""
        locations = [d["location"] for d in stored.values()]
        locations += [f.digest["location"] for f in fresh.files if f.digest]
        self._superseded = self.made_by.superseded | fresh.superseded
        self.quarantine.replace(fresh.read_again, without_stubs(fresh.refused, locations))

    def begin_writing(self, fresh: Fresh) -> None:
        """Keep what was refused; from here until the end no snapshot belongs to the lake."""
        fresh.keep_unreadable(self.quarantine)
        self.quarantine.save()
        MadeBy(code_version(), self._superseded, "").write(self.warehouse)

    def snapshot_tables(self) -> dict[str, pa.Table]:
        """The tables that are not in the lake, but snapshot_info."""
        return {
            "quarantine": arrow_table("quarantine", self.quarantine.rows),
            "labs": arrow_table("labs", lab_rows()),
            "themes": arrow_table("themes", theme_rows()),
        }

    def describe(self, extent: Row) -> Row:
        """The row of snapshot_info; the id is made from the lake's content, rules and refusals."""
        content = hashlib.sha256(lake_hash(self.warehouse).encode())
        content.update(repr(self.quarantine.rows).encode() + code_version().encode())
        content.update(own_text(self.warehouse).encode())  # the analyst's events
        content.update(topics_mark(self.warehouse).encode())
        return {
            "snapshot_id": f"{extent['last_on']:%Y%m%d}-{content.hexdigest()[:10]}",
            "built_from_run": self.run_id,
            "taxonomy_version": taxonomy_version(),
            "code_version": code_version(),
            **extent,
        }

    def result(self, published: Published | None, fresh: Fresh) -> BuildResult:
        """Write the run log and say what was done."""
        read_now = self.intake.names()
        refused = [r for r in self.quarantine.rows if r["source"] in read_now]
        counts: dict[str, int] = {}
        if published is not None:
            MadeBy(code_version(), self._superseded, published.snapshot_id).write(self.warehouse)
            counts = _row_counts(published.path)
        self.log.figures = {
            "snapshot_id": published.snapshot_id if published else None,
            "is_new_snapshot": bool(published and published.is_new),
            "warnings": list(published.warnings) if published else [],
            "files_read": len(self.intake.files),
            "files_of_other_type": self.intake.other_type,
            "new_or_changed_digests": fresh.added,
            "rows": counts,
            "refused": refused,
            "code_version": code_version(),
        }
        return BuildResult(
            self.run_id,
            published,
            counts.get("digests", 0),
            counts.get("items", 0),
            counts.get("mentions", 0),
            fresh.added,
            refused,
            self.log.save(self.warehouse, self.run_id),
        )


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Spare the search for cycles: rows hold none, and with millions of them it takes long.

    It takes a fifth of joining the stories, and a fifth of a second when the process ends.
    """
    atexit.unregister(gc.freeze)
    atexit.register(gc.freeze)
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _run_id(files: Sequence[SourceFile]) -> str:
    digest = hashlib.sha256(code_version().encode())
    for key in sorted(f"{f.source}:{f.path}:{f.sha256}" for f in files):
        digest.update(key.encode() + b"\n")
    return digest.hexdigest()[:12]


def _row_counts(snapshot: Path) -> dict[str, int]:
    snap = open_file(snapshot)
    with snap.connection.cursor() as cursor:
        cursor.execute(statement("increments", "row_counts"))
        names = [d[0] for d in cursor.description]
        counts = dict(zip(names, cursor.fetchone() or (), strict=True))
    snap.close()
    return counts
