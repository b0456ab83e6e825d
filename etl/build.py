"""START HERE: the whole journey of the data, read → parse and tag → join stories → write → publish.

In: names of sources and a warehouse folder. Out: a `BuildResult`, the lake, a snapshot, a run log.
Traps: what is already in the lake and has not changed is not read again; what vanished from a source
stays (use `full`); nothing that was refused stops the run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from etl.collection import Collection, MadeBy, known_contents, stored_digests
from etl.quarantine import Quarantine
from etl.read_digests import Fresh, Intake, read_digests
from etl.run_log import RunLog
from etl.sources.archives import SourceFile, UnusableSource, read_source
from etl.version import code_version
from warehouse.lake import lake_hash, write_table
from warehouse.lock import locked
from warehouse.publish import Published, publish
from warehouse.schema import arrow_table
from warehouse.taxonomy import taxonomy_version
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


def build(
    sources: Sequence[str], warehouse: Path, full: bool = False, workers: int | None = None
) -> BuildResult:
    """Load digests from `sources` and publish a snapshot; the same input changes nothing.

    `full` forgets what the lake holds and rebuilds it from `sources` alone. Raises UnusableSource when
    a source cannot be opened or holds no digest file, CheckFailed when the result is not sound.
    """
    log = RunLog()
    with locked(warehouse):
        with log.step("read"):
            intake = _read(sources)
        run = Run(warehouse, _run_id(intake.files), intake, log)
        made_by = MadeBy() if full else MadeBy.read(warehouse)
        quarantine = Quarantine(warehouse)
        with log.step("parse and tag"):
            stored = {} if full else stored_digests(warehouse)
            known = known_contents(stored, made_by)
            fresh = read_digests(intake, known, stored, run.run_id, log, workers)
        with log.step("open lake"):
            collection = Collection.empty() if full else Collection.from_lake(warehouse)
            collection.add(fresh.files)
            quarantine.replace(fresh.read_again, collection.without_stubs(fresh.refused))
        if fresh.files or quarantine.is_changed or full or not made_by.is_this_code:
            if not made_by.is_this_code:
                with log.step("tag again"):
                    collection.retag_all_but(fresh.files, workers, log)
            with log.step("join stories"):
                collection.join_stories()
            with log.step("write"):
                fresh.keep_unreadable(quarantine)
                quarantine.save()
                for name, rows in collection.tables.items():
                    write_table(warehouse, name, rows)
                MadeBy(code_version(), made_by.superseded | fresh.superseded).write(warehouse)
        with log.step("publish"):
            published = _publish(warehouse, collection, quarantine, run.run_id)
        return run.result(collection, quarantine, published, fresh)


def _read(sources: Sequence[str]) -> Intake:
    intake = Intake()
    for name in sources:
        reading = read_source(name)
        if not reading.files and not reading.refused:
            raise UnusableSource(
                f"{name}: holds no digest file (.md or .txt). Name a folder or archive of digests."
            )
        intake.add(reading)
    return intake


def _run_id(files: Sequence[SourceFile]) -> str:
    digest = hashlib.sha256(code_version().encode())
    for key in sorted(f"{f.source}:{f.path}:{f.sha256}" for f in files):
        digest.update(key.encode() + b"\n")
    return digest.hexdigest()[:12]


def _publish(
    warehouse: Path, collection: Collection, quarantine: Quarantine, run_id: str
) -> Published | None:
    span = collection.span()
    if span is None:
        return None
    rows: dict[str, pa.Table] = {
        **collection.tables,
        "quarantine": arrow_table("quarantine", quarantine.rows),
        "labs": arrow_table("labs", lab_rows()),
        "themes": arrow_table("themes", theme_rows()),
    }
    content = hashlib.sha256(lake_hash(warehouse).encode())
    content.update(repr(quarantine.rows).encode() + code_version().encode())
    first_on, last_on = span
    snapshot_id = f"{last_on:%Y%m%d}-{content.hexdigest()[:10]}"
    rows["snapshot_info"] = arrow_table(
        "snapshot_info",
        [
            {
                "snapshot_id": snapshot_id,
                "built_from_run": run_id,
                "taxonomy_version": taxonomy_version(),
                "code_version": code_version(),
                "items": len(rows["items"]),
                "digests": len(rows["digests"]),
                "first_on": first_on,
                "last_on": last_on,
            }
        ],
    )
    return publish(warehouse, snapshot_id, rows)


@dataclass(frozen=True)
class Run:
    """What a run is known by, and how it ends."""

    warehouse: Path
    run_id: str
    intake: Intake
    log: RunLog

    def result(
        self,
        collection: Collection,
        quarantine: Quarantine,
        published: Published | None,
        fresh: Fresh,
    ) -> BuildResult:
        """Write the run log and say what was done."""
        read_now = self.intake.names()
        refused = [r for r in quarantine.rows if r["source"] in read_now]
        counts = {name: len(rows) for name, rows in collection.tables.items()}
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
            counts["digests"],
            counts["items"],
            counts["mentions"],
            fresh.added,
            refused,
            self.log.save(self.warehouse, self.run_id),
        )
