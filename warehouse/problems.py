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


class OldSnapshot(SnapshotProblem):
    """A table, column or macro that this version asks for is not in the snapshot."""

    code = "old_snapshot"
    advice = "Run `trends build` with your source once more, or `trends rollback ID`."

    def describe(self) -> str:
        return (
            f"The snapshot {self.path.stem} was made by another version of this program "
            f"({self.detail})."
        )


class QueryProblem(RuntimeError):
    """The analyst's SQL was refused or failed; the message says why.

    `code` names the case, so that the dashboard can say the same in Chinese; `sql` means that the message
    is DuckDB's own reason, with the line.
    """

    def __init__(self, message: str, code: str = "sql") -> None:
        """`code` is `sql` or one that the raising module lists."""
        self.code = code
        super().__init__(message)


class CheckFailed(RuntimeError):
    """A check marked `fail` found rows before publication; nothing was published."""
