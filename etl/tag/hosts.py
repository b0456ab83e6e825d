"""Take an address apart: whose page it may be, from the narrowest place to the widest.

In: an address as written. Out: host and path, or the places above it. Trap: an address may have
thousands of parts, so only the first few are looked at; `www.` and `m.` name no other site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_DEPTH = 5  # no known place has more parts than this, while an address may have thousands


def host_and_path(url: str) -> tuple[str, str]:
    """Lower-case host and path: https://www.A.com/b/?c → ("a.com", "b")."""
    address = re.split(r"[?#]", url.partition("://")[2].lower(), maxsplit=1)[0]
    host, _, path = address.partition("/")
    host = host.rpartition("@")[2].partition(":")[0].removeprefix("www.").removeprefix("m.")
    return host, path.rstrip("/")


def wider(host: str) -> Iterator[str]:
    """a.b.c → a.b.c, b.c"""
    parts = host.split(".")[-_DEPTH:]
    for first in range(len(parts) - 1):
        yield ".".join(parts[first:])


def shorter(address: str) -> Iterator[str]:
    """a/b/c → a/b/c, a/b, a"""
    parts = address.split("/")[:_DEPTH]
    for last in range(len(parts), 0, -1):
        yield "/".join(parts[:last])
