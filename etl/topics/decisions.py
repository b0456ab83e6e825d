"""What a person decided about topics: rename, merge, hide, attach to a theme.

In: the packaged `decisions.yml` and, if there is one, `topics.yml` in the warehouse folder. Out: `Decisions`.
Traps: the file is edited by hand, so every mistake is said with what to do, and nothing is left out in
silence; a decision about a topic that a later fit merged or retired stays valid and simply has no effect; a
chain of merges ends somewhere, or it is an error.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from warehouse.problems import CheckFailed

FILE = "topics.yml"
_KEYS = ("rename", "merge", "hide", "attach")


class DecisionsProblem(CheckFailed):
    """An entry of a decisions file is wrong; the message says which, where and why."""


@dataclass(frozen=True)
class Decisions:
    """`rename`: labels by language; `merge`: topic → topic; `attach`: topic → theme."""

    rename: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    merge: Mapping[str, str] = field(default_factory=dict)
    hide: frozenset[str] = frozenset()
    attach: Mapping[str, str] = field(default_factory=dict)

    def target(self, topic_id: str) -> str:
        """The topic that this one's items count for."""
        while topic_id in self.merge:
            topic_id = self.merge[topic_id]
        return topic_id


def decisions_text(warehouse: Path) -> str:
    """The file that applies to a warehouse: its own, else the packaged one, which decides nothing."""
    own = warehouse / FILE
    if own.is_file():
        return own.read_text("utf-8")
    return (files(__package__) / "decisions.yml").read_text("utf-8")


def read_decisions(
    text: str, where: str, topic_ids: Collection[str], theme_ids: Collection[str]
) -> Decisions:
    """The decisions of a YAML text. Raises DecisionsProblem; `where` names the file in its message."""
    try:
        loaded = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        raise DecisionsProblem(f"{where} cannot be read: {' '.join(str(error).split())}") from error
    if not isinstance(loaded, dict) or any(key not in _KEYS for key in loaded):
        raise DecisionsProblem(f"{where}: known keys are {', '.join(_KEYS)}")
    rename = _mapping(loaded, "rename", where)
    merge = _mapping(loaded, "merge", where)
    attach = _mapping(loaded, "attach", where)
    hide = loaded.get("hide") or []
    if not isinstance(hide, list):
        raise DecisionsProblem(f"{where}: `hide` must be a list of topic ids")
    for key, names in (("rename", rename), ("merge", merge), ("attach", attach), ("hide", hide)):
        _known(names, topic_ids, f"{where}, {key}", "topic")
    _known(merge.values(), topic_ids, f"{where}, merge", "topic")
    _known(attach.values(), theme_ids, f"{where}, attach", "theme")
    for topic, labels in rename.items():
        _check_labels(topic, labels, where)
    _no_circle(merge, where)
    return Decisions(rename, merge, frozenset(hide), attach)


def _mapping(loaded: dict[str, Any], key: str, where: str) -> dict[str, Any]:
    given = loaded.get(key) or {}
    if not isinstance(given, dict):
        raise DecisionsProblem(f"{where}: `{key}` must be a mapping from a topic id")
    return given


def _known(names: Collection[Any], known: Collection[str], place: str, what: str) -> None:
    for name in names:
        if name not in known:
            near = get_close_matches(str(name), sorted(known), n=1)
            hint = f"; do you mean {near[0]}?" if near else ""
            raise DecisionsProblem(f"{place}: there is no {what} {name}{hint}")


def _check_labels(topic: str, labels: Any, where: str) -> None:
    if (
        not isinstance(labels, dict)
        or not labels
        or any(k not in ("en", "zh") or not isinstance(v, str) for k, v in labels.items())
    ):
        raise DecisionsProblem(f"{where}, rename: {topic} needs {{en: …, zh: …}} or one of them")


def _no_circle(merge: Mapping[str, str], where: str) -> None:
    for start in merge:
        seen, here = {start}, merge[start]
        while here in merge:
            if here in seen:
                raise DecisionsProblem(f"{where}, merge: {start} is merged into itself")
            seen.add(here)
            here = merge[here]
