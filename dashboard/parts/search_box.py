"""The box that jumps to a lab, theme, topic or, with any other words, to the stories that hold them.

In: the session. Out: the box, and another page. Trap: the box is emptied in the callback, before it is
drawn, since Streamlit forbids to change a widget after that; and the page is changed in the run, since
it ignores that in a callback.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from dashboard import data, jump
from dashboard.jump import Target
from dashboard.parts import session
from dashboard.texts import Texts
from warehouse import answers, topic_answers

_KEYS = Path(__file__).with_name("keys.js")
# page.css writes these over what Streamlit's own controls say
_WORDS = ("all", "matches", "nothing", "apply", "range", "range_choose")
_WORDS += ("week", "month", "quarter", "half", "year", "years")


def show(say: Texts) -> None:
    """The box; once something is chosen, its page."""
    known = data.kept(_known, say)
    with st.container(key="jump-box"):
        st.selectbox(
            say("jump.label"),
            list(known),
            index=None,
            format_func=lambda key: jump.label(known[key], say) if key in known else key,
            key="jump",
            placeholder=say("jump.hint"),
            help=say("jump.help"),
            label_visibility="collapsed",
            accept_new_options=True,
            filter_mode="contains",  # fuzzy finds "glm" in half of all names
            on_change=_keep,
        )
    words = {key: say(f"widgets.{key}") for key in _WORDS} | {"typed": say("jump.typed")}
    _listener()(key="keys", data={"lang": say.lang, "words": words})
    asked = st.session_state.pop("_jump", None)
    if asked:
        _go(asked, known)


def _keep() -> None:
    st.session_state["_jump"], st.session_state["jump"] = st.session_state["jump"], None


def _known(say: Texts) -> dict[str, Target]:
    rows = (
        data.ask(question).frame.to_dict("records")
        for question in (answers.labs, answers.themes, topic_answers.topics_by_size)
    )
    return jump.targets(*rows, say)


def _go(asked: str, known: dict[str, Target]) -> None:
    key = asked if asked in known else jump.resolve(asked, known, _lab_words())
    if key is None:
        session.open_page("stories", q=asked.strip())
    else:
        target = known[key]
        session.open_page(target.page, **{target.choice: target.id_})


@cache
def _lab_words() -> dict[str, str]:
    """Names and models of the packaged taxonomy, read when the first word is typed."""
    from warehouse.taxonomy import labs

    return jump.lab_words((lab.id, (*lab.names, *lab.products)) for lab in labs())


@cache
def _listener() -> st.components.v2.types.ComponentRenderer:
    return st.components.v2.component("trends_keys", js=_KEYS.read_text(encoding="utf-8"))
