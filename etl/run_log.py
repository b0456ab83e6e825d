"""One JSON a run: what was read, refused and written, and how long each step took.

In: figures of a build. Out: `runs/<time>-<run_id>.json`. Trap: wall-clock time belongs here and nowhere
in the data, or the same input would not give the same bytes.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


class RunLog:
    """Collects figures and seconds of one run; progress goes to stderr when it is a terminal."""

    def __init__(self) -> None:
        """The run starts now."""
        self.figures: dict[str, Any] = {}
        self.seconds: dict[str, float] = {}
        self.notes: dict[str, list[str]] = {}
        self._started = datetime.now(UTC)
        self._is_terminal = sys.stderr.isatty()

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time one word of the journey."""
        if self._is_terminal:
            print(f"{name} …", file=sys.stderr)
        start = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - start, 2)

    def progress(self, done: int, total: int, what: str) -> None:
        """Show how far a long step is, in place, on a terminal only."""
        if self._is_terminal and (done % 20 == 0 or done == total):
            end = "\n" if done == total else "\r"
            print(f"  {done}/{total} {what}", end=end, file=sys.stderr, flush=True)

    def save(self, warehouse: Path, run_id: str) -> Path:
        """Write the run's JSON and return its path."""
        folder = warehouse / "runs"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self._started:%Y%m%dT%H%M%S%f}-{run_id}.json"
        record = {
            "run_id": run_id,
            "started_at": self._started.isoformat(timespec="seconds"),
            **self.figures,
            "seconds": self.seconds,
            "peak_memory_mb": _peak_memory_mb(),
            "notes": self.notes,
        }
        path.write_text(json.dumps(record, ensure_ascii=False, indent=1, default=str), "utf-8")
        return path


def _peak_memory_mb() -> float | None:
    """Peak memory of this process and of its largest child, in MB; None where it can't be had."""
    try:
        import resource
    except ImportError:  # not on Windows
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    peaks = [
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    return round(sum(peaks) * unit / 1e6, 1)
