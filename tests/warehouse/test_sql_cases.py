"""Every query against rows in YAML, on real DuckDB: tests/warehouse/cases/<folder>/<query>/<case>.yml.

A case gives rows of tables (missing columns are null), parameters, and the rows expected; a new case
needs no Python. A query without a case fails.
"""

from pathlib import Path

import pytest
import yaml

from tests.warehouse.memory import ask, database, plain
from warehouse.queries import names, parameters, statement

CASES = Path(__file__).parent / "cases"
ALL = sorted(CASES.glob("*/*/*.yml"))


@pytest.mark.parametrize("path", ALL, ids=lambda p: str(p.relative_to(CASES).with_suffix("")))
def test_query_gives_the_expected_rows(path):
    case = yaml.safe_load(path.read_text("utf-8"))
    folder, name = path.parts[-3], path.parts[-2]
    connection = database(case.get("given", {}))
    if "sabotage" in case:  # what the build never makes, so that a check has something to find
        connection.execute(case["sabotage"])
    found = ask(connection, folder, name, case)
    expected = case["expect"]
    wanted = list(expected[0]) if expected else []
    assert [{k: plain(row[k]) for k in wanted or row} for row in found] == expected


@pytest.mark.parametrize(
    "folder", ["marts", "answers", "checks", "increments", "trends", "examples"]
)
def test_every_query_has_a_case(folder):
    missing = [n for n in names(folder) if not list((CASES / folder / n).glob("*.yml"))]
    assert missing == []


@pytest.mark.parametrize(
    "folder", ["marts", "answers", "checks", "increments", "trends", "examples"]
)
def test_every_query_has_a_head_with_grain_question_and_all_parameters(folder):
    for name in names(folder):
        sql = statement(folder, name)
        head = [line for line in sql.splitlines() if line.startswith("--")]
        text = "\n".join(head)
        assert head[1 if folder == "checks" else 0].startswith(f"-- {name}: "), name
        assert "-- grain: " in text, name
        assert "-- question: " in text, name
        assert "-- params: " in text, name
        for parameter in parameters(sql):
            assert f"${parameter}" in text, f"{folder}/{name} does not explain ${parameter}"
        if folder == "checks":
            assert head[0] in ("-- fail", "-- warn"), name
