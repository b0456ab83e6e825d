"""Items: search in both languages, by lab, theme, channel, language and day.

In: the session. Out: the page. Trap: another filter means another number of hits, so the page number
goes back to 1 when the question changes, or a reader would look at an empty page 7.
"""

import streamlit as st

from dashboard import data, links
from dashboard.parts import card, filters, items, session, topics
from dashboard.texts import Texts
from warehouse import answers
from warehouse.answers import Answer, Filters

PER_PAGE = 50


def show() -> None:
    """The whole page."""
    say = session.say()
    span = filters.loaded_days()
    if span is None:
        session.show_no_items()
        return
    labs, themes = data.lab_names(say), data.theme_names(say)
    search, by_lab, by_theme, dates, rest = st.columns(
        [2.6, 2, 2, 2.1, 1.3], vertical_alignment="bottom"
    )
    with search:
        links.text("q")
        hint = say("filters.search_hint")
        text = st.text_input(say("filters.search"), key="q", placeholder=hint)
    with by_lab:
        lab_ids = filters.any_of(say, "lab", labs, say("filters.any_lab"))
    with by_theme:
        theme_ids = filters.any_of(say, "theme", themes, say("filters.any_theme"))
    with dates:
        start, end = filters.period(say, *span)
    with rest:
        channels, languages = filters.more(say)
    topic_id = topics.only_of(say)
    scope = Filters("month", channels, languages, start, end)
    question = (scope, text.strip(), tuple(lab_ids), tuple(theme_ids), topic_id)
    answer, page = found(question)
    if not answer.items_total:
        st.info(say("items.none"), icon=":material/search_off:")
        return
    items.found(say, answer.items_total)
    items.table(say, answer.frame, labs, themes, f"found-{page}-{hash(question)}")
    foot(say, answer)


def found(question: tuple[object, ...]) -> tuple[Answer, int]:
    """The hits of the page that the reader is on; page 1 again when the question changed."""
    if st.session_state.get("_question", question) != question:
        st.session_state["page"] = 1
    st.session_state["_question"] = question
    links.number("page")
    page = st.session_state["page"]
    *asked, topic_id = question
    rest = {"limit": PER_PAGE, "topic_id": topic_id}
    answer = data.ask(answers.search_items, *asked, offset=(page - 1) * PER_PAGE, **rest)
    if answer.frame.empty and page > 1:  # a link from a time when there were more hits
        page = st.session_state["page"] = 1
        answer = data.ask(answers.search_items, *asked, **rest)
    return answer, page


def foot(say: Texts, answer: Answer) -> None:
    """Paging, the rows as CSV and the SQL."""
    with st.container(horizontal=True, vertical_alignment="center"):
        turn_page(say, answer.items_total)
        card.actions(say, "items", answer)
    st.caption(say("items.translations"))


def turn_page(say: Texts, hits: int) -> None:
    """Back, forward, and where we are."""
    page, last = st.session_state["page"], -(-hits // PER_PAGE)

    def go(step: int) -> None:
        st.session_state["page"] = page + step

    st.button(
        "",
        icon=":material/chevron_left:",
        key="page-back",
        on_click=go,
        args=(-1,),
        disabled=page == 1,
    )
    st.caption(say("items.page", page=say.number(page), pages=say.number(last)), width="content")
    st.button(
        "",
        icon=":material/chevron_right:",
        key="page-on",
        on_click=go,
        args=(1,),
        disabled=page >= last,
    )
