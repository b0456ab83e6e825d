"""One topic in full: name, terms, theme, volume over time, labs, typical items, history.

In: a row of the answer `topics`. Out: parts of the page. Trap: names and terms are words from the web, so
they are shown as text, never as Markdown; a topic that was merged or retired says where its items went.
"""

from __future__ import annotations

import streamlit as st

from dashboard import data
from dashboard.charts.scope import Row
from dashboard.charts.topic_map import label_of
from dashboard.charts.trend_view import TREND_MEASURES
from dashboard.parts import behind, card, filters, items, marks, percents, session, trend_page
from dashboard.parts.topics import Span
from dashboard.scenes import trend_scene
from dashboard.texts import Texts
from warehouse import topic_answers
from warehouse.answers import Filters

_ICONS = {
    "new": ":material/fiber_new:",
    "growing": ":material/trending_up:",
    "fading": ":material/trending_down:",
    "unclear": ":material/drag_handle:",
    "not_comparable": ":material/block:",
}
_COLOURS = {"new": "blue", "growing": "green", "fading": "red"}


def head(say: Texts, row: Row) -> None:
    """Name, theme, movement in words, terms, and the ways on."""
    with st.container(horizontal=True, vertical_alignment="center"):
        # a heading reads Markdown, a text does not
        with st.container(key="topic-name", width="stretch"):
            st.text(label_of(row, say))
        st.button(
            say("topics.back"), icon=":material/bubble_chart:", on_click=_back, key="topic-back"
        )
        if st.button(
            say("topics.all_items", n=say.number(row["item_count"])),
            icon=":material/search:",
            key="topic-items",
        ):
            session.open_page("items", in_topic=row["topic_id"])
    theme = data.theme_names(say).get(row["theme_id"], say("topics.no_theme"))
    movement = row["movement"]
    colour = _COLOURS.get(movement, "gray")
    word = say(f"topics.movement.{movement}")
    st.markdown(f"{theme} &nbsp; :{colour}[{_ICONS[movement]} **{word}**]")
    if row["topic_status"] != "active":
        _former(say, row)
    else:
        st.caption(_sentence(say, row))
    if len(row["terms"]):
        st.text(say("topics.terms", terms=say("join").join(row["terms"])))


def _back() -> None:
    st.session_state["topic"] = ""


def _former(say: Texts, row: Row) -> None:
    """A topic that takes no items any more, and the one that took them over."""
    st.caption(say(f"topics.status.{row['topic_status']}"))
    successor = row["successor_id"]
    if isinstance(successor, str):

        def follow() -> None:
            st.session_state["topic"] = successor

        st.button(say("topics.successor"), on_click=follow, key="topic-successor")


def _sentence(say: Texts, row: Row) -> str:
    """The newest days against those before, with the interval of the difference."""
    if row["verdict"] == "not_comparable":
        return say.reason("why_not", row["why_not"])
    return say(
        "topics.sentence",
        mentions=say.number(row["mentions"]),
        items=say.number(row["items_total"]),
        first=say.day(row["recent_first_on"]),
        share=say.percent(row["value"]),
        before=say.percent(row["against_value"]),
        difference=say.points(row["difference"]),
        low=say.points(row["difference_low"]),
        high=say.points(row["difference_high"]),
    )


def trend_of(say: Texts, row: Row, span: Span) -> None:
    """Its line over time since its first item, with the choices of the page Labs, and what lies behind it."""
    if not row["item_count"]:
        return
    per, how, rest, _ = st.columns([1.25, 1.6, 1.3, 5.5], vertical_alignment="bottom")
    with per:
        grain = filters.grain(say, (span[1] - span[0]).days + 1)
    with how:
        measure = filters.measure(say, options=TREND_MEASURES)
    with rest:
        channels, languages = trend_page.how(say, grain)
    scope = Filters(grain, channels, languages)
    asked = (scope, measure, *trend_page.drawn_how())
    scene = data.drawn(trend_scene, say, "topic", (row["topic_id"],), *asked)
    if scene is None:
        st.caption(say("problem.no_rows"))
        return
    # the id in the name: a point that was chosen on another topic is none here
    name, view = f"{scene.name}-{row['topic_id']}", scene.view
    picked = card.draw(say, name, view, scene.figure(), scene.answer, has_area=True)
    behind.show(view, scope, [point.get("customdata") for point in picked], say("trend.click_area"))
    marks.table(view)


def proof(say: Texts, row: Row) -> None:
    """Typical items, labs and history."""
    found = data.ask(topic_answers.items_by_id, tuple(row["typical_items"]))
    if not found.frame.empty:
        st.subheader(say("topics.typical"), anchor=False)
        labs, themes = data.lab_names(say), data.theme_names(say)
        items.table(say, found.frame, labs, themes, f"typical-{row['topic_id']}")
    left, right = st.columns(2)
    with left:
        st.subheader(say("topics.labs"), anchor=False)
        _labs(say, row["topic_id"])
    with right:
        st.subheader(say("topics.history"), anchor=False)
        _life(say, row["topic_id"])


def _labs(say: Texts, topic_id: str) -> None:
    frame = data.ask(topic_answers.topic_labs, topic_id).frame
    if frame.empty:
        st.caption(say("topics.no_labs"))
        return
    names = data.lab_names(say)
    shown = frame.assign(name=[names.get(i, i) for i in frame["lab_id"]])
    config = {
        "name": st.column_config.TextColumn(say("topics.lab")),
        "mentions": st.column_config.NumberColumn(say("topics.items"), format="localized"),
        "share": st.column_config.NumberColumn(say("topics.of_topic")),
    }
    rows = percents.written(say, shown[list(config)], "share")
    st.dataframe(rows, column_config=config, hide_index=True)


def _life(say: Texts, topic_id: str) -> None:
    rows = data.ask(topic_answers.topic_life, topic_id).frame.to_dict("records")
    for event in rows:
        is_own = event["topic_id"] == topic_id
        has_other = isinstance(event["other_topic_id"], str)
        other = label_of(event, say, "other_" if is_own else "") if has_other else ""
        code = event["event"] if is_own else f"other_{event['event']}"
        st.text(f"{say.day(event['happened_on'])}  {say(f'topics.event.{code}', other=other)}")
    if not rows:
        st.caption(say("topics.no_history"))
