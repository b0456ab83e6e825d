"""What can be wrong with a warehouse, each with what to do about it.

In: a path. Out: exceptions that the command line and the dashboard show as a sentence. Trap: a stack
trace tells an analyst nothing; `code` lets the dashboard say the same in Chinese.
"""

from __future__ import annotations

from pathlib import Path


class SnapshotProblem(RuntimeError):
    """The warehouse cannot be read; `code` names the case, `advice` says what to do."""

    code = "snapshot_problem"
    advice = "Run `trends status` to see what is there."

    def __init__(self, path: Path, detail: str = "") -> None:
        """`path` is what could not be read, `detail` the cause in the words of who found it."""
        self.path = path
        self.detail = detail
        super().__init__(f"{self.describe()} {self.advice}")

    def describe(self) -> str:
        """What is wrong, without the advice."""
        return f"The warehouse {self.path} cannot be read: {self.detail}."


class NoSnapshot(SnapshotProblem):
    """Nothing was published yet."""

    code = "no_snapshot"
    advice = "Run `trends build sample` (bundled data) or `trends build SOURCE` first."

    def describe(self) -> str:
        return f"The warehouse {self.path} holds no snapshot yet."


class BrokenSnapshot(SnapshotProblem):
    """`current` points at a file that is missing or is no DuckDB database."""

    code = "broken_snapshot"
    advice = (
        "Go back with `trends rollback ID` (see `trends snapshots`) or run `trends build` again."
    )

    def describe(self) -> str:
        return f"The snapshot {self.path} cannot be opened: {self.detail}."


class QueryProblem(RuntimeError):
    """The analyst's SQL was refused or failed; the message says why."""


class CheckFailed(RuntimeError):
    """A check marked `fail` found rows before publication; nothing was published."""
