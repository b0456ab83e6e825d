"""What of an opened link was not followed: values that the data do not know, keys that the page has not.

In: keys and values of the address. Out: those to tell the reader. Traps: which keys a page has is known
only once it was drawn; and who passes a link on may put something behind it, such as `utm_source`, which is
no mistake of the reader's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

# Streamlit hides its own, `embed` and `embed_options`, by itself.
_OF_OTHERS = re.compile(r"utm_\w+|fbclid|gclid|msclkid|mc_[ce]id")


@dataclass
class LeftOut:
    """`values` and `keys` are what to tell, as (key, value); `asked` is not yet looked through."""

    asked: dict[str, list[str]] = field(default_factory=dict)
    values: list[tuple[str, str]] = field(default_factory=list)
    keys: list[tuple[str, str]] = field(default_factory=list)

    def drop(self, key: str, values: Iterable[str]) -> None:
        """Values of a key that the page has."""
        self.values.extend((key, value) for value in values if value)

    def look_through(self, known: Collection[str]) -> None:
        """The page is drawn, and these are its keys."""
        for key, values in self.asked.items():
            if key not in known and not _OF_OTHERS.fullmatch(key):
                self.keys.extend((key, value) for value in values)
        self.asked = {}

    def forget(self) -> None:
        """The reader has gone on."""
        self.asked, self.values, self.keys = {}, [], []
