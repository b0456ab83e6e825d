"""The SQL page in the browser: nothing runs from a link; run, mistake, time, files, the way from a chart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.texts import Texts
from tests.dashboard.browser.hands import choose, same_rows, saved, sql_shown
from tests.dashboard.browser.tools import (
    EXCEPTION,
    NEEDS_CHROMIUM,
    choices_in,
    go,
    link_becomes,
    served,
    told,
)
from tests.dashboard.one_run import LANGUAGES
from warehouse import open_snapshot

pytestmark = NEEDS_CHROMIUM
SECONDS = 5
# a server that gives a statement less time, so that the test need not wait for half a minute
IMPATIENT = f"""
from dashboard.parts import sql_result
from warehouse.limited_sql import Limits
sql_result.LIMITS = Limits(seconds={SECONDS})
from trends import main
main()
"""
ROWS = '.st-key-sql-rows [data-testid="stDataFrame"]'


@pytest.fixture(scope="module")
def sql_site(made_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard whose statements get a few seconds."""
    folder = tmp_path_factory.mktemp("sql-site")
    with served(made_warehouse, folder, program=("-c", IMPATIENT)) as address:
        yield address


def write(page: Any, statement: str) -> None:
    """Put a statement into the box and run it by the keys."""
    box = page.locator(".st-key-sql textarea")
    box.fill(statement)
    box.press("Control+Enter")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_statement_of_a_link_waits_for_run_and_others_are_run_by_keys(
    page: Any, sql_site: str, made_warehouse: Path, lang: str
) -> None:
    say = Texts(lang)
    asked = "SELECT lab_id, name, name_zh FROM labs ORDER BY lab_id"
    go(page, sql_site, "sql", lang, {"sql": [asked]})
    told(page, say("sql.not_run"))
    assert page.locator(ROWS).count() == 0
    page.locator(".st-key-sql-run button").click()
    page.locator(ROWS).wait_for()
    expected = open_snapshot(made_warehouse).frame(asked)
    told(page, say("sql.rows", n=len(expected)))
    same_rows(pd.read_csv(saved(page, say("card.csv")), dtype=str, keep_default_na=False), expected)
    same_rows(pd.read_parquet(saved(page, say("card.parquet"))), expected)

    write(page, "SELECT nme FROM labs")
    told(page, say("sql.problem.sql"))
    told(page, "LINE 1")
    write(page, "DROP TABLE labs")
    told(page, say("sql.problem.not_reading"))
    write(page, "SELECT count(*) FROM range(1e15::BIGINT)")
    told(page, say("sql.problem.time", seconds=SECONDS, memory="1,000"))
    write(page, "SELECT 43 AS still_there")
    told(page, say("sql.one_row"))
    own = {"lang": [lang]} if lang != LANGUAGES[0] else {}
    link_becomes(page, {"sql": ["SELECT 43 AS still_there"], **own})
    assert page.locator(EXCEPTION).count() == 0


def test_an_example_outlives_a_switch_of_the_language(page: Any, sql_site: str) -> None:
    """The browser keeps the label that was chosen, and sends it again with the next click."""
    go(page, sql_site, "sql", "en")
    choose(page, "sql-example", Texts("en")("sql.example.most_linked_hosts"))
    box = page.locator(".st-key-sql textarea")
    has_example = "document.querySelector('.st-key-sql textarea').value.includes('AS host')"
    page.wait_for_function(has_example)
    page.get_by_role("radio", name=Texts("zh")("language_name")).click()
    told(page, Texts("zh")("sql.not_run"))
    page.locator(".st-key-sql-run button").click()
    page.locator(ROWS).wait_for()
    assert "AS host" in box.input_value()
    assert page.locator(EXCEPTION).count() == 0


def test_a_chart_hands_its_statement_over(page: Any, sql_site: str, made_warehouse: Path) -> None:
    say = Texts("en")
    go(page, sql_site, "labs", "en", {"labs": ["openai"], "grain": ["quarter"]})
    shown = sql_shown(page)
    page.get_by_role("button", name=say("card.sql"), exact=True).first.click()
    page.get_by_role("button", name=say("sql.open")).click()
    told(page, say("sql.not_run"))
    handed = page.locator(".st-key-sql textarea").input_value()
    assert shown.endswith(handed.partition("\n")[2]), "all but the comments of its head"
    page.locator(".st-key-sql-run button").click()
    expected = open_snapshot(made_warehouse).frame(shown)
    told(page, say("sql.rows", n=len(expected)))
    page.go_back()
    told(page, say("trend.title.lab.share", per=say("per.quarter")))
    assert choices_in(page.url) == {"labs": ["openai"], "grain": ["quarter"]}
