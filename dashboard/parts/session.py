"""The reader's language, and the sentence for what is wrong with the data.

In: the session. Out: `Texts` and messages. Trap: a stack trace tells an analyst nothing, so every
problem has a sentence and a command to copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
import yaml
from streamlit.delta_generator import DeltaGenerator

from dashboard import links
from dashboard.texts import LANGUAGES, Texts
from warehouse import SnapshotProblem

_PAGES = Path(__file__).parents[1] / "pages.yml"
_LONGEST = 80  # characters of a part of a link that a notice repeats


def say() -> Texts:
    """The texts of the reader's language."""
    chosen = st.session_state.get("lang")
    return Texts(chosen if chosen in LANGUAGES else LANGUAGES[0])


def choose_language() -> Texts:
    """The language switch; a browser that asks for Chinese gets it, unless the link says otherwise."""
    asked = (st.context.locale or "").lower()
    links.one("lang", LANGUAGES, "zh" if asked.startswith("zh") else "en")
    st.segmented_control(
        say()("app.language"),
        LANGUAGES,
        format_func=lambda lang: Texts(lang)("language_name"),
        required=True,
        key="lang",
        label_visibility="collapsed",
        width="stretch",
    )
    return say()


@cache
def menu() -> list[dict[str, Any]]:
    """The lines of pages.yml."""
    listed: list[dict[str, Any]] = yaml.safe_load(_PAGES.read_text(encoding="utf-8"))
    return listed


def keys_of(url: str) -> list[str]:
    """Keys of a page's address that only some choices ask for; "" is the first page."""
    listed = next((page for page in menu() if page["url"] == url), menu()[0])
    keys: list[str] = listed.get("sometimes", [])
    return keys


def remember_pages(pages: Mapping[str, st.Page]) -> None:
    """The pages by their address, for `open_page`."""
    st.session_state["_pages"] = dict(pages)


def page(url: str) -> st.Page:
    """The page of an address."""
    found: st.Page = st.session_state["_pages"][url]
    return found


def open_page(url: str, **choices: str) -> None:
    """Go to another page with these choices made; not for callbacks, where Streamlit ignores it."""
    links.take_along(choices)
    links.leave()
    kept = {key: st.query_params[key] for key in ("lang",) if key in st.query_params}
    # in the address at once: one step less in the browser's history
    st.switch_page(st.session_state["_pages"][url], query_params=kept | choices)


_COMMANDS = {
    "broken_snapshot": "trends snapshots",
    "old_snapshot": "trends build SOURCE\ntrends snapshots",
    "snapshot_problem": "trends status",
}


def show_problem(problem: SnapshotProblem) -> None:
    """What is wrong with the warehouse and what to do about it."""
    words = say()
    code = problem.code if words.has(f"problem.{problem.code}") else "snapshot_problem"
    st.warning(words(f"problem.{code}"), icon=":material/database_off:")
    st.code(_COMMANDS.get(code, "trends build sample"), language="bash")
    st.caption(words(f"problem.{code}_detail", path=problem.path, detail=problem.detail))


def show_no_items() -> None:
    """The snapshot can be read but has nothing to count."""
    st.warning(say()("problem.no_items"), icon=":material/database_off:")
    st.code("trends build sample", language="bash")


def show_left_out(place: DeltaGenerator) -> None:
    """What of the opened link was not followed: values that nobody knows, keys that the page has not."""
    left_out, words = links.left_out(), say()
    told = []
    if left_out.values:
        told.append(words("app.link_value_dropped", values=_as_code(left_out.values)))
    if left_out.keys:
        told.append(words("app.link_key_unknown", choices=_as_code(left_out.keys)))
    if told:
        place.warning("  \n".join(told), icon=":material/link_off:")


def _as_code(pairs: list[tuple[str, str]]) -> str:
    """Parts of a link as Markdown that formats nothing in them: whoever sends a link writes them."""
    parts = (" ".join(f"{key}={value}".replace("`", "'").split()) for key, value in pairs)
    return ", ".join(f"`{part[:_LONGEST]}`" for part in parts)
