"""Nothing is lost: what was refused is kept, with its reason.

In: refusals of a run. Out: `quarantine/quarantine.jsonl` (rows of the table) and copies of the files of
which nothing could be read. Trap: a file that was repaired must leave the quarantine, so refusals are
kept by source and replaced whenever that source is read again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

Row = dict[str, Any]


class Quarantine:
    """The refusals of a warehouse, by the file they stand in."""

    def __init__(self, warehouse: Path, forget: bool = False) -> None:
        """Read what earlier runs refused, or `forget` it; nothing is written before `save`."""
        self._folder = warehouse / "quarantine"
        self._file = self._folder / "quarantine.jsonl"
        self.rows: list[Row] = []
        if self._file.exists():
            lines = self._file.read_text("utf-8").splitlines()
            self.rows = [json.loads(line) for line in lines]
        self._before = list(self.rows)
        if forget:
            self.rows = []

    @property
    def is_changed(self) -> bool:
        """Whether it differs from what earlier runs left."""
        return self.rows != self._before

    def replace(self, read_again: Iterable[str], refused: list[Row]) -> None:
        """Forget refusals of the sources that were read again, add the new ones."""
        again = set(read_again) | {r["source"] for r in refused}
        self.rows = [r for r in self.rows if r["source"] not in again] + refused
        self.rows.sort(key=lambda r: (r["source"], r["location"], r["reason"]))

    def keep(self, source: str, data: bytes) -> None:
        """Keep the bytes of a file of which nothing could be read."""
        self._folder.mkdir(parents=True, exist_ok=True)
        name = PurePosixPath(source.replace(":", "/")).name
        kept = self._folder / f"{hashlib.sha256(data).hexdigest()[:12]}-{name}"
        if not kept.exists():
            kept.write_bytes(data)

    def save(self) -> None:
        """Write the rows, one JSON a line, sorted."""
        self._folder.mkdir(parents=True, exist_ok=True)
        lines = [json.dumps(r, ensure_ascii=False, sort_keys=True) for r in self.rows]
        self._file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
