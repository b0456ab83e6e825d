"""The SQL page: what it runs, what it shows, when it is off, and what a link may do."""

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import typer
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from dashboard import commands, sql_switch
from dashboard.export import query_files
from dashboard.page import about
from dashboard.parts import open_sql, sql_result
from dashboard.texts import Texts
from tests.dashboard.one_run import LANGUAGES, run, words
from warehouse import answers, limited_sql, open_snapshot, schema_answers
from warehouse.answers import Filters
from warehouse.limited_sql import CODES
from warehouse.one_statement import CODES as REFUSALS


@pytest.fixture(autouse=True)
def _switched_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(sql_switch.VARIABLE, "on")


def opened(monkeypatch: pytest.MonkeyPatch, warehouse: Path, /, **link: str | list[str]) -> AppTest:
    return run(monkeypatch, warehouse, "sql", **link)


def press_run(app: AppTest) -> AppTest:
    next(b for b in app.button if b.key == "sql-run").click()
    app.run()
    assert [e.value for e in app.exception] == []
    return app


def rows_of(app: AppTest) -> list[pd.DataFrame]:
    """Tables of the page without the list of columns and the list of functions."""
    own = ({"column_name", "column_type", "meaning"}, {"call", "meaning"})
    return [d.value for d in app.dataframe if set(d.value.columns) not in own]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_statement_is_run_and_its_rows_are_shown(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, lang: str
) -> None:
    say = Texts(lang)
    app = opened(monkeypatch, made_warehouse, lang=lang, sql="SELECT lab_id FROM labs ORDER BY 1")
    (rows,) = rows_of(press_run(app))
    assert list(rows["lab_id"])[:2] == ["alibaba", "anthropic"]
    assert say("sql.rows", n=len(rows)) in words(app)
    assert "2026-03-11-made" in words(app)
    assert app.error == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_statement_from_a_link_is_shown_but_not_run(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, lang: str
) -> None:
    """Whoever sends a link must not make the reader's machine work."""
    monkeypatch.setattr(sql_result, "run_limited", lambda *_: pytest.fail("it was run"))
    app = opened(monkeypatch, made_warehouse, lang=lang, sql="SELECT 42 AS n")
    assert app.text_area(key="sql").value == "SELECT 42 AS n"
    assert rows_of(app) == []
    assert Texts(lang)("sql.not_run") in words(app)


def test_rows_go_when_another_statement_stands_in_the_box(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = press_run(opened(monkeypatch, made_warehouse, sql="SELECT 42 AS n"))
    assert len(rows_of(app)) == 1
    app.selectbox(key="sql-example").set_value("largest_stories").run()
    assert app.text_area(key="sql").value == schema_answers.examples()["largest_stories"]
    assert rows_of(app) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_mistake_is_said_with_duckdbs_reason_and_line(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, lang: str
) -> None:
    app = press_run(
        opened(monkeypatch, made_warehouse, lang=lang, sql="SELECT name,\n nme FROM labs")
    )
    assert [e.value for e in app.error] == [Texts(lang)("sql.problem.sql")]
    assert any("LINE 2:" in c.value for c in app.code)
    assert rows_of(app) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_statement_that_takes_too_long_is_ended_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, lang: str
) -> None:
    monkeypatch.setattr(sql_result, "LIMITS", limited_sql.Limits(seconds=1))
    app = press_run(
        opened(
            monkeypatch, made_warehouse, lang=lang, sql="SELECT count(*) FROM range(1e15::BIGINT)"
        )
    )
    wanted = Texts(lang)("sql.problem.time", seconds="1", memory="1,000")
    assert [e.value for e in app.error] == [wanted]


def test_a_cut_result_says_so(monkeypatch: pytest.MonkeyPatch, made_warehouse: Path) -> None:
    monkeypatch.setattr(sql_result, "LIMITS", limited_sql.Limits(rows=5))
    app = press_run(opened(monkeypatch, made_warehouse, sql="FROM items"))
    assert len(rows_of(app)[0]) == 5
    assert Texts("en")("sql.cut.rows", n="5") in words(app)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", [*CODES, *REFUSALS])
def test_every_problem_has_a_sentence(lang: str, code: str) -> None:
    said = Texts(lang)(f"sql.problem.{code}", seconds="30", memory="1,000")
    assert "{" not in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_example_has_a_title_and_runs(lang: str, made_warehouse: Path) -> None:
    path = open_snapshot(made_warehouse).path
    for name, statement in schema_answers.examples().items():
        assert Texts(lang)(f"sql.example.{name}")
        assert limited_sql.run_limited(path, statement).rows.num_columns
        assert len(statement) <= open_sql.LONGEST_IN_LINK


