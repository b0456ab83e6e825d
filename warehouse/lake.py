"""The Parquet lake: `lake/<table>/published_month=YYYY-MM/part-0.parquet`, readable by any tool.

In: Arrow tables of the declared schema. Out: files, and the same tables back. Traps: equal input must
give equal bytes (rows sorted by key, fixed writer settings, no time stamps); a month that lost its rows
must lose its file; a reader must never meet a half-written file, so files are renamed into place.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from warehouse.schema import Table, arrow_schema, tables

PARTITION = "published_month"


def lake_tables() -> list[Table]:
    """The tables that are kept as Parquet, in the order in which they are written.

    Digests come last: a digest counts as loaded when it stands there, so all its rows must be in by then.
    """
    kept = [t for t in tables().values() if t.kind == "lake"]
    return sorted(kept, key=lambda t: t.name == "digests")


def write_tables(warehouse: Path, rows: Mapping[str, pa.Table]) -> None:
    """Write all lake tables, several at once; digests when all others are there."""
    *others, digests = [t.name for t in lake_tables()]
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        written = [threads.submit(write_table, warehouse, name, rows[name]) for name in others]
    for each in written:
        each.result()  # raises what went wrong
    write_table(warehouse, digests, rows[digests])


def write_table(warehouse: Path, name: str, rows: pa.Table) -> int:
    """Write one table, one file a month; returns how many files changed."""
    table = tables()[name]
    folder = warehouse / "lake" / name
    months = pc.strftime(rows[table.month_of], format="%Y-%m")
    changed = 0
    wanted = set()
    for month in sorted(pc.unique(months).to_pylist()):
        wanted.add(f"{PARTITION}={month}")
        changed += write_month(warehouse, name, month, rows.filter(pc.equal(months, month)))
    for stale in [p for p in folder.glob(f"{PARTITION}=*") if p.name not in wanted]:
        shutil.rmtree(stale)
        changed += 1
    return changed


def write_month(warehouse: Path, name: str, month: str, rows: pa.Table) -> bool:
    """Write the rows of one month (YYYY-MM) of a table; returns whether its file changed.

    Without a row the month's file goes.
    """
    table = tables()[name]
    part = warehouse / "lake" / name / f"{PARTITION}={month}"
    if not len(rows):
        was_there = part.exists()
        shutil.rmtree(part, ignore_errors=True)
        return was_there
    rows = rows.select(table.columns).cast(arrow_schema(name))
    rows = rows.sort_by([(c, "ascending") for c in table.key])
    return _write_if_changed(rows, part / "part-0.parquet")


def _write_if_changed(rows: pa.Table, path: Path) -> bool:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    pq.write_table(rows.combine_chunks(), draft, compression="zstd", compression_level=3)
    if path.exists() and _sha(draft) == _sha(path):
        draft.unlink()
        return False
    draft.replace(path)
    return True


def _sha(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_table(warehouse: Path, name: str) -> pa.Table:
    """All months of one table, in the declared schema; an empty table if there is none."""
    schema = arrow_schema(name)
    folder = warehouse / "lake" / name
    parts = sorted(folder.glob(f"{PARTITION}=*/*.parquet"))
    if not parts:
        return schema.empty_table()
    return pa.concat_tables([_conform(_rows_of(p), schema) for p in parts])


def _rows_of(part: Path) -> pa.Table:
    # Not `read_table`: that loads pyarrow.dataset and with it pandas, a sixth of a second.
    with pq.ParquetFile(part) as file:
        return file.read()


def _conform(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """Columns added to the schema since the file was written come back as null."""
    columns = [
        rows[f.name].cast(f.type) if f.name in rows.column_names else pa.nulls(len(rows), f.type)
        for f in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def lake_hash(warehouse: Path) -> str:
    """A hash over all files of the lake, by path: equal bytes, equal hash."""
    digest = hashlib.sha256()
    for table in lake_tables():
        for part in sorted((warehouse / "lake" / table.name).glob(f"{PARTITION}=*/*.parquet")):
            digest.update(f"{part.relative_to(warehouse)} {_sha(part)}\n".encode())
    return digest.hexdigest()
