"""Many readers of one dashboard at once, for some minutes: how long they wait, what breaks, what memory it takes.

In: `python -m tests.benchmarks.dashboard_load --warehouse FOLDER [--users 20 --seconds 300]`. Out: p50, p95 and
the longest wait by what was done, errors, memory over time. With `--switch` the warehouse goes back and forth
between its snapshots all the while, which changes its `current`: give it a copy. Trap: the readers' own Python
takes part of the machine, so the waits are an upper bound.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import tempfile
import time
from pathlib import Path

from tests.benchmarks.browser_timing import dashboard_command, serving
from tests.benchmarks.websocket_reader import Reader, Run
from warehouse.snapshots import list_snapshots, rollback

ROOT = Path(__file__).parents[2]
LINKS = ("", "", "grain=week", "grain=day&measure=mentions", "lang=zh", "labs=openai&labs=zhipu")
VISIT = (30.0, 120.0)  # seconds until a reader closes the tab and opens another


def main() -> None:
    """Start a server, let the readers at it, print."""
    asked = _arguments()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(dashboard_command(asked.warehouse), Path(folder), environment) as (site, server),
    ):
        before = _processor_seconds(server.pid)
        runs, memory = asyncio.run(_all(asked, site, server.pid))
        spent = _processor_seconds(server.pid) - before
    _report(runs, memory, spent)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--warehouse", type=Path, required=True)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--think", type=float, nargs=2, default=(1.0, 3.0))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--switch", type=float, metavar="SECONDS", help="to another snapshot each …"
    )
    return parser.parse_args()


async def _all(asked: argparse.Namespace, site: str, pid: int) -> tuple[list[Run], list[float]]:
    """All readers until the end; the memory of the server every ten seconds."""
    until, runs, memory = time.monotonic() + asked.seconds, list[Run](), list[float]()

    async def user(number: int) -> None:
        chance = random.Random(asked.seed * 1000 + number)
        while time.monotonic() < until:
            reader = Reader(site, chance, chance.choice(LINKS), runs)
            leaves = time.monotonic() + chance.uniform(*VISIT)
            try:
                await reader.read(min(until, leaves), tuple(asked.think))
            except OSError as problem:
                runs.append(Run("connection", 0.0, 0, repr(problem)))
                await asyncio.sleep(1)

    async def watch() -> None:
        while time.monotonic() < until:
            memory.append(_memory_mb(pid))
            await asyncio.sleep(10)

    async def switch() -> None:
        while asked.switch and time.monotonic() < until:
            await asyncio.sleep(asked.switch)
            others = [s for s in list_snapshots(asked.warehouse) if not s.is_current]
            rollback(asked.warehouse, others[-1].snapshot_id)

    await asyncio.gather(watch(), switch(), *(user(n) for n in range(asked.users)))
    return runs, [*memory, _memory_mb(pid)]


def _memory_mb(pid: int) -> float:
    """Resident memory of a process; 0 where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0.0
    line = next(x for x in status.read_text("utf-8").splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _processor_seconds(pid: int) -> float:
    """What a process has used of the processors; 0 where the system does not tell."""
    status = Path(f"/proc/{pid}/stat")
    if not status.exists():
        return 0.0
    fields = status.read_text("utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _report(runs: list[Run], memory: list[float], spent: float) -> None:
    good = [run for run in runs if not run.problem]
    kinds = ["all", *sorted({run.kind for run in good})]
    print(f"{'run':<14}{'runs':>7}{'p50 s':>9}{'p95 s':>9}{'max s':>9}{'median KB':>11}")
    for kind in kinds:
        chosen = [run for run in good if kind in ("all", run.kind)]
        waits = sorted(run.seconds for run in chosen)
        p95 = waits[min(len(waits) - 1, int(0.95 * len(waits)))]
        size = statistics.median(run.bytes_ for run in chosen) / 1000
        print(
            f"{kind:<14}{len(waits):>7}{statistics.median(waits):>9.2f}{p95:>9.2f}{waits[-1]:>9.2f}{size:>11.0f}"
        )
    problems = [run for run in runs if run.problem]
    print(f"errors: {len(problems)} of {len(runs)} runs")
    for text in sorted({run.problem for run in problems})[:20]:
        print(f"  {sum(run.problem == text for run in problems)} × {text}")
    print(f"processor seconds of the server: {spent:.1f}, a run: {spent / len(runs):.3f}")
    print("memory of the server, MB:", " ".join(f"{mb:.0f}" for mb in memory))


if __name__ == "__main__":
    main()
