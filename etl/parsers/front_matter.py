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

# Besides its own errors, the loader lets some of Python's through: for an impossible timestamp, a
# tag that does not fit its value, or lists nested a thousand deep.
_YAML_ERRORS = (
    yaml.YAMLError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
    RecursionError,
)


@dataclass(frozen=True)
class FrontMatter:
    """What stands between the two `---` lines, and what follows them."""

    fields: dict[str, object]
    body: str
    body_line: int  # the file line of the body's first line, from 1
    lines: tuple[int, ...] = ()  # the file lines that were read as fields, with the `---` lines
    is_repaired: bool = False  # it was no YAML; only its simple keys were read


def split(source: str) -> FrontMatter | None:
    """The head and body of `source`, or None when it does not open with a head."""
    source = source.removeprefix("\ufeff")
    match = _HEAD.match(source)
    if match is None:
        return None
    fields, is_repaired = _fields(match[1])
    body_line = source.count("\n", 0, match.end()) + 1
    first = source.count("\n", 0, match.start(1) - 1) + 1
    lines = _lines_read(match[1], first, is_repaired)
    return FrontMatter(fields, source[match.end() :], body_line, lines, is_repaired)


def text(value: object) -> str:
    """A scalar field as text; empty for a list, a mapping or nothing."""
    return str(value).strip() if isinstance(value, str | int | float | date) else ""


def day(value: object) -> date | None:
    """The day of a front-matter date as stated there (no change of time zone), or None."""
    match = _DAY.match(text(value))
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _fields(head: str) -> tuple[dict[str, object], bool]:
    try:
        loaded = yaml.load(head, _LOADER)
    except _YAML_ERRORS:
        loaded = None
    if isinstance(loaded, dict):
        return {str(key): value for key, value in loaded.items()}, False
    return {key: _unquoted(value.strip()) for key, value in _SIMPLE_KEY.findall(head)}, True


def _lines_read(head: str, first: int, is_repaired: bool) -> tuple[int, ...]:
    """The file lines of the two `---`, the upper one being `first`, and of the fields between them."""
    inside = head.split("\n")[:-1]
    read = [
        number
        for number, line in enumerate(inside, first + 1)
        if not is_repaired or _SIMPLE_KEY.match(line)
    ]
    return (first, *read, first + len(inside) + 1)


def _unquoted(value: str) -> str:
    is_quoted = len(value) > 1 and value[0] in "'\"" and value[-1] == value[0]
    return value[1:-1] if is_quoted else value
