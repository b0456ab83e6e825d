"""The members of a .tar.gz or .zip, read in memory and in order.

In: an archive's path. Out: `Member`s: bytes, or why there are none; `damage_of` says if one is damaged.
Traps: a few megabytes may unpack to terabytes, and sizes may lie, so nothing is unpacked beyond
`limit_of` bytes and a claim beyond it ends the reading before a byte of it is unpacked; tar's own
headers claim sizes, too; the checksum of a .gz stands behind the last member, where no reader of tar
looks; links and devices are no files; a path that leaves the archive is refused, though nothing here
writes to it.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

ARCHIVE_SUFFIXES = (".tar.gz", ".tgz", ".tar", ".zip")
# The longest issue of the archive has under 1 MB; a file of 32 MB is no digest.
MAX_FILE_BYTES = 32 * 1024 * 1024
# Texts shrink to a third or a quarter, repetitive ones to a twentieth; zeros to a thousandth.
MAX_RATIO = 50
MAX_UNPACKED_BYTES = 4 * 1024 * 1024 * 1024
MAX_MEMBERS = 200_000
_CHUNK = 1024 * 1024
_PACKERS: tuple[tuple[bytes, Callable[..., Any]], ...] = (
    (b"\x1f\x8b", gzip.open),
    (b"BZh", bz2.open),
    (b"\xfd7zXZ\x00", lzma.open),
)
# What the readers of the standard library let through for damaged or forged archives.
_DAMAGE = (
    tarfile.TarError,
    zipfile.BadZipFile,
    EOFError,
    OSError,
    zlib.error,
    lzma.LZMAError,
    ArithmeticError,
    LookupError,
    RuntimeError,
    ValueError,
)
_LEAVES = re.compile(r"[/\\]|[A-Za-z]:|(?:.*[/\\])?\.\.(?:[/\\]|\Z)", re.DOTALL)


@dataclass(frozen=True)
class Member:
    """One member of an archive or file of a folder; `problem` says why `data` is missing."""

    path: str
    data: bytes = b""
    problem: str = ""
    is_special: bool = False  # a link, a device, or a file of a type that is not read
    is_break: bool = False  # no member: from here on the archive cannot be read


class _Bomb(OSError):
    """The archive unpacks to more than its limit."""


class _Bounded:
    """What tarfile needs of a file, with an error in place of the bytes beyond a limit."""

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        """`limit` counts unpacked bytes from the beginning."""
        self._stream = stream
        self._limit = limit

    def tell(self) -> int:
        """Position in the unpacked bytes."""
        return self._stream.tell()

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to `offset`; unpacks all that lies before it, so a bomb is refused here."""
        self._allow(offset)
        return self._stream.seek(offset, whence)

    def read(self, size: int = -1) -> bytes:
        """Read `size` bytes; a header that claims a larger size than a file may have is forged."""
        if not 0 <= size <= MAX_FILE_BYTES:
            raise _Bomb(f"a header claims {size:,} bytes")
        self._allow(self._stream.tell() + size)
        return self._stream.read(size)

    def drain(self) -> None:
        """Read to the end, where the checksum of the packed bytes is compared."""
        while self.read(_CHUNK):
            pass

    def _allow(self, end: int) -> None:
        if end > self._limit + tarfile.RECORDSIZE:
            raise _Bomb(f"it unpacks to more than {self._limit:,} bytes")


def limit_of(path: Path) -> int:
    """How many bytes the archive may unpack to: a multiple of its size, and never beyond 4 GB."""
    return min(path.stat().st_size * MAX_RATIO + MAX_FILE_BYTES, MAX_UNPACKED_BYTES)


def too_large(size: int) -> str:
    """The words for a file over the limit."""
    return f"{size:,} bytes, more than the {MAX_FILE_BYTES:,} that a digest may have"


def is_archive(path: Path) -> bool:
    """By content; a name that promises an archive is taken at its word, so that damage is named."""
    return path.name.lower().endswith(ARCHIVE_SUFFIXES) or holds_archive(path)


