"""Known events: releases, changes of the sources, and what an analyst has noted.

In: the packaged `events.yml` and, if there is one, `events.yml` in the warehouse folder. Out: `Event`s.
Trap: an analyst edits the file by hand, so every mistake is said with its file, its entry and what to do;
an entry that cannot be understood is never left out in silence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from warehouse.problems import CheckFailed
from warehouse.schema import fields
from warehouse.taxonomy.labs import load_labs
from warehouse.taxonomy.themes import load_themes

FILE = "events.yml"
_KEYS = {"date", "id", "kind", "title", "title_zh", "url", "labs", "themes", "channels"}
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
# the safe loader, in C where it was built
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class EventsProblem(CheckFailed):
    """An entry of an events file is wrong; the message says which, where and why."""


@dataclass(frozen=True)
class Event:
    """What happened on a day, and which labs, themes or channels it concerns."""

    event_id: str
    happened_on: date
    kind: str
    title: str
    title_zh: str
    url: str | None
    labs: tuple[str, ...]
    themes: tuple[str, ...]
    channels: tuple[str, ...]


def packaged_text() -> str:
    """The events that come with the program, as YAML."""
    return (files("warehouse") / "taxonomy" / FILE).read_text("utf-8")


def own_text(warehouse: Path | None) -> str:
    """The analyst's own file of a warehouse folder, empty if there is none."""
    path = warehouse / FILE if warehouse else None
    return path.read_text("utf-8") if path and path.is_file() else ""


def load_events(warehouse: Path | None = None) -> tuple[Event, ...]:
    """All events sorted by day and id; raises EventsProblem at the first entry that is wrong."""
    events = read_events(packaged_text(), f"warehouse/taxonomy/{FILE}", known=None)
    own_file = own_text(warehouse)
    own = read_events(own_file, f"{warehouse}/{FILE}", known_ids()) if own_file else []
    there = {e.event_id for e in events}
    for event in own:
        if event.event_id in there:
            raise EventsProblem(
                f"{warehouse}/{FILE}: the id {event.event_id} is taken by an event of the program; "
                "choose another one"
            )
    return tuple(sorted((*events, *own), key=lambda e: (e.happened_on, e.event_id)))


def known_ids() -> dict[str, set[str]]:
    """The ids that an entry may name, by key."""
    return {
        "labs": {lab.id for lab in load_labs()},
        "themes": {theme.id for theme in load_themes()},
        "channels": set(fields()["channel"].values),
    }


def read_events(text: str, where: str, known: dict[str, set[str]] | None) -> list[Event]:
    """The events of one file; `where` names it in messages. Entries without a kind are `analyst`.

    Ids are looked up in `known`; None leaves that to the tests (the program's own file: loading the
    taxonomy takes longer than all bursts).
    """
    try:
        loaded = yaml.load(text, Loader=_LOADER)
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a day that does not exist
        raise EventsProblem(f"{where} cannot be read: {' '.join(str(error).split())}") from error
    if loaded is None:
        return []
    entries = loaded.get("events") if isinstance(loaded, dict) else None
    if not isinstance(entries, list):
        raise EventsProblem(f"{where}: expected `events:` with a list of entries")
    out: list[Event] = []
    for number, entry in enumerate(entries, 1):
        place = f"{where}, entry {number}"
        event = _event(entry, place, known)
        if event.event_id in {e.event_id for e in out}:
            raise EventsProblem(f"{place}: the id {event.event_id} occurs twice")
        out.append(event)
    return out


def _event(entry: Any, place: str, known: dict[str, set[str]] | None) -> Event:
    if not isinstance(entry, dict):
        raise EventsProblem(f"{place}: expected keys and values ({', '.join(sorted(_KEYS))})")
    unknown = sorted(str(k) for k in entry if k not in _KEYS)
    if unknown:
        raise EventsProblem(
            f"{place}: unknown key {unknown[0]}; known are {', '.join(sorted(_KEYS))}"
        )
    day, title = entry.get("date"), entry.get("title")
    if type(day) is not date:
        raise EventsProblem(f"{place}: `date` must be a day like 2026-03-11, not {day!r}")
    if not isinstance(title, str) or not title.strip():
        raise EventsProblem(f"{place}: `title` is missing")
    event_id = entry.get("id") or _slug(title, day)
    if not isinstance(event_id, str) or not _ID.fullmatch(event_id):
        raise EventsProblem(
            f"{place}: `id` must be small letters, digits and hyphens, not {event_id!r}"
        )
    kind = entry.get("kind", "analyst")
    kinds = fields()["event_kind"].values
    if kind not in kinds:
        raise EventsProblem(f"{place}: `kind` must be one of {', '.join(kinds)}, not {kind!r}")
    return Event(
        event_id=event_id,
        happened_on=day,
        kind=kind,
        title=title.strip(),
        title_zh=str(entry.get("title_zh") or title).strip(),
        url=entry.get("url"),
        labs=_ids(entry, "labs", known, place),
        themes=_ids(entry, "themes", known, place),
        channels=_ids(entry, "channels", known, place),
    )


def _slug(title: str, day: date) -> str:
    words = re.findall(r"[a-z0-9]+", title.lower())[:6]
    return "-".join([f"{day:%Y-%m-%d}", *words])


def _ids(
    entry: dict[str, Any], key: str, known: dict[str, set[str]] | None, place: str
) -> tuple[str, ...]:
    given = entry.get(key) or []
    if not isinstance(given, list) or not all(isinstance(i, str) for i in given):
        raise EventsProblem(f"{place}: `{key}` must be a list of ids, like [a, b]")
    wrong = [i for i in given if known is not None and i not in known[key]]
    if wrong:
        near = get_close_matches(wrong[0], sorted(known[key]) if known else [], n=1)
        hint = f"; do you mean {near[0]}?" if near else ""
        raise EventsProblem(f"{place}: `{key}` names {wrong[0]}, which is not known{hint}")
    return tuple(sorted(given))


def event_rows(events: tuple[Event, ...]) -> list[dict[str, Any]]:
    """Rows of the table `events`."""
    return [
        {
            "event_id": e.event_id,
            "happened_on": e.happened_on,
            "event_kind": e.kind,
            "title": e.title,
            "title_zh": e.title_zh,
            "url": e.url,
            "lab_ids": list(e.labs),
            "theme_ids": list(e.themes),
            "channels": list(e.channels),
        }
        for e in events
    ]
