"""The process that runs one statement of an analyst and ends: started by `limited_sql`, never imported.

In: one line of JSON on stdin (snapshot file, statement, limits). Out: one line of JSON on stdout and, if all
went well, the rows as an Arrow stream after it. Traps: a statement can make DuckDB write to stdout or end the
process, so stdout is moved away before anything is run; rows are fetched in batches, since a statement may
have a billion of them; what counts as memory is the process, not only what DuckDB believes it holds; the
server may be killed, so the process also ends when its parent is gone.
"""

from __future__ import annotations

import json
import os
import re
import resource
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

MEMORY_EXIT = 77
# What the process holds beside DuckDB's own limit: Python, Arrow and the rows on their way out.
BESIDE_DUCKDB = 256 << 20
_BATCH = 1024
_LOOK_EVERY = 0.02  # seconds
# Arrow has no form for these, or one that loses something: the largest UHUGEINT would arrive as -1.
_CHANGED = re.compile(r"UHUGEINT|BIGNUM|\bBIT\b|\bTIME WITH|INTERVAL|UNION|GEOMETRY|VARIANT|BLOB")

Request = dict[str, Any]


def main() -> None:
    """Answer the request on stdin."""
    out = _own_stdout()
    request: Request = json.loads(sys.stdin.readline())
    _limit_process(request)
    try:
        head, rows = _answer(request)
    except _problems() as problem:
        head, rows = _told(problem), None
    out.write(json.dumps(head).encode() + b"\n")
    if rows is not None:
        _write(rows, out)
    out.flush()
    # no way back through destructors: DuckDB may end the process there after a statement on its own log
    os._exit(0)


def _own_stdout() -> BinaryIO:
    """The pipe to the parent; what others print from now on goes nowhere."""
    pipe = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return os.fdopen(pipe, "wb")


def _limit_process(request: Request) -> None:
    """Nothing is written to disk, memory has an end, and so has the process without its parent."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    most = int(request["memory_mb"] * 1e6) + BESIDE_DUCKDB
    with suppress(ValueError, OSError):  # macOS does not know it; the watch below is what counts
        reserved = 4 * most + (4 << 30)  # addresses, of which far more are reserved than are used
        resource.setrlimit(resource.RLIMIT_AS, (reserved, reserved))
    threading.Thread(target=_watch, args=(most, request["parent"]), daemon=True).start()


def _watch(most: int, parent: int) -> None:
    while os.getppid() == parent:
        if _resident() > most:
            os._exit(MEMORY_EXIT)
        time.sleep(_LOOK_EVERY)
    os._exit(1)


def _resident() -> int:
    """Bytes of memory that this process holds."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except FileNotFoundError:  # macOS: the most it ever held, in bytes
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return pages * resource.getpagesize()


def _answer(request: Request) -> tuple[Request, Any]:
    from warehouse.connect import connect_read_only
    from warehouse.one_statement import execute

    settings = {
        "memory_limit": f"{request['memory_mb']}MB",
        "threads": str(request["threads"]),
        "temp_directory": "",  # what does not fit into memory is refused, not written to disk
    }
    connection = connect_read_only(Path(request["path"]), settings)
    started = time.perf_counter()
    statement, most = request["statement"], request["rows"]
    found = execute(connection, statement)
    found = _as_text(connection, statement) or found
    try:
        rows, cut = _fetch(found, most, request["size"])
    except OSError as error:
        # one thread failed and stopped the other, which was heard first
        if "Interrupted" in str(error):
            connection.sql(statement).limit(most + 1).to_arrow_table()  # raises the reason
        raise
    return {"cut": cut, "seconds": time.perf_counter() - started}, rows


def _as_text(connection: Any, statement: str) -> Any:
    """The statement again, with columns as text where Arrow would change their values; None if none is."""
    columns = [(name, str(kind)) for name, kind, *_ in connection.description]
    if not any(_CHANGED.search(kind) for _, kind in columns):
        return None
    chosen = []
    for place, (name, kind) in enumerate(columns, start=1):
        cast = "::VARCHAR" if _CHANGED.search(kind) else ""
        quoted = name.replace('"', '""')
        chosen.append(f'#{place}{cast} AS "{quoted}"')  # by place: two columns may have one name
    return connection.sql(statement).project(", ".join(chosen))


def _fetch(found: Any, most_rows: int, most_bytes: int) -> tuple[Any, str]:
    """At most so many rows and bytes, and which of both was reached (`rows`, `size` or nothing)."""
    import pyarrow as pa

    reader = found.to_arrow_reader(_BATCH)
    kept, rows, size, cut = [], 0, 0, ""
    for batch in reader:
        batch = batch.slice(0, most_rows - rows + 1)
        size += batch.nbytes
        if size > most_bytes:
            cut = "size"
            break
        kept.append(batch)
        rows += batch.num_rows
        if rows > most_rows:
            cut = "rows"
            break
    table = pa.Table.from_batches(kept, reader.schema).slice(0, most_rows)
    return table.rename_columns(_different(table.column_names)), cut


def _different(names: list[str]) -> list[str]:
    """`a, a, b` → `a, a_2, b`: a table on the page and in a file tells columns apart by name."""
    out: list[str] = []
    for name in names:
        number, free = 1, name
        while free in out:
            number += 1
            free = f"{name}_{number}"
        out.append(free)
    return out


def _write(rows: Any, out: BinaryIO) -> None:
    import pyarrow as pa

    with pa.ipc.new_stream(out, rows.schema) as writer:
        writer.write_table(rows)


def _problems() -> tuple[type[BaseException], ...]:
    import duckdb
    import pyarrow as pa

    from warehouse.problems import QueryProblem

    # what goes wrong after the first batch arrives through Arrow, as OSError
    return (QueryProblem, duckdb.Error, pa.ArrowException, OSError, MemoryError)


def _told(problem: BaseException) -> Request:
    import duckdb

    text = str(problem)
    cause = problem.__cause__ or problem
    is_memory = isinstance(cause, MemoryError | duckdb.OutOfMemoryException)
    if is_memory or "bad_alloc" in text or text.startswith("Out of Memory"):
        return {"code": "memory", "message": text}
    return {"code": getattr(problem, "code", "sql"), "message": text}


if __name__ == "__main__":
    main()
