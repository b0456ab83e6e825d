"""What the reader chose ↔ the address bar, so that a copied link shows the same view.

In: the address of the page. Out: `st.session_state[key]` ready for the widget of that key, and at the
end of the run the address. Why not Streamlit's own `bind="query-params"`: it writes the *label* of an
option into the address, so a link would change with the reader's language and with every rename; here
links hold ids (`?labs=openai&labs=zhipu&lang=zh`). Traps: the address decides only when a session
starts or the reader goes back or forward, else a quick second click would be undone by an address that
lags behind; Streamlit forgets the value of a widget on another page, and a click from before a switch of
the language names an option that is no more, so values are kept here and given to the widget again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.left_out import LeftOut

_KEY = "_links"


@dataclass
class _Run:
    """What is known of the address in this run; lives in the session."""

    address_decides: bool = True
    defaults: dict[str, Any] = field(default_factory=dict)
    pinned: set[str] = field(default_factory=set)
    encode: dict[str, Callable[[Any], list[str]]] = field(default_factory=dict)
    left_out: LeftOut = field(default_factory=LeftOut)
    written: dict[str, list[str]] | None = None
    place: tuple[str, ...] = ()  # language and page
    arrives: bool = False  # in this run the reader came to another place
    # the choices, on whichever page they were made
    values: dict[str, Any] = field(default_factory=dict)


def _run() -> _Run:
    run: _Run = st.session_state[_KEY]
    return run


def begin() -> None:
    """Call first in every run: decides whether the address or the session holds the truth."""
    old: _Run | None = st.session_state.get(_KEY)
    # Absent in other versions of Streamlit: then Back changes the address but not the view.
    moved = bool(getattr(get_script_run_ctx(), "is_history_navigation", False))
    run = _Run(address_decides=old is None or moved)
    if old is not None:
        run.place, run.values = old.place, old.values
    if old is not None and not moved:
        run.written, run.left_out = old.written, old.left_out
    else:
        run.left_out = LeftOut({key: st.query_params.get_all(key) for key in st.query_params})
    st.session_state[_KEY] = run


def arrive(*place: str) -> None:
    """Tell language and page, before the widgets of the page are drawn."""
    run = _run()
    run.arrives = bool(run.place) and run.place != place
    if run.arrives and not run.address_decides and run.place[-1] != place[-1]:
        run.left_out.forget()  # that was the link of another page
    run.place = place


def arrived() -> bool:
    """Whether the reader just came from another page or language: the address is then what led here."""
    return _run().arrives


def one(key: str, options: Sequence[str], default: str) -> None:
    """Prepare the widget of a single choice."""

    def read(raw: list[str]) -> str:
        good = [value for value in raw if value in options]
        left_out().drop(key, [value for value in raw if value not in options])
        return good[-1] if good else default

    def known(value: str, before: str) -> str:
        return next((good for good in (value, before) if good in options), default)

    _prepare(key, default, read, lambda value: [value], known)


def many(key: str, options: Sequence[str], default: Sequence[str] = (), pin: bool = False) -> None:
    """Prepare the widget of a multiple choice.

    `pin` writes the choice into every link that differs from the start page in anything, for defaults
    that change with the data.
    """
    there = set(options)

    def read(raw: list[str]) -> list[str]:
        wrong = [value for value in raw if value and value not in there]
        good = list(dict.fromkeys(value for value in raw if value in there))
        left_out().drop(key, wrong)
        return list(default) if wrong and not good else good

    def known(values: list[str], before: list[str]) -> list[str]:
        was_label = not there.union(before).issuperset(values)
        return [value for value in (before if was_label else values) if value in there]

    _prepare(key, list(default), read, lambda values: list(values) or [""], known)
    if pin:
        _run().pinned.add(key)


def text(key: str, default: str = "", longest: int | None = None) -> None:
    """Prepare a text field; one that is longer than `longest` characters stays out of the address."""

    def encode(value: str) -> list[str]:
        return [default if longest is not None and len(value or "") > longest else value or ""]

    _prepare(key, default, lambda raw: raw[-1], encode)


def number(key: str) -> None:
    """Prepare a page number, 1, 2, 3…"""

    def read(raw: list[str]) -> int:
        good = raw[-1].isdecimal() and int(raw[-1]) >= 1
        if not good:
            left_out().drop(key, raw[-1:])
        return int(raw[-1]) if good else 1

    _prepare(key, 1, read, lambda value: [str(value)])


def days(key: str, first: date, last: date) -> None:
    """Prepare a span of days, written `2026-01-01..2026-03-31`."""

    def read(raw: list[str]) -> tuple[date, date]:
        try:
            start, end = (date.fromisoformat(part) for part in raw[-1].split(".."))
        except ValueError:
            left_out().drop(key, raw)
            return (first, last)
        start, end = max(start, first), min(end, last)
        if start > end:
            left_out().drop(key, raw)
            return (first, last)
        return (start, end)

    def encode(value: tuple[date, ...]) -> list[str]:
        start, end = whole_span(value, first, last)
        return [f"{start}..{end}"]

    _prepare(key, (first, last), read, encode)
    if any(not first <= day <= last for day in st.session_state[key]):
        st.session_state[key] = (first, last)  # another snapshot covers other days


def whole_span(value: tuple[date, ...], first: date, last: date) -> tuple[date, date]:
    """Both ends of a span; while the reader has clicked only the first day, it ends with the data."""
    return (value[0] if value else first, value[1] if len(value) > 1 else last)


def is_first_run() -> bool:
    """Whether the session begins with this run; before `arrive`."""
    return not _run().place


def begin_again() -> None:
    """Let the next run read the address as if the session began with it."""
    del st.session_state[_KEY]


def take_along(choices: Mapping[str, Any]) -> None:
    """Choices for the page that is opened next."""
    _run().values |= choices


def leave() -> None:
    """Call before another page is opened: be it the same one, its controls take what was taken along."""
    _run().place = ("",)  # no place is called so


def _prepare(
    key: str,
    default: Any,
    read: Callable[[list[str]], Any],
    encode: Callable[[Any], list[str]],
    known: Callable[[Any, Any], Any] = lambda value, before: value,
) -> None:
    """`known` gives what there is of a value: another snapshot, or language, has other options."""
    run = _run()
    run.defaults[key], run.encode[key] = default, encode
    before = run.values.get(key, default)
    if run.address_decides:
        raw = st.query_params.get_all(key)
        st.session_state[key] = read(raw) if raw else default
    elif run.arrives or key not in st.session_state:
        st.session_state[key] = before
    value = run.values[key] = known(st.session_state[key], before)
    if st.session_state[key] != value:  # an assignment makes the browser draw the widget anew
        st.session_state[key] = value


def left_out() -> LeftOut:
    """What of the opened link was not followed."""
    return _run().left_out


def address() -> str:
    """The link to what the page shows, as far as its controls are drawn; what is pinned is always in it."""
    run = _run()
    shown = {
        key: run.encode[key](st.session_state[key])
        for key, default in run.defaults.items()
        if key in run.pinned or st.session_state.get(key, default) != default
    }
    # of controls further down the page
    shown |= {
        key: st.query_params.get_all(key) for key in st.query_params if key not in run.defaults
    }
    query = urlencode(shown, doseq=True)
    return f"{_here()}?{query}" if query else _here()


def _here() -> str:
    """The address of the page without its choices.

    Streamlit takes the name of any page off the end of the browser's address and puts this page's behind
    it: of `/labs-by-themes` it leaves `/labs-by-`, which is taken off here.
    """
    url, page = st.context.url or "", _run().place[-1]
    for end, sign in enumerate(page, start=1):
        if sign == "-" and url.endswith(f"/{page[:end]}/{page}"):
            return url.removesuffix(f"/{page[:end]}/{page}") + f"/{page}"
    return url


def finish(is_whole: bool = True, also: Collection[str] = ()) -> None:
    """Call last in every run: writes the choices that differ from the defaults into the address.

    `also` are keys that the page has and other choices of it ask for; a page that is not whole, for want
    of data, does not tell which keys it has.
    """
    run = _run()
    if is_whole:
        run.left_out.look_through({*run.defaults, *also})
    chosen = {
        key: run.encode[key](st.session_state[key])
        for key in run.defaults
        if key in st.session_state
    }
    default = {key: run.encode[key](value) for key, value in run.defaults.items()}
    changed = {key: value for key, value in chosen.items() if value != default[key]}
    if changed:
        changed |= {key: chosen[key] for key in run.pinned}
    if run.written is not None and run.written != changed:
        run.left_out.forget()
    run.written = changed
    if {key: st.query_params.get_all(key) for key in st.query_params} != changed:
        st.query_params.from_dict(changed)