@pytest.mark.parametrize("lang", LANGUAGES)
def test_switched_off_it_runs_nothing_and_says_how_to_switch_it_on(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, lang: str
) -> None:
    monkeypatch.setenv(sql_switch.VARIABLE, "off")
    app = opened(monkeypatch, made_warehouse, lang=lang, sql="SELECT 42 AS n")
    assert next(b for b in app.button if b.key == "sql-run").disabled
    assert Texts(lang)("sql.switched_off") in words(app)
    assert any("--sql" in c.value for c in app.code)
    assert app.text_area(key="sql").value == "SELECT 42 AS n"


def test_a_press_that_comes_after_it_was_switched_off_runs_nothing(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = opened(monkeypatch, made_warehouse, sql="SELECT 42 AS n")
    monkeypatch.setenv(sql_switch.VARIABLE, "off")
    monkeypatch.setattr(sql_result, "run_limited", lambda *_: pytest.fail("it was run"))
    assert rows_of(press_run(app)) == []


def test_started_in_another_way_it_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(sql_switch.VARIABLE)
    assert not sql_switch.is_on()


def test_a_short_statement_is_in_the_address_and_a_long_one_is_not(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = press_run(opened(monkeypatch, made_warehouse, sql="SELECT 1 AS one"))
    assert app.query_params["sql"] in ("SELECT 1 AS one", ["SELECT 1 AS one"])
    long = f"SELECT '{'x' * open_sql.LONGEST_IN_LINK}' AS long"
    app.text_area(key="sql").set_value(long)
    press_run(app)
    assert "sql" not in app.query_params
    assert Texts("en")("sql.too_long_for_link", n="2,000") in words(app)
    assert rows_of(app)[0]["long"][0] == "x" * open_sql.LONGEST_IN_LINK


@pytest.mark.parametrize("length", [20, open_sql.LONGEST_IN_LINK, open_sql.LONGEST_IN_LINK + 1])
def test_a_chart_hands_its_statement_over_whole(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, length: int
) -> None:
    statement = f"SELECT 1 -- {'x' * (length - 12)}"
    assert len(statement) == length
    show = partial(open_sql.button, Texts("en"), statement, "made")
    monkeypatch.setattr(about, "show", lambda: show())
    app = run(monkeypatch, made_warehouse, "about", lang="en")
    app.button(key="open-sql-made").click().run()
    assert [e.value for e in app.exception] == []
    assert app.text_area(key="sql").value == statement
    assert ("sql" in app.query_params) == (length <= open_sql.LONGEST_IN_LINK)
    assert rows_of(app) == []


def test_a_language_switch_keeps_statement_and_rows(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = press_run(opened(monkeypatch, made_warehouse, lang="en", sql="SELECT 1 AS one"))
    app.sidebar.get("button_group")[0].set_value("zh").run()
    assert [e.value for e in app.exception] == []
    assert app.text_area(key="sql").value == "SELECT 1 AS one"
    assert len(rows_of(app)) == 1


def test_columns_stand_with_their_meaning(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = opened(monkeypatch, made_warehouse)
    app.selectbox(key="sql-table").set_value("labs").run()
    shown = next(d.value for d in app.dataframe if "column_type" in d.value.columns)
    assert list(shown["column_name"])[:2] == ["lab_id", "name"]
    assert shown["meaning"].str.endswith(".").all()
    assert "One row a lab" in " ".join(t.value for t in app.text)


MIXED = {
    "n": pa.array([9007199254740993, None], pa.int64()),
    "few": pa.array([3, None], pa.int32()),
    "sum": pa.array([3, None], pa.decimal128(38, 0)),
    "price": pa.array([Decimal("1.50"), None], pa.decimal128(9, 2)),
    "share": [0.25, None],
    "odd": [float("inf"), None],
    "words": ["=智谱", None],
    "list": [["a", "b"], None],
    "struct": [{"a": 1}, None],
    "day": [date(2026, 1, 2), None],
    "moment": [datetime(2026, 1, 2, 3, 4, 5), None],
    "zoned": pa.array([datetime(2026, 1, 2, tzinfo=UTC), None], pa.timestamp("us", "UTC")),
    "is_so": [True, None],
    "nothing": pa.nulls(2, pa.int32()),
}


def test_csv_holds_values_as_they_are() -> None:
    head, row, nulls = query_files.as_csv(pa.table(MIXED)).decode("utf-8-sig").splitlines()
    assert head == ",".join(MIXED)
    assert row == (
        "9007199254740993,3,3,1.50,0.25,inf,=智谱,\"a, b\",{'a': 1},2026-01-02,2026-01-02 03:04:05,"
        "2026-01-02 00:00:00+00:00,True,"
    )
    assert nulls == "," * (len(MIXED) - 1)


def test_a_workbook_holds_values_as_they_are() -> None:
    data = query_files.as_xlsx(pa.table(MIXED), {"SQL": "SELECT 1"}, ("data", "about"))
    head, row, nulls = sheet_cells(data, "sheet1")
    assert head == list(MIXED)
    wanted = ["9007199254740993", "3", "3", "1.50", "0.25", "inf", "=智谱", "a, b", "{'a': 1}"]
    wanted += ["46024", "2026-01-02 03:04:05", "2026-01-02 00:00:00+00:00", "1"]
    assert row == wanted  # 46024: days since 1899-12-30, as Excel counts them
    assert nulls == []
    assert ["SQL", "SELECT 1"] in sheet_cells(data, "sheet2")


def test_parquet_holds_the_types_of_duckdb() -> None:
    rows = pa.table(MIXED)
    back = pq.read_table(io.BytesIO(query_files.as_parquet(rows, {"SQL": "SELECT 1"})))
    assert back.to_pylist() == rows.to_pylist()
    assert back.schema.field("sum").type == pa.decimal128(38, 0)
    assert back.schema.metadata[b"SQL"] == b"SELECT 1"


def sheet_cells(data: bytes, name: str) -> list[list[str]]:
    """Rows of a sheet with the text or the number of each cell that has one."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        strings = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        words = ["".join(t.itertext()) for t in strings]
        sheet = ElementTree.fromstring(book.read(f"xl/worksheets/{name}.xml"))
    rows = []
    for row in sheet.iter(f"{space}row"):
        cells = [(c.get("t"), c.findtext(f"{space}v")) for c in row]
        rows.append([words[int(v)] if t == "s" else v for t, v in cells if v is not None])
    return rows + [[]] * (3 - len(rows) if name == "sheet1" else 0)


def test_the_statement_of_a_chart_gives_the_rows_of_the_chart(made_warehouse: Path) -> None:
    snap = open_snapshot(made_warehouse)
    answer = answers.lab_trend(snap, Filters("month", ("reddit",), ("en",)), ["openai", "zhipu"])
    rows = limited_sql.run_limited(snap.path, answer.sql).rows
    assert rows.column("mentions").to_pylist() == list(answer.frame["mentions"])
    assert rows.column("share").to_pylist() == list(answer.frame["share"])


@pytest.mark.parametrize(
    ("option", "said", "address", "is_on"),
    [
        (None, "", "127.0.0.1", True),
        (None, "", "127.8.8.8", True),
        (None, "", "::1", True),
        (None, "", "localhost", True),
        (None, "", "0.0.0.0", False),
        (None, "", "::", False),
        (None, "", "192.168.1.5", False),
        (None, "", "localhost.example", False),
        (None, "on", "0.0.0.0", True),
        (None, "OFF", "127.0.0.1", False),
        (True, "off", "0.0.0.0", True),
        (False, "on", "127.0.0.1", False),
    ],
)
def test_option_beats_setting_beats_address(
    option: bool | None, said: str, address: str, is_on: bool
) -> None:
    environment = {sql_switch.VARIABLE: said} if said else {}
    assert sql_switch.wanted(option, environment, address) is is_on


def test_a_setting_that_is_neither_on_nor_off_is_refused() -> None:
    with pytest.raises(ValueError, match="on or off"):
        sql_switch.wanted(None, {sql_switch.VARIABLE: "perhaps"}, "127.0.0.1")


@pytest.mark.parametrize(
    ("words", "is_on"),
    [
        ([], True),
        (["--no-sql"], False),
        (["--address", "0.0.0.0"], False),
        (["--address", "0.0.0.0", "--sql"], True),
    ],
)
def test_the_command_tells_the_pages(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: list[str], is_on: bool
) -> None:
    monkeypatch.setenv("TRENDS_WAREHOUSE", str(tmp_path))
    monkeypatch.setenv(sql_switch.VARIABLE, "")
    monkeypatch.setattr(commands, "_serve", lambda _: None)
    monkeypatch.setattr(commands, "can_listen", lambda *_: True)
    app = typer.Typer()
    commands.register(app)
    app.command("other")(lambda: None)  # with a single command typer would drop its name
    done = CliRunner().invoke(app, ["dashboard", *words])
    assert done.exit_code == 0
    assert sql_switch.is_on() is is_on


def test_the_command_refuses_a_setting_it_does_not_understand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(sql_switch.VARIABLE, "perhaps")
    app = typer.Typer()
    commands.register(app)
    app.command("other")(lambda: None)
    done = CliRunner().invoke(app, ["dashboard"])
    assert done.exit_code == 2
    assert "TRENDS_SQL" in done.output
