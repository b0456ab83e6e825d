"""About the data: what is loaded, how much, what was refused, and how counts are made.

In: the session. Out: the page. Trap: it must open even when nothing could be loaded, since it is where
a reader learns why.
"""

import streamlit as st

from dashboard import data
from dashboard.parts import (
    card,
    filters,
    history,
    quality,
    refusals,
    session,
    sources,
    sql_editor,
    taxonomy,
)
from dashboard.scenes import volume_scene
from dashboard.texts import Texts
from warehouse import answers
from warehouse.answers import Filters


def show() -> None:
    """The whole page."""
    say = session.say()
    row, refused = data.loaded(), data.ask(answers.quarantine).frame
    span = filters.loaded_days()
    facts = [("digests", say.number(row["digests"])), ("items", say.number(row["items"]))]
    if span:
        counted = data.ask(answers.top_labs, Filters(), 1).items_total
        facts += [
            ("counted_items", say.number(counted)),
            ("first_on", say.day(span[0])),
            ("last_on", say.day(span[1])),
        ]
    facts.append(("refused", say.number(len(refused))))
    widths = [1.5 if key.endswith("_on") else 1 for key, _ in facts]  # a day in words is long
    for column, (key, value) in zip(st.columns(widths), facts, strict=True):
        column.metric(say(f"about.{key}"), value, border=True, height="stretch")
    if span:
        show_volume(say)
    else:
        session.show_no_items()
    st.subheader(say("about.how"), anchor=False)
    st.markdown(say("about.method"))
    quality.show(say)
    refusals.show(say, refused)
    if span:
        history.show(say)
    taxonomy.show(say, row)
    show_dictionary(say)


def show_volume(say: Texts) -> None:
    """Counted items a month and channel, as chart and as table."""
    scene = data.drawn(volume_scene, say)
    if scene is None:
        return
    answer = scene.answer
    card.show(say, scene.name, scene.view, scene.figure(), answer, clickable=False)
    with st.expander(say("about.table"), icon=":material/table:"):
        names = {
            "period_start": "month",
            "source": "source",
            "language": "language",
            "channel": "channel",
        }
        names |= {"digests": "digests", "items": "items", "items_total": "counted"}
        shown = answer.frame.assign(
            channel=[say.code("channel", c) for c in answer.frame["channel"]],
            language=[say.code("language", c) for c in answer.frame["language"]],
            source=[sources.name(say, id_) for id_ in answer.frame["source"]],
        )
        config = {key: st.column_config.Column(say(f"about.{name}")) for key, name in names.items()}
        config["period_start"] = st.column_config.DateColumn(say("about.month"), format="YYYY-MM")
        st.dataframe(shown[list(names)], column_config=config, hide_index=True)


def show_dictionary(say: Texts) -> None:
    """Every table and column with its meaning, as beside the editor of the page SQL."""
    place = st.expander(
        say("dictionary.heading"), icon=":material/menu_book:", key="dictionary", on_change="rerun"
    )
    if place.open:
        with place:
            sql_editor.browser(say)
