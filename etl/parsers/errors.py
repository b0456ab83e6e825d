"""The one exception that a parser raises.

In: nothing. Out: `Unreadable`, which the build turns into a row of the quarantine.
Trap: it is for a whole file only; a single bad item is a `Refusal` beside the good ones.
"""

from __future__ import annotations


class Unreadable(Exception):
    """Nothing at all can be read from a file: why, where, and a short excerpt of it."""

    def __init__(self, reason: str, location: str = "whole file", detail: str = "") -> None:
        """`reason` is a code of `reasons.yml`; `detail` is cut to 200 characters."""
        self.reason = reason
        self.location = location
        self.detail = detail[:200]
        super().__init__(f"{reason} ({location}): {self.detail}" if detail else reason)
