"""The YAML head of an issue, and the body below it.

In: an issue's whole text. Out: the parsed head, the body's lines and the file line they begin at.
Traps: a date may come as text or as a YAML timestamp; machine-translated heads carry colons and
quotation marks that are not YAML, so the simple keys are then read line by line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import yaml

_HEAD = re.compile(r"\s*---[ \t]*\r?\n(.*?\r?\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_SIMPLE_KEY = re.compile(r"^([A-Za-z_]\w*):[ \t]*(\S.*)$", re.MULTILINE)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_LOADER: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)


@dataclass(frozen=True)
class FrontMatter:
    """What stands between the two `---` lines, and what follows them."""

    fields: dict[str, object]
    body: str
    body_line: int  # the file line of the body's first line, from 1
    is_repaired: bool = False  # it was no YAML; only its simple keys were read


def split(text: str) -> FrontMatter | None:
    """The head and body of `text`, or None when it does not open with a head."""
    text = text.removeprefix("\ufeff")
    match = _HEAD.match(text)
    if match is None:
        return None
    fields, is_repaired = _fields(match[1])
    body_line = text.count("\n", 0, match.end()) + 1
    return FrontMatter(fields, text[match.end() :], body_line, is_repaired)


def day(value: object) -> date | None:
    """The day of a front-matter date as stated there (no change of time zone), or None."""
    match = _DAY.match(str(value).strip())
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _fields(head: str) -> tuple[dict[str, object], bool]:
    try:
        loaded = yaml.load(head, _LOADER)
    except (yaml.YAMLError, ValueError):  # ValueError: an impossible timestamp
        loaded = None
    if isinstance(loaded, dict):
        return {str(key): value for key, value in loaded.items()}, False
    return {key: value.strip().strip("'\"") for key, value in _SIMPLE_KEY.findall(head)}, True
