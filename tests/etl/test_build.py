"""The whole journey: idempotent, incremental, byte-equal, nothing lost."""

import hashlib
import json
from pathlib import Path

import pytest

from etl.build import build
from etl.sources.archives import UnusableSource
from warehouse import open_snapshot

DIGEST = """## AINews - {day}

> [原文链接](https://news.example.com/issues/x/)

## 📰 十大AI新闻要点

### 1. [{title}](https://x.com/OpenAI/status/{status})
> OpenAI公布了一项新的进展。
"""


def write(folder: Path, day="2025-03-04", title="OpenAI推出新工具", status="1900000000000000001"):
    path = folder / f"{day}.md"
    path.write_text(DIGEST.format(day=day, title=title, status=status), "utf-8")
    return path


def bytes_of_lake(warehouse):
    return {
        str(p.relative_to(warehouse)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted((warehouse / "lake").rglob("*.parquet"))
    }


def one(warehouse, sql):
    snap = open_snapshot(warehouse)
    try:
        return snap.frame(sql).iloc[0, 0]
    finally:
        snap.close()


def test_building_twice_changes_nothing(tmp_path):
    warehouse = tmp_path / "w"
    first = build(["sample"], warehouse)
    lake, current = bytes_of_lake(warehouse), (warehouse / "current").resolve()
    second = build(["sample"], warehouse)
    assert second.published.snapshot_id == first.published.snapshot_id
    assert not second.published.is_new
    assert second.new_digests == 0
    assert bytes_of_lake(warehouse) == lake
    assert (warehouse / "current").resolve() == current


def test_two_warehouses_from_one_input_are_byte_equal_with_any_number_of_processes(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(45):
        write(
            folder,
            day=f"2025-{1 + n // 28:02d}-{1 + n % 28:02d}",
            status=str(1900000000000000000 + n),
        )
    one_process, two = tmp_path / "one", tmp_path / "two"
    a = build([str(folder)], one_process, workers=1)
    b = build([str(folder)], two, workers=2)
    assert a.digests == b.digests == 45
    assert bytes_of_lake(one_process) == bytes_of_lake(two)
    assert a.published.snapshot_id == b.published.snapshot_id
    assert a.run_id == b.run_id


def test_a_script_without_main_guard_builds_once(tmp_path):
    import subprocess
    import sys

    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(90):
        write(
            folder,
            day=f"2025-{1 + n // 28:02d}-{1 + n % 28:02d}",
            status=str(1900000000000000000 + n),
        )
    script = tmp_path / "analyst.py"
    script.write_text(
        "from pathlib import Path\nfrom etl.build import build\n"
        f"print('digests', build([{str(folder)!r}], Path({str(tmp_path / 'w')!r}), workers=2).digests)\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.stdout == "digests 90\n", done.stderr


def test_a_new_source_adds_and_a_corrected_digest_replaces(tmp_path):
    (tmp_path / "in").mkdir()
    warehouse = tmp_path / "w"
    write(tmp_path / "in")
    build([str(tmp_path / "in")], warehouse)
    write(tmp_path / "in", title="DeepSeek推出新工具")
    write(tmp_path / "in", day="2025-03-05", status="1900000000000000002")
    result = build([str(tmp_path / "in")], warehouse)
    assert (result.digests, result.items, result.new_digests) == (2, 2, 2)
    labs = "SELECT string_agg(lab_id, ' ' ORDER BY lab_id) FROM mentions WHERE published_on = '2025-03-04'"
    assert (
        one(warehouse, labs) == "deepseek openai"
    )  # the title names one, text and address the other


def test_two_versions_of_one_digest_settle_and_building_again_changes_nothing(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    write(tmp_path / "a", title="OpenAI推出甲工具")
    write(tmp_path / "b", title="OpenAI推出乙工具")
    sources, warehouse = [str(tmp_path / "a"), str(tmp_path / "b")], tmp_path / "w"
    first = build(sources, warehouse)
    assert (first.digests, one(warehouse, "SELECT title FROM items")) == (1, "OpenAI推出乙工具")
    second = build(sources, warehouse)
    assert second.new_digests == 0
    assert second.published.snapshot_id == first.published.snapshot_id
    record = json.loads(first.log_path.read_text("utf-8"))
    assert "same digest as 2025-03-04.md" in json.dumps(record["notes"])


def test_a_shortened_copy_from_elsewhere_does_not_replace_the_digest(tmp_path):
    (tmp_path / "daily").mkdir()
    (tmp_path / "copies" / "old").mkdir(parents=True)
    whole = write(tmp_path / "daily")
    second = "\n### 2. [DeepSeek推出新模型](https://x.com/deepseek_ai/status/1900000000000000009)\n> 深度求索的新模型。\n"
    whole.write_text(whole.read_text("utf-8") + second, "utf-8")
    write(tmp_path / "copies" / "old")
    for sources in ([["daily", "copies"]], [["daily"], ["copies"]], [["copies"], ["daily"]]):
        warehouse = tmp_path / "-".join("".join(s) for s in sources)
        for names in sources:
            result = build([str(tmp_path / n) for n in names], warehouse)
        assert result.items == 2


def test_a_correction_can_be_taken_back(tmp_path):
    (tmp_path / "in").mkdir()
    warehouse = tmp_path / "w"
    for title in ("OpenAI推出甲工具", "OpenAI推出乙工具", "OpenAI推出甲工具"):
        write(tmp_path / "in", title=title)
        build([str(tmp_path / "in")], warehouse)
        assert one(warehouse, "SELECT title FROM items") == title


def test_a_lost_snapshot_is_published_again_from_the_lake(tmp_path):
    first = build(["sample"], tmp_path)
    first.published.path.unlink()
    again = build(["sample"], tmp_path)
    assert again.published.snapshot_id == first.published.snapshot_id
    assert open_snapshot(tmp_path).snapshot_id == first.published.snapshot_id


def test_building_after_a_rollback_comes_back_to_the_newest_state(tmp_path):
    from warehouse.snapshots import rollback

    (tmp_path / "in").mkdir()
    warehouse = tmp_path / "w"
    write(tmp_path / "in")
    first = build([str(tmp_path / "in")], warehouse)
    write(tmp_path / "in", day="2025-03-05", status="1900000000000000002")
    second = build([str(tmp_path / "in")], warehouse)
    rollback(warehouse, first.published.snapshot_id)
    build([str(tmp_path / "in")], warehouse)
    assert open_snapshot(warehouse).snapshot_id == second.published.snapshot_id


def test_a_removed_file_stays_unless_everything_is_rebuilt(tmp_path):
    (tmp_path / "in").mkdir()
    warehouse = tmp_path / "w"
    write(tmp_path / "in")
    gone = write(tmp_path / "in", day="2025-03-05", status="1900000000000000002")
    build([str(tmp_path / "in")], warehouse)
    gone.unlink()
    assert build([str(tmp_path / "in")], warehouse).digests == 2
    assert build([str(tmp_path / "in")], warehouse, full=True).digests == 1


def test_what_cannot_be_read_is_quarantined_and_the_rest_is_published(tmp_path):
    folder, warehouse = tmp_path / "in", tmp_path / "w"
    folder.mkdir()
    write(folder)
    (folder / "readme.md").write_text("Just a page about something else.\n")
    (folder / "broken.md").write_bytes(b"\x00\xff\x00\xfe")
    result = build([str(folder)], warehouse)
    assert result.digests == 1
    assert {(r["source"], r["reason"]) for r in result.refused} == {
        ("in:readme.md", "unknown_format"),
        ("in:broken.md", "undecodable"),
    }
    assert one(warehouse, "SELECT count(*) FROM quarantine") == 2
    kept = [p for p in (warehouse / "quarantine").iterdir() if p.name.endswith("broken.md")]
    assert [p.read_bytes() for p in kept] == [b"\x00\xff\x00\xfe"]
    record = json.loads(result.log_path.read_text("utf-8"))
    assert record["rows"]["items"] == 1
    assert len(record["refused"]) == 2
    assert record["seconds"]["publish"] >= 0


def test_a_repaired_file_leaves_the_quarantine(tmp_path):
    folder, warehouse = tmp_path / "in", tmp_path / "w"
    folder.mkdir()
    write(folder)
    (folder / "2025-03-05.md").write_text("nothing yet\n")
    assert len(build([str(folder)], warehouse).refused) == 1
    write(folder, day="2025-03-05", status="1900000000000000002")
    assert build([str(folder)], warehouse).refused == []
    assert one(warehouse, "SELECT count(*) FROM quarantine") == 0


def test_a_full_build_forgets_old_refusals(tmp_path):
    folder, warehouse = tmp_path / "in", tmp_path / "w"
    folder.mkdir()
    write(folder)
    (folder / "note.md").write_text("no digest\n")
    build([str(folder)], warehouse)
    (folder / "note.md").unlink()
    build([str(folder)], warehouse)
    assert one(warehouse, "SELECT count(*) FROM quarantine") == 1
    build([str(folder)], warehouse, full=True)
    assert one(warehouse, "SELECT count(*) FROM quarantine") == 0


def test_nothing_readable_publishes_nothing(tmp_path):
    (tmp_path / "a.md").write_text("no digest\n")
    result = build([str(tmp_path / "a.md")], tmp_path / "w")
    assert result.published is None
    assert [r["reason"] for r in result.refused] == ["unknown_format"]


def test_an_unusable_source_says_so(tmp_path):
    with pytest.raises(UnusableSource, match="no such file"):
        build([str(tmp_path / "none")], tmp_path / "w")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnusableSource, match="holds no digest file"):
        build([str(tmp_path / "empty")], tmp_path / "w")


def test_a_stub_is_dropped_when_its_body_stands_elsewhere(tmp_path):
    head = "---\nid: x\ntitle: Some day\ndate: '2024-05-06T05:00:00Z'\n---\n\n"
    body = "# AI Twitter Recap\n\n- **OpenAI ships a tool**: told by [@OpenAI](https://x.com/OpenAI/status/1788000000000000001).\n"
    stub = (
        "Archived full issue body is served from static HTML at /frozen-issues/24-05-06-day.html.\n"
    )
    for name, text in (("issues", head + stub), ("frozen-issues", head + body)):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "24-05-06-day.md").write_text(text)
    result = build([str(tmp_path / "in")], tmp_path / "w")
    assert (result.digests, result.items, result.refused) == (1, 1, [])
    again = build([str(tmp_path / "in")], tmp_path / "w")
    assert again.refused == []
    (tmp_path / "in" / "issues" / "24-05-07-day.md").write_text(
        (head + stub).replace("05-06", "05-07")
    )
    assert [r["reason"] for r in build([str(tmp_path / "in")], tmp_path / "w").refused] == [
        "stub_body"
    ]


def test_tags_are_made_again_when_the_rules_change(tmp_path, monkeypatch):
    warehouse = tmp_path / "w"
    (tmp_path / "in").mkdir()
    write(tmp_path / "in")
    build([str(tmp_path / "in")], warehouse)
    made_by = warehouse / "lake" / "made_by.json"
    made_by.write_text('{"code_version": "older"}')
    lake = bytes_of_lake(warehouse)
    (tmp_path / "other").mkdir()
    write(tmp_path / "other", day="2025-03-06", status="1900000000000000003")
    result = build([str(tmp_path / "other")], warehouse)
    assert result.digests == 2
    assert made_by.read_text() != '{"code_version": "older"}'
    after = bytes_of_lake(warehouse)
    assert set(lake) <= set(after)
    assert one(warehouse, "SELECT count(*) FROM mentions WHERE lab_id = 'openai'") == 2


def test_a_fault_of_a_parser_costs_one_file_only(tmp_path, monkeypatch):
    import etl.digest_rows

    folder, warehouse = tmp_path / "in", tmp_path / "w"
    folder.mkdir()
    write(folder)
    broken = write(folder, day="2025-03-05", status="1900000000000000002")
    parse = etl.digest_rows.parse

    def faulty(text, path):
        if "2025-03-05" in path:
            raise ZeroDivisionError("a fault of ours")
        return parse(text, path)

    monkeypatch.setattr(etl.digest_rows, "parse", faulty)
    result = build([str(folder)], warehouse)
    assert result.digests == 1
    assert [(r["reason"], r["detail"]) for r in result.refused] == [
        ("parser_fault", "ZeroDivisionError: a fault of ours")
    ]
    kept = [p for p in (warehouse / "quarantine").iterdir() if p.name.endswith("2025-03-05.md")]
    assert [p.read_bytes() for p in kept] == [broken.read_bytes()]
