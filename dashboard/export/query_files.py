"""The rows of a reader's own statement as a data frame and as files.

In: Arrow rows of any types. Out: what the page shows; CSV, Excel, Parquet. Traps: Excel keeps 15 digits and
knows no list, infinity or time zone, and pandas makes 3.0 of a 3 beside a null; so each form gets the rows
in types that it holds without changing a value, as text where it has none. Parquet gets them as they are.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import suppress

import pandas as pd
import pyarrow as pa
from pyarrow import types

from dashboard.export import files
from warehouse.analyst_sql import flat, render

_EXACT_IN_EXCEL = 10**15


def frame(rows: pa.Table) -> pd.DataFrame:
    """For the page and CSV, with Arrow's types: a whole number beside a null stays whole.

    Lists and structs are text. DuckDB sums whole numbers as decimals; they are whole numbers again here,
    unless they are too large.
    """
    rows = flat(rows)
    for place, kind in enumerate(rows.schema):
        if types.is_decimal(kind.type) and kind.type.scale == 0:
            with suppress(pa.ArrowInvalid):
                rows = rows.set_column(place, kind.name, rows.column(place).cast(pa.int64()))
    made: pd.DataFrame = rows.to_pandas(types_mapper=pd.ArrowDtype)
    return made


def as_csv(rows: pa.Table) -> bytes:
    """Everything written out in full."""
    return files.csv_bytes(frame(rows))


def as_xlsx(rows: pa.Table, about: Mapping[str, str], sheets: tuple[str, str]) -> bytes:
    """A workbook: numbers and days as such where Excel holds them exactly, all else as text."""
    shown = frame(rows)
    columns = {name: _for_excel(shown[name]) for name in shown.columns}
    return files.xlsx_bytes(pd.DataFrame(columns), about, sheets)


def as_parquet(rows: pa.Table, about: Mapping[str, str]) -> bytes:
    """The rows as DuckDB typed them; `about` is the file's metadata."""
    return render(rows.replace_schema_metadata(dict(about)), "parquet")


def _for_excel(values: pd.Series) -> pd.Series:
    kind = values.dtype.pyarrow_dtype
    if types.is_date(kind):
        return values.astype("datetime64[s]")
    if types.is_integer(kind):
        is_exact = values.abs().max() < _EXACT_IN_EXCEL if values.notna().any() else True
        return values if is_exact else _text(values)
    if types.is_floating(kind):
        numbers = values.astype("float64")
        return numbers if all(map(_is_finite, numbers)) else _text(values)
    if types.is_boolean(kind) or types.is_string(kind):
        return values
    return _text(values)


def _is_finite(value: float) -> bool:
    return math.isnan(value) or math.isfinite(value)  # not a number is an empty cell


def _text(values: pd.Series) -> pd.Series:
    return pd.Series([None if pd.isna(v) else str(v) for v in values], dtype="object")
