"""Publishing: atomic, checked, immutable; readers keep what they opened."""

import subprocess
import sys
from datetime import date

import pytest

from warehouse import BrokenSnapshot, CheckFailed, NoSnapshot, open_snapshot
from warehouse.increment import Changes, publish_changes
from warehouse.lake import lake_tables
from warehouse.lock import WarehouseBusy, locked
from warehouse.publish import publish
from warehouse.schema import arrow_table, tables
from warehouse.snapshots import list_snapshots, rollback

DAY = date(2025, 1, 2)


def rows(n=1, mention_of="i0", snapshot_id="one"):
    given = {
        "labs": [{"lab_id": "openai", "name": "OpenAI"}],
        "themes": [{"theme_id": "robotics", "name": "Robotics"}],
        "digests": [{"digest_id": "d", "published_on": DAY, "item_count": n}],
        "items": [
            {
                "item_id": f"i{k}",
                "digest_id": "d",
                "published_on": DAY,
                "channel": "news",
                "is_counted": True,
            }
            for k in range(n)
        ],
        "mentions": [
            {"item_id": mention_of, "lab_id": "openai", "published_on": DAY, "channel": "news"}
        ],
        "snapshot_info": [
            {"snapshot_id": snapshot_id, "items": n, "digests": 1, "first_on": DAY, "last_on": DAY}
        ],
    }
    return {
        t.name: arrow_table(t.name, given.get(t.name, []))
        for t in tables().values()
        if t.kind != "mart"
    }


def count(snap):
    return int(snap.frame("SELECT count(*) AS n FROM items")["n"].iloc[0])


def test_an_empty_warehouse_says_what_to_do(tmp_path):
    with pytest.raises(NoSnapshot, match="trends build sample"):
        open_snapshot(tmp_path)


def test_a_reader_keeps_its_state_and_a_new_reader_sees_the_new_one(tmp_path):
    publish(tmp_path, "one", rows(1))
    old = open_snapshot(tmp_path)
    publish(tmp_path, "two", rows(2, snapshot_id="two"))
    new = open_snapshot(tmp_path)
    assert (old.snapshot_id, count(old)) == ("one", 1)
    assert (new.snapshot_id, count(new)) == ("two", 2)
    assert old.path != new.path


def test_another_process_reads_while_we_publish(tmp_path):
    publish(tmp_path, "one", rows(1))
    held = open_snapshot(tmp_path)
    publish(tmp_path, "two", rows(2, snapshot_id="two"))
    code = (
        f"from warehouse import open_snapshot; print(open_snapshot({str(tmp_path)!r}).snapshot_id)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "two"
    assert held.snapshot_id == "one"


def test_a_snapshot_cannot_be_changed(tmp_path):
    publish(tmp_path, "one", rows(1))
    snap = open_snapshot(tmp_path)
    with pytest.raises(Exception, match="read-only"):
        snap.frame("DELETE FROM items")


def test_an_unsound_state_is_not_published(tmp_path):
    publish(tmp_path, "one", rows(1))
    with pytest.raises(CheckFailed, match=r"tags_have_items.*mentions gone.*Nothing was published"):
        publish(tmp_path, "two", rows(2, mention_of="gone", snapshot_id="two"))
    assert open_snapshot(tmp_path).snapshot_id == "one"
    assert [p.name for p in (tmp_path / "snapshots").iterdir()] == ["one.duckdb"]


def day_after(tag_of="new", item_count=1, story_id=None):
    """One digest with one item, a month after `rows`."""
    on = {"published_on": date(2025, 2, 2)}
    item = {"item_id": "new", "digest_id": "e", "channel": "news", "is_counted": True, **on}
    given = {
        "digests": [{"digest_id": "e", "item_count": item_count, **on}],
        "items": [{**item, "story_id": story_id}],
        "mentions": [{"item_id": tag_of, "lab_id": "openai", "channel": "news", **on}],
    }
    return Changes({t.name: arrow_table(t.name, given.get(t.name, [])) for t in lake_tables()})


def add(warehouse, changes):
    def info(extent):
        return {"snapshot_id": "two", **extent}

    return publish_changes(warehouse, open_snapshot(warehouse).path, changes, info)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({"tag_of": "gone"}, "mentions gone"), ({"story_id": "gone"}, "items by story new")],
)
def test_an_unsound_change_is_not_published(tmp_path, changes, reason):
    publish(tmp_path, "one", rows(1))
    with pytest.raises(CheckFailed, match=rf"tags_have_items.*{reason}.*Nothing was published"):
        add(tmp_path, day_after(**changes))
    assert open_snapshot(tmp_path).snapshot_id == "one"
    assert [p.name for p in (tmp_path / "snapshots").iterdir()] == ["one.duckdb"]


