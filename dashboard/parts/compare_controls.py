"""The bar above a comparison: which labs or themes, in which period, against what.

In: the periods that are loaded. Out: what to compare. Trap: a reader may type any period, so what cannot
be read is said in a sentence, and the text stays where it is to be corrected.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard import data, links
from dashboard.parts import filters
from dashboard.scenes.usual import periods, usual_grain, usual_periods
from dashboard.texts import LANGUAGES, Texts
from warehouse.answers import GRAINS, Filters
from warehouse.spans import Span, SpanProblem, parse_span

KINDS = ("lab", "theme")
WHOLE, CHOSEN = "all", "chosen"
EACH_OTHER = "none"  # instead of a period to compare with


@dataclass(frozen=True)
class Question:
    """What the reader asks; `against` None: the first of `ids` with the others."""

    kind: str
    ids: tuple[str, ...]
    period: Span
    against: Span | None
    filters: Filters
    is_all: bool


def kind(say: Texts) -> str:
    """Labs or themes."""
    links.one("kind", KINDS, KINDS[0])
    return str(
        st.segmented_control(
            say("filters.kind"),
            KINDS,
            format_func=lambda code: say(f"compare.{code}s"),
            key="kind",
            required=True,
        )
    )


def choices(days: int) -> list[str]:
    """Codes of the periods to choose from, newest first: of the usual length and of the next longer one."""
    first = GRAINS.index(usual_grain(days))
    return [code for code, _ in periods(data.ask, GRAINS[first : first + 2])]


def period(say: Texts, key: str, codes: list[str], default: str) -> str:
    """The text of one period, chosen or typed."""
    links.text(key, default)
    given = st.session_state[key] or default
    chosen = _codes_by_name(codes).get(given, given)
    if chosen != given:
        st.session_state[key] = chosen
    options = codes if chosen in codes else [chosen, *codes]
    st.selectbox(
        say(f"filters.compare_{key}"),
        options,
        format_func=lambda code: _label(say, code),
        key=key,
        accept_new_options=True,
        help=say("filters.compare_help"),
        placeholder=say("widgets.choose"),
    )
    return str(st.session_state[key] or default)


def read(text: str) -> Span:
    """A text as a period; raises SpanProblem with the text alone, to be said in the reader's language."""
    try:
        return parse_span(text)
    except SpanProblem as problem:
        raise SpanProblem(text) from problem


def _codes_by_name(codes: list[str]) -> dict[str, str]:
    """What the box offers, in both languages: a click may be older than the labels that it is read with."""
    return {_label(Texts(lang), code): code for lang in LANGUAGES for code in codes}


def _label(say: Texts, code: str) -> str:
    if code == EACH_OTHER:
        return say("compare.each_other")
    try:
        span = parse_span(code)
    except SpanProblem:
        return code
    return say.stretch(span.first, span.last, span.grain)


def family(say: Texts) -> bool:
    """Whether all labs or themes are compared, not only the chosen ones."""
    links.one("family", (WHOLE, CHOSEN), WHOLE)
    return bool(
        st.segmented_control(
            say("filters.compare_all"),
            (WHOLE, CHOSEN),
            format_func=lambda code: say(f"compare.{code}"),
            key="family",
            required=True,
        )
        == WHOLE
    )


def ask(say: Texts, days: int) -> Question:
    """The whole bar; raises SpanProblem with a text that is no period."""
    what, wide, now, before, how, rest = st.columns(
        [1.45, 2.5, 1.55, 1.55, 1.4, 1.25], vertical_alignment="bottom"
    )
    with what:
        chosen = kind(say)
    codes, (newest, earlier) = choices(days), usual_periods(data.ask, days)
    with wide:
        ids = filters.series(say, chosen, data.names(say, chosen), filters.named_most(chosen))
    with how:
        is_all = family(say)
    with rest:
        channels, languages = filters.more(say)
    with now:
        text = period(say, "compare", codes, newest)
    with before:
        other = period(say, "against", [EACH_OTHER, *codes], earlier or EACH_OTHER)
    span, against = read(text), None if other == EACH_OTHER else read(other)
    scope = Filters(channels=channels, languages=languages)
    return Question(chosen, tuple(ids), span, against, scope, is_all)
