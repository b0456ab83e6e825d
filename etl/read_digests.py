"""Parse and tag the files of a run, on all cores, skipping what is known.

In: an `Intake` (everything the sources hold). Out: a `Fresh`: rows of new or changed digests, refusals.
Traps: the same digest may come twice in one run (a file and the archive that holds it): equal content
counts once, unequal content is noted and the later one wins; results come back in the order of reading
however many processes there are, or the ids would depend on the machine.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from etl.digest_rows import FileRows, file_name, rows_of
from etl.quarantine import Quarantine
from etl.run_log import RunLog
from etl.sources.archives import Reading, SourceFile
from warehouse.model import Refusal

Row = dict[str, Any]
# Under this many files a pool costs more than it saves (it takes about a second to start).
FEW = 40


@dataclass
class Intake:
    """Everything the sources of a run hold."""

    files: list[SourceFile] = field(default_factory=list)
    refused: list[tuple[str, Refusal]] = field(default_factory=list)
    other_type: int = 0

    def add(self, reading: Reading) -> None:
        """Add one source."""
        self.files += reading.files
        self.refused += reading.refused
        self.other_type += reading.other_type

    def names(self) -> set[str]:
        """How the files and refused members of this run are called in the quarantine."""
        return {file_name(f) for f in self.files} | {name for name, _ in self.refused}


@dataclass
class Fresh:
    """What the run read anew."""

    files: list[FileRows] = field(default_factory=list)
    refused: list[Row] = field(default_factory=list)
    read_again: list[str] = field(default_factory=list)
    unreadable: list[tuple[str, bytes]] = field(default_factory=list)
    superseded: set[str] = field(
        default_factory=set
    )  # SHA-256 of digests that a later file replaced

    @property
    def added(self) -> int:
        """How many digests are new or changed."""
        return len(self.files)

    def keep_unreadable(self, quarantine: Quarantine) -> None:
        """Keep the bytes of files of which nothing could be read and that are still refused."""
        still = {r["source"] for r in quarantine.rows}
        for name, data in self.unreadable:
            if name in still:
                quarantine.keep(name, data)


def read_digests(
    intake: Intake,
    known: frozenset[str],
    kept: Mapping[str, Row],
    run_id: str,
    log: RunLog,
    workers: int | None = None,
) -> Fresh:
    """Read the files whose content (SHA-256) is not in `known`.

    `kept`: rows of `digests` that the lake holds, by digest_id.
    """
    wanted = [f for f in intake.files if f.sha256 not in known]
    fresh = Fresh(read_again=[file_name(f) for f in wanted])
    for name, refusal in intake.refused:
        fresh.refused.append(_refused_row(name, refusal, run_id))
    by_digest: dict[str, FileRows] = {}
    for number, (file, rows) in enumerate(zip(wanted, _each(wanted, workers), strict=True), 1):
        log.progress(number, len(wanted), "files")
        if rows.notes:
            log.notes[rows.file] = rows.notes
        fresh.refused += [_refused_row(rows.file, r, run_id) for r in rows.refusals]
        if rows.digest is None:
            fresh.unreadable.append((rows.file, file.data))
            continue
        digest_id = rows.digest["digest_id"]
        stored = by_digest.get(digest_id)
        earlier = stored.digest if stored else kept.get(digest_id)
        loser = _loser(rows.digest, earlier, in_one_run=stored is not None)
        if loser is not None:
            fresh.superseded.add(loser["content_sha256"])
            note = (
                f"same digest as {earlier['location']}; the one with more items counts"
                if earlier
                else ""
            )
            log.notes.setdefault(rows.file, []).append(note)
        if loser is not rows.digest:
            by_digest[digest_id] = rows
    fresh.files = list(by_digest.values())
    return fresh


def _loser(new: Row, earlier: Row | None, in_one_run: bool) -> Row | None:
    """Which of two versions of one digest is left out; None when there is no choice to make.

    The same path again is a correction and always wins. A copy from elsewhere wins only if it has no
    fewer items: the translation archive holds untranslated, shortened copies of English issues.
    """
    if earlier is None or earlier["content_sha256"] == new["content_sha256"]:
        return None
    if earlier["location"] == new["location"]:
        return earlier if in_one_run else None
    return new if new["item_count"] < earlier["item_count"] else earlier


def _refused_row(source: str, refusal: Refusal, run_id: str) -> Row:
    return {
        "source": source,
        "location": refusal.location,
        "reason": refusal.reason,
        "detail": refusal.detail[:200],
        "run_id": run_id,
    }


def _each(files: Sequence[SourceFile], workers: int | None) -> Iterator[FileRows]:
    processes = min(workers or os.cpu_count() or 1, len(files) // FEW + 1)
    if processes <= 1:
        yield from map(rows_of, files)
        return
    with pool(processes) as executor:
        yield from executor.map(rows_of, files, chunksize=4)


@contextmanager
def pool(processes: int) -> Iterator[ProcessPoolExecutor]:
    """Fresh processes that import what they are sent and nothing else.

    Forking a process with Arrow's threads may hang, hence fresh ones; and these would run the caller's
    script again (a script without a main guard would build a second time), unless it is out of sight
    while they start. What they make holds no cycles, and is gone with them: no garbage collector.
    """
    script = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        with ProcessPoolExecutor(
            processes, multiprocessing.get_context("spawn"), initializer=gc.disable
        ) as executor:
            yield executor
    finally:
        sys.modules["__main__"] = script
