"""Verdicts as cards and as a table.

In: a `CompareView`. Out: parts of the page. Trap: a colour or an arrow alone is no verdict, so each card
says it in words, and why where there is none.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.charts.compare_view import CompareView
from dashboard.charts.scope import Row
from dashboard.parts import percents

_IN_A_ROW = 3
_ICONS = {
    "higher": ":material/trending_up:",
    "lower": ":material/trending_down:",
    "not_distinguishable": ":material/drag_handle:",
    "not_comparable": ":material/block:",
}
_COLOURS = {"higher": "green", "lower": "red"}


def cards(view: CompareView) -> None:
    """One card a chosen lab or theme."""
    rows = view.chosen()
    reasons = {view.why(row) for row in rows}
    if len(reasons) == 1 and "" not in reasons:  # said once
        st.info(reasons.pop(), icon=_ICONS["not_comparable"])
        return
    for start in range(0, len(rows), _IN_A_ROW):
        for column, row in zip(
            st.columns(_IN_A_ROW), rows[start : start + _IN_A_ROW], strict=False
        ):
            with column, st.container(border=True, height="stretch"):
                _card(view, row)


def icon(verdict: str) -> str:
    """The coloured mark of a verdict, for the beginning of a sentence."""
    return f":{_COLOURS.get(verdict, 'gray')}[{_ICONS[verdict]}]"


def _card(view: CompareView, row: Row) -> None:
    colour = _COLOURS.get(row["verdict"], "gray")
    verdict = f":{colour}[{_ICONS[row['verdict']]} **{view.verdict(row)}**]"
    st.markdown(f"**{view.heading(row)}** &nbsp; {verdict}")
    st.caption(view.sentence(row))


def table(view: CompareView) -> None:
    """All rows, the chosen ones and the surest first."""
    say, frame = view.say, view.frame
    order = frame.assign(is_other=~frame[view.row_column].isin(view.ids)).sort_values(
        ["is_other", "q_value"], kind="stable"
    )
    rows = order.to_dict("records")
    known = [pd.notna(row["difference"]) for row in rows]
    shown = pd.DataFrame(
        {
            "name": [view.name(row) for row in rows],
            "verdict": [view.verdict(row) for row in rows],
            "now": [
                row["value"] if k else row["share"] for row, k in zip(rows, known, strict=True)
            ],
            "before": [
                row["against_value"] if k else row["against_share"]
                for row, k in zip(rows, known, strict=True)
            ],
            "difference": [100 * row["difference"] for row in rows],
            "interval": [view.numbers(row)[-1] for row in rows],
            "mentions": [row["mentions"] for row in rows],
            "mentions_before": [row["against_mentions"] for row in rows],
            "why": [view.why(row) or view.note(row) for row in rows],
        }
    )
    number, text = st.column_config.NumberColumn, st.column_config.TextColumn
    config = {
        "name": text(say("compare.name"), width=180),
        "verdict": text(say("compare.verdict"), width=140),
        "now": number(say("compare.now"), width=80),
        "before": number(say("compare.before"), width=80),
        "difference": number(say("compare.difference"), format="%+.2f", width=90),
        "interval": text(say("compare.interval"), width=140),
        "mentions": number(say("compare.mentions"), width=80),
        "mentions_before": number(say("compare.mentions_before"), width=80),
        "why": text(say("compare.why"), width=330),
    }
    with st.expander(say("compare.table"), icon=":material/table:"):
        rows_shown = percents.written(say, shown, "now", "before")
        st.dataframe(rows_shown, column_config=config, hide_index=True)
