"""The Chinese dictionary: as whole as the English one, and silent where a snapshot means something else."""

import re
import shutil
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
import yaml

from tests.conftest import ROOT
from warehouse import answers, schema_answers
from warehouse.connect import open_file, open_snapshot
from warehouse.schema import fields, tables
from warehouse.taxonomy.themes import load_themes


def written(name: str) -> dict:
    return yaml.safe_load((ROOT / "warehouse" / name).read_text("utf-8"))


def has_chinese(text: str) -> bool:
    return bool(re.search("[一-龥]", text))


def test_every_column_has_its_chinese_twin() -> None:
    assert list(written("fields_zh.yml")) == list(fields()), "the same keys in the same order"


@pytest.mark.parametrize("name", fields())
def test_a_column_is_described_in_chinese_with_its_unit(name: str) -> None:
    entry = written("fields_zh.yml")[name]
    assert has_chinese(entry["description"])
    assert bool(entry.get("unit")) == bool(fields()[name].unit)


def test_every_table_has_its_chinese_twin() -> None:
    assert list(written("tables_zh.yml")) == list(tables()), "the same keys in the same order"


@pytest.mark.parametrize("name", tables())
def test_a_table_is_described_in_chinese_with_its_caveats(name: str) -> None:
    entry = written("tables_zh.yml")[name]
    assert has_chinese(entry["grain"])
    assert has_chinese(entry.get("caveats", "")) == bool(tables()[name].caveats)


def test_every_macro_of_the_snapshot_has_a_chinese_meaning(sample_warehouse: Path) -> None:
    found = schema_answers.macros(open_snapshot(sample_warehouse)).frame
    assert set(written("macros_zh.yml")) == set(found["macro_name"])
    assert all(found["meaning_zh"].map(has_chinese))


def test_both_languages_stand_beside_each_other(sample_warehouse: Path) -> None:
    found = schema_answers.tables_and_columns(open_snapshot(sample_warehouse)).frame
    own = found[found["table_name"].isin(tables())]
    assert len(own) == sum(len(table.columns) for table in tables().values())
    assert all(own["meaning_zh"].map(has_chinese))
    assert all(own["table_meaning_zh"].map(has_chinese))


def test_a_snapshot_that_means_something_else_keeps_its_own_words(
    sample_warehouse: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "older.duckdb"
    shutil.copy((sample_warehouse / "current").resolve(), copy)
    with closing(duckdb.connect(str(copy))) as connection:
        connection.execute("COMMENT ON COLUMN labs.kind IS 'Something of an earlier version.'")
        connection.execute("COMMENT ON TABLE labs IS 'One row an earlier lab.'")
    found = schema_answers.tables_and_columns(open_file(copy), "labs").frame.set_index(
        "column_name"
    )
    assert found.loc["kind", "meaning_zh"] == ""
    assert set(found["table_meaning_zh"]) == {""}
    assert has_chinese(found.loc["name", "meaning_zh"])


def test_a_snapshot_without_chinese_definitions_can_still_be_read(
    sample_warehouse: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "older.duckdb"
    shutil.copy((sample_warehouse / "current").resolve(), copy)
    with closing(duckdb.connect(str(copy))) as connection:
        connection.execute("ALTER TABLE themes DROP COLUMN definition_zh")
    assert list(answers.themes(open_file(copy)).frame)[-1] == "definition"


@pytest.mark.parametrize("theme", load_themes(), ids=lambda theme: theme.id)
def test_a_theme_is_defined_in_chinese(theme) -> None:
    assert has_chinese(theme.definition_zh)
    assert theme.definition_zh != theme.definition
