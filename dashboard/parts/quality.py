"""How good the tags are: precision and recall with intervals, measured on items labelled by hand.

In: the session. Out: a part of the page About the data. Trap: a few labels give a figure of 1.00 and say
next to nothing, so every figure stands with its interval and its number of labels.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.charts.scope import Row
from dashboard.texts import Texts
from warehouse import answers

_FIGURES = ("precision", "recall", "f1")


def show(say: Texts) -> None:
    """The figures of all labs and of all themes, and a table by id."""
    answer = data.ask(answers.tag_quality)
    rows = answer.frame.to_dict("records")
    st.subheader(say("quality.heading"), anchor=False)
    whole = {r["tag_kind"]: r for r in rows if pd.isna(r["tag_id"]) and pd.isna(r["language"])}
    figures = {f"{kind}s": _words(say, row) for kind, row in whole.items()}
    labelled = say.number(next(iter(whole.values()))["items_labelled"])
    st.markdown(say("quality.intro", items=labelled, **figures))
    if not all(row["is_current"] for row in whole.values()):
        st.caption(say("quality.other_rules", version=rows[0]["measured_with"]))
    with st.expander(say("quality.table"), icon=":material/fact_check:"):
        names = {**data.lab_names(say), **data.theme_names(say)}
        shown = pd.DataFrame([_line(say, row, names) for row in rows])
        config = {c: st.column_config.Column(say(f"quality.{c}")) for c in shown.columns}
        st.dataframe(shown, column_config=config, hide_index=True)


def _words(say: Texts, row: Row) -> str:
    values = {name: _figure(say, row, name) for name in _FIGURES}
    return say("quality.figures", **values)


def _figure(say: Texts, row: Row, name: str) -> str:
    """`0.97 (0.94 – 0.99)`, or nothing where there is no case."""
    if pd.isna(row[name]):
        return ""
    ends = say("span", first=f"{row[f'{name}_low']:.2f}", last=f"{row[f'{name}_high']:.2f}")
    return f"{row[name]:.2f} ({ends})"


def _line(say: Texts, row: Row, names: dict[str, str]) -> dict[str, object]:
    whole = say(f"quality.all_{row['tag_kind']}s")
    language = "" if pd.isna(row["language"]) else say.code("language", row["language"])
    name = whole if pd.isna(row["tag_id"]) else names.get(row["tag_id"], row["tag_id"])
    line: dict[str, object] = {"name": name, "language": language}
    line |= {"labelled": row["labelled_count"], "found": row["found_count"]}
    return line | {figure: _figure(say, row, figure) for figure in _FIGURES}
