"""Read: a file, a folder, a .tar.gz or .zip, or `sample` → digest files in a fixed order.

In: what the analyst named. Out: `SourceFile`s (path within the source, bytes) and refusals.
Traps: archives are read in memory and never unpacked, so a hostile path cannot leave the folder; a
member that claims gigabytes is refused before it is read; the order of a folder differs between
machines, so paths are sorted.
"""

from __future__ import annotations

import hashlib
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

from warehouse.model import Refusal

TEXT_SUFFIXES = (".md", ".markdown", ".mdx", ".txt")
SAMPLE = "sample"
# The longest issue of the archive has under 1 MB; a file of 32 MB is no digest.
MAX_FILE_BYTES = 32 * 1024 * 1024
# The whole archive unpacks to 111 MB; ten times that is a mistake or an attack.
MAX_SOURCE_BYTES = 2 * 1024 * 1024 * 1024


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
    if _is_archive(path):
        members = _tar_members(path) if tarfile.is_tarfile(path) else _zip_members(path)
        reading = _collect(path.name, _until_damage(members, path.name))
        if reading.refused and not reading.files:
            detail = reading.refused[0][1].detail
            raise UnusableSource(
                f"{name}: nothing in the archive can be read ({detail}). Fetch it again."
            )
        return reading
    return _collect(path.name, iter([(path.name, path.stat().st_size, path.read_bytes())]))


Member = tuple[str, int, bytes | None]  # path, size, bytes (None: unreadable)
_DAMAGE = (tarfile.TarError, zipfile.BadZipFile, EOFError, OSError, zlib.error)


def _is_archive(path: Path) -> bool:
    """By content; a name that promises an archive is taken at its word, so that damage is named."""
    if path.name.lower().endswith((".tar.gz", ".tgz", ".tar", ".zip")):
        return True
    return tarfile.is_tarfile(path) or zipfile.is_zipfile(path)


def _until_damage(members: Iterator[Member], archive: str) -> Iterator[Member]:
    """Members up to the point where the archive breaks off, then the break as a refused member."""
    try:
        yield from members
    except _DAMAGE as error:
        yield f"{archive}, from here on: {error}", 0, None


def _is_text_name(path: str) -> bool:
    suffix = PurePosixPath(path).suffix.lower()
    return not suffix or suffix in TEXT_SUFFIXES


def _collect(source: str, members: Iterator[Member], is_sample: bool = False) -> Reading:
    reading, total = Reading(), 0
    for path, size, data in members:
        if data is not None and not _is_text_name(path):
            reading.other_type += 1
            continue
        total += size
        if data is None or size > MAX_FILE_BYTES or total > MAX_SOURCE_BYTES:
            detail = f"{size} bytes" if data is not None or size > MAX_FILE_BYTES else "damaged"
            refusal = Refusal("whole file", "unreadable_archive_member", detail)
            reading.refused.append((f"{source}:{path}", refusal))
            continue
        reading.files.append(SourceFile(source, path, data, is_sample))
    reading.files.sort(key=lambda f: f.path)
    return reading


def _tree(root: Traversable, prefix: str = "") -> Iterator[Member]:
    for entry in sorted(root.iterdir(), key=lambda e: e.name):
        path = f"{prefix}{entry.name}"
        if entry.is_dir():
            yield from _tree(entry, f"{path}/")
        elif entry.name.endswith(".md"):
            data = entry.read_bytes()
            yield path, len(data), data


def _folder(root: Path) -> Iterator[Member]:
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        if path.is_file() and not any(p.startswith(".") for p in relative.parts):
            size = path.stat().st_size
            wanted = relative.suffix.lower() in TEXT_SUFFIXES and size <= MAX_FILE_BYTES
            yield relative.as_posix(), size, path.read_bytes() if wanted else b""


def _tar_members(path: Path) -> Iterator[Member]:
    with tarfile.open(path, "r:*") as archive:
        for member in archive:
            if member.isfile():
                yield member.name, member.size, _tar_bytes(archive, member)


def _tar_bytes(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes | None:
    if member.size > MAX_FILE_BYTES:
        return None
    handle = archive.extractfile(member)
    return None if handle is None else handle.read()


def _zip_members(path: Path) -> Iterator[Member]:
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if not info.is_dir():
                yield info.filename, info.file_size, _zip_bytes(archive, info)


def _zip_bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | None:
    if info.file_size > MAX_FILE_BYTES:
        return None
    try:
        with archive.open(info) as handle:
            data = handle.read(MAX_FILE_BYTES + 1)
    except (zipfile.BadZipFile, RuntimeError, EOFError, zlib.error, NotImplementedError):
        return None  # damaged, encrypted or of an unknown compression: refused with its name
    return data if len(data) == info.file_size else None
