"""What is downloaded, and within which limits.

In: pull.yml, or a file of the same form. Out: `Config`, or `BadConfig` with the entry and what is wrong.
Trap: a file name from a configuration must not lead out of the folder, and a misspelt key must not
silently leave a limit as it was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

KINDS = ("archive", "feed")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,126}")
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")


class BadConfig(ValueError):
    """The configuration cannot be used; the message says where and why."""


@dataclass(frozen=True)
class Source:
    """One address and the file that it becomes."""

    id: str
    kind: str
    url: str
    file: str
    sha256: str = ""
    same_as: str = ""


@dataclass(frozen=True)
class Limits:
    """Seconds, sizes and tries; the values in force stand in pull.yml."""

    connect_seconds: float
    read_seconds: float
    total_seconds: float
    archive_megabytes: float
    feed_megabytes: float
    tries: float
    backoff_seconds: float
    longest_wait_seconds: float
    redirects: float
    digest_items: float

    def max_bytes(self, kind: str) -> int:
        """The largest file of a kind."""
        megabytes = self.feed_megabytes if kind == "feed" else self.archive_megabytes
        return int(megabytes * 1_000_000)


@dataclass(frozen=True)
class Config:
    """All that a pull needs to know."""

    limits: Limits
    sources: tuple[Source, ...] = field(default_factory=tuple)


def bundled_text() -> str:
    """The text of the bundled pull.yml, with its comments."""
    return (files("etl.sources") / "pull.yml").read_text("utf-8")


def load(path: Path | None = None) -> Config:
    """The bundled configuration, with the sections that the file at `path` has in their place."""
    table = yaml.safe_load(bundled_text())
    if path is not None:
        own = _read(path)
        table["sources"] = own.get("sources", table["sources"])
        limits = own.get("limits", {})
        if not isinstance(limits, dict):
            raise BadConfig("limits: names and numbers are expected")
        table["limits"] = {**table["limits"], **limits}
    return Config(_limits(table["limits"]), _sources(table["sources"]))


def is_web_address(url: str) -> bool:
    """Whether `url` is an http or https address with a host."""
    try:
        parts = urlsplit(url)
        return parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _read(path: Path) -> dict[str, Any]:
    try:
        own = yaml.safe_load(path.read_text("utf-8"))
    except OSError as error:
        raise BadConfig(f"{error.strerror}") from error
    except (yaml.YAMLError, ValueError) as error:
        raise BadConfig(f"no YAML: {' '.join(str(error).split())}") from error
    if not isinstance(own, dict) or not own or not set(own) <= {"sources", "limits"}:
        raise BadConfig("the sections `sources` and `limits` are expected, and no other")
    return own


def _limits(table: dict[str, Any]) -> Limits:
    names = [f.name for f in fields(Limits)]
    for name, value in table.items():
        if name not in names:
            raise BadConfig(f"limits: {name} is none of {', '.join(names)}")
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        least = 0 if name in ("redirects", "backoff_seconds", "longest_wait_seconds") else 1e-3
        if not is_number or not least <= value < 1e9:
            raise BadConfig(f"limits: {name}: {value!r} is no number that makes sense")
        if name in ("tries", "redirects", "digest_items") and value != int(value):
            raise BadConfig(f"limits: {name}: {value!r} is no whole number")
    return Limits(**table)


def _sources(rows: object) -> tuple[Source, ...]:
    if not isinstance(rows, list) or not rows:
        raise BadConfig("sources: a list of entries is expected")
    found = tuple(_source(row, number) for number, row in enumerate(rows, 1))
    for name in ("id", "file"):
        values = [getattr(source, name).lower() for source in found]
        if len(set(values)) < len(values):
            raise BadConfig(f"sources: two entries have the same {name}")
    archives = {source.id for source in found if source.kind == "archive"}
    for source in found:
        if source.same_as and source.same_as not in archives:
            raise BadConfig(f"{source.id}: same_as: there is no archive {source.same_as}")
    return found


def _source(row: object, number: int) -> Source:
    names = [f.name for f in fields(Source)]
    if not isinstance(row, dict) or not all(isinstance(v, str) for v in row.values()):
        raise BadConfig(f"sources, entry {number}: keys with words as values are expected")
    where = f"sources, {row.get('id', f'entry {number}')}"
    if wrong := sorted(set(row) - set(names), key=str):
        raise BadConfig(f"{where}: {wrong[0]} is none of {', '.join(names)}")
    if missing := [name for name in ("id", "kind", "url", "file") if not row.get(name)]:
        raise BadConfig(f"{where}: {missing[0]} is missing")
    source = Source(**row)
    checks = {
        "id: letters, digits, - and _ are expected": _ID.fullmatch(source.id),
        f"kind: {' or '.join(KINDS)} is expected": source.kind in KINDS,
        "url: an http or https address is expected": is_web_address(source.url),
        "file: a plain file name is expected": _FILE.fullmatch(source.file),
        "file: a name that differs from the id is expected": source.file != source.id,
        "sha256: 64 hex digits are expected": not source.sha256 or _SHA256.fullmatch(source.sha256),
    }
    if failed := [text for text, is_fine in checks.items() if not is_fine]:
        raise BadConfig(f"{where}: {failed[0]}")
    return source
