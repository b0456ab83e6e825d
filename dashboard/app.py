"""The dashboard: menu, language, snapshot; everything else is in the pages.

In: pages.yml. Out: the page that the address names. Trap: the folder of the pages must not be called
`pages`: Streamlit would run a file of that name by itself, without this one, when a server's very first
reader comes by a link to it.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import streamlit as st

from dashboard import data, links
from dashboard.parts import freshness, search_box, session, width
from dashboard.texts import Texts
from warehouse import SnapshotProblem

HERE = Path(__file__).parent
ICON = HERE / "icon.svg"
# what stood behind "/?" while Labs was the first page
OF_LABS = {"labs", "period", "grain", "measure", "band", "channels", "languages"}


def navigation(say: Texts) -> st.Page:
    """The menu of pages.yml; the first page opens at "/"."""
    pages: dict[str, st.Page] = {}
    for listed in session.menu():
        show = import_module(f"dashboard.page.{listed['module']}").show
        words = {"title": say(listed["title"]), "icon": listed["icon"], "url_path": listed["url"]}
        words["visibility"] = "hidden" if listed.get("is_hidden") else "visible"
        pages[listed["url"]] = st.Page(show, default=not pages, **words)
    session.remember_pages(pages)
    return st.navigation(list(pages.values()))


def follow_old_link(page: st.Page) -> None:
    """Links to "/" with choices of the page Labs are out there from when it was the first: open it."""
    if page.url_path or not links.is_first_run() or OF_LABS.isdisjoint(st.query_params):
        return
    asked = {key: st.query_params.get_all(key) for key in st.query_params}
    links.begin_again()
    st.switch_page(session.page("labs"), query_params=asked)


def main() -> None:
    """One run of the app."""
    st.set_page_config(page_icon=ICON, layout="wide", initial_sidebar_state=230)
    st.html(HERE / "page.css")
    st.logo(str(HERE / "logo.svg"), size="large", icon_image=str(ICON))
    links.begin()
    with st.sidebar:
        say = session.choose_language()
    page = navigation(say)
    follow_old_link(page)
    links.arrive(say.lang, page.url_path)
    st.set_page_config(f"{page.title} · {say('app.name')}")
    notice = st.container()
    try:
        data.begin()
        row = data.loaded()
        with st.sidebar:
            search_box.show(say)
        if row["items"]:
            st.sidebar.caption(say("app.last_day", day=say.day(row["last_on"])))
        st.sidebar.caption(say("app.snapshot", snapshot=row["snapshot_id"]))
        page.run()
    except SnapshotProblem as problem:
        session.show_problem(problem)
    links.finish()
    session.show_dropped(notice)
    with notice:
        freshness.watch(say)
    width.watch()


main()
