"""The box for a statement, the examples to start from, and the tables with what they mean.

In: the session. Out: the statement, and whether the reader wants it run. Traps: a statement that came with a
link is shown and not run, for whoever sends a link must not make the reader's machine work; the box and its
button are one form, so that Ctrl+Enter runs the statement, and leaving the box does not; the browser sends
the label of an example and keeps it when the language changes, so none stays chosen once it was taken.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import data, links
from dashboard.parts import sql_result
from dashboard.parts.open_sql import LONGEST_IN_LINK
from dashboard.texts import LANGUAGES, Texts
from warehouse import schema_answers

_FIRST_EXAMPLE = "monthly_shares"
_FIRST_TABLE = "lab_trend"
_FORM = "sql-form"


def editor(say: Texts, is_on: bool) -> tuple[str, bool]:
    """The statement in the box, and whether Run was pressed in this very run."""
    found = schema_answers.examples()
    links.text("sql", found[_FIRST_EXAMPLE], LONGEST_IN_LINK)
    st.selectbox(
        say("sql.examples"),
        list(found),
        index=None,
        format_func=lambda name: say(f"sql.example.{name}"),
        placeholder=say("sql.choose_example"),
        key="sql-example",
        on_change=_take_example,
        label_visibility="collapsed",
    )
    with st.form(_FORM, border=False, enter_to_submit=False):
        st.text_area(
            say("sql.statement"),
            key="sql",
            height=330,
            label_visibility="collapsed",
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            is_pressed = st.form_submit_button(
                say("sql.run"),
                type="primary",
                icon=":material/play_arrow:",
                key="sql-run",
                # the box's own Ctrl+Enter does nothing as long as the text is as it was
                shortcut="Ctrl+Enter",
                disabled=not is_on,
            )
            st.caption(_limits(say))
    statement = str(st.session_state["sql"] or "")
    if len(statement) > LONGEST_IN_LINK:
        st.caption(say("sql.too_long_for_link", n=say.number(LONGEST_IN_LINK)))
    return statement, is_pressed


def _limits(say: Texts) -> str:
    most = sql_result.LIMITS
    return say(
        "sql.limits",
        rows=say.number(most.rows),
        seconds=f"{most.seconds:.0f}",
        memory=say.number(most.memory_mb),
    )


def _take_example() -> None:
    """Put the chosen example into the box, and offer all again."""
    chosen, st.session_state["sql-example"] = st.session_state["sql-example"], None
    for name, statement in schema_answers.examples().items():
        # it is a label where the page had changed its language when the reader saw and chose it
        if chosen in (name, *(Texts(lang)(f"sql.example.{name}") for lang in LANGUAGES)):
            st.session_state["sql"] = statement


def browser(say: Texts) -> None:
    """What can be asked: tables with their columns, and the functions of the snapshot."""
    columns = data.ask(schema_answers.tables_and_columns).frame
    tables = list(dict.fromkeys(columns["table_name"]))
    with st.container(horizontal=True, gap="small"):
        table = st.selectbox(
            say("sql.table"),
            tables,
            index=tables.index(_FIRST_TABLE) if _FIRST_TABLE in tables else 0,
            key="sql-table",
            label_visibility="collapsed",
            placeholder=say("widgets.choose"),
        )
        _functions(say)
    rows = _in_words(say, columns[columns["table_name"] == table])
    place = st.container(height=92, border=False, key="sql-meaning")
    event: Any = st.dataframe(
        rows[["column_name", "column_type", "meaning"]],
        column_config={
            "column_name": st.column_config.TextColumn(say("sql.column"), width=125),
            "column_type": st.column_config.TextColumn(say("sql.type"), width=85),
            "meaning": st.column_config.TextColumn(say("sql.meaning"), width=600),
        },
        hide_index=True,
        height=287,
        on_select="rerun",
        selection_mode="single-row",
        key=f"sql-columns-{table}",
    )
    place.text(_meaning(rows, event["selection"]["rows"]))


def _meaning(rows: pd.DataFrame, chosen: list[int]) -> str:
    """Of the chosen column, in full; else of the table. Nobody need have written one."""
    if chosen:
        row = rows.iloc[chosen[0]]
        return f"{row['column_name']}: {row['meaning']}"
    return str(rows["table_meaning"].iloc[0])


def _functions(say: Texts) -> None:
    """The macros, in a window of their own: few readers need them."""
    macros = data.ask(schema_answers.macros).frame
    calls = [
        f"{row['macro_name']}({', '.join(row['parameters'])})" for row in macros.to_dict("records")
    ]
    with st.popover(say("sql.functions"), icon=":material/function:"):
        st.caption(say("sql.functions_intro"))
        st.dataframe(
            pd.DataFrame({"call": calls, "meaning": _in_words(say, macros)["meaning"]}),
            column_config={
                "call": st.column_config.TextColumn(say("sql.call"), width=420),
                "meaning": st.column_config.TextColumn(say("sql.meaning"), width=420),
            },
            hide_index=True,
            width=860,
            key="sql-macros",
        )


def _in_words(say: Texts, rows: pd.DataFrame) -> pd.DataFrame:
    """The meanings in the reader's language; nothing where nobody wrote any."""
    fields = [f for f in ("table_meaning", "meaning") if f in rows]
    records = rows.to_dict("records")
    return rows.assign(**{f: [say.of(row, f) for row in records] for f in fields})
