"""The dashboard: menu, language, snapshot; everything else is in the pages.

In: pages.yml. Out: the page that the address names. Trap: the folder of the pages must not be called
`pages`: Streamlit would run a file of that name by itself, without this one, when a server's very first
reader comes by a link to it.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import streamlit as st
import yaml

from dashboard import data, links
from dashboard.parts import session
from dashboard.texts import Texts
from warehouse import SnapshotProblem

HERE = Path(__file__).parent
LOOK = {"page_icon": str(HERE / "icon.svg"), "layout": "wide", "initial_sidebar_state": 230}


def navigation(say: Texts) -> st.Page:
    """The menu of pages.yml; the first page opens at "/"."""
    listed = yaml.safe_load((HERE / "pages.yml").read_text(encoding="utf-8"))
    pages = [
        st.Page(
            import_module(f"dashboard.page.{page['module']}").show,
            title=say(page["title"]),
            icon=page["icon"],
            url_path=page["url"],
            default=page is listed[0],
        )
        for page in listed
    ]
    return st.navigation(pages)


def main() -> None:
    """One run of the app."""
    st.set_page_config(**LOOK)
    st.html(HERE / "page.css")
    st.logo(str(HERE / "logo.svg"), size="large")
    links.begin()
    with st.sidebar:
        say = session.choose_language()
    page = navigation(say)
    links.arrive(say.lang, page.url_path)
    st.set_page_config(f"{page.title} · {say('app.name')}", **LOOK)
    notice = st.container()
    try:
        row = data.loaded()
        if row["items"]:
            st.sidebar.caption(say("app.last_day", day=say.day(row["last_on"])))
        st.sidebar.caption(say("app.snapshot", snapshot=row["snapshot_id"]))
        page.run()
    except SnapshotProblem as problem:
        session.show_problem(problem)
    links.finish()
    with notice:
        session.show_dropped()


main()
