"""The way from a chart to the SQL page, with the chart's statement in the box.

In: a statement, ready to run. Out: a button. Trap: a long statement must not stand in the address, where
browsers and chat programs cut it; it is then handed over within the session only.
"""

from __future__ import annotations

import streamlit as st

from dashboard import links
from dashboard.parts import session
from dashboard.texts import Texts
from warehouse import queries

# A statement of at most so many characters is part of the link.
LONGEST_IN_LINK = 2_000


def button(say: Texts, sql: str, key: str) -> None:
    """“Open in SQL page”; `key` tells it from the other such buttons of the page."""
    if st.button(
        say("sql.open"),
        key=f"open-sql-{key}",
        icon=":material/terminal:",
        help=say("sql.open_help"),
    ):
        go(sql)


def go(sql: str) -> None:
    """Open the page with this statement, of its head only the first line; not for callbacks."""
    head = [line for line in sql.splitlines()[:1] if line.startswith("--")]
    sql = "\n".join([*head, queries.body(sql).strip()])
    links.take_along({"sql": sql})
    session.open_page("sql", **({"sql": sql} if len(sql) <= LONGEST_IN_LINK else {}))
