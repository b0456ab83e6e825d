"""The head of a lab's or theme's page: names, what it is, the last period against the one before, ways on.

In: kind, id, the filters of the page. Out: part of the page. Trap: the verdict is corrected for all labs or
themes of the same comparison, as on the page Compare, or the two pages would contradict each other.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import data, links
from dashboard.charts.scope import Row
from dashboard.parts import session, verdicts
from dashboard.scenes import compare_scene
from dashboard.scenes.usual import complete_periods
from dashboard.texts import Texts
from warehouse import answers, tag_answers
from warehouse.answers import Filters
from warehouse.spans import Span, parse_span


def show(say: Texts, kind: str, id_: str, scope: Filters, days: int) -> None:
    """Name, facts, verdict, links."""
    row = _row(kind, id_)
    with st.container(horizontal=True, vertical_alignment="center", key="tag-head"):
        st.subheader(say.name(row), anchor=False, width="stretch")
        _ways_on(say, kind, id_)
    st.caption(" · ".join(_facts(say, kind, row)))
    if kind == "theme":
        st.text(say.definition(row))
    whole = complete_periods(data.ask, days)
    if whole:
        now = parse_span(whole[0])
        _place(say, kind, id_, scope, now)
        if len(whole) > 1:
            _verdict(say, kind, id_, scope, now, parse_span(whole[1]))


def _row(kind: str, id_: str) -> Row:
    frame = data.ask(answers.labs if kind == "lab" else answers.themes).frame
    found: Row = frame[frame[f"{kind}_id"] == id_].to_dict("records")[0]
    return found


def _facts(say: Texts, kind: str, row: Row) -> list[str]:
    """The name in the other language, kind, owner, units."""
    other = row["name"] if say.lang == "zh" else row["name_zh"]
    facts = [str(other)] if isinstance(other, str) and other != say.name(row) else []
    if kind == "lab":
        names, frame = data.lab_names(say), data.ask(answers.labs).frame
        facts.append(say.code("kind", row["kind"]))
        if isinstance(row["parent_id"], str):
            facts.append(say("tag.owner", name=names.get(row["parent_id"], row["parent_id"])))
        units = [names[i] for i in frame[frame["parent_id"] == row["lab_id"]]["lab_id"]]
        if units:
            key = "tag.units" if len(units) > 1 else "tag.one_unit"
            facts.append(say(key, names=say("join").join(units)))
    return [*facts, f"`{row[f'{kind}_id']}`"]


def _place(say: Texts, kind: str, id_: str, scope: Filters, now: Span) -> None:
    """Its place among its like in the last complete period."""
    of_period = Filters("day", scope.channels, scope.languages, now.first, now.last)
    row = data.ask(tag_answers.standing, of_period, kind, id_).frame.iloc[0]
    numbers = {
        "period": say.period(now.first, now.grain),
        "mentions": say.number(row["mentions"]),
        "items": say.number(row["items_total"]),
    }
    if not row["mentions"]:
        st.markdown(say("tag.not_named", **numbers))
    elif pd.isna(row["place"]):  # a unit
        st.markdown(say("tag.no_place", **numbers))
    else:
        numbers |= {"place": say.number(row["place"]), "named": say.number(row["named"])}
        key = "tag.place_lab" if kind == "lab" else "tag.place_theme"
        st.markdown(say(key, **numbers))


def _verdict(say: Texts, kind: str, id_: str, scope: Filters, now: Span, before: Span) -> None:
    """The last complete period against the one before, in words."""
    asked = Filters(channels=scope.channels, languages=scope.languages)
    view = compare_scene(data.ask, say, kind, (id_,), asked, now, before, everyone=True).view
    for row in view.chosen():
        words = say(
            "tag.verdict",
            period=say.period(now.first, now.grain),
            against=say.period(before.first, before.grain),
            verdict=view.verdict(row),
            sentence=view.sentence(row),
        )
        st.markdown(f"{verdicts.icon(row['verdict'])} {words}")


def _ways_on(say: Texts, kind: str, id_: str) -> None:
    """Buttons to the pages that go deeper."""
    if st.button(say("tag.compare"), icon=":material/compare_arrows:", key="tag-compare"):
        _go("compare", {"kind": kind, f"{kind}s": [id_]})
    if st.button(say("tag.items"), icon=":material/search:", key="tag-items"):
        _go("items", {f"{kind}_any": [id_], "q": ""})
    words = say("tag.labs") if kind == "lab" else say("tag.themes")
    if st.button(words, icon=":material/show_chart:", key="tag-trend"):
        _go(f"{kind}s", {f"{kind}s": [id_]})
    if kind == "theme" and st.button(
        say("tag.parts"), icon=":material/bubble_chart:", key="tag-parts"
    ):
        _go("themes", {"themes": [id_], "split": id_})


def _go(url: str, choices: dict[str, object]) -> None:
    """Lists are choices that an address holds several times; `open_page` takes single ones."""
    links.take_along(choices)
    session.open_page(url)
