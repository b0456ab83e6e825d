"""One story in full: title in both languages, span and counts, labs and themes, coverage, all items.

In: a row of the answer `story`. Out: parts of the page. Traps: titles are words from the web, so they are
shown as text, never as Markdown; a story holds more items than count, so what is not counted says why.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard import data, links
from dashboard.charts import story_coverage
from dashboard.charts.scope import Row
from dashboard.charts.stories_view import counts, other_title, title_of
from dashboard.charts.story_coverage import CoverageView
from dashboard.parts import card, items, open_tag, session
from dashboard.scenes.scene import NOT_IN_ALL
from dashboard.texts import Texts
from warehouse import story_answers


def show(say: Texts, row: Row) -> None:
    """The whole story."""
    labs, themes = data.lab_names(say), data.theme_names(say)
    answer = data.ask(story_answers.story_items, row["story_id"])
    _head(say, row, labs)
    _facts(say, row, answer.frame)
    view = CoverageView(answer.frame, say)
    figure = story_coverage.figure(view)
    card.show(say, "story_items", view, figure, answer, clickable=False, has_slide=False)
    n = say.number(answer.items_total)
    st.subheader(say("stories.all_items", n=n), anchor=False)
    counted = [say(f"stories.kinds.{_kind(item)}") for item in answer.frame.to_dict("records")]
    items.table(say, answer.frame, labs, themes, f"story-{row['story_id']}", counted)


def _head(say: Texts, row: Row, labs: Mapping[str, str]) -> None:
    """Title, and the ways on and back."""
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(key="story-name", width="stretch"):
            st.text(title_of(row, say))
        if isinstance(row["url"], str) and row["url"].startswith("http"):
            st.link_button(say("stories.source"), row["url"], icon=":material/open_in_new:")
        _more(say, row, labs)
        st.button(
            say("stories.back"), icon=":material/timeline:", on_click=_close, key="story-close"
        )
    if other := other_title(row, say):
        st.text(other)


def _close() -> None:
    st.session_state["story"] = ""


def _more(say: Texts, row: Row, labs: Mapping[str, str]) -> None:
    """All items on its first lab in its days: a story is narrow, an event has several."""
    if not len(row["lab_ids"]):
        return
    lab_id = row["lab_ids"][0]
    words = say("stories.more", name=labs.get(lab_id, lab_id))
    help_ = say("stories.more_help")
    if st.button(words, icon=":material/search:", help=help_, key="story-more"):
        days = (row["first_on"].date(), row["last_on"].date())
        links.take_along({"lab_any": [lab_id], "period": days, "q": "", "theme_any": []})
        session.open_page("items")


def _facts(say: Texts, row: Row, frame: pd.DataFrame) -> None:
    """Days, counts and what is beside them; where; labs and themes."""
    first, last = row["first_on"], row["last_on"]
    span = say.day(first) if first == last else say.span(first, last)
    places = [
        say("join").join(say.code("channel", code) for code in row["channels"]),
        say("join").join(say.code("language", code) for code in row["languages"]),
    ]
    st.caption(" · ".join([span, counts(row, say), *places]))
    if set(row["channels"]) == {NOT_IN_ALL}:
        st.caption(say("stories.only_detail"))
    else:
        _beside(say, frame)
    tags = [("lab", i) for i in row["lab_ids"]] + [("theme", i) for i in row["theme_ids"]]
    open_tag.links(say, tags, "story-tag")


def _beside(say: Texts, frame: pd.DataFrame) -> None:
    """How many items are not counted, and why."""
    kinds = [_kind(item) for item in frame.to_dict("records")]
    beside = {kind: kinds.count(kind) for kind in ("translation", "detail") if kind in kinds}
    if beside:
        words = [say(f"stories.beside_of.{k}", n=say.number(n)) for k, n in beside.items()]
        listed = say("join").join(words)
        st.caption(say("stories.beside", n=say.number(sum(beside.values())), listed=listed))


def _kind(item: Row) -> str:
    """Whether an item counts, or why it does not."""
    if not item["is_counted"]:
        return "translation"
    if item["channel"] == NOT_IN_ALL:
        return "detail"
    return "repeat" if item["is_repeat"] else "counted"
