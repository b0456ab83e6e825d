"""Fetch the public archives and feeds: `trends pull`, and the web addresses of `trends build`.

In: a `Config`, or one address; a folder. Out: an `Outcome` per file, in order; `fetch` gives the path to
read. Traps: one source that fails must not stop the others; the packages that this needs are an extra,
so the modules that import them are imported inside functions; an address that was named without its kind
is told by what it sends.
"""

from __future__ import annotations

import hashlib
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from etl.run_log import RunLog
from etl.sources.archives import TEXT_SUFFIXES, read_source
from etl.sources.members import damage_of, holds_archive
from etl.sources.pull_config import Config, Limits, Source, is_web_address, load

if TYPE_CHECKING:
    from etl.sources.feed import Written

NEEDED = ("httpx", "feedparser", "markdownify")
_NOT_IN_NAME = re.compile(r"[^A-Za-z0-9.-]+")


class MissingLibrary(RuntimeError):
    """The extra `pull` is not installed; the message says how to install it."""


class CannotFetch(RuntimeError):
    """An address cannot be fetched, or is neither an archive nor a feed of digests."""


@dataclass(frozen=True)
class Outcome:
    """What became of one file: `unchanged`, `new`, `updated`, `resumed`, or `failed` with why."""

    status: str
    name: str
    detail: str = ""


def require_libraries() -> None:
    """Raise MissingLibrary unless the packages of the extra `pull` are there."""
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        raise MissingLibrary(
            f"fetching from the web needs packages that are not installed ({', '.join(missing)}). "
            "In the checkout, run `make install`, or `pip install -e '.[pull]'` "
            "(with uv: `uv pip install -e '.[pull]'`)."
        )


def pull(config: Config, folder: Path, log: RunLog) -> Iterator[Outcome]:
    """Bring `folder` up to date with all sources; what happened goes to `log` as well."""
    require_libraries()
    for source in config.sources:
        for outcome in _pull_source(source, config, folder, log):
            files = log.figures.setdefault("files", [])
            files.append({"name": outcome.name, "status": outcome.status, "detail": outcome.detail})
            yield outcome


def fetch(url: str, folder: Path, limits: Limits | None = None) -> Path:
    """Download an archive or feed into `folder`; returns the archive, or the folder of digests."""
    require_libraries()
    from etl.sources.download import Job, download
    from etl.sources.feed import NoFeed
    from etl.sources.http_get import DownloadFailed

    limits = limits or load().limits
    target = folder / name_of(url)
    check = partial(_problem_of_any, max_bytes=limits.max_bytes("feed"))
    job = Job(url, target, limits.max_bytes("archive"), check)
    try:
        download(job, limits, _Progress(target.name))
    except DownloadFailed as problem:
        kept = (
            f" The file of an earlier download is still there: {target}" if target.exists() else ""
        )
        raise CannotFetch(f"{problem}.{kept}") from problem
    if holds_archive(target):
        return target
    digests = target.with_name(f"{target.name}.digests")
    try:
        written = _write_digests(target, digests, limits)
    except (NoFeed, OSError) as problem:
        raise CannotFetch(f"{problem}.") from problem
    if not written.files:
        raise CannotFetch(
            f"none of the {len(written.no_content)} entries of the feed holds a digest; "
            "they only link to what they announce."
        )
    return digests


def name_of(url: str) -> str:
    """A file name for an address: its host and path, and a hash of a query."""
    parts = urlsplit(url)
    name = _NOT_IN_NAME.sub("-", f"{parts.hostname}{unquote(parts.path)}").strip("-.")
    if len(name) > 100 or parts.query or parts.port:
        key = f"{parts.port}{parts.path}?{parts.query}"
        name = f"{hashlib.sha256(key.encode()).hexdigest()[:8]}-{name[-91:].lstrip('-.')}"
    return name


