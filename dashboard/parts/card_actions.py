"""The row below a chart or table: data, image, slide, SQL, link, each one click away.

In: a view, its answer. Out: buttons. Trap: a file is built when its button is clicked, on another thread,
so nothing in those callables may touch Streamlit; and a popover's rows are sent only once it is open.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from dashboard import data, links
from dashboard.charts.views import View
from dashboard.export import files, names
from dashboard.export.about import about
from dashboard.parts import chart_tools, open_sql
from dashboard.texts import Texts
from warehouse.answers import Answer

_ROWS_WIDTH, _ROWS_HEIGHT, _CODE_HEIGHT, _CODE_LINES = 760, 300, 380, 14


def of_chart(say: Texts, name: str, view: View, answer: Answer, has_slide: bool = True) -> None:
    """All of them; call it inside a horizontal container."""
    _data(say, name, answer, view)
    with st.popover(say("card.image"), icon=":material/image:", key=f"pop-image-{name}"):
        st.caption(say("card.image_help"))
        file = files.file_name(name, answer.snapshot_id, "png")[:-4]
        chart_tools.save_buttons(say, name, view, file, answer.snapshot_id)
    if has_slide:
        make = partial(_slide, view, answer)
        _download(say, "pptx", name, answer, make, files.PPTX, "slideshow")
    _sql(say, name, answer)
    _link(say, name)


def of_table(say: Texts, name: str, answer: Answer) -> None:
    """Those that need no chart."""
    _data(say, name, answer)
    _sql(say, name, answer)
    _link(say, name)


def _data(say: Texts, name: str, answer: Answer, view: View | None = None) -> None:
    """The rows as files and as a table: what is drawn, for those who cannot see it too."""
    frame, of = answer.frame, partial(about, say, answer, view)
    with st.popover(
        say("card.data"), icon=":material/table:", key=f"pop-data-{name}", on_change="rerun"
    ) as popover:
        st.caption(_made_of(say, answer))
        with st.container(horizontal=True, gap="small"):
            made = partial(files.csv_bytes, frame)
            _download(say, "csv", name, answer, made, files.CSV)
            made = partial(_xlsx, say, answer, of, data.kept(names.known, data.ask))
            _download(say, "xlsx", name, answer, made, files.XLSX)
            made = partial(_parquet, answer, of)
            _download(say, "parquet", name, answer, made, files.PARQUET)
        if popover.open:
            with st.container(key=f"rows-{name}"):
                _rows(frame)


def _made_of(say: Texts, answer: Answer) -> str:
    """How many rows and columns, and which of them the statement does not return as they are."""
    frame, total = answer.frame, say.number(answer.items_total)
    if "q_value" in frame and "q_value" not in answer.sql:
        key = "card.data_judged"
    elif "hits" not in frame and " AS hits" in answer.sql:
        key = "card.data_hits"
    else:
        key = "card.data_help"
    return say(key, n=say.number(len(frame)), columns=len(frame.columns), total=total)


def _rows(frame: pd.DataFrame) -> None:
    """The table, days as days."""
    days = frame.select_dtypes("datetime").columns
    config = {column: st.column_config.DateColumn(format="YYYY-MM-DD") for column in days}
    st.dataframe(
        frame, column_config=config, hide_index=True, height=_ROWS_HEIGHT, width=_ROWS_WIDTH
    )


def _download(
    say: Texts,
    form: str,
    name: str,
    answer: Answer,
    make: Callable[[], bytes],
    mime: str,
    icon: str = "download",
) -> None:
    st.download_button(
        say(f"card.{form}"),
        make,
        files.file_name(name, answer.snapshot_id, form),
        mime,
        key=f"{form}-{name}",
        help=say(f"card.{form}_help"),
        icon=f":material/{icon}:",
        on_click="ignore",
    )


def _xlsx(
    say: Texts, answer: Answer, of: Callable[[], dict[str, str]], all_names: pd.DataFrame
) -> bytes:
    sheets = say("card.sheet_data"), say("card.sheet_about")
    named = say("card.sheet_names"), names.of(answer.frame, all_names)
    return files.xlsx_bytes(answer.frame, of(), sheets, named)


def _parquet(answer: Answer, of: Callable[[], dict[str, str]]) -> bytes:
    return files.parquet_bytes(answer.frame, of())


def _slide(view: View, answer: Answer) -> bytes:
    from dashboard.export.deck import slide_of  # heavy, and not needed to see a chart

    return slide_of(view, answer.sql, answer.snapshot_id)


def _sql(say: Texts, name: str, answer: Answer) -> None:
    """The statement, with its values written out, ready to paste or to change on the SQL page."""
    with st.popover(say("card.sql"), icon=":material/code:", key=f"pop-sql-{name}"):
        st.caption(say("card.sql_intro", snapshot=answer.snapshot_id))
        open_sql.button(say, answer.sql, name)
        is_long = answer.sql.count("\n") > _CODE_LINES
        st.code(
            answer.sql,
            language="sql",
            wrap_lines=True,
            width=760,
            height=_CODE_HEIGHT if is_long else "content",
        )


def _link(say: Texts, name: str) -> None:
    """The address of this very view."""
    with st.popover(say("card.link"), icon=":material/link:", key=f"pop-link-{name}"):
        st.caption(say("card.link_help"))
        st.code(links.address(), language=None, wrap_lines=True, width=560)
