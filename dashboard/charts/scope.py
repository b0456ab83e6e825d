"""What was counted, as the reader chose it: the subtitle of every chart.

In: days, channels, languages, n. Out: one sentence. Trap: empty tuples mean all, not none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.texts import Texts

Row = Mapping[Any, Any]  # a row of an answer


def of_digests(say: Texts, items: int, digests: int) -> str:
    """`n = 797 items of 14 digests`: items of one digest are not independent, so both are said."""
    if not digests:
        return say("scope.n_items", n=say.number(items))
    key = "scope.n_one" if digests == 1 else "scope.n"
    return say(key, n=say.number(items), digests=say.number(digests))


@dataclass(frozen=True)
class Scope:
    """What was counted, as the reader chose it; empty tuples mean all."""

    first: date
    last: date
    items_total: int
    channels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    digests_total: int = 0  # 0: not known

    def sentence(self, say: Texts, counted: str = "") -> str:
        """`Labs by share… · 3 Jan 2025 – 7 Mar 2026 · all channels · n = 12,345 items of 310 digests`."""
        n = of_digests(say, self.items_total, self.digests_total)
        parts = [counted, say.span(self.first, self.last), *self.parts(say), n]
        return " · ".join(part for part in parts if part)

    def parts(self, say: Texts) -> list[str]:
        """Channels and languages."""
        parts = [self._channels(say)]
        if self.languages:
            parts.append(say("join").join(say.code("language", x) for x in self.languages))
        return parts

    def _channels(self, say: Texts) -> str:
        if not self.channels:
            return say("scope.all_channels")
        return say("join").join(say.code("channel", x) for x in self.channels)
