"""Topics in a warehouse: `trends topics fit`, the builds after it, a warehouse without them."""

import shutil

import pytest
from typer.testing import CliRunner

from etl.build import build
from trends import app
from warehouse import open_snapshot

TABLES = ("topics", "item_topics", "topic_events", "theme_parts")


def rows(folder, sql):
    snap = open_snapshot(folder)
    frame = snap.frame(sql)
    snap.close()
    return frame.to_dict("records")


def run(*words):
    return CliRunner().invoke(app, [str(w) for w in words])


@pytest.fixture
def warehouse(sample_warehouse, tmp_path):
    folder = tmp_path / "warehouse"
    shutil.copytree(sample_warehouse, folder, symlinks=True)
    return folder


def test_without_a_fit_the_tables_are_there_and_empty(sample_warehouse):
    for name in TABLES:
        assert rows(sample_warehouse, f"SELECT count(*) AS n FROM {name}") == [{"n": 0}]
    result = run("topics", "list", "--warehouse", sample_warehouse)
    assert result.exit_code == 1
    assert "trends topics fit" in result.output


def test_a_fit_publishes_topics_and_a_further_build_changes_nothing(warehouse):
    fitted = run("topics", "fit", "--warehouse", warehouse)
    assert fitted.exit_code == 0, fitted.output
    found = rows(warehouse, "SELECT * FROM topics")
    assert len(found) >= 2
    assert sum(r["item_count"] for r in found) > 0
    before = open_snapshot(warehouse).snapshot_id
    assert build(["sample"], warehouse).published.snapshot_id == before
    again = run("topics", "fit", "--warehouse", warehouse)
    assert f"{len(found)} of {len(found)} former topics keep their id" in again.output
    assert "t" in run("topics", "list", "--warehouse", warehouse).output


def test_every_item_of_the_channels_has_one_row(warehouse):
    run("topics", "fit", "--warehouse", warehouse)
    missing = rows(
        warehouse,
        "SELECT i.item_id FROM items AS i LEFT JOIN item_topics AS t USING (item_id)"
        " WHERE i.channel NOT IN ('discord_detail', 'other') AND t.item_id IS NULL",
    )
    assert missing == []


def test_decisions_of_the_folder_are_applied_by_the_next_build(warehouse):
    run("topics", "fit", "--warehouse", warehouse)
    topic = rows(warehouse, "SELECT topic_id FROM topics ORDER BY topic_id LIMIT 1")[0]["topic_id"]
    (warehouse / "topics.yml").write_text(f"rename: {{{topic}: {{en: Mine}}}}\n", "utf-8")
    build(["sample"], warehouse)
    sql = f"SELECT label FROM topics WHERE topic_id = '{topic}'"
    assert rows(warehouse, sql) == [{"label": "Mine"}]
    run("topics", "fit", "--warehouse", warehouse)
    assert rows(warehouse, sql) == [{"label": "Mine"}]


def test_too_few_items_are_said(tmp_path):
    result = run("topics", "fit", "--warehouse", tmp_path)
    assert result.exit_code == 1
    assert "too few for topics" in result.output


def test_themes_are_proposed_from_topics_without_one(warehouse):
    run("topics", "fit", "--warehouse", warehouse)
    free = rows(warehouse, "SELECT topic_id FROM topics WHERE theme_id IS NULL AND item_count > 0")
    output = run("propose", "themes", "--least", "1", "--warehouse", warehouse).output
    assert all(r["topic_id"] in output for r in free)


def test_a_new_digest_takes_the_short_cut_and_gets_its_topics(warehouse, tmp_path):
    """As the long way would: the state is the same."""
    run("topics", "fit", "--warehouse", warehouse)
    text = "\n".join(
        ["# AI News 2026-01-20", "", "## News", ""]
        + [f"### {n}. Robot {n}\n\nA humanoid robot.\n" for n in range(2)]
    )
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "2026-01-20.md").write_text(text, "utf-8")
    before = rows(warehouse, "SELECT count(*) AS n FROM item_topics")[0]["n"]
    result = build([str(folder)], warehouse)
    expected = rows(
        warehouse,
        "SELECT count(*) AS n FROM items WHERE channel NOT IN ('discord_detail', 'other')",
    )[0]["n"]
    assert rows(warehouse, "SELECT count(*) AS n FROM item_topics")[0]["n"] == expected
    assert result.new_digests == 1
    assert expected > before
