"""Stories: which news went furthest, when, and how one of them travelled over digests and languages.

In: the session. Out: the page. Trap: a click on the chart or the list opens a story before the page is drawn
anew (a callback), or the page would lag one click behind.
"""

import streamlit as st

from dashboard import data
from dashboard.parts import card, filters, session, stories, story_card
from dashboard.scenes.stories import stories_scene


def show() -> None:
    """The whole page: one story in full, or all of them."""
    say, span = session.say(), filters.loaded_days()
    if span is None:
        session.show_no_items()
        return
    story = stories.opened()
    if story is not None:
        story_card.show(say, story)
        return
    asked = stories.controls(say, span)
    question = (asked.scope, asked.text, asked.lab_ids, asked.theme_ids, asked.rank_by)
    scene = stories_scene(data.ask, say, *question)
    if scene is None:
        st.info(say("stories.none"), icon=":material/search_off:")
        return
    on_click = stories.choose_on_chart
    card.show(say, scene.name, scene.view, scene.figure(), scene.answer, on_click=on_click)
    stories.listed(say, asked, scene.view)
