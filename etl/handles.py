"""The accounts that an item names or points to.

In: its text and addresses. Out: handles, lower-case, sorted. Traps: an e-mail address is no handle, and
the path of a post on X names its author whatever the host (`i` stands for no one).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from etl.canonical import X_HOSTS

_NAMED = re.compile(r"(?<![\w@./])@([A-Za-z0-9_]{2,30})(?![\w@])")
_AUTHOR = re.compile(r"^/([A-Za-z0-9_]{2,30})/status(?:es)?/\d")


def handles(text: str, urls: Sequence[str]) -> list[str]:
    """`@name` in the text and authors of posts among the addresses."""
    found = {name.lower() for name in _NAMED.findall(text)} if "@" in text else set()
    for url in urls:
        if "/status" in url and (author := _author(url)):
            found.add(author)
    return sorted(found)


def _author(url: str) -> str | None:
    try:
        parts = urlsplit(url)
    except ValueError:  # an address that breaks off
        return None
    host = (parts.hostname or "").removeprefix("www.")
    match = _AUTHOR.match(parts.path) if host in X_HOSTS else None
    return match[1].lower() if match else None
