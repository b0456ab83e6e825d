"""What a reader does on a page: choose, click a mark or a row, open what is below a chart, save a file.

In: a page at rest. Out: a page at rest again, files, the SQL shown. Trap: rows of a table are drawn on a
canvas, so a row is clicked by its place; which mark is which is known to Plotly alone, so it is asked for
the id (customdata) and the place of every mark.
"""

from __future__ import annotations

import re
from datetime import date
from math import isclose
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from tests.dashboard.browser.tools import at_rest

_HEAD, _ROW = 36, 36  # pixels of a table's head and of its rows

_MARKS = """card => {
  const inside = card ? `[class~="st-key-card-${CSS.escape(card)}"] ` : "";
  const chart = document.querySelector(`${inside}.js-plotly-plot`);
  const box = chart.getBoundingClientRect(), layout = chart._fullLayout;
  const axis = name => layout[name.replace(/^(.)/, "$1axis")];
  const place = (axis, value) => axis._offset + axis.d2p(value);
  return chart._fullData.flatMap(trace => (trace.customdata ?? []).flatMap((what, n) => {
    if (trace.visible !== true || what == null || !what.length) return [];
    const [x, y] = [axis(trace.xaxis ?? "x"), axis(trace.yaxis ?? "y")];
    const inBar = trace.type === "bar" && trace.orientation === "h" ? 8 : 0;
    const left = inBar ? place(x, 0) + inBar : place(x, trace.x[n]);
    return [{what, x: box.x + left, y: box.y + place(y, trace.y[n])}];
  }));
}"""


def choose(page: Any, key: str, words: str) -> None:
    """Set the control of this key to the choice, or the text, that reads so."""
    control = page.locator(f".st-key-{key}")
    control.scroll_into_view_if_needed()  # a list that is open closes when the page moves
    at_rest(page)
    if control.get_by_role("radio").count():
        control.get_by_role("radio", name=words, exact=True).click()
    elif control.get_by_role("combobox").count():
        control.get_by_role("combobox").click()
        page.get_by_role("option", name=words, exact=True).click()
    else:
        control.get_by_role("textbox").fill(words)
        control.get_by_role("textbox").press("Enter")
    at_rest(page)


def marks(page: Any, card: str = "") -> list[dict[str, Any]]:
    """All marks of a card's chart (of the first one): what each stands for and where it is."""
    found: list[dict[str, Any]] = page.evaluate(_MARKS, card)
    return found


def click_any_mark(page: Any, card: str) -> list[str]:
    """Click the mark that is furthest from all others; returns what it stands for."""
    page.locator(f'[class~="st-key-card-{card}"] .js-plotly-plot').scroll_into_view_if_needed()
    at_rest(page)
    found = marks(page, card)

    def alone(mark: dict[str, Any]) -> float:
        others = (m for m in found if m is not mark)
        return min((abs(m["x"] - mark["x"]) + abs(m["y"] - mark["y"]) for m in others), default=0)

    chosen = max(found, key=alone)
    page.mouse.click(chosen["x"], chosen["y"])
    what: list[str] = chosen["what"]
    return what


def click_row(page: Any, number: int = 0, table: str = '[data-testid="stDataFrame"]') -> None:
    """Select a row of a table."""
    grid = page.locator(table).first
    grid.scroll_into_view_if_needed()
    at_rest(page)
    box = grid.bounding_box()
    page.mouse.click(box["x"] + 14, box["y"] + _HEAD + _ROW * (number + 0.5))
    at_rest(page)


def opened(page: Any, name: str) -> None:
    """Open one of the popovers below the first chart or table."""
    page.get_by_role("button", name=name, exact=True).first.click()
    page.locator('[data-testid="stPopoverBody"]').wait_for()
    at_rest(page)


def closed(page: Any) -> None:
    """Close it; the first click outside of an open one would do no more than that."""
    page.keyboard.press("Escape")
    page.locator('[data-testid="stPopoverBody"]').wait_for(state="detached")
    at_rest(page)


def saved(page: Any, name: str) -> Path:
    """Press a button that saves a file."""
    with page.expect_download(timeout=60_000) as download:  # a server's first slide takes longest
        page.get_by_role("button", name=name, exact=True).first.click()
    path: Path = download.value.path()
    return path


def sql_shown(page: Any, name: str = "SQL") -> str:
    """The statement below the first chart or table."""
    opened(page, name)
    sql: str = page.locator('[data-testid="stPopoverBody"] pre code').first.text_content()
    closed(page)
    return sql


def same_rows(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    """A file's rows are those of the warehouse, whatever its format can say of days, lists and nothing."""
    assert list(found.columns) == list(expected.columns)
    assert len(found) == len(expected)
    for column in expected.columns:
        pairs = zip(found[column], expected[column], strict=True)
        other = [(mine, theirs) for mine, theirs in pairs if not _same(mine, theirs)]
        assert other == [], column


def _same(found: Any, expected: Any) -> bool:
    if isinstance(expected, list | tuple | np.ndarray):
        return _parts(found) == _parts(expected)
    if pd.isna(expected):
        return found == "" or pd.isna(found)
    if isinstance(expected, date):
        return str(found)[:10] == expected.isoformat()[:10]
    if isinstance(expected, bool | np.bool_):
        return str(found) in (str(expected), str(int(expected)))
    if isinstance(expected, int | float | np.number):
        return isclose(float(found), float(expected), rel_tol=1e-12, abs_tol=1e-15)
    return bool(found == expected)


def _parts(listed: Any) -> list[str]:
    text = listed if isinstance(listed, str) else " ".join(map(str, listed))
    return re.findall(r"[^\s,'\"\[\]]+", text)
