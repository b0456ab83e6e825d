"""Read: a file, a folder, a .tar.gz or .zip, or `sample` → digest files in a fixed order.

In: what the analyst named. Out: `SourceFile`s (path within the source, bytes) and refusals.
Traps: archives are read in memory and never unpacked (etl/sources/members.py), so a hostile path cannot
leave the folder; the order of a folder differs between machines, so paths are sorted; a folder may hold
archives, such as `trends pull` leaves there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

from etl.sources import members
from etl.sources.members import Member, is_archive
from warehouse.model import Refusal

TEXT_SUFFIXES = (".md", ".markdown", ".mdx", ".txt")
SAMPLE = "sample"
# The whole archive unpacks to 111 MB; ten times that is a mistake or an attack.
MAX_SOURCE_BYTES = 1024 * 1024 * 1024


class UnusableSource(ValueError):
    """The source itself cannot be opened; the message says what was named and what is expected."""


@dataclass(frozen=True)
class SourceFile:
    """One file: `source` is the name shown to the reader, `path` stands within it."""

    source: str
    path: str
    data: bytes
    is_sample: bool = False

    @property
    def sha256(self) -> str:
        """SHA-256 of the bytes, in hex."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass
class Reading:
    """What one source holds: files, refused members, and how many files are of another type."""

    files: list[SourceFile] = field(default_factory=list)
    refused: list[tuple[str, Refusal]] = field(default_factory=list)
    other_type: int = 0


def read_source(name: str) -> Reading:
    """Read everything behind `name`; raises UnusableSource when it cannot be opened at all."""
    if name == SAMPLE:
        return _collect(SAMPLE, _tree(files("etl.sources") / "sample"), is_sample=True)
    path = Path(name).expanduser()
    if path.is_dir():
        return _collect(path.name, _folder(path))
    if not path.is_file():
        raise UnusableSource(
            f"{name}: no such file or folder. Name a file, a folder, a .tar.gz, a .zip, or `sample`."
        )
    if is_archive(path):
        reading = _collect(path.name, members.members(path))
        if reading.refused and not reading.files:
            detail = reading.refused[0][1].detail
            raise UnusableSource(
                f"{name}: nothing in the archive can be read ({detail}). Fetch it again."
            )
        return reading
    return _collect(path.name, _file(path, path.name))


def _is_text_name(path: str) -> bool:
    suffix = PurePosixPath(path).suffix.lower()
    return not suffix or suffix in TEXT_SUFFIXES


def _collect(source: str, found: Iterator[Member], is_sample: bool = False) -> Reading:
    reading, total = Reading(), 0
    for member in found:
        is_text = not member.is_special and _is_text_name(member.path)
        if not is_text and not member.is_break:
            reading.other_type += 1
            continue
        total += len(member.data)
        problem = member.problem or ("the source is too large" if total > MAX_SOURCE_BYTES else "")
        if problem:
            refusal = Refusal("whole file", "unreadable_archive_member", problem)
            reading.refused.append((f"{source}:{member.path}", refusal))
            if total > MAX_SOURCE_BYTES:
                break
            continue
        reading.files.append(SourceFile(source, member.path, member.data, is_sample))
    reading.files.sort(key=lambda f: f.path)
    return reading


def _tree(root: Traversable, prefix: str = "") -> Iterator[Member]:
    for entry in sorted(root.iterdir(), key=lambda e: e.name):
        path = f"{prefix}{entry.name}"
        if entry.is_dir():
            yield from _tree(entry, f"{path}/")
        elif entry.name.endswith(".md"):
            yield Member(path, entry.read_bytes())


def _folder(root: Path) -> Iterator[Member]:
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        if not path.is_file() or any(p.startswith(".") for p in relative.parts):
            continue
        name = relative.as_posix()
        if path.name.lower().endswith(members.ARCHIVE_SUFFIXES):
            for member in members.members(path):
                yield replace(member, path=f"{name}/{member.path}")
        elif relative.suffix.lower() in TEXT_SUFFIXES:
            yield from _file(path, name)
        else:
            yield Member(name, is_special=True)


def _file(path: Path, name: str) -> Iterator[Member]:
    if (size := path.stat().st_size) > members.MAX_FILE_BYTES:
        yield Member(name, problem=members.too_large(size))
    else:
        yield Member(name, path.read_bytes())
