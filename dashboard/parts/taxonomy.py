"""The labs and themes that are counted, as tables.

In: the snapshot's row. Out: the tables on the page. Trap: a lab's parent may be missing; its name stays
blank then.
"""

from __future__ import annotations

import streamlit as st

from dashboard import data
from dashboard.charts.scope import Row
from dashboard.texts import Texts
from warehouse import answers


def show(say: Texts, row: Row) -> None:
    """The labs and themes that are counted."""
    st.subheader(say("about.taxonomy"), anchor=False)
    labs, themes = data.ask(answers.labs).frame, data.ask(answers.themes).frame
    counts = {"labs": say.number(len(labs)), "themes": say.number(len(themes))}
    st.markdown(say("about.taxonomy_intro", version=row["taxonomy_version"], **counts))
    text = st.column_config.TextColumn
    names = data.lab_names(say)
    with st.expander(say("about.labs"), icon=":material/domain:"):
        shown = labs.assign(
            name=[names[i] for i in labs["lab_id"]],
            kind=[say.code("kind", k) for k in labs["kind"]],
            parent_id=[names.get(p, "") for p in labs["parent_id"]],
        )
        titles = {"name": "name", "kind": "kind", "parent_id": "parent", "lab_id": "id"}
        config = {key: text(say(f"about.{title}")) for key, title in titles.items()}
        st.dataframe(shown[list(titles)], column_config=config, hide_index=True)
    with st.expander(say("about.themes"), icon=":material/category:"):
        theme_names = data.theme_names(say)
        shown = themes.assign(
            name=[theme_names[i] for i in themes["theme_id"]],
            definition=[say.definition(theme) for theme in themes.to_dict("records")],
        )
        config = {
            "name": text(say("about.name")),
            "definition": text(say("about.definition"), width="large"),
        }
        config["theme_id"] = text(say("about.id"))
        st.dataframe(
            shown[["name", "definition", "theme_id"]], column_config=config, hide_index=True
        )
    versions = {"snapshot": row["snapshot_id"], "run": row["built_from_run"]}
    st.caption(
        say("about.version", taxonomy=row["taxonomy_version"], code=row["code_version"], **versions)
    )