def _pull_source(source: Source, config: Config, folder: Path, log: RunLog) -> Iterator[Outcome]:
    from etl.sources.download import Job, download
    from etl.sources.feed import NoFeed
    from etl.sources.http_get import DownloadFailed

    limits, target = config.limits, folder / source.file
    max_bytes = limits.max_bytes(source.kind)
    check = (
        damage_of_archive
        if source.kind == "archive"
        else partial(_problem_of_feed, max_bytes=max_bytes)
    )
    try:
        with log.step(source.id):
            job = Job(source.url, target, max_bytes, check, source.sha256)
            status = download(job, limits, _Progress(source.file))
        yield Outcome(status, source.file, f"{target.stat().st_size:,} bytes")
        if source.kind == "feed":
            same = next((s.file for s in config.sources if s.id == source.same_as), "")
            yield from _digests_of_feed(
                source, folder, limits, folder / same if same else None, log
            )
    except (DownloadFailed, NoFeed, OSError) as problem:
        yield Outcome("failed", source.file, str(problem))


def _digests_of_feed(
    source: Source, folder: Path, limits: Limits, archive: Path | None, log: RunLog
) -> Iterator[Outcome]:
    written = _write_digests(folder / source.file, folder / source.id, limits, archive)
    log.notes[f"{source.id}: no content"] = written.no_content
    log.notes[f"{source.id}: in the archive"] = written.in_archive
    for status, path in written.files:
        yield Outcome(status, path.relative_to(folder).as_posix())


def _write_digests(
    feed: Path, digests: Path, limits: Limits, archive: Path | None = None
) -> Written:
    from etl.sources.feed import read_entries, write_entries

    entries = read_entries(feed.read_bytes(), limits.max_bytes("feed"))
    in_archive = cache(partial(_slugs_of, archive))
    return write_entries(entries, digests, int(limits.digest_items), in_archive)


def _slugs_of(archive: Path | None) -> frozenset[str]:
    """The names of the archive's issues, without their folder and suffix."""
    if archive is None or not archive.is_file():
        return frozenset()
    paths = (PurePosixPath(file.path) for file in read_source(str(archive)).files)
    return frozenset(path.stem for path in paths if path.suffix in TEXT_SUFFIXES)


def damage_of_archive(path: Path) -> str | None:
    """Why what came is no whole archive, or None."""
    if not holds_archive(path):
        return "it is no .tar.gz and no .zip"
    return damage_of(path)


def _problem_of_feed(path: Path, max_bytes: int) -> str | None:
    from etl.sources.feed import NoFeed, read_entries

    if path.stat().st_size > max_bytes:
        return f"it is larger than the {max_bytes:,} bytes that a feed may have"
    try:
        read_entries(path.read_bytes(), max_bytes)
    except NoFeed as problem:
        return str(problem)
    return None


def _problem_of_any(path: Path, max_bytes: int) -> str | None:
    if holds_archive(path):
        return damage_of(path)
    problem = _problem_of_feed(path, max_bytes)
    return f"it is no archive, and no feed either: {problem}" if problem else None


class _Progress:
    """Shows how far a download is, in place, on a terminal only."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._last = time.monotonic()
        self._is_terminal = sys.stderr.isatty()

    def __call__(self, done: int, total: int | None) -> None:
        if not self._is_terminal or time.monotonic() - self._last < 0.2:
            return
        self._last = time.monotonic()
        of = f" of {total / 1e6:,.1f}" if total else ""
        print(f"  {self._name}: {done / 1e6:,.1f}{of} MB ", end="\r", file=sys.stderr, flush=True)


def is_address(source: str) -> bool:
    """Whether a source of `trends build` is meant as a web address."""
    return source.lower().startswith(("http://", "https://"))


def local_source(source: str, downloads: Path) -> str:
    """The path that a web address was fetched to; raises CannotFetch."""
    if not is_web_address(source):
        raise CannotFetch("an http or https address with a host is expected.")
    return str(fetch(source, downloads))