def holds_archive(path: Path) -> bool:
    """Whether the content is a zip or a tar, packed or not, whatever the name says."""
    return zipfile.is_zipfile(path) or _is_tar(path)


def members(path: Path) -> Iterator[Member]:
    """All members up to the point where the archive breaks off, then the break as a member."""
    try:
        yield from _zip_members(path) if _is_zip(path) else _tar_members(path)
    except _DAMAGE as error:
        yield Member("from here on", problem=f"damaged: {error}", is_break=True)


def damage_of(path: Path) -> str | None:
    """Why the archive is not whole, or None; reads all of it, with its checksums."""
    try:
        if _is_zip(path):
            problems = (m.problem for m in _zip_members(path))
            return next((p for p in problems if p.startswith("damaged")), None)
        for _ in _tar_members(path):
            pass
        with _unpacked(path) as stream:
            stream.drain()
    except _DAMAGE as error:
        return str(error) or type(error).__name__
    return None


def _is_zip(path: Path) -> bool:
    return zipfile.is_zipfile(path) and not _is_tar(path)


def _is_tar(path: Path) -> bool:
    try:
        with _unpacked(path) as stream:
            tarfile.TarFile(fileobj=stream).close()  # type: ignore[arg-type]
            return stream.tell() > 0
    except _DAMAGE:
        return False


@contextmanager
def _unpacked(path: Path) -> Iterator[_Bounded]:
    with path.open("rb") as raw:
        start = raw.read(6)
        raw.seek(0)
        unpack = next((u for magic, u in _PACKERS if start.startswith(magic)), None)
        if unpack is None:
            yield _Bounded(raw, path.stat().st_size)
            return
        with unpack(raw, "rb") as stream:
            yield _Bounded(stream, limit_of(path))


def _tar_members(path: Path) -> Iterator[Member]:
    with _unpacked(path) as stream, tarfile.TarFile(fileobj=stream) as archive:  # type: ignore[arg-type]
        for number, info in enumerate(archive):
            _count(number)
            if info.isfile():
                yield _member(info.name, info.size) or Member(info.name, _tar_bytes(archive, info))
            elif not info.isdir():
                yield Member(info.name, is_special=True)


def _tar_bytes(archive: tarfile.TarFile, info: tarfile.TarInfo) -> bytes:
    handle = archive.extractfile(info)
    data = handle.read() if handle else b""
    if len(data) != info.size:
        raise EOFError("it ends inside this member")
    return data


def _zip_members(path: Path) -> Iterator[Member]:
    limit, total = limit_of(path), 0
    with zipfile.ZipFile(path) as archive:
        for number, info in enumerate(archive.infolist()):
            _count(number)
            if info.is_dir():
                continue
            if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
                yield Member(info.filename, is_special=True)
                continue
            refused = _member(info.filename, info.file_size)
            total += 0 if refused else info.file_size
            if total > limit:
                raise _Bomb(f"it unpacks to more than {limit:,} bytes")
            yield refused or _zip_member(archive, info)


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    try:
        with archive.open(info) as handle:
            data = handle.read(info.file_size + 1)  # zipfile unpacks as much as it is asked for
    except (NotImplementedError, RuntimeError) as error:  # unknown compression; encrypted
        return Member(info.filename, problem=str(error))
    except _DAMAGE as error:
        return Member(info.filename, problem=f"damaged: {error}")
    if len(data) != info.file_size:
        return Member(info.filename, problem="damaged: its size is not the one it claims")
    return Member(info.filename, data)


def _member(path: str, size: int) -> Member | None:
    """The refusal of a member by its name or its claimed size, or None."""
    if _LEAVES.match(path):
        return Member(path, problem="its path leaves the archive")
    return Member(path, problem=too_large(size)) if size > MAX_FILE_BYTES else None


def _count(number: int) -> None:
    if number >= MAX_MEMBERS:
        raise _Bomb(f"it has more than {MAX_MEMBERS:,} members")
