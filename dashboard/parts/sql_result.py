"""Running the reader's statement, and what came of it: rows with downloads, or a sentence on what went wrong.

In: a statement. Out: the page below the box. Traps: a result belongs to its statement and its snapshot, so it
is kept with both and shown for that statement only; while it runs, the page counts the seconds, and by that
notices that the reader stopped it or went elsewhere, which ends the statement.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import streamlit as st

from dashboard import data
from dashboard.export import files, query_files
from dashboard.texts import Texts
from warehouse import QueryProblem
from warehouse.limited_sql import LimitedResult, Limits, run_limited

LIMITS = Limits()
_KEY = "sql-ran"
_NULL = "null"  # as SQL writes it


@dataclass(frozen=True)
class Ran:
    """What came of a statement; one of `result` and `problem` is there."""

    statement: str
    snapshot_id: str
    result: LimitedResult | None = None
    problem: QueryProblem | None = None


def run(say: Texts, statement: str) -> None:
    """Run it and keep what came of it."""
    snap, place = data.snapshot(), st.empty()

    def counting(seconds: float) -> None:
        place.caption(say("sql.running", n=f"{seconds:.0f}", most=f"{LIMITS.seconds:.0f}"))

    st.session_state.pop(_KEY, None)
    try:
        result = run_limited(snap.path, statement, LIMITS, counting)
        ran = Ran(statement, snap.snapshot_id, result=result)
    except QueryProblem as problem:
        ran = Ran(statement, snap.snapshot_id, problem=problem)
    place.empty()
    st.session_state[_KEY] = ran


def show(say: Texts, statement: str) -> None:
    """What came of the statement in the box, if it was run."""
    ran: Ran | None = st.session_state.get(_KEY)
    if ran is None or ran.statement != statement:
        st.caption(say("sql.not_run"))
    elif ran.problem is not None:
        _show_problem(say, ran.problem)
    elif ran.result is not None:
        _show_rows(say, ran, ran.result)


def _show_problem(say: Texts, problem: QueryProblem) -> None:
    """The sentence of the case; DuckDB's reason stands below it as it is, with its line."""
    key = f"sql.problem.{problem.code}"
    limits = {"seconds": f"{LIMITS.seconds:.0f}", "memory": say.number(LIMITS.memory_mb)}
    st.error(
        say(key if say.has(key) else "sql.problem.sql", **limits), icon=":material/error_outline:"
    )
    if problem.code in ("sql", "crash", "days"):
        st.code(str(problem), language=None, wrap_lines=True)


def _show_rows(say: Texts, ran: Ran, result: LimitedResult) -> None:
    n = result.rows.num_rows
    said = [
        say("sql.one_row") if n == 1 else say("sql.rows", n=say.number(n)),
        say("sql.took", seconds=f"{result.seconds:.2f}"),
        say("card.snapshot", snapshot=ran.snapshot_id),
    ]
    with st.container(horizontal=True, vertical_alignment="center", key="sql-actions"):
        st.markdown(" · ".join(said))
        _downloads(say, ran.statement, result, ran.snapshot_id)
    if result.cut:
        st.markdown(f":material/content_cut: {say(f'sql.cut.{result.cut}', n=say.number(n))}")
    with st.container(key="sql-rows"):
        st.dataframe(
            query_files.frame(result.rows), hide_index=True, height=_height(n), placeholder=_NULL
        )


def _height(rows: int) -> int | str:
    return "content" if rows <= 14 else 520


def _downloads(say: Texts, statement: str, result: LimitedResult, snapshot_id: str) -> None:
    rows, sheets = result.rows, (say("card.sheet_data"), say("card.sheet_about"))
    about = {"snapshot": snapshot_id, "rows": say.number(rows.num_rows)}
    if result.cut:
        about["guard"] = say(f"sql.cut.{result.cut}", n=say.number(rows.num_rows))
    told = {say(f"card.about.{key}"): text for key, text in (about | {"sql": statement}).items()}
    # built when clicked, on another thread: nothing in these may touch Streamlit
    makes = {
        "csv": (partial(query_files.as_csv, rows), files.CSV),
        "xlsx": (partial(query_files.as_xlsx, rows, told, sheets), files.XLSX),
        "parquet": (partial(query_files.as_parquet, rows, told), files.PARQUET),
    }
    for form, (make, mime) in makes.items():
        st.download_button(
            say(f"card.{form}"),
            make,
            files.file_name("sql", snapshot_id, form),
            mime,
            key=f"sql-{form}",
            icon=":material/download:",
            on_click="ignore",
        )
