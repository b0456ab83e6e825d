"""Topics: what the machine finds in the news, what of it is new, grows, fades; each topic in full.

In: the session. Out: the page. Trap: a click on the list or the map chooses the topic before the page is
drawn anew (a callback), or the page would lag one click behind.
"""

import plotly.graph_objects as go
import streamlit as st

from dashboard import data, links
from dashboard.charts import topic_map
from dashboard.charts.scope import Scope
from dashboard.charts.topic_map import TopicMapView
from dashboard.parts import card, filters, session, topic_card, topics
from dashboard.texts import Texts
from warehouse import topic_answers
from warehouse.answers import Answer


def show() -> None:
    """The whole page."""
    say, span = session.say(), filters.loaded_days()
    if span is None:
        session.show_no_items()
        return
    if data.ask(topic_answers.topics).frame.empty:
        topics.show_none(say)
        return
    days, asked = topics.controls(say)
    answer = data.ask(topic_answers.topics, days)
    links.one("topic", ["", *answer.frame["topic_id"]], "")
    rows = topics.chosen(say, answer.frame, asked)
    left, right = st.columns(2, gap="small")
    with left:
        topics.compared(say, answer.frame, days)
        topics.table(say, rows, asked, days, is_open=bool(st.session_state["topic"]))
    found = answer.frame[answer.frame["topic_id"] == st.session_state["topic"]]
    if found.empty:
        with right:
            draw_map(say, answer, days, frozenset(rows["topic_id"]), span)
        return
    row = found.to_dict("records")[0]
    with right:
        topic_card.head(say, row)
    topic_card.trend_of(say, row, span)
    topic_card.proof(say, row)


def draw_map(say: Texts, answer: Answer, days: int, lit: frozenset[str], span: topics.Span) -> None:
    """The map of all topics; those that the list leaves out are pale."""
    view, figure = data.kept(_map, say, days, lit, span)
    card.show(
        say, "topic_map", view, figure, answer, on_click=topics.choose_on_map, has_slide=False
    )


def _map(
    say: Texts, days: int, lit: frozenset[str], span: topics.Span
) -> tuple[TopicMapView, go.Figure]:
    answer = data.ask(topic_answers.topics, days)
    active = answer.frame[answer.frame["topic_status"] == "active"]
    scope = Scope(*span, int(active["item_count"].sum()))
    view = TopicMapView(
        active, lit or frozenset(active["topic_id"]), data.theme_names(say), scope, say
    )
    return view, topic_map.figure(view)
