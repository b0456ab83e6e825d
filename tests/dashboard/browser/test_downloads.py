"""Every file of every page's first chart, opened: it holds the rows of the SQL that is shown with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pptx import Presentation

from dashboard.export import names
from dashboard.scenes import on
from dashboard.texts import Texts
from tests.dashboard.browser.hands import closed, opened, same_rows, saved, sql_shown
from tests.dashboard.browser.journeys import JOURNEYS
from tests.dashboard.browser.tools import NEEDS_CHROMIUM, go
from tests.dashboard.one_run import LANGUAGES, PAGES
from warehouse import open_snapshot

pytestmark = NEEDS_CHROMIUM
# pages without a slide: a list, a map
NO_SLIDE = ("topics", "items")
OWN_TEST = ("sql",)  # its rows are those of the reader's statement: test_sql.py
# columns that SQL cannot give: verdicts are reckoned from its rows; and the number of hits, in each of them
BESIDE = {"verdict", "why_not", "difference", "difference_low", "difference_high"}
BESIDE |= {"p_value", "q_value", "movement", "hits"}
BESIDE |= {"is_concentrated", "against_is_concentrated", "rests_on_one_digest"}


@pytest.mark.parametrize("name", [name for name in PAGES if name not in OWN_TEST])
def test_files_hold_the_rows_of_the_sql_shown(
    page: Any, site: str, made_warehouse: Path, name: str
) -> None:
    lang = LANGUAGES[PAGES.index(name) % 2]
    say = Texts(lang)
    go(page, site, name, lang, JOURNEYS[name].link)
    sql = sql_shown(page, say("card.sql"))
    rows = open_snapshot(made_warehouse).frame(sql)
    assert len(rows)
    opened(page, say("card.data"))
    table = page.locator('[data-testid="stPopoverBody"] [data-testid="stDataFrame"]')
    table.wait_for()  # the chart once more, for those who cannot see it
    csv = saved(page, say("card.csv"))
    same(pd.read_csv(csv, encoding="utf-8-sig", dtype=str, keep_default_na=False), rows)
    same(pd.read_parquet(saved(page, say("card.parquet"))), rows)
    book = pd.read_excel(saved(page, say("card.xlsx")), None, dtype=object, keep_default_na=False)
    ids = list(names.of(rows, names.known(on(open_snapshot(made_warehouse))))["id"])
    named = {say("card.sheet_names"): ids} if ids else {}
    assert list(book) == [say("card.sheet_data"), say("card.sheet_about"), *named]
    assert {sheet: list(book[sheet]["id"]) for sheet in named} == named
    same(book[say("card.sheet_data")], rows)
    closed(page)
    if name not in NO_SLIDE:
        slide = Presentation(str(saved(page, say("card.pptx")))).slides[0]
        title = page.locator(".card-head h2").first.text_content()
        words = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        assert title in words
        assert sql in slide.notes_slide.notes_text_frame.text
        drawn, known = list(values_of(slide)), numbers_of(rows)
        assert drawn or any(shape.has_table for shape in slide.shapes)
        assert [value for value in drawn if round(value, 9) not in known] == []


def same(found: pd.DataFrame, rows: pd.DataFrame) -> None:
    """A file has the rows of the SQL, and its columns but for `BESIDE`."""
    assert set(found.columns) ^ set(rows.columns) <= BESIDE
    shared = [column for column in rows.columns if column in found.columns and column not in BESIDE]
    same_rows(found[shared], rows[shared])


def values_of(slide: Any) -> Iterator[float]:
    """The numbers of its native charts."""
    for shape in slide.shapes:
        if shape.has_chart:
            for series in shape.chart.plots[0].series:
                yield from (value for value in series.values if value is not None)


def numbers_of(frame: pd.DataFrame) -> set[float]:
    """All numbers of the rows, and 0 for what has none."""
    numbers = frame.select_dtypes("number").to_numpy().ravel()
    return {0.0, *(round(float(value), 9) for value in numbers if pd.notna(value))}
