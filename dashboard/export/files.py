"""Downloads other than slides: rows as CSV, and the names of all files.

In: an answer's rows, a snapshot id. Out: bytes and names. Trap: Excel reads a CSV without a byte-order
mark as the local code page and shows Chinese as noise, hence utf-8-sig.
"""

from __future__ import annotations

import pandas as pd

CSV = "text/csv"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """The rows exactly as the SQL of the chart returns them."""
    return frame.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d").encode(
        "utf-8-sig"
    )


def file_name(chart: str, snapshot_id: str, suffix: str) -> str:
    """`lab_trend_<snapshot id>.csv`: a file on a disk must say which state it shows."""
    return f"{chart}_{snapshot_id}.{suffix}"
