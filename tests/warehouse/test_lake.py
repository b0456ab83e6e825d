"""The lake: equal rows give equal bytes, months come and go, old files stay readable."""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given
from hypothesis import strategies as st

from warehouse.lake import lake_hash, read_table, write_table
from warehouse.schema import arrow_table


def items(*rows):
    return arrow_table("items", [{"item_id": i, "published_on": d, "title": t} for i, d, t in rows])


JANUARY, FEBRUARY = date(2025, 1, 31), date(2025, 2, 1)


def test_rows_are_partitioned_by_month_and_come_back(tmp_path):
    write_table(tmp_path, "items", items(("b", FEBRUARY, "two"), ("a", JANUARY, "one")))
    assert sorted(p.parent.name for p in tmp_path.glob("lake/items/*/*.parquet")) == [
        "published_month=2025-01",
        "published_month=2025-02",
    ]
    assert read_table(tmp_path, "items")["item_id"].to_pylist() == ["a", "b"]
    by_any_tool = pq.read_table(tmp_path / "lake" / "items")
    assert by_any_tool["published_month"].to_pylist() == ["2025-01", "2025-02"]


def test_a_month_without_rows_loses_its_file(tmp_path):
    write_table(tmp_path, "items", items(("a", JANUARY, "one"), ("b", FEBRUARY, "two")))
    write_table(tmp_path, "items", items(("b", FEBRUARY, "two")))
    assert [p.name for p in (tmp_path / "lake" / "items").iterdir()] == ["published_month=2025-02"]


def test_only_changed_months_are_written(tmp_path):
    write_table(tmp_path, "items", items(("a", JANUARY, "one"), ("b", FEBRUARY, "two")))
    assert write_table(tmp_path, "items", items(("a", JANUARY, "one"), ("b", FEBRUARY, "new"))) == 1
    assert write_table(tmp_path, "items", items(("a", JANUARY, "one"), ("b", FEBRUARY, "new"))) == 0


@given(
    st.permutations(
        [("a", JANUARY, "x"), ("b", JANUARY, None), ("c", FEBRUARY, "智谱"), ("d", FEBRUARY, "")]
    )
)
def test_bytes_do_not_depend_on_the_order_or_chunks_of_the_rows(tmp_path_factory, rows):
    one, other = tmp_path_factory.mktemp("lake"), tmp_path_factory.mktemp("lake")
    write_table(one, "items", items(*sorted(rows)))
    write_table(other, "items", pa.concat_tables([items(rows[0]), items(*rows[1:])]))
    assert lake_hash(one) == lake_hash(other)


def test_a_column_added_since_comes_back_as_null(tmp_path):
    folder = tmp_path / "lake" / "items" / "published_month=2025-01"
    folder.mkdir(parents=True)
    pq.write_table(
        pa.table({"item_id": ["a"], "published_on": [JANUARY]}), folder / "part-0.parquet"
    )
    rows = read_table(tmp_path, "items")
    assert rows["item_id"].to_pylist() == ["a"]
    assert rows["story_id"].to_pylist() == [None]
