"""The only place that opens DuckDB: read-only snapshots for readers, a new file for the publisher.

In: a warehouse folder. Out: a `Snapshot`. Traps: within one process DuckDB caches databases by real
path, so `current` (a link) is resolved first, or a reader would keep the old state after a switch; a
connection is not thread-safe, so every query takes a cursor of its own; a published file is never
opened for writing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.problems import BrokenSnapshot, NoSnapshot, OldSnapshot
from warehouse.schema import quote

if TYPE_CHECKING:  # loading pandas takes a moment that a build does not need
    import pandas as pd

CURRENT = "current"

# What an analyst's statement must not do: read or write files, load code, change these settings.
_LOCKED = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "lock_configuration": "true",
}


# How DuckDB says that a table, column or function is not there.
_LACKING = re.compile(r"does not exist|not found|No function matches|does not have a")


@dataclass(frozen=True)
class Snapshot:
    """An open, read-only snapshot; `path` is its real path (use it as a cache key)."""

    path: Path
    snapshot_id: str
    connection: duckdb.DuckDBPyConnection

    def frame(self, sql: str, params: Mapping[str, Any] | None = None) -> pd.DataFrame:
        """Rows of one of our statements with bound `$name` parameters; safe to call from any thread.

        Raises OldSnapshot if the snapshot lacks what the statement asks for.
        """
        with self.connection.cursor() as cursor:
            try:
                return cursor.execute(sql, dict(params or {})).df()
            except (duckdb.CatalogException, duckdb.BinderException) as error:
                said = str(error).splitlines()[0][:200]
                if not _LACKING.search(said):
                    raise  # a mistake of ours, not of the snapshot
                raise OldSnapshot(self.path, said) from error

    def close(self) -> None:
        """Close the connection; later queries fail."""
        self.connection.close()


def connect_read_only(path: Path, limits: Mapping[str, str] | None = None) -> Any:
    """A locked read-only connection to a snapshot file, given by real path."""
    return duckdb.connect(str(path), read_only=True, config={**_LOCKED, **(limits or {})})


def connect_new(path: Path) -> Any:
    """A new database file, for the publisher alone; fails if the file exists.

    Storage version 1.5 keeps the file readable for clients of the 1.5 line.
    """
    if path.exists():
        raise FileExistsError(f"{path} exists; a published file is never written again")
    connection = duckdb.connect()
    connection.execute(f"ATTACH {quote(str(path))} AS s (STORAGE_VERSION 'v1.5.0')")
    connection.execute("USE s")
    return connection


def connect_draft(path: Path) -> Any:
    """A copy of a snapshot that is not published yet, for writing; the publisher alone."""
    connection = duckdb.connect()
    connection.execute(f"ATTACH {quote(str(path))} AS s")
    connection.execute("USE s")
    return connection


def close_draft(connection: Any) -> None:
    """Write everything into the file of the draft, so that no write-ahead log is left."""
    connection.execute("CHECKPOINT s")
    connection.execute("USE memory")
    connection.execute("DETACH s")


def attach_read_only(connection: Any, path: Path, name: str) -> None:
    """Attach another snapshot to the publisher's connection, for reading."""
    connection.execute(f"ATTACH {quote(str(path))} AS {name} (READ_ONLY)")


def connect_memory() -> Any:
    """A database in memory, for generated statements over Arrow tables and for tests."""
    return duckdb.connect()


def current_path(warehouse: Path) -> Path:
    """The real path of the snapshot behind `current`.

    Raises NoSnapshot if nothing was published, BrokenSnapshot if the file is gone.
    """
    link = warehouse / CURRENT
    if not link.is_symlink() and not link.exists():
        raise NoSnapshot(warehouse)
    target = link.resolve()
    if not target.is_file():
        raise BrokenSnapshot(target, "the file is missing")
    return target


def open_snapshot(warehouse: Path) -> Snapshot:
    """Open the current snapshot of a warehouse folder, read-only."""
    return open_file(current_path(Path(warehouse)))


def open_file(path: Path) -> Snapshot:
    """Open one snapshot file; raises BrokenSnapshot with DuckDB's reason."""
    connection = None
    try:
        connection = connect_read_only(path)
        row = connection.execute("SELECT snapshot_id FROM snapshot_info").fetchone()
    except duckdb.Error as error:
        with suppress(duckdb.Error):
            if connection is not None:
                connection.close()
        raise BrokenSnapshot(path, str(error).splitlines()[0][:200]) from error
    if row is None:
        raise BrokenSnapshot(path, "it does not say which snapshot it is")
    return Snapshot(path, row[0], connection)
