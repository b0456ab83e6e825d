"""The list of stories: controls, table, paging, and which one is open.

In: the session, rows of the answer `stories_told`. Out: parts of the page. Traps: titles come from the web,
so they stand in a table's cells; 120,000 ids are too many to hand to a link as its options, so only the ids
that it names are looked up; who comes back by the menu wants the list and not the story of before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from dashboard import data, links
from dashboard.charts.scope import Row
from dashboard.charts.stories_view import StoriesView
from dashboard.parts import card, filters
from dashboard.texts import Texts
from warehouse import story_answers
from warehouse.answers import Answer, Filters

PER_PAGE = 50
_ROW_HEIGHT, _ROWS = 36, 14


@dataclass(frozen=True)
class Asked:
    """What the reader asks for."""

    scope: Filters
    text: str
    lab_ids: tuple[str, ...]
    theme_ids: tuple[str, ...]
    rank_by: str


def opened() -> Row | None:
    """The story that a link or a click opened; an id that is not loaded is reported as dropped."""
    asked = st.query_params.get("story", "")
    if links.arrived() and not asked:
        links.take_along({"story": ""})
    rows = {
        id_: found.to_dict("records")[0]
        for id_ in {asked, st.session_state.get("story", "")} - {""}
        if len(found := data.ask(story_answers.story, id_).frame)
    }
    links.one("story", ["", *sorted(rows)], "")
    return rows.get(st.session_state["story"])


def controls(say: Texts, span: tuple[date, date]) -> Asked:
    """Words, labs, themes, days, channels, languages, and what ranks."""
    search, by_lab, by_theme, dates, order, rest = st.columns(
        [2.2, 1.7, 1.7, 2.1, 1.3, 1.2], vertical_alignment="bottom"
    )
    with search:
        links.text("q")
        hint = say("filters.search_hint")
        text = st.text_input(say("filters.search"), key="q", placeholder=hint)
    with by_lab:
        lab_ids = filters.any_of(say, "lab", data.lab_names(say), say("filters.any_lab"))
    with by_theme:
        theme_ids = filters.any_of(say, "theme", data.theme_names(say), say("filters.any_theme"))
    with dates:
        start, end = filters.period(say, *span)
    with order:
        links.one("rank", story_answers.RANKS, story_answers.RANKS[0])
        rank_by = st.selectbox(
            say("stories.order"),
            story_answers.RANKS,
            format_func=lambda code: say(f"stories.orders.{code}"),
            key="rank",
            placeholder=say("widgets.choose"),
        )
    with rest:
        channels, languages = filters.more(say)
    scope = Filters("month", channels, languages, start, end)
    return Asked(scope, text.strip(), tuple(lab_ids), tuple(theme_ids), rank_by)


def choose_on_chart() -> None:
    """A marker was clicked."""
    points = st.session_state["chart-stories"]["selection"]["points"]
    if points and points[0].get("customdata"):
        st.session_state["story"] = points[0]["customdata"][0]


def listed(say: Texts, asked: Asked, view: StoriesView) -> None:
    """The stories as a table, page by page."""
    n = view.hits
    count = say("stories.list_one") if n == 1 else say("stories.list", n=say.number(n))
    st.subheader(count, anchor=False)
    answer = _page_of(asked)
    _table(say, answer.frame, view)
    with st.container(horizontal=True, vertical_alignment="center"):
        _turn(say, -(-n // PER_PAGE))
        card.actions(say, "stories_told", answer)


def _page_of(asked: Asked) -> Answer:
    """The rows of the page that the reader is on; page 1 again when the question changed."""
    if st.session_state.get("_stories_asked", asked) != asked:
        st.session_state["story_page"] = 1
    st.session_state["_stories_asked"] = asked
    links.number("story_page")
    question = (asked.scope, asked.text, asked.lab_ids, asked.theme_ids, PER_PAGE)
    offset = (st.session_state["story_page"] - 1) * PER_PAGE
    answer = data.ask(story_answers.stories_told, *question, offset, asked.rank_by)
    if answer.frame.empty and offset:  # a link from a time when there were more stories
        st.session_state["story_page"] = 1
        answer = data.ask(story_answers.stories_told, *question, 0, asked.rank_by)
    return answer


def _table(say: Texts, frame: pd.DataFrame, view: StoriesView) -> None:
    rows = frame.to_dict("records")
    shown = pd.DataFrame(
        {
            "story": [view.name(row) for row in rows],
            "first_on": list(frame["first_on"]),
            "last_on": list(frame["last_on"]),
            "items": list(frame["items"]),
            "digests": list(frame["digests"]),
            "originals": list(frame["originals"]),
            "channels": [_codes(say, "channel", row["channels"]) for row in rows],
            "languages": [_codes(say, "language", row["languages"]) for row in rows],
            "labs": [view.labs(row) for row in rows],
        }
    )
    ids = list(frame["story_id"])
    key = f"stories-{say.lang}-{hash(tuple(ids))}"

    def choose() -> None:
        picked = st.session_state[key]["selection"]["rows"]
        if picked and picked[0] < len(ids):
            st.session_state["story"] = ids[picked[0]]

    st.dataframe(
        shown,
        column_config=_config(say),
        hide_index=True,
        row_height=_ROW_HEIGHT,
        height=min(len(shown), _ROWS) * _ROW_HEIGHT + 40,
        key=key,
        on_select=choose,
        selection_mode="single-row",
    )
    st.caption(say("stories.select"))


def _codes(say: Texts, section: str, codes: list[str]) -> str:
    return say("join").join(say.code(section, code) for code in codes)


def _config(say: Texts) -> dict[str, object]:
    number, text = st.column_config.NumberColumn, st.column_config.TextColumn
    day = st.column_config.DateColumn
    return {
        "story": text(say("stories.story"), width=256),
        "first_on": day(say("stories.first_on"), format="YYYY-MM-DD", width=86),
        "last_on": day(say("stories.last_on"), format="YYYY-MM-DD", width=86),
        "items": number(say("stories.items"), format="localized", width=50),
        "digests": number(say("stories.digests"), format="localized", width=58),
        "originals": number(say("stories.originals"), format="localized", width=68),
        "channels": text(say("stories.channels"), width=122),
        "languages": text(say("stories.languages"), width=104),
        "labs": text(say("stories.labs"), width=112),
    }


def _turn(say: Texts, last: int) -> None:
    """Back, forward, and where we are."""
    page = st.session_state["story_page"]

    def go(step: int) -> None:
        st.session_state["story_page"] = page + step

    for key, step, icon in (("back", -1, "left"), ("on", 1, "right")):
        st.button(
            "",
            icon=f":material/chevron_{icon}:",
            key=f"story-page-{key}",
            on_click=go,
            args=(step,),
            disabled=not 1 <= page + step <= last,
        )
    where = say("items.page", page=say.number(page), pages=say.number(last))
    st.caption(where, width="content")
