"""One writer at a time.

In: a warehouse folder. Out: a context in which no other build runs. Trap: the lock is the operating
system's, so that a build that was killed leaves nothing locked.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class WarehouseBusy(RuntimeError):
    """Another build holds the warehouse."""


@contextmanager
def locked(warehouse: Path) -> Iterator[None]:
    """Hold the warehouse for writing; raises WarehouseBusy at once if another build does."""
    warehouse.mkdir(parents=True, exist_ok=True)
    with (warehouse / ".lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise WarehouseBusy(
                f"Another build is writing to {warehouse}. Wait until it has ended."
            ) from error
        yield