def test_a_change_is_warned_of_by_itself_and_all_rows_are_there(tmp_path):
    short = rows(1)
    short["digests"] = arrow_table(
        "digests", [{"digest_id": "d", "published_on": DAY, "item_count": 5}]
    )
    assert "d 5 1" in publish(tmp_path, "one", short).warnings[0]
    assert add(tmp_path, day_after(item_count=3)).warnings == ("check item_counts_agree: e 3 1",)
    assert count(open_snapshot(tmp_path)) == 2


def test_warnings_are_told_but_do_not_stop(tmp_path):
    short = rows(1)
    short["digests"] = arrow_table(
        "digests", [{"digest_id": "d", "published_on": DAY, "item_count": 5}]
    )
    assert "item_counts_agree" in publish(tmp_path, "one", short).warnings[0]


def test_the_same_state_is_published_once(tmp_path):
    assert publish(tmp_path, "one", rows(1)).is_new
    before = (tmp_path / "snapshots" / "one.duckdb").stat().st_mtime_ns
    assert not publish(tmp_path, "one", rows(1)).is_new
    assert (tmp_path / "snapshots" / "one.duckdb").stat().st_mtime_ns == before


def test_a_damaged_file_is_named_and_built_again(tmp_path):
    publish(tmp_path, "one", rows(1))
    (tmp_path / "snapshots" / "one.duckdb").write_bytes(b"damaged")
    with pytest.raises(BrokenSnapshot, match="trends rollback"):
        open_snapshot(tmp_path)
    assert publish(tmp_path, "one", rows(1)).is_new
    assert count(open_snapshot(tmp_path)) == 1


def test_a_missing_file_behind_current_is_named(tmp_path):
    publish(tmp_path, "one", rows(1))
    (tmp_path / "snapshots" / "one.duckdb").unlink()
    with pytest.raises(BrokenSnapshot, match="missing"):
        open_snapshot(tmp_path)


def test_rollback_makes_an_earlier_state_current(tmp_path):
    publish(tmp_path, "one", rows(1))
    publish(tmp_path, "two", rows(2, snapshot_id="two"))
    rollback(tmp_path, "one")
    assert open_snapshot(tmp_path).snapshot_id == "one"
    assert [e.snapshot_id for e in list_snapshots(tmp_path) if e.is_current] == ["one"]
    with pytest.raises(NoSnapshot):
        rollback(tmp_path, "three")
    assert open_snapshot(tmp_path).snapshot_id == "one"


def test_a_corrected_number_is_logged_and_carried_on(tmp_path):
    publish(tmp_path, "one", rows(1))
    more = rows(2, snapshot_id="two")
    more["digests"] = arrow_table(
        "digests", [{"digest_id": "d", "published_on": DAY, "item_count": 2}]
    )
    publish(tmp_path, "two", more)
    sql = "SELECT snapshot_id, tag_kind, figure_before, figure_after FROM restatements ORDER BY ALL"
    assert open_snapshot(tmp_path).frame(sql).empty  # the month was still running
    later = {"digest_id": "e", "published_on": date(2025, 3, 3), "item_count": 0}
    for name, n in (("three", 2), ("four", 3), ("five", 3)):
        state = rows(n, snapshot_id=name)
        state["digests"] = arrow_table(
            "digests", [{"digest_id": "d", "published_on": DAY, "item_count": n}, later]
        )
        late = {
            "item_id": "late",
            "digest_id": "e",
            "published_on": date(2025, 3, 3),
            "channel": "news",
            "is_counted": True,
        }
        state["items"] = arrow_table("items", [*state["items"].to_pylist(), late])
        publish(tmp_path, name, state)
    found = open_snapshot(tmp_path).frame(sql).to_dict("records")
    assert found == [
        {"snapshot_id": "four", "tag_kind": "items", "figure_before": 2, "figure_after": 3},
        {"snapshot_id": "four", "tag_kind": "items", "figure_before": 2, "figure_after": 3},
    ]  # once for `all`, once for the channel


def test_only_one_build_writes_at_a_time(tmp_path):
    code = (
        "import sys, pathlib\nfrom warehouse.lock import locked\n"
        f"with locked(pathlib.Path({str(tmp_path)!r})):\n print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline().strip() == "held"
        with pytest.raises(WarehouseBusy), locked(tmp_path):
            pass
        other.stdin.close()
        other.wait(timeout=20)
    with locked(tmp_path):
        pass
