"""`trends eval` and `trends propose` as an analyst meets them: output and exit codes."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from trends import app

GOLD = {"id": "a", "lang": "en", "text": "OpenAI hires.", "labs": ["openai"], "themes": []}


def run(*args: object):
    return CliRunner().invoke(app, [str(a) for a in args])


def test_eval_prints_the_figures_of_labelled_lines_and_each_id_with_an_interval(tmp_path):
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(GOLD), "utf-8")
    done = run("eval", gold)
    assert done.exit_code == 0
    line = next(row for row in done.stdout.splitlines() if row.startswith("openai"))
    assert line.split() == ["openai", "1", "1", "1.00", "1.00", "1.00", "(0.34–1.00)"]


def test_eval_of_nothing_ends_with_2_and_says_what_to_name():
    done = run("eval")
    assert done.exit_code == 2
    assert "--front-matter" in done.stderr


@pytest.mark.parametrize(
    "args",
    [
        ["eval", "none.jsonl"],
        ["eval", "--front-matter", "none.tar.gz"],
        ["eval", "--pairs", "--warehouse", "none"],
        ["propose", "labs", "--warehouse", "none"],
        ["propose", "labs", "--front-matter", "none.tar.gz"],
        ["propose", "themes"],
        ["propose", "labs", "--least", "0"],
    ],
)
def test_what_cannot_be_used_ends_with_2(args):
    done = run(*args)
    assert done.exit_code == 2
    assert done.exception is None or isinstance(done.exception, SystemExit)


def test_eval_by_issue_and_across_languages_of_the_sample(sample_warehouse):
    done = run("eval", "--front-matter", "sample", "--pairs", "--warehouse", sample_warehouse)
    assert done.exit_code == 0, done.stderr
    assert "labs" in done.stdout
    assert "item and translation" in done.stdout


def test_propose_lists_a_table_or_says_that_there_is_nothing(sample_warehouse):
    done = run("propose", "labs", "--least", "1", "--warehouse", sample_warehouse)
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("kind")
    rare = run("propose", "labs", "--least", "100000", "--warehouse", sample_warehouse)
    assert rare.exit_code == 0
    assert "no unknown name in 100000 items" in rare.stderr
