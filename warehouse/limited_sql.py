"""One statement of an analyst with an end to its rows, its time and its memory: in a process of its own.

In: the real path of a snapshot, a statement, `Limits`. Out: a `LimitedResult`, or a QueryProblem with a code.
Traps: a statement that never ends, or eats all memory, must not take the server with it, so it runs in
another process (`sql_child`) that can be killed; twenty readers must not start twenty, so few run at once and
the others wait for a while; whoever waits must be able to give up, so `on_wait` is called again and again,
and what it raises ends the statement.
"""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.problems import QueryProblem
from warehouse.sql_child import MEMORY_EXIT

if TYPE_CHECKING:  # only who shows rows needs Arrow
    import pyarrow as pa

AT_ONCE = 3
_TURNS = threading.BoundedSemaphore(AT_ONCE)
_TICK = 0.25  # seconds between two calls of on_wait

# The codes of the QueryProblem beside those of `one_statement`.
CODES = ("time", "memory", "busy", "crash", "days")

OnWait = Callable[[float], None]


@dataclass(frozen=True)
class Limits:
    """How far a statement may go.

    rows: that many are given; size: bytes of rows; seconds: from the start of the process; memory_mb: what
    DuckDB may hold, the process may hold 256 MB more; threads: cores; wait_seconds: for a turn.
    """

    rows: int = 10_000
    size: int = 32_000_000
    seconds: float = 30.0
    memory_mb: int = 1_000
    threads: int = 2
    wait_seconds: float = 20.0


@dataclass(frozen=True)
class LimitedResult:
    """Rows; `cut` says which limit they end at (`rows`, `size`, or nothing: these are all)."""

    rows: pa.Table
    cut: str
    seconds: float


def run_limited(
    path: Path, statement: str, limits: Limits | None = None, on_wait: OnWait | None = None
) -> LimitedResult:
    """The rows of one reading statement on a snapshot file.

    `on_wait` gets the seconds since the call, a few times a second. Raises QueryProblem with a code:
    `none`, `several`, `not_reading`, `sql` (DuckDB's reason), or one of CODES.
    """
    limits = limits or Limits()
    started = time.monotonic()

    def tick() -> None:
        if on_wait is not None:
            on_wait(time.monotonic() - started)

    request = {"path": str(Path(path).resolve()), "statement": statement, "parent": os.getpid()}
    with _turn(limits.wait_seconds, tick):
        out = _ask_child(json.dumps(request | asdict(limits)).encode(), limits, tick)
    return _result(out)


def child_command() -> list[str]:
    """The process that answers; `-P` keeps the current folder from hiding our modules."""
    return [sys.executable, "-P", "-m", "warehouse.sql_child"]


def _environment() -> dict[str, str]:
    """Only what the child needs: it finds this very package, wherever the server was started.

    OpenBLAS, which comes with Arrow's numpy, would reserve memory for a thread a core.
    """
    kept = {k: v for k in ("PATH", "HOME", "LANG", "LC_ALL", "TZ") if (v := os.environ.get(k))}
    root = str(Path(__file__).resolve().parents[1])
    paths = [root, *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    places = os.pathsep.join(path for path in paths if path)
    return kept | {"PYTHONPATH": places, "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"}


@contextmanager
def _turn(seconds: float, tick: Callable[[], None]) -> Iterator[None]:
    """One of few places; raises `busy` when none becomes free in time."""
    ends = time.monotonic() + seconds
    while not _TURNS.acquire(timeout=_TICK):
        if time.monotonic() > ends:
            raise QueryProblem(
                f"{AT_ONCE} statements are running, and none ended within {seconds:g} s.", "busy"
            )
        tick()
    try:
        yield
    finally:
        _TURNS.release()


def _ask_child(request: bytes, limits: Limits, tick: Callable[[], None]) -> bytes:
    """What the child wrote; it is dead when this returns or raises."""
    ends = time.monotonic() + limits.seconds
    with subprocess.Popen(
        child_command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
        start_new_session=True,
    ) as child:
        try:
            out, errors = _wait(child, request + b"\n", ends, tick)
        finally:
            with suppress(ProcessLookupError, PermissionError):  # gone already
                os.killpg(child.pid, signal.SIGKILL)
    if out is None:
        raise QueryProblem(f"It was not done after {limits.seconds:g} s.", "time")
    if child.returncode == MEMORY_EXIT or (child.returncode and b"bad_alloc" in errors):
        raise QueryProblem(f"It needed more than {limits.memory_mb} MB of memory.", "memory")
    if child.returncode:
        lines = errors.decode("utf-8", "replace").strip().splitlines()
        raise QueryProblem(f"exit {child.returncode}. {''.join(lines[-1:])[:300]}".strip(), "crash")
    return out


def _wait(
    child: subprocess.Popen[bytes], request: bytes, ends: float, tick: Callable[[], None]
) -> tuple[bytes | None, bytes]:
    """Output and errors of the child; None when its time is over."""
    todo: bytes | None = request
    while (left := ends - time.monotonic()) > 0:
        try:
            return child.communicate(todo, timeout=min(left, _TICK))
        except subprocess.TimeoutExpired:
            todo = None  # it goes on with what it was given
            tick()
    return None, b""


def _result(out: bytes) -> LimitedResult:
    import pyarrow as pa

    line, _, rows = out.partition(b"\n")
    head = json.loads(line)
    if "code" in head:
        raise QueryProblem(head["message"], head["code"])
    table = pa.ipc.open_stream(io.BytesIO(rows)).read_all()
    _check_days(table)
    return LimitedResult(table, **head)


def _check_days(rows: pa.Table) -> None:
    """DuckDB knows days that Python does not, infinity among them; no page and no file could show them."""
    for name, kind in zip(rows.column_names, rows.schema.types, strict=True):
        if "date" in str(kind) or "timestamp" in str(kind):
            try:
                rows.column(name).to_pylist()
            except (OverflowError, ValueError) as error:
                raise QueryProblem(f"{name}: {error}", "days") from error
