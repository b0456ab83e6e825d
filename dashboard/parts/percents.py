"""Shares in a table, written as everywhere else on the page: 12.8%, 0.30%, 0%.

In: rows, the columns that hold ratios. Out: the rows with these written as percentages. Trap: written as
text they would be sorted as text, so the ratios stay and only what is shown of them changes.
"""

from __future__ import annotations

import pandas as pd
from pandas.io.formats.style import Styler

from dashboard.texts import Texts


def written(say: Texts, frame: pd.DataFrame, *columns: str) -> Styler:
    """The frame for `st.dataframe`; a share that is not known stays empty."""
    return frame.style.format({name: say.percent for name in columns}, na_rep="")
