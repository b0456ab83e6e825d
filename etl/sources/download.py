"""One address → one file: only if it changed, resumed where it broke off, replaced as a whole.

In: an address, where the file belongs, limits, a function that checks what came. Out: `unchanged`,
`new`, `updated` or `resumed`; beside the file its `<file>.json` (url, etag, last_modified, sha256, size).
Traps: until all is checked the bytes stand in `<file>.part`, so a good file outlives every failure; the
rest of a `.part` is only asked for with a validator (`.part.json`), and a server that changed its file or
ignores the range sends it whole: then it starts afresh; lengths may be missing or lie; a `304` counts
only for a file that still has the hash it had.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from etl.sources.http_get import (
    Deadline,
    DownloadFailed,
    TryAgain,
    get,
    new_client,
    shown,
    with_retries,
)
from etl.sources.pull_config import Limits

_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")
Check = Callable[[Path], str | None]
Tell = Callable[[int, int | None], None]


@dataclass(frozen=True)
class Job:
    """What to download; `check` says why a complete file cannot be used, or None."""

    url: str
    target: Path
    max_bytes: int
    check: Check
    sha256: str = ""

    @property
    def part(self) -> Path:
        """Where the bytes stand until all is checked."""
        return self.target.with_name(f"{self.target.name}.part")

    @property
    def sidecar(self) -> Path:
        """What is known of the good file."""
        return self.target.with_name(f"{self.target.name}.json")

    @property
    def part_sidecar(self) -> Path:
        """What is known of the file that `part` is the beginning of."""
        return self.part.with_name(f"{self.part.name}.json")


def download(job: Job, limits: Limits, tell: Tell = lambda done, total: None) -> str:
    """Fetch what changed; raises DownloadFailed, and then the old file is as it was."""
    deadline = Deadline(limits.total_seconds)
    try:
        job.target.parent.mkdir(parents=True, exist_ok=True)
        with new_client(limits) as client:
            run = _Run(job, limits, deadline, client, tell)
            return with_retries(run.attempt, limits, deadline)
    except OSError as error:
        raise DownloadFailed(f"{job.target.name} cannot be written: {error.strerror}") from error


class _Run:
    """One download with all its tries."""

    def __init__(
        self, job: Job, limits: Limits, deadline: Deadline, client: httpx.Client, tell: Tell
    ) -> None:
        self.job, self.limits, self.deadline = job, limits, deadline
        self.client, self.tell = client, tell

    def attempt(self) -> str:
        """One try; raises TryAgain when another one may help."""
        known, headers = self._known(), {}
        if known.get("etag"):
            headers["If-None-Match"] = known["etag"]
        if known.get("last_modified"):
            headers["If-Modified-Since"] = known["last_modified"]
        is_conditional = bool(headers)
        begun = self._begun()
        validator = begun.get("etag") or begun.get("last_modified")
        offset = self.job.part.stat().st_size if validator else 0
        if offset:
            headers |= {"Range": f"bytes={offset}-", "If-Range": validator}
        with get(self.client, self.job.url, headers, self.limits, self.deadline) as response:
            code = response.status_code
            if code == 304 and is_conditional:
                self._drop_part()
                return "unchanged"
            if code == 416 or (code == 206 and not _continues(response, offset, begun)):
                self._drop_part()
                raise TryAgain("the server sent another part than the one asked for", 0)
            if code == 304:
                raise DownloadFailed("the server answers 304, though nothing was asked")
            offset = offset if code == 206 else 0
            self._receive(response, offset)
        return self._finish(response, offset > 0)

    def _known(self) -> dict[str, Any]:
        """The sidecar, if the file is still the one that it describes."""
        known = _read_json(self.job.sidecar)
        if known.get("url") != shown(self.job.url) or not self.job.target.is_file():
            return {}
        if known.get("sha256") != _sha256(self.job.target):
            return {}
        wanted = self.job.sha256.lower()
        return known if wanted in ("", known["sha256"]) else {}

    def _begun(self) -> dict[str, Any]:
        """What the `.part` is the beginning of, if it can be continued."""
        begun = _read_json(self.job.part_sidecar)
        if begun.get("url") == shown(self.job.url) and self.job.part.is_file():
            return begun
        self._drop_part()
        return {}

    def _receive(self, response: httpx.Response, offset: int) -> None:
        total = _declared(response, offset)
        self._check_size(total or 0)
        if offset == 0:
            strong = {"url": shown(self.job.url), **_validators(response, is_strong=True)}
            self._drop_part()
            _write_json(self.job.part_sidecar, strong)
        done = offset
        with self.job.part.open("ab" if offset else "wb") as file:
            for chunk in response.iter_raw():
                done += len(chunk)
                self._check_size(done)
                self.deadline.left()
                file.write(chunk)
                self.tell(done, total)
            file.flush()
            os.fsync(file.fileno())
        if total is not None and done != total:
            raise TryAgain(f"{done:,} of {total:,} bytes came")

    def _check_size(self, size: int) -> None:
        if size > self.job.max_bytes:
            self._drop_part()
            raise DownloadFailed(f"larger than the limit of {self.job.max_bytes:,} bytes")

    def _finish(self, response: httpx.Response, is_resumed: bool) -> str:
        job = self.job
        sha256, size = _sha256(job.part), job.part.stat().st_size
        problem = job.check(job.part)
        if job.sha256 and sha256 != job.sha256.lower():
            problem = f"its SHA-256 is {sha256}, not the one of the configuration"
        if problem:
            self._drop_part()
            if is_resumed:  # the two halves may belong to different files
                raise TryAgain(f"what came cannot be used: {problem}", 0)
            raise DownloadFailed(f"what came cannot be used: {problem}")
        status = "resumed" if is_resumed else "updated" if job.target.exists() else "new"
        if job.target.is_file() and _sha256(job.target) == sha256:
            status = "unchanged"
        else:
            job.part.replace(job.target)
        self._drop_part()
        found = {"url": shown(job.url), **_validators(response), "sha256": sha256, "size": size}
        _write_json(job.sidecar, found)
        return status

    def _drop_part(self) -> None:
        self.job.part.unlink(missing_ok=True)
        self.job.part_sidecar.unlink(missing_ok=True)


def _continues(response: httpx.Response, offset: int, begun: dict[str, Any]) -> bool:
    """Whether a 206 holds the bytes from `offset` on, of the same file."""
    match = _RANGE.fullmatch(response.headers.get("content-range", "").strip())
    if not offset or match is None or int(match[1]) != offset:
        return False
    etag = _validators(response, is_strong=True).get("etag")
    return not etag or not begun.get("etag") or etag == begun["etag"]


def _declared(response: httpx.Response, offset: int) -> int | None:
    """The size of the whole file as the server states it."""
    match = _RANGE.fullmatch(response.headers.get("content-range", "").strip())
    if offset and match and match[3].isdigit():
        return int(match[3])
    length = response.headers.get("content-length", "")
    return offset + int(length) if length.isascii() and length.isdigit() else None


def _validators(response: httpx.Response, is_strong: bool = False) -> dict[str, str]:
    """ETag and Last-Modified; a weak ETag does not tell that bytes are the same."""
    etag = response.headers.get("etag", "")
    found = {"etag": "" if is_strong and etag.startswith("W/") else etag}
    found["last_modified"] = response.headers.get("last-modified", "")
    return {name: value for name, value in found.items() if value}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write_json(path: Path, found: dict[str, Any]) -> None:
    """Whole or not at all, like the file that it stands beside."""
    new = path.with_name(f"{path.name}.new")
    new.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    new.replace(path)
