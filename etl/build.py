"""START HERE: the whole journey of the data, read → parse and tag → join stories → write → publish.

In: names of sources and a warehouse folder. Out: a `BuildResult`, the lake, a snapshot, a run log.
Traps: what is already in the lake and has not changed is not read again; what vanished from a source
stays (use `full`); nothing that was refused stops the run; a few new digests take a short cut
(`increment.py`) whose result is the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from etl.collection import Collection, MadeBy, known_contents, stored_digests
from etl.increment import small_changes
from etl.quarantine import Quarantine
from etl.read_digests import Fresh, Intake, read_digests
from etl.run import BuildResult, Run, no_garbage_collection
from etl.run_log import RunLog
from etl.sources.archives import UnusableSource, read_source
from etl.topics.tables import topic_tables
from warehouse.connect import open_snapshot
from warehouse.increment import publish_changes
from warehouse.lake import write_tables
from warehouse.lock import locked
from warehouse.problems import SnapshotProblem
from warehouse.publish import Published, publish
from warehouse.schema import arrow_table


def build(
    sources: Sequence[str], warehouse: Path, full: bool = False, workers: int | None = None
) -> BuildResult:
    """Load digests from `sources` and publish a snapshot; the same input changes nothing.

    `full` forgets what the lake holds and rebuilds it from `sources` alone. Raises UnusableSource when
    a source cannot be opened or holds no digest file, CheckFailed when the result is not sound.
    """
    log = RunLog()
    with locked(warehouse), no_garbage_collection():
        with log.step("read"):
            intake = _read(sources)
        made_by = MadeBy() if full else MadeBy.read(warehouse)
        run = Run(warehouse, intake, Quarantine(warehouse, forget=full), made_by, log)
        with log.step("parse and tag"):
            stored = {} if full else stored_digests(warehouse)
            known = known_contents(stored, made_by)
            fresh = read_digests(intake, known, stored, run.run_id, log, workers)
            run.note_refusals(fresh, stored)
        published = _short_cut(run, fresh, stored)
        if published is None:
            published = _long_way(run, fresh, full, workers)
        return run.result(published, fresh)


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


def _short_cut(run: Run, fresh: Fresh, stored: dict[str, dict[str, object]]) -> Published | None:
    """Publish a few new digests on top of the current snapshot; None when that is not possible."""
    if not run.made_by.is_this_code or fresh.superseded:
        return None
    try:
        snap = open_snapshot(run.warehouse)
    except SnapshotProblem:
        return None
    with run.log.step("join stories"):
        is_newest = snap.snapshot_id == run.made_by.snapshot_id
        changes = small_changes(snap, fresh.files, stored) if is_newest else None
        snap.close()
    if changes is None:
        return None
    changes.replaced["quarantine"] = arrow_table("quarantine", run.quarantine.rows)
    run.begin_writing(fresh)
    with run.log.step("assign topics"):
        items = changes.upserts["items"]
        changes.replaced.update(topic_tables(run.warehouse, items, run.run_id, is_all=False))
    with run.log.step("write and publish"):
        return publish_changes(run.warehouse, snap.path, changes, run.describe)


def _long_way(run: Run, fresh: Fresh, full: bool, workers: int | None) -> Published | None:
    """Build everything anew from the lake and the fresh digests; None when there is no digest."""
    with run.log.step("open lake"):
        collection = Collection.empty() if full else Collection.from_lake(run.warehouse)
        collection.add(fresh.files)
    if fresh.files or run.quarantine.is_changed or full or not run.made_by.is_whole:
        if not run.made_by.is_this_code:
            with run.log.step("tag again"):
                collection.retag_all_but(fresh.files, workers, run.log)
        with run.log.step("join stories"):
            collection.join_stories()
        run.begin_writing(fresh)
        with run.log.step("write"):
            write_tables(run.warehouse, collection.tables)
    extent = collection.extent()
    if extent is None:
        return None
    with run.log.step("assign topics"):
        items = collection.tables["items"]
        topics = topic_tables(run.warehouse, items, run.run_id, is_all=True)
    with run.log.step("publish"):
        info = run.describe(extent)
        rows = {**collection.tables, **run.snapshot_tables(), **topics}
        rows["snapshot_info"] = arrow_table("snapshot_info", [info])
        return publish(run.warehouse, info["snapshot_id"], rows)
