"""Rows as files: what Excel and Parquet readers get, and that the same rows give the same bytes."""

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from pyarrow import parquet

from dashboard import scenes
from dashboard.export import files, names
from dashboard.export.about import about
from dashboard.texts import Texts
from warehouse import answers, open_snapshot
from warehouse.answers import Filters

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MADE = pd.DataFrame(
    {
        "period_start": pd.to_datetime(["2026-01-01", None]),
        "name": ["=1+1", "https://made.example"],
        "labs": [["a", "b"], []],
        "mentions": [1234, 0],
        "share": [0.125, None],
        "share_index": [104.2, None],
        "is_partial": [False, True],
    }
)


def cells(data: bytes, sheet: int = 1) -> dict[str, tuple[str, str, str]]:
    """Type, content and number format of each cell."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        strings = [
            "".join(e.itertext()) for e in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        ]
        styles = ElementTree.fromstring(book.read("xl/styles.xml"))
        codes = {e.get("numFmtId"): e.get("formatCode") for e in styles.iter(f"{MAIN}numFmt")}
        used = [e.get("numFmtId") for e in next(styles.iter(f"{MAIN}cellXfs"))]
        root = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml"))
    found = {}
    for cell in root.iter(f"{MAIN}c"):
        assert cell.find(f"{MAIN}f") is None, "no formula"
        kind, value = cell.get("t", "n"), cell.findtext(f"{MAIN}v") or ""
        content = strings[int(value)] if kind == "s" else value
        number = used[int(cell.get("s", "0"))]
        found[cell.get("r")] = (kind, content, codes.get(number, number))
    return found


def test_a_workbook_has_days_numbers_and_ratios_as_such_and_text_as_text() -> None:
    found = cells(files.xlsx_bytes(MADE, {}))
    assert [found[f"{x}1"][1] for x in "ABCDEFG"] == list(MADE.columns)
    assert found["A2"] == ("n", "46023", "yyyy-mm-dd")
    assert found["B2"][:2] == ("s", "=1+1"), "text from the web is no formula"
    assert found["C2"][1] == "a, b"
    assert found["D2"] == ("n", "1234", "#,##0")
    assert found["E2"] == ("n", "0.125", "0.0%")
    assert found["F2"][2] == "#,##0.000", "an index is no ratio"
    assert found["G3"][:2] == ("b", "1")
    assert not {"A3", "E3", "F3"} & set(found), "what is missing stays blank"


def test_the_third_sheet_names_the_ids_that_occur(made_warehouse: Path) -> None:
    ask = scenes.on(open_snapshot(made_warehouse))
    rows = pd.DataFrame({"lab_id": ["zhipu", None], "theme_ids": [["robotics"], []], "n": [1, 2]})
    names_of_rows = names.of(rows, names.known(ask))
    found = cells(files.xlsx_bytes(rows, {}, names=("names", names_of_rows)), 3)
    table = [[found[f"{x}{y}"][1] for x in "ABC"] for y in (1, 2, 3)]
    assert table == [
        ["id", "name", "name_zh"],
        ["zhipu", "Zhipu AI (Z.ai)", "智谱AI"],
        ["robotics", "Robotics & embodied AI", "机器人与具身智能"],
    ]
    assert "A4" not in found


def test_rows_without_ids_get_no_third_sheet(made_warehouse: Path) -> None:
    all_names = names.known(scenes.on(open_snapshot(made_warehouse)))
    data = files.xlsx_bytes(MADE, {}, names=("names", names.of(MADE, all_names)))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert "xl/worksheets/sheet3.xml" not in book.namelist()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_second_sheet_says_what_the_rows_are(made_warehouse: Path, lang: str) -> None:
    say, snap = Texts(lang), open_snapshot(made_warehouse)
    scene = scenes.trend_scene(scenes.on(snap), say, "lab", ["openai", "zhipu"])
    assert scene is not None
    told = about(say, scene.answer, scene.view)
    data = files.xlsx_bytes(scene.answer.frame, told, (say("card.sheet_data"), "x"))
    found = cells(data, 2)
    for y, (label, text) in enumerate(told.items(), start=1):
        assert (found[f"A{y}"][1], found[f"B{y}"][1]) == (label, text)
    words = "\n".join(told.values())
    for part in (scene.view.title, scene.view.counted, scene.answer.snapshot_id, scene.answer.sql):
        assert part in words
    assert "n = " in words


def test_a_table_without_a_chart_says_its_snapshot_and_sql(made_warehouse: Path) -> None:
    answer = answers.labs(open_snapshot(made_warehouse))
    told = about(Texts("en"), answer)
    assert list(told) == ["Snapshot", "Rows", "SQL"]


def test_parquet_keeps_types_and_says_what_it_is(made_warehouse: Path) -> None:
    answer = answers.lab_trend(open_snapshot(made_warehouse), Filters(), ["openai"])
    data = files.parquet_bytes(answer.frame, {"标题": "虚构"})
    table = parquet.read_table(io.BytesIO(data))
    assert str(table.schema.field("period_start").type) == "date32[day]"
    assert str(table.schema.field("mentions").type) == "int64"
    assert table.column("share").to_pylist() == list(answer.frame["share"])
    assert table.schema.metadata == {"标题".encode(): "虚构".encode()}


@pytest.mark.parametrize("make", [files.xlsx_bytes, files.parquet_bytes])
def test_the_same_rows_give_the_same_bytes(make: object) -> None:
    assert make(MADE, {"a": "b"}) == make(MADE.copy(), {"a": "b"})


def test_a_workbook_does_not_tell_when_it_was_written() -> None:
    with zipfile.ZipFile(io.BytesIO(files.xlsx_bytes(MADE, {}))) as book:
        assert {entry.date_time[:3] for entry in book.infolist()} == {(1980, 1, 1)}
        assert b"dcterms:created" not in book.read("docProps/core.xml")


def test_no_rows_are_a_workbook_with_a_head() -> None:
    found = cells(files.xlsx_bytes(MADE.head(0), {"a": "b"}))
    assert [content for _, content, _ in found.values()] == list(MADE.columns)
