"""What a chart on the command line is asked to show: options, or an address copied from the dashboard.

In: texts as people write them. Out: `Choices`, checked against what is loaded; raises `ChoiceProblem` with
one sentence that names the value and what it could have been. Trap: the dashboard leaves out of its address
whatever stands at its default, so the defaults here must be those of its pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from difflib import get_close_matches
from typing import Any
from urllib.parse import parse_qs, urlsplit

from dashboard.scenes import Ask, loaded_days, names
from dashboard.scenes.scene import available_channels
from dashboard.texts import LANGUAGES, Texts
from warehouse import answers, story_answers
from warehouse.spans import Span, SpanProblem, parse_span

NEAR = 3  # proposals in a message
BANDS = ("auto", "on", "off")
FAMILIES = ("all", "chosen")
KINDS = ("lab", "theme")
EACH_OTHER = "none"  # instead of a period to compare with, as in the dashboard's address
# keys of the address that have another name here
_KEYS = {
    "lab": "labs",
    "lab_any": "labs",
    "theme": "themes",
    "topic": "topics",
    "theme_any": "themes",
    "cell": "measure",
    "compare": "period",
    "rise_per": "grain",
    "rise_in": "period",
    "rise_channel": "channels",
    "q": "text",
}
_SPANS = ("period", "burst_days")  # keys of the address that hold first and last day
_NOT_A_CHANNEL = "all"  # how the page Rising writes that there is no choice
_LISTS = ("labs", "themes", "topics", "channels", "languages")


class ChoiceProblem(ValueError):
    """A choice that cannot be met; the message is one sentence without a full stop."""


@dataclass(frozen=True)
class Choices:
    """What was chosen; None or () is the default of the page."""

    labs: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    grain: str | None = None
    measure: str | None = None
    channels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    kind: str | None = None
    period: str | None = None
    against: str | None = None
    family: str | None = None
    band: str | None = None
    smooth: int | None = None
    text: str | None = None
    rank: str | None = None
    topics: tuple[str, ...] = ()

    def ids(self, kind: str) -> tuple[str, ...]:
        """The labs, themes or topics chosen."""
        return {"lab": self.labs, "theme": self.themes, "topic": self.topics}[kind]

    def given(self) -> list[str]:
        """Names of the choices that were made."""
        return [f.name for f in fields(self) if getattr(self, f.name) not in (None, ())]

    def only(self, wanted: Sequence[str]) -> Choices:
        """These choices without those that are not wanted."""
        return replace(self, **{name: None if name not in _LISTS else () for name in self.given()
                                if name not in wanted})  # fmt: skip


@dataclass(frozen=True)
class Address:
    """A copied address: the page, the language, what was chosen there, and keys that are not known here."""

    page: str
    lang: str | None
    choices: Choices
    unknown: tuple[str, ...]


def from_link(link: str) -> Address:
    """Read an address such as `http://host:8501/labs?labs=…&grain=month&lang=zh`."""
    parts = urlsplit(link.strip())
    raw = parse_qs(parts.query, keep_blank_values=True)
    lang = one_of("lang", raw.pop("lang", [None])[-1], LANGUAGES)
    found: dict[str, Any] = {}
    unknown = [key for key in raw if not _read(found, key, raw[key])]
    return Address(
        parts.path.rstrip("/").rpartition("/")[2], lang, Choices(**found), tuple(unknown)
    )


def _read(found: dict[str, Any], key: str, values: list[str]) -> bool:
    """Put one key of an address among the choices; False if it is none of them."""
    name = _KEYS.get(key, key)
    if key in _SPANS:
        found["start"], found["end"] = days_of(values[-1])
    elif name in _LISTS:
        if values == [""]:
            raise ChoiceProblem(f"the address has no {name} chosen, so there is nothing to draw")
        chosen = (v for v in values if v and v != _NOT_A_CHANNEL)
        found[name] = tuple(dict.fromkeys(chosen))
    elif name == "smooth":
        found[name] = whole_number(name, values[-1])
    elif name in {f.name for f in fields(Choices)} - {"start", "end"}:
        found[name] = values[-1]
    else:
        return False
    return True


def days_of(text: str) -> tuple[date, date]:
    """`2026-01-01..2026-03-31`, or any period, as its first and last day."""
    span = span_of(text)
    return span.first, span.last


def span_of(text: str) -> Span:
    """A text as a period."""
    try:
        return parse_span(text)
    except SpanProblem as problem:
        raise ChoiceProblem(str(problem)) from problem


def whole_number(name: str, text: str) -> int:
    """A number of periods, at least 1."""
    if not text.isdecimal() or int(text) < 1:
        raise ChoiceProblem(f"{name} is a whole number from 1, not {text!r}")
    return int(text)


def one_of(name: str, value: str | None, known: Sequence[str]) -> str | None:
    """The value, if it is known or missing."""
    if value is None or value in known:
        return value
    raise ChoiceProblem(f"no {name} {value!r}; there are {', '.join(known)}")


def checked(
    ask: Ask,
    choices: Choices,
    measures: Sequence[str],
    grains: Sequence[str] = answers.GRAINS,
) -> Choices:
    """The choices with their days within the loaded ones; raises ChoiceProblem."""
    for kind in (*KINDS, "topic"):
        known = names(ask, Texts("en"), kind) if choices.ids(kind) else {}
        for id_ in choices.ids(kind):
            if id_ not in known:
                raise ChoiceProblem(f"no {kind} {id_!r}{_near(id_, known)}")
    for name, known_ones in _allowed(ask, measures, grains).items():
        value = getattr(choices, name)
        for each in (value,) if isinstance(value, str) else value or ():
            one_of(name.removesuffix("s"), each, known_ones)
    return _within(ask, choices)


def _allowed(ask: Ask, measures: Sequence[str], grains: Sequence[str]) -> dict[str, Sequence[str]]:
    languages = sorted(ask(answers.coverage).frame["language"].unique())
    return {
        "grain": grains,
        "rank": story_answers.RANKS,
        "measure": measures,
        "band": BANDS,
        "family": FAMILIES,
        "kind": KINDS,
        "channels": available_channels(ask),
        "languages": languages,
    }


def _near(id_: str, known: Mapping[str, str]) -> str:
    """Ids whose id or name is written alike."""
    by_word = {word: word for word in known} | {name.lower(): i for i, name in known.items()}
    found = get_close_matches(id_.lower(), by_word, n=NEAR, cutoff=0.5)
    near = list(dict.fromkeys(by_word[word] for word in found))
    return f"; near it: {', '.join(near)}" if near else ""


def _within(ask: Ask, choices: Choices) -> Choices:
    """The days cut to the loaded ones, as the dashboard does with a link."""
    loaded = loaded_days(ask)
    if loaded is None:
        raise ChoiceProblem("this snapshot holds no item; run `trends build` first")
    start, end = choices.start or loaded[0], choices.end or loaded[1]
    if choices.start and choices.end and start > end:
        raise ChoiceProblem(f"the days end ({end}) before they begin ({start})")
    if start > loaded[1] or end < loaded[0]:
        raise ChoiceProblem(
            f"there is no item from {start} to {end}; loaded are {loaded[0]} to {loaded[1]}"
            if start <= end
            else f"the days loaded are {loaded[0]} to {loaded[1]}"
        )
    return replace(choices, start=max(start, loaded[0]), end=min(end, loaded[1]))
