"""Which code made the data.

In: the installed package. Out: `code_version()`. Trap: a changed rule with an unchanged version number
would leave old tags beside new ones, so the version carries a hash of the code and of the taxonomy.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

_CODE = (".py", ".sql", ".yml")
_DATA = (".npy", ".json", ".txt")  # the theme model and word lists: bytes as they are


@cache
def code_version() -> str:
    """`<package version>+<8 hex over all code, SQL, YAML and models of etl and warehouse>`."""
    digest = hashlib.sha256()
    for package in ("etl", "warehouse"):
        for name, data in sorted(_walk(files(package), package)):
            text = name.endswith(_CODE)
            digest.update(name.encode() + b"\0")
            digest.update(data.replace(b"\r\n", b"\n") if text else data)
    try:
        number = version("ainews-trends")
    except PackageNotFoundError:
        number = "0"
    return f"{number}+{digest.hexdigest()[:8]}"


def _walk(root: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    out = []
    for entry in root.iterdir():
        if entry.is_dir() and entry.name != "__pycache__":
            out += _walk(entry, f"{prefix}/{entry.name}")
        elif entry.name.endswith((*_CODE, *_DATA)):
            out.append((f"{prefix}/{entry.name}", entry.read_bytes()))
    return out
