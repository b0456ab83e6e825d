"""The dashboard: menu, language, snapshot; everything else is in the pages.

In: pages.yml. Out: the page that the address names. Trap: the folder of the pages must not be called
`pages`: Streamlit would run a file of that name by itself, without this one, when a server's very first
reader comes by a link to it.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import streamlit as st

from dashboard import data, links, warm
from dashboard.parts import freshness, search_box, session, width
from dashboard.texts import Texts
from warehouse import SnapshotProblem

HERE = Path(__file__).parent
ICON = HERE / "icon.svg"
# what stood behind "/?" while Labs was the first page
OF_LABS = {"labs", "period", "grain", "measure", "band", "channels", "languages"}

# Streamlit keeps the first page's url from other pages and yet calls it not found: it gets this one
_RESERVED = "first"


def navigation(say: Texts) -> st.Page:
    """The menu of pages.yml; the first page opens at "/", and what its own url opens leads there."""
    pages: dict[str, st.Page] = {}
    for listed in session.menu():
        show = import_module(f"dashboard.page.{listed['module']}").show
        words = {"title": say(listed["title"]), "icon": listed["icon"]}
        words["url_path"] = listed["url"] if pages else _RESERVED
        words["visibility"] = "hidden" if listed.get("is_hidden") else "visible"
        pages[listed["url"]] = st.Page(show, default=not pages, **words)
    session.remember_pages(pages)
    title = next(iter(pages.values())).title
    own = st.Page(lambda: None, title=title, url_path=first_url(), visibility="hidden")
    return st.navigation([*pages.values(), own])


def first_url() -> str:
    """The url of the first page by pages.yml."""
    return str(session.menu()[0]["url"])


def follow_other_address(page: st.Page) -> None:
    """Open the page that is meant, with the choices of the address.

    By the first page's own url that one; by "/" with choices of Labs that page, which stood there once.
    """
    if page.url_path == first_url():
        meant = first_url()
    elif not page.url_path and links.is_first_run() and not OF_LABS.isdisjoint(st.query_params):
        meant = "labs"
    else:
        return
    asked = {key: st.query_params.get_all(key) for key in st.query_params}
    if links.is_first_run():
        links.begin_again()
    st.switch_page(session.page(meant), query_params=asked)


def main() -> None:
    """One run of the app."""
    st.set_page_config(page_icon=ICON, layout="wide", initial_sidebar_state=230)
    st.html(HERE / "page.css")
    st.logo(str(HERE / "logo.svg"), size="large", icon_image=str(ICON))
    links.begin()
    with st.sidebar:
        say = session.choose_language()
    page = navigation(say)
    follow_other_address(page)
    links.arrive(say.lang, page.url_path)
    st.set_page_config(f"{page.title} · {say('app.name')}")
    notice, is_whole = st.container(), False
    try:
        warm.ahead(data.begin())
        row = data.loaded()
        with st.sidebar:
            search_box.show(say)
        if row["items"]:
            st.sidebar.caption(say("app.last_day", day=say.day(row["last_on"])))
        st.sidebar.caption(say("app.snapshot", snapshot=row["snapshot_id"]))
        page.run()
        is_whole = bool(row["items"])
    except SnapshotProblem as problem:
        session.show_problem(problem)
    links.finish(is_whole, session.keys_of(page.url_path))
    session.show_left_out(notice)
    with notice:
        freshness.watch(say)
    width.watch()


main()
