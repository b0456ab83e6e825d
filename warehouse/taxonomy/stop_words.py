"""Words that say nothing about a burst.

In: `stop_words.yml`. Out: the words. Trap: YAML reads `on` and `no` of a list as true and false, so the
file holds one text.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml


@cache
def stop_words() -> tuple[str, ...]:
    """The words, sorted."""
    text = (files("warehouse") / "taxonomy" / "stop_words.yml").read_text("utf-8")
    return tuple(sorted(set(yaml.safe_load(text)["stop_words"].split())))
