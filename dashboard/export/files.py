"""Rows as files: CSV, Excel, Parquet, and the names of all files.

In: an answer's rows, what there is to know about them. Out: bytes and names. Traps: Excel reads a CSV without
a byte-order mark as the local code page and shows Chinese as noise, hence utf-8-sig; text from the web that
begins with = would be a formula in a workbook, so every text is written as text; two files of the same
rows must be equal byte by byte, so neither carries the time of writing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pandas as pd
from pandas.api import types

from dashboard.export.stable import without_hour

if TYPE_CHECKING:
    import xlsxwriter

CSV = "text/csv"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PARQUET = "application/vnd.apache.parquet"
_RATIO = re.compile(r"(^|_)share(_|$)|^(value|difference|against|adjusted|score)(_|$)")
_NO_RATIO = ("share_index", "against_items", "value_items")
_WIDTHS = (10, 60)  # characters of a column, least and most
_FORMATS = {"day": "yyyy-mm-dd", "ratio": "0.0%", "whole": "#,##0", "number": "#,##0.000"}


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """The rows and nothing else, every column of the answer as it is."""
    return frame.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d").encode(
        "utf-8-sig"
    )


def xlsx_bytes(
    frame: pd.DataFrame,
    about: Mapping[str, str],
    sheets: tuple[str, str] = ("data", "about"),
    names: tuple[str, pd.DataFrame] | None = None,
) -> bytes:
    """A workbook: the rows with days and numbers as such, and a second sheet that says what they are.

    `names` is a third sheet, if it has rows: the names behind the ids.
    """
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        formats = {key: book.add_format({"num_format": code}) for key, code in _FORMATS.items()}
        _fill_rows(book, sheets[0], frame, formats)
        _fill_about(book, sheets[1], about)
        if names and len(names[1]):
            _fill_rows(book, *names, formats)
    return without_hour(out.getvalue())


def parquet_bytes(frame: pd.DataFrame, about: Mapping[str, str]) -> bytes:
    """The rows as Parquet; `about` is the file's metadata."""
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.Table.from_pandas(frame, preserve_index=False)
    for place, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type):  # days, which pandas has no type for
            days = table.column(place).cast(pa.date32())
            table = table.set_column(place, field.name, days)
    out = BytesIO()
    parquet.write_table(table.replace_schema_metadata(dict(about)), out)
    return out.getvalue()


def file_name(chart: str, snapshot_id: str, suffix: str) -> str:
    """`lab_trend_<snapshot id>.csv`: a file on a disk must say which state it shows."""
    return f"{chart}_{snapshot_id}.{suffix}"


def _fill_rows(
    book: xlsxwriter.Workbook, name: str, frame: pd.DataFrame, formats: Mapping[str, Any]
) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bottom": 1})
    sheet.freeze_panes(1, 0)
    for x, column in enumerate(frame.columns):
        values = frame[column]
        sheet.write_string(0, x, column, head)
        write, form = _writer(sheet, column, values)
        for y, value in enumerate(values, start=1):
            if isinstance(value, str) or not _is_missing(value):
                write(y, x, value, formats[form] if form else None)
        longest = max((len(_text(v)) for v in values.head(200)), default=0) if not form else 0
        sheet.set_column(x, x, min(max(len(column) + 2, longest, _WIDTHS[0]), _WIDTHS[1]))
    if len(frame):
        sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)


def _writer(sheet: Any, column: str, values: pd.Series) -> tuple[Callable[..., Any], str]:
    """How the cells of a column are written, and in which format."""
    if types.is_bool_dtype(values):
        return lambda y, x, v, f: sheet.write_boolean(y, x, bool(v)), ""
    if types.is_datetime64_any_dtype(values):
        return lambda y, x, v, f: sheet.write_datetime(y, x, v.to_pydatetime(), f), "day"
    if types.is_integer_dtype(values):
        return sheet.write_number, "whole"
    if types.is_float_dtype(values):
        is_ratio = _RATIO.search(column) and not column.startswith(_NO_RATIO)
        return sheet.write_number, "ratio" if is_ratio else "number"
    return lambda y, x, v, f: sheet.write_string(y, x, _text(v)), ""


def _is_missing(value: object) -> bool:
    return bool(pd.isna(value)) if pd.api.types.is_scalar(value) else False


def _text(value: object) -> str:
    """A cell as text; a list with its values divided by commas."""
    if isinstance(value, str) or pd.api.types.is_scalar(value):
        return str(value)
    return ", ".join(map(str, value)) if hasattr(value, "__iter__") else str(value)


def _fill_about(book: xlsxwriter.Workbook, name: str, about: Mapping[str, str]) -> None:
    sheet = book.add_worksheet(name)
    label = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 110)
    for y, (key, text) in enumerate(about.items()):
        sheet.write_string(y, 0, key, label)
        sheet.write_string(y, 1, text, wrapped)
