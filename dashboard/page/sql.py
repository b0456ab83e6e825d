"""SQL: one reading statement of the reader's own on the snapshot, with what each column means beside it.

In: the session. Out: the page. Trap: on a server that others reach, a statement makes a machine work that is
not the reader's, so the page runs nothing unless whoever started the server allowed it.
"""

import streamlit as st

from dashboard import data, sql_switch
from dashboard.parts import session, sql_editor, sql_result
from dashboard.texts import Texts

_COMMAND = "trends dashboard --address 0.0.0.0 --sql"


def show() -> None:
    """The whole page."""
    say, is_on = session.say(), sql_switch.is_on()
    row = data.loaded()
    if not row["items"]:
        session.show_no_items()
    if not is_on:
        show_off(say)
    left, right = st.columns([1.5, 1])
    with right:
        sql_editor.browser(say)
    with left:
        statement, is_pressed = sql_editor.editor(say, is_on)
    if not is_on:
        return
    if is_pressed:
        sql_result.run(say, statement)
    sql_result.show(say, statement)


def show_off(say: Texts) -> None:
    """Why nothing is run here, and how whoever started the server can allow it."""
    with st.container(border=True, key="sql-off"):
        st.markdown(f":material/lock: {say('sql.switched_off')}")
        st.code(_COMMAND, language="bash")
        st.caption(say("sql.switched_off_else"))
