"""The list of topics and its controls.

In: rows of the answer `topics`. Out: parts of the page. Traps: growth that may be chance is listed with the
word for it and never before a sure one; a topic's name is made of words from the web, so it is shown as
text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from dashboard import data, links
from dashboard.charts.topic_map import label_of
from dashboard.parts import percents
from dashboard.texts import Texts
from warehouse import topic_answers

Span = tuple[date, date]
ORDERS = ("new", "growing", "fading", "size")
_WINDOWS = ("28", "84")
_ROW_HEIGHT, _ROWS = 36, 14
_ROWS_BESIDE = 6  # while a topic is open beside the list


@dataclass(frozen=True)
class Asked:
    """What the list shows."""

    text: str
    theme_id: str
    order: str


def show_none(say: Texts) -> None:
    """The snapshot has no topics: how to make them."""
    st.info(say("topics.none"), icon=":material/bubble_chart:")
    st.code("trends topics fit", language="bash")


def controls(say: Texts) -> tuple[int, Asked]:
    """Search, theme, order and how many days are the newest."""
    search, theme, order, window = st.columns([2.4, 2, 3.4, 1.7], vertical_alignment="bottom")
    with search:
        links.text("topic_q")
        text = st.text_input(
            say("filters.search"), key="topic_q", placeholder=say("topics.search_hint")
        )
    names = data.theme_names(say)
    with theme:
        links.one("topic_theme", ["", *names], "")
        theme_id = st.selectbox(
            say("topics.theme"),
            ["", *names],
            format_func=lambda id_: names.get(id_, say("filters.any_theme")),
            key="topic_theme",
            placeholder=say("widgets.choose"),
        )
    with order:
        links.one("order", ORDERS, "size")
        st.segmented_control(
            say("topics.order"),
            ORDERS,
            format_func=lambda code: say(f"topics.orders.{code}"),
            key="order",
            required=True,
        )
    with window:
        links.one("days", _WINDOWS, _WINDOWS[0])
        days = st.selectbox(
            say("topics.window"),
            _WINDOWS,
            format_func=lambda n: say("topics.weeks", n=int(n) // 7),
            key="days",
            placeholder=say("widgets.choose"),
        )
    return int(days), Asked(text.strip().lower(), theme_id, st.session_state["order"])


def chosen(say: Texts, frame: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    """The active topics that fit, in the order asked for."""
    rows = frame[(frame["topic_status"] == "active") & (frame["item_count"] > 0)]
    if asked.theme_id:
        rows = rows[rows["theme_id"] == asked.theme_id]
    if asked.text:
        rows = rows[[_has(row, asked.text) for row in rows.to_dict("records")]]
    if asked.order == "new":
        return rows[rows["is_new"]].sort_values(["first_on", "topic_id"], ascending=[False, True])
    if asked.order == "size":
        return rows
    side = rows["difference"] > 0 if asked.order == "growing" else rows["difference"] < 0
    return rows[side].sort_values(["p_value", "topic_id"])


def _has(row: dict[str, object], text: str) -> bool:
    """Whether all words occur in the names or terms."""
    terms = row["terms"]
    listed = [str(t) for t in terms] if hasattr(terms, "__iter__") else []
    known = " ".join([str(row["label"]), str(row["label_zh"]), *listed]).lower()
    return all(word in known for word in text.split())


def compared(say: Texts, frame: pd.DataFrame, days: int) -> None:
    """Which days are compared with which, and on how many items; or why they are not."""
    row = frame.iloc[0]
    if isinstance(row["why_not"], str) and row["verdict"] == "not_comparable":
        reasons = set(frame["why_not"].dropna()) - {"too_few_mentions"}
        if reasons:
            st.caption(say.reason("why_not", sorted(reasons)[0]))
            return
    first, before = row["recent_first_on"], row["against_first_on"]
    st.caption(
        say(
            "topics.compared",
            n=say.number(days // 7),
            first=say.day(first),
            items=say.number(row["items_total"]),
            before=say.day(before),
            before_items=say.number(row["against_items_total"]),
        )
    )


def table(say: Texts, rows: pd.DataFrame, asked: Asked, days: int, is_open: bool = False) -> None:
    """The list; a click on a row chooses the topic. It is short while one is open."""
    if rows.empty:
        st.info(say(f"topics.none_{asked.order}"), icon=":material/search_off:")
        return
    listed = rows.to_dict("records")
    shown = pd.DataFrame(
        {
            "name": [label_of(row, say) for row in listed],
            "movement": [say(f"topics.movement.{row['movement']}") for row in listed],
            "now": list(rows["value"]),
            "before": list(rows["against_value"]),
            "items": list(rows["item_count"]),
        }
    )
    key = f"topics-{hash((asked, days, say.lang))}"
    ids = list(rows["topic_id"])

    def choose() -> None:
        picked = st.session_state[key]["selection"]["rows"]
        if picked and picked[0] < len(ids):
            st.session_state["topic"] = ids[picked[0]]

    st.dataframe(
        percents.written(say, shown, "now", "before"),
        column_config=_config(say),
        hide_index=True,
        row_height=_ROW_HEIGHT,
        height=min(len(shown), _ROWS_BESIDE if is_open else _ROWS) * _ROW_HEIGHT + 40,
        key=key,
        on_select=choose,
        selection_mode="single-row",
    )
    st.caption(say("topics.choose"))


def _config(say: Texts) -> dict[str, object]:
    number, text = st.column_config.NumberColumn, st.column_config.TextColumn
    return {
        "name": text(say("topics.name"), width=158),
        "movement": text(say("topics.change"), width=102),
        "now": number(say("topics.now"), width=58),
        "before": number(say("topics.before"), width=58),
        "items": number(say("topics.items"), format="localized", width=60),
    }


def choose_on_map() -> None:
    """A circle was clicked."""
    points = st.session_state["chart-topic_map"]["selection"]["points"]
    if points:
        st.session_state["topic"] = points[0]["customdata"][0]


def only_of(say: Texts) -> str | None:
    """On another page: the topic that a link or the card left, with a button to let go of it."""
    listed = data.ask(topic_answers.topics).frame
    links.one("in_topic", ["", *listed["topic_id"]], "")
    topic_id = st.session_state["in_topic"]
    if not topic_id:
        return None
    row = listed[listed["topic_id"] == topic_id].to_dict("records")[0]

    def let_go() -> None:
        st.session_state["in_topic"] = ""

    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(say("topics.only", name=label_of(row, say)), width="content")
        st.button(say("topics.let_go"), icon=":material/close:", on_click=let_go, key="let-go")
    return str(topic_id)
