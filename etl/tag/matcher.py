"""Find many phrases in a text at once: the one automaton behind lab and theme tagging.

In: phrases with a payload. Out: matches, longest first-come, never overlapping.
Traps: Latin words need borders (`o1` must not match in `pro100`), Chinese ones have none; lower-casing
must not change the length of the text, or offsets point at the wrong words; full-width letters
(ＧＰＴ) are the same letters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import ahocorasick

_WIDTH = {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x00A0: 0x20}
_DASHES = dict.fromkeys(map(ord, "‐‑‒–−"), "-")
_QUOTES = {ord("’"): "'", ord("‘"): "'"}
_FOLD = _WIDTH | _DASHES | _QUOTES


@dataclass(frozen=True)
class Match:
    """A phrase found at text[start:end]."""

    start: int
    end: int
    payload: Any


def fold(text: str) -> str:
    """Full-width to half-width, dashes and apostrophes to one form; same length as `text`."""
    return text.translate(_FOLD)


def lower(text: str) -> str:
    """Lower-case without changing the length (`İ`.lower() has two characters)."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def is_latin_word(char: str) -> bool:
    """Whether a border is needed beside `char`: letters and digits of alphabetic scripts, not CJK."""
    return char.isalnum() and ord(char) < 0x2E80


class PhraseMatcher:
    """An Aho–Corasick automaton over phrases; matching is case-blind, payloads decide on case."""

    def __init__(self, phrases: Iterable[tuple[str, Any]]) -> None:
        """Several payloads may share a phrase; each is returned as a match of its own."""
        self._automaton = ahocorasick.Automaton()
        grouped: dict[str, list[Any]] = {}
        for phrase, payload in phrases:
            grouped.setdefault(lower(fold(phrase)), []).append(payload)
        for phrase, payloads in grouped.items():
            self._automaton.add_word(phrase, (len(phrase), tuple(payloads)))
        self._empty = not grouped
        if grouped:
            self._automaton.make_automaton()

    def find(self, text: str) -> list[Match]:
        """All longest non-overlapping phrases of `text`, left to right.

        Of two overlapping phrases the longer wins, then the earlier.
        """
        if self._empty or not text:
            return []
        folded = lower(fold(text))
        hits = []
        for last, (length, payloads) in self._automaton.iter(folded):
            start, end = last - length + 1, last + 1
            if self._has_borders(folded, start, end):
                hits.append((start, end, payloads))
        return [Match(s, e, p) for s, e, ps in _longest(hits) for p in ps]

    @staticmethod
    def _has_borders(text: str, start: int, end: int) -> bool:
        if start > 0 and is_latin_word(text[start]) and is_latin_word(text[start - 1]):
            return False
        return not (end < len(text) and is_latin_word(text[end - 1]) and is_latin_word(text[end]))


def _longest(hits: list[tuple[int, int, tuple[Any, ...]]]) -> list[tuple[int, int, tuple[Any, ...]]]:
    hits.sort(key=lambda h: (h[0] - h[1], h[0]))
    taken: list[tuple[int, int, tuple[Any, ...]]] = []
    covered: set[int] = set()
    for start, end, payloads in hits:
        if covered.isdisjoint(range(start, end)):
            covered.update(range(start, end))
            taken.append((start, end, payloads))
    taken.sort()
    return taken
