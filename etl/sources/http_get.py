"""One polite HTTP request: redirects, answers that ask for patience, limits of time.

In: an address, headers, `Limits`. Out: an open `httpx.Response`, or `DownloadFailed` with one sentence.
Traps: a redirect may lead from https to http, to another scheme, or in circles; a server may drip one
byte a minute, which no time-out between two bytes sees; `Retry-After` may be a date, or a week away;
httpx would unpack a body by itself, and so past every limit, so the raw bytes are read.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TypeVar
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx

from etl.sources.pull_config import Limits, is_web_address

T = TypeVar("T")
_REDIRECTS = (301, 302, 303, 307, 308)
_EXPECTED = (200, 206, 304, 416)
_TRY_AGAIN = (429, 500, 502, 503, 504)
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class DownloadFailed(RuntimeError):
    """The download failed for good; what was there before is still there."""


class TryAgain(DownloadFailed):
    """The download failed for now; `wait` is what the server asks for, in seconds."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        """None: wait as long as the number of tries suggests."""
        super().__init__(message)
        self.wait = wait


class Deadline:
    """The time by which all tries must be over."""

    def __init__(self, seconds: float) -> None:
        """The clock runs from now."""
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds that are left; raises DownloadFailed when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise DownloadFailed(f"not done after {self.seconds:g} seconds")
        return left


def new_client(limits: Limits) -> httpx.Client:
    """A client that follows no redirect by itself and asks for unpacked bodies."""
    try:
        number = version("ainews-trends")
    except PackageNotFoundError:
        number = "0"
    headers = {"User-Agent": f"ainews-trends/{number}", "Accept-Encoding": "identity"}
    timeout = httpx.Timeout(limits.read_seconds, connect=limits.connect_seconds)
    return httpx.Client(headers=headers, timeout=timeout, follow_redirects=False)


@contextmanager
def get(
    client: httpx.Client, url: str, headers: dict[str, str], limits: Limits, deadline: Deadline
) -> Iterator[httpx.Response]:
    """The first answer that is no redirect: 200, 206, 304 or 416; all others raise."""
    for _ in range(int(limits.redirects) + 1):
        seconds = min(limits.read_seconds, deadline.left())
        timeout = httpx.Timeout(seconds, connect=min(limits.connect_seconds, seconds))
        try:
            with client.stream("GET", url, headers=headers, timeout=timeout) as response:
                if response.status_code not in _REDIRECTS:
                    _check_status(response)
                    yield response
                    return
                url = next_address(url, response.headers.get("location", ""))
        except httpx.TimeoutException as error:
            raise TryAgain(f"no answer within {seconds:g} seconds") from error
        except httpx.TransportError as error:
            raise TryAgain(f"the connection broke: {error or type(error).__name__}") from error
        except httpx.InvalidURL as error:
            raise DownloadFailed(f"no address that can be asked: {error}") from error
    raise DownloadFailed(f"more than {limits.redirects:g} redirects, the last one to {shown(url)}")


def next_address(url: str, location: str) -> str:
    """Where a redirect leads; raises DownloadFailed where it must not be followed."""
    try:
        target = urljoin(url, location) if location else ""
    except ValueError:
        target = ""
    if not is_web_address(target):
        raise DownloadFailed(f"a redirect leads to no http(s) address: {location[:200]!r}")
    old, new = urlsplit(url), urlsplit(target)
    if old.scheme == "https" and new.scheme == "http" and new.hostname not in _LOOPBACK:
        raise DownloadFailed(f"a redirect leads from https to http: {shown(target)}")
    return target


def with_retries(attempt: Callable[[], T], limits: Limits, deadline: Deadline) -> T:
    """Call `attempt` until it succeeds, at most `tries` times, with growing waits between."""
    number = 1
    while True:
        try:
            return attempt()
        except TryAgain as problem:
            backoff = limits.backoff_seconds * 2.0 ** (number - 1)
            wait = (
                min(backoff, limits.longest_wait_seconds) if problem.wait is None else problem.wait
            )
            if wait > limits.longest_wait_seconds:
                raise DownloadFailed(f"{problem}; try again in {wait:,.0f} seconds") from problem
            if number >= limits.tries:
                raise DownloadFailed(f"{problem} (tried {number} times)") from problem
            if wait >= deadline.left():
                raise DownloadFailed(f"{problem}, and the time is up") from problem
            time.sleep(wait)
        number += 1


def shown(url: str) -> str:
    """The address without a user's name and password, for messages and files."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _check_status(response: httpx.Response) -> None:
    code = response.status_code
    if code in _EXPECTED:
        return
    said = f"the server answers {code} {response.reason_phrase}".rstrip()
    if code in _TRY_AGAIN:
        raise TryAgain(said, retry_after(response.headers.get("retry-after", "")))
    raise DownloadFailed(said)


def retry_after(value: str) -> float | None:
    """Seconds of a Retry-After header: a number, or a date; None when it is neither."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max((moment - datetime.now(UTC)).total_seconds(), 0.0)
