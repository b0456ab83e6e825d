"""What `trends status --coverage` prints: totals, sources, and each digest with much unexplained."""

from datetime import date
from pathlib import Path

from tests.warehouse.memory import database
from warehouse.connect import Snapshot
from warehouse.status import byte_coverage_lines


def _digest(digest_id: str, items: int, headings: int, boilerplate: int, unexplained: int):
    return {
        "digest_id": digest_id,
        "source": digest_id.split("/")[0],
        "bytes_read": items + headings + boilerplate + unexplained,
        "bytes_in_items": items,
        "bytes_in_headings": headings,
        "bytes_in_boilerplate": boilerplate,
        "bytes_unexplained": unexplained,
    }


def _lines(*digests) -> list[str]:
    rows = [{**d, "published_on": date(2025, 1, 30)} for d in digests]
    return byte_coverage_lines(Snapshot(Path("made"), "made", database({"digests": rows})))


def test_the_bytes_are_shown_in_all_and_by_source_with_their_shares():
    lines = _lines(_digest("b/1.en", 700, 100, 190, 10), _digest("a/1.zh", 0, 0, 1000, 0))
    table = [line.split() for line in lines[:4]]
    assert table[0] == ["bytes", "read", "items", "headings", "boilerplate", "unexplained"]
    assert table[1] == ["all", "2,000", "35.000%", "5.000%", "59.500%", "0.500%"]
    assert table[2] == ["a", "1,000", "0.000%", "0.000%", "100.000%", "0.000%"]
    assert table[3] == ["b", "1,000", "70.000%", "10.000%", "19.000%", "1.000%"]
    assert lines[-1] == "digests with more than 5% unexplained: 0"


def test_a_digest_with_more_than_five_percent_unexplained_is_named_worst_first():
    lines = _lines(
        _digest("a/1.en", 95, 0, 0, 5),
        _digest("a/2.en", 94, 0, 0, 6),
        _digest("a/3.en", 50, 0, 0, 50),
    )
    assert lines[-3:] == [
        "digests with more than 5% unexplained: 2",
        "   50.0%  a/3.en",
        "    6.0%  a/2.en",
    ]


def test_a_warehouse_without_digests_has_no_bytes():
    assert _lines()[1].split()[:2] == ["all", "0"]
