"""A snapshot that another version of the program made: readers get a sentence, not a stack trace."""

import shutil
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from warehouse import trend_answers
from warehouse.connect import open_file
from warehouse.problems import OldSnapshot


def test_a_snapshot_of_another_version_says_so(sample_warehouse: Path, tmp_path: Path) -> None:
    copy = tmp_path / "older.duckdb"
    shutil.copy((sample_warehouse / "current").resolve(), copy)
    with closing(duckdb.connect(str(copy))) as connection:
        connection.execute("DROP TABLE bursts")
    with pytest.raises(OldSnapshot, match=r"another version.*bursts.*trends build"):
        trend_answers.bursts(open_file(copy))
