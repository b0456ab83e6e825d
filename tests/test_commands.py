"""The command line as an analyst meets it: exit codes, stdout and stderr."""

import json
import subprocess
import sys

import pytest


def trends(*args, stdin=None, env=None):
    return subprocess.run(
        [sys.executable, "-m", "trends", *map(str, args)],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env=env,
    )


def test_build_of_the_sample_ends_with_0_and_tells_the_snapshot(tmp_path):
    done = trends("build", "sample", "--warehouse", tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("snapshot 2026")
    assert "mentions" in done.stdout


def test_build_with_a_refused_file_ends_with_1_and_says_which(tmp_path):
    (tmp_path / "note.md").write_text("nothing of interest\n")
    done = trends("build", "sample", tmp_path / "note.md", "--warehouse", tmp_path / "w")
    assert done.returncode == 1
    assert "note.md, line 1: unknown_format" in done.stderr
    assert "snapshot 2026" in done.stdout


def test_an_unusable_source_ends_with_2(tmp_path):
    done = trends("build", tmp_path / "none.tar.gz", "--warehouse", tmp_path / "w")
    assert done.returncode == 2
    assert "no such file or folder" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [["sql", "SELECT 1"], ["status"], ["rollback", "x"]])
def test_an_empty_warehouse_ends_with_2_and_says_what_to_do(tmp_path, command):
    done = trends(*command, "--warehouse", tmp_path / "none")
    assert done.returncode == 2
    assert "trends" in done.stderr
    assert "Traceback" not in done.stderr


def test_sql_prints_csv_and_json_and_writes_parquet(sample_warehouse, tmp_path):
    statement = "SELECT lab_id, sum(mentions) AS n FROM lab_trend WHERE grain = 'month' AND channel_set = 'all' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 2"
    as_json = trends("sql", statement, "--format", "json", "--warehouse", sample_warehouse)
    rows = json.loads(as_json.stdout)
    assert len(rows) == 2
    assert rows[0]["n"] >= rows[1]["n"] > 0
    as_csv = trends("sql", statement, "--format", "csv", "--warehouse", sample_warehouse)
    assert as_csv.stdout.splitlines()[0] == '"lab_id","n"'
    out = tmp_path / "x.parquet"
    assert (
        trends(
            "sql", statement, "--format", "parquet", "--out", out, "--warehouse", sample_warehouse
        ).returncode
        == 0
    )
    assert out.stat().st_size > 0
    bad = trends("sql", "SELECT * FROM nothing", "--warehouse", sample_warehouse)
    assert bad.returncode == 2
    assert "does not exist" in bad.stderr


def test_status_and_snapshots_tell_what_is_loaded(sample_warehouse):
    status = trends("status", "--warehouse", sample_warehouse)
    assert status.returncode == 0, status.stderr
    assert "quarantine  0" in status.stdout
    listed = trends("snapshots", "--warehouse", sample_warehouse).stdout
    assert listed.startswith("* 2026")


def test_status_says_where_the_bytes_went(sample_warehouse):
    status = trends("status", "--coverage", "--warehouse", sample_warehouse)
    assert status.returncode == 0, status.stderr
    total = next(line for line in status.stdout.splitlines() if line.startswith("all"))
    assert total.endswith(" 0.000%")  # the sample is written in known forms only
    assert "more than 5% unexplained: 0" in status.stdout


def test_tag_keeps_the_order_and_names_its_evidence():
    lines = [
        {
            "id": 7,
            "lang": "en",
            "text": "**New model**: [@AnthropicAI](https://x.com/AnthropicAI/status/1) released Claude",
        },
        {"id": "b", "text": "智谱发布GLM-4.7"},
        {"id": "c", "text": "Thanks everyone!"},
    ]
    done = trends("tag", "-", stdin="".join(json.dumps(x) + "\n" for x in lines))
    assert done.returncode == 0, done.stderr
    out = [json.loads(x) for x in done.stdout.splitlines()]
    assert [x["id"] for x in out] == [7, "b", "c"]
    assert [x["labs"] for x in out] == [["anthropic"], ["zhipu"], []]
    assert {e["kind"] for e in out[0]["evidence"]} >= {"lab"}


def test_tag_tells_bad_lines_and_goes_on():
    done = trends("tag", "-", stdin='{"id": 1}\nnot json\n{"id": 3, "text": "OpenAI"}\n')
    assert done.returncode == 1
    assert "line 1:" in done.stderr
    assert "line 2: not JSON" in done.stderr
    assert json.loads(done.stdout)["labs"] == ["openai"]


def test_wrong_usage_ends_with_2():
    assert trends("build").returncode == 2
    assert trends("no-such-command").returncode == 2
