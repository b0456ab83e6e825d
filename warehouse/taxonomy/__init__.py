"""The taxonomy: labs and themes as YAML, and a version that names exactly this state of it.

In: the `.yml` files of this folder. Out: `labs()`, `themes()`, `taxonomy_version()`.
Trap: importing a submodule binds its name on the package, which would replace the functions `labs`
and `themes` by modules; so the submodules are imported first and the functions defined after them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from warehouse.taxonomy.labs import Lab, load_labs
from warehouse.taxonomy.themes import Theme, load_themes

__all__ = ["Lab", "Theme", "labs", "load_labs", "load_themes", "taxonomy_version", "themes"]


def labs() -> tuple[Lab, ...]:
    """Every lab of the packaged taxonomy, in the order of its files."""
    return load_labs()


def themes() -> tuple[Theme, ...]:
    """Every theme of the packaged taxonomy, sorted by id."""
    return load_themes()


@cache
def taxonomy_version() -> str:
    """12 hex digits over the names and contents of all YAML files, sorted by name."""
    digest = hashlib.sha256()
    for name, content in sorted(_yaml_files(files(__name__), "")):
        digest.update(f"{name}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()[:12]


def _yaml_files(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _yaml_files(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".yml"):
            # a checkout with CRLF line ends is the same taxonomy
            yield prefix + entry.name, entry.read_bytes().replace(b"\r\n", b"\n")
