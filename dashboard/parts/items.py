"""A table of items with links; the selected row is shown in full below.

In: rows of `items_behind` or `search_items`, names. Out: the table. Traps: the text comes from the web,
so it is shown as text, never as Markdown or HTML; the widths together fit a window of 1280 pixels, where
there is more room all columns grow alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.charts.scope import Row
from dashboard.parts import open_tag
from dashboard.texts import Texts

_COLUMNS = ["published_on", "item", "labs", "themes", "channel", "url", "digest_url"]
_ITEM, _ITEM_WITH_COUNTED = 330, 250  # pixels
_ROW_HEIGHT, _ROWS = 36, 10


def table(
    say: Texts,
    frame: pd.DataFrame,
    labs: Mapping[str, str],
    themes: Mapping[str, str],
    key: str,
    counted: Sequence[str] = (),
) -> None:
    """The items in their order, with their links; `counted` says of each whether it counts, in words."""
    shown = frame.assign(
        item=[_item(row) for row in frame.to_dict("records")],
        labs=[say("join").join(labs.get(i, i) for i in ids) for ids in frame["labs"]],
        themes=[say("join").join(themes.get(i, i) for i in ids) for ids in frame["themes"]],
        channel=[say.code("channel", code) for code in frame["channel"]],
        url=frame["url"].fillna(""),
        digest_url=frame["digest_url"].fillna(""),
    )
    columns = _COLUMNS
    if counted:
        shown, columns = shown.assign(counted=counted), [_COLUMNS[0], "counted", *_COLUMNS[1:]]
    event = st.dataframe(
        shown[columns],
        column_config=_config(say, _ITEM_WITH_COUNTED if counted else _ITEM),
        hide_index=True,
        row_height=_ROW_HEIGHT,
        height=min(len(shown), _ROWS) * _ROW_HEIGHT + 42,
        key=key,
        on_select="rerun",
        selection_mode="single-row",
    )
    rows = event["selection"]["rows"]
    if rows and rows[0] < len(frame):
        row = frame.iloc[rows[0]].to_dict()
        _full(say, shown.iloc[rows[0]].to_dict(), row, _evidence(row["evidence"], labs), key)
    else:
        st.caption(say("items.select"))


def _config(say: Texts, item_width: int) -> dict[str, Any]:
    link, text = st.column_config.LinkColumn, st.column_config.TextColumn
    opened = say("items.open_link")
    return {
        "published_on": st.column_config.DateColumn(
            say("items.date"), format="YYYY-MM-DD", width=92
        ),
        "counted": text(say("items.counted"), width=104),
        "item": text(say("items.item"), width=item_width),
        "labs": text(say("items.labs"), width=128),
        "themes": text(say("items.themes"), width=160),
        "channel": text(say("items.channel"), width=88),
        "url": link(say("items.link"), display_text=opened, width=62),
        "digest_url": link(say("items.digest"), display_text=opened, width=62),
    }


def _item(row: Row) -> str:
    """Title and text in one line; a bullet's title is often the start of its text."""
    title, text = row["title"] or "", row["text"] or ""
    return text or title if text.startswith(title) else f"{title}: {text}" if text else title


def _evidence(text: object, labs: Mapping[str, str]) -> str:
    """The words that named each lab, with the lab's name instead of its id."""
    if not isinstance(text, str):
        return ""
    parts = (part.partition(": ") for part in text.split("; "))
    return "; ".join(f"{labs.get(id_, id_)}: {words}" if words else id_ for id_, _, words in parts)


def _full(say: Texts, shown: Row, row: Row, evidence: str, key: str) -> None:
    """One item in full, as plain text, with its sources and the words that named its labs."""
    with st.container(border=True, key="item-in-full"):
        st.caption(
            " · ".join(
                x for x in (say.day(row["published_on"]), shown["channel"], row["section"]) if x
            )
        )
        st.text(shown["item"])
        if evidence:
            st.text(say("look.named_as", words=evidence))
        tags = [("lab", i) for i in row["labs"]] + [("theme", i) for i in row["themes"]]
        open_tag.links(say, tags, f"full-{key}")
        with st.container(horizontal=True):
            if shown["url"]:
                st.link_button(
                    say("items.source_link"), shown["url"], icon=":material/open_in_new:"
                )
            if shown["digest_url"]:
                st.link_button(
                    say("items.digest_link"), shown["digest_url"], icon=":material/article:"
                )


def heading(say: Texts, title: str, shown: int, total: int) -> None:
    """What the table below holds, and of how many."""
    st.subheader(title, anchor=False)
    if shown < total:
        st.caption(say("items.shown", n=say.number(shown), total=say.number(total)))
    else:
        st.caption(say("items.one") if total == 1 else say("items.count", n=say.number(total)))


def found(say: Texts, hits: int) -> None:
    """How many items a search has found."""
    count = say("items.found_one") if hits == 1 else say("items.found", n=say.number(hits))
    st.subheader(count, anchor=False)
