"""The first page: facts on the data, what moved, newest digests and largest stories.

In: scenes of the overview. Out: parts of the page. Traps: titles come from the web, so they are shown letter
by letter; no data frame is drawn here, since its code would be loaded before the first chart; the words of a
move take as long as all the rest, so they are asked for only when a reader opens them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.charts import one_digest, overview_view
from dashboard.charts.compare_view import CompareView
from dashboard.charts.overview_view import MOST_MOVES, Reasons
from dashboard.charts.scope import Row
from dashboard.parts import plain, session
from dashboard.parts.open_tag import open_tag
from dashboard.scenes import overview as scenes
from dashboard.scenes.overview import Last
from dashboard.texts import Texts
from warehouse import trend_answers
from warehouse.spans import Span, code_of

_TITLE = 96  # characters of a story's title
_COLOURS = {"higher": "green", "lower": "red"}
_ICONS = {"higher": ":material/trending_up:", "lower": ":material/trending_down:"}
_BURSTS = 2
_WIDTHS = (1, 0.9, 1.15, 1.3)  # of the facts


def moves(say: Texts, grain: str, last: Last | None) -> None:
    """What moved in the last complete week or month, labs and themes, each judged as one list."""
    with st.container(key=f"moves-{grain}", gap="xxsmall"):
        if last is None:
            st.subheader(say(f"overview.{grain}"), anchor=False)
            st.caption(say(f"overview.no_{grain}"))
            return
        period = say.stretch(last.period.first, last.period.last, last.period.grain)
        against = last.against
        if against is None:
            st.subheader(say("overview.moved_in", period=period), anchor=False)
            st.caption(say("overview.nothing_before"))
        else:
            heading = say("overview.moved_against", period=period, before=_days(say, against))
            st.subheader(heading[:1].upper() + heading[1:], anchor=False)
            _lists(say, grain, last)


def _lists(say: Texts, grain: str, last: Last) -> None:
    mix = False
    for kind in ("lab", "theme"):
        scene = scenes.compared(data.ask, say, kind, last)
        if scene is not None:
            _list(scene.view, grain)
            mix = mix or bool(scene.view.mix)
    if grain == "week":
        _bursts(say, last)
    if mix:
        st.caption(say("overview.mix"))


def _days(say: Texts, span: Span) -> str:
    """What is compared with, short enough for a heading: days of one year with the year once."""
    if span.grain != "days" or span.first.year != span.last.year:
        return say.stretch(span.first, span.last, span.grain)
    ends = {"first": span.first, "last": span.last}
    short = {f"{end}_short": say.tick(day, "day", with_year=False) for end, day in ends.items()}
    return say("period.days", **short, **{end: say.day(day) for end, day in ends.items()})


def _list(view: CompareView, grain: str) -> None:
    """One list: its headline, its moves, or what comes nearest to one."""
    say, all_rows = view.say, view.frame.to_dict("records")
    rows = overview_view.movers(all_rows)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        words = f"**{say(f'compare.{view.kind}s')}** · {overview_view.headline(view, all_rows)}"
        st.markdown(words, width="content")
        if st.button(say("overview.compare"), key=f"all-{grain}-{view.kind}", type="tertiary"):
            _open_compare(view)
    shown = rows[:MOST_MOVES]
    found = scenes.reasons(data.ask, view, shown) if shown else {}
    for row in shown:
        _move(view, grain, row, found.get(row["tag_id"], Reasons()))
    if len(rows) > len(shown):
        st.caption(say("overview.more", n=say.number(len(rows) - len(shown))))
    resting = one_digest.listed(say, "one_digest.overview", view.resting())
    if resting:
        st.caption(f":material/filter_1: {resting}")
    near = None if rows or resting else overview_view.closest(all_rows)
    if near is not None:
        st.caption(
            say("overview.closest", name=view.name(near), change=overview_view.change(view, near))
        )


def _open_compare(view: CompareView) -> None:
    against = view.against
    assert against is not None
    session.open_page(
        "compare", kind=view.kind, compare=_code(view.period), against=_code(against), family="all"
    )


def _code(span: Span) -> str:
    """A span as the page Compare has it in its address."""
    return f"{span.first}..{span.last}" if span.grain == "days" else code_of(span.grain, span.first)


def _move(view: CompareView, grain: str, row: Row, found: Reasons) -> None:
    """Name, verdict, size with interval; then why."""
    say, id_ = view.say, row["tag_id"]
    key = f"{grain}-{view.kind}-{id_}"
    code = row["verdict"]
    verdict = f":{_COLOURS[code]}[{_ICONS[code]} **{say(f'overview.verdict.{code}')}**]"
    with st.container(key=f"move-{key}", gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            if st.button(f"**{plain.label(view.name(row))}**", key=f"tag-{key}", type="tertiary"):
                open_tag(view.kind, id_)
            st.markdown(f"{verdict} {overview_view.change(view, row)}", width="content")
        if note := view.note(row):
            st.caption(note)
        with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
            _first_reason(say, key, found, row["verdict"] == "lower")
            why = st.popover(
                say("overview.why"), type="tertiary", key=f"why-{key}", on_change="rerun"
            )
        if why.open:
            with why, st.container(gap="xsmall"):
                _why(view, row, found, key)


def _first_reason(say: Texts, key: str, found: Reasons, is_fall: bool) -> None:
    """A known event if there is one, else the story with most items."""
    when = "overview.before" if is_fall else "overview.now"
    if found.events:
        st.text(say(when, what=found.events[0]), width="stretch")
    elif found.stories:
        story = found.stories[0]
        title = plain.label(overview_view.title_of(story, say), _TITLE)
        label = say(when, what=say("overview.story", title=title, n=say.number(story["mentions"])))
        if st.button(label, key=f"first-{key}", type="tertiary", width="stretch"):
            session.open_page("stories", story=story["story_id"])
    else:
        st.caption(say("overview.no_reason"))


def _why(view: CompareView, row: Row, found: Reasons, key: str) -> None:
    """Both shares in full, known events, stories, and the words that set these days apart."""
    say, is_fall = view.say, row["verdict"] == "lower"
    span = view.against if is_fall and view.against else view.period
    st.markdown(view.sentence(row))
    st.caption(say("overview.why_days", days=say.stretch(span.first, span.last, span.grain)))
    for event in found.events:
        st.text(event)
    for story in found.stories:
        title = plain.label(overview_view.title_of(story, say), _TITLE)
        label = say("overview.story", title=title, n=say.number(story["mentions"]))
        if st.button(label, key=f"why-{key}-{story['story_id']}", type="tertiary"):
            session.open_page("stories", story=story["story_id"])
    terms = data.ask(trend_answers.burst_terms, view.kind, row["tag_id"], span.first, span.last)
    if len(terms.frame):
        st.text(say("overview.words", words=say("join").join(terms.frame["term"])))


def _bursts(say: Texts, last: Last) -> None:
    """What is named far more often than usual and goes on."""
    names = {**data.lab_names(say), **data.theme_names(say)}
    for row in scenes.open_bursts(data.ask, last)[:_BURSTS]:
        kind, id_ = row["tag_kind"], row["tag_id"]
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.markdown(f"**{say('overview.burst')}**", width="content")
            if st.button(plain.label(names.get(id_, id_)), key=f"burst-{id_}", type="tertiary"):
                open_tag(kind, id_)
            st.markdown(
                say(
                    "overview.burst_size",
                    day=say.day(row["first_on"]),
                    share=say.percent(row["share"]),
                    expected=say.percent(row["expected_share"]),
                ),
                width="content",
            )


def stories(say: Texts, frame: pd.DataFrame) -> None:
    """The largest stories of the week; a click opens one."""
    for row in frame.to_dict("records"):
        with st.container(gap=None):
            title = plain.label(overview_view.title_of(row, say), _TITLE)
            if st.button(title, key=f"story-{row['story_id']}", type="tertiary"):
                session.open_page("stories", story=row["story_id"])
            channels = say("join").join(say.code("channel", c) for c in row["channels"])
            counts = {key: say.number(row[key]) for key in ("items", "digests")}
            st.caption(say("overview.told", channels=channels, **counts))


def facts(say: Texts, listed: Sequence[tuple[str, str, str]]) -> None:
    """A strip of facts, each as (label, value, detail)."""
    for column, (name, value, detail) in zip(st.columns(_WIDTHS), listed, strict=True):
        with column, st.container(border=True, height="stretch", key=f"fact-{name}"):
            label = say(f"overview.fact.{name}")
            st.markdown(f":small[:gray[{label}]]  \n**{value}**  \n:small[:gray[{detail}]]")


def what_is_loaded(
    say: Texts, row: Row, periods: Mapping[str, Last], refused: int, broken: Sequence[Row]
) -> list[tuple[str, str, str]]:
    """The facts on the data: up to which day, last complete periods, what is wrong with it."""
    digests = say.number(row["digests"])
    since = say("overview.since", day=say.day(row["first_on"]), digests=digests)
    found = [("data", say.day(row["last_on"]), since)]
    for grain in ("week", "month"):
        last = periods.get(grain)
        if last is None:
            found.append((grain, say("overview.none_yet"), say(f"overview.no_{grain}")))
            continue
        detail = say(
            "overview.items_of",
            n=say.number(last.items_total),
            digests=say.number(last.digests_total),
        )
        if last.running:
            running = say.period(last.running, grain)
            detail += " · " + say(
                "overview.running", period=running, n=say.number(last.running_items)
            )
        period = say.period(last.period.first, grain)
        found.append((grain, period[:1].upper() + period[1:], detail))
    key = "overview.refused" if refused else "overview.none_refused"
    value = say(key, n=say.number(refused))
    found.append(("trouble", value, _broken(say, broken)))
    return found


def _broken(say: Texts, rows: Sequence[Row]) -> str:
    if not rows:
        return say("overview.no_break")
    days: dict[date, list[str]] = {}
    for row in rows:
        days.setdefault(row["happened_on"].date(), []).append(say.code("channel", row["channel"]))
    parts = [
        say("overview.break", channels=say("join").join(dict.fromkeys(names)), day=say.day(day))
        for day, names in days.items()
    ]
    return say("semicolon").join(parts)
