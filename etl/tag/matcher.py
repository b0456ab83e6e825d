"""Find many phrases in a text at once: the one automaton behind lab and theme tagging.

In: phrases with a payload. Out: matches, longest first-come, never overlapping.
Traps: Latin words need borders (`o1` must not match in `pro100`), Chinese ones have none; lower-casing
must not change the length of the text, or offsets point at the wrong words; full-width letters
(ＧＰＴ) are the same letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import ahocorasick

_WIDTH = {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x00A0: 0x20}
_DASHES = dict.fromkeys(map(ord, "‐‑‒–−"), "-")
_QUOTES = {ord("’"): "'", ord("‘"): "'"}
_FOLD = _WIDTH | _DASHES | _QUOTES
VERSIONED, OPEN = "#", "*"


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found at text[start:end]."""

    start: int
    end: int
    payload: Any


def fold(text: str) -> str:
    """Full-width to half-width, dashes and apostrophes to one form; same length as `text`."""
    return text if text.isascii() else text.translate(_FOLD)


def lower(text: str) -> str:
    """Lower-case without changing the length (`İ`.lower() has two characters)."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def is_latin_word(char: str) -> bool:
    """Whether a border is needed beside `char`: letters and digits of alphabetic scripts, not CJK."""
    return char.isalnum() and ord(char) < 0x2E80


class _Latin(dict[str, bool]):
    """`is_latin_word` by character, remembered: it is asked for both ends of every hit."""

    def __missing__(self, char: str) -> bool:
        answer = self[char] = is_latin_word(char)
        return answer


_LATIN = _Latin()

Hit = tuple[int, int, tuple[Any, ...]]  # start, end, payloads


class PhraseMatcher:
    """An Aho–Corasick automaton over phrases; matching is case-blind, payloads decide on case."""

    def __init__(self, phrases: Iterable[tuple[str, Any]], marks: bool = False) -> None:
        """Several payloads may share a phrase; each is returned as a match of its own.

        With `marks`, the last character of a phrase may say what can touch it. `GPT#`: what belongs
        to the name of a model or chip, that is a version behind it (GPT4, Qwen2.5, Llamav2), a plural
        s (H100s), or a number of pieces before it (8xH100); P40 is not in P402. `Qwen*`: that or any
        letters behind it (QwenLong).
        """
        self._automaton = ahocorasick.Automaton()
        grouped: dict[str, list[tuple[str, Any]]] = {}
        for phrase, payload in phrases:
            mark = phrase[-1:] if marks and phrase.endswith((VERSIONED, OPEN)) else ""
            word = lower(fold(phrase.removesuffix(mark)))
            grouped.setdefault(word, []).append((mark, payload))
        for word, marked in grouped.items():
            loose = tuple((mark, payload) for mark, payload in marked if mark)
            needs_border = bool(word) and (_LATIN[word[0]], _LATIN[word[-1]])
            self._automaton.add_word(
                word, (len(word), needs_border, tuple(p for _, p in marked), loose)
            )
        self._empty = not grouped
        if grouped:
            self._automaton.make_automaton()

    def find(self, text: str) -> list[Match]:
        """All longest non-overlapping phrases of `text`, left to right.

        Of two overlapping phrases the longer wins, then the earlier.
        """
        return self.find_folded(lower(fold(text)))

    def find_folded(self, folded: str) -> list[Match]:
        """`find` for a caller that has folded and lower-cased the text already."""
        return [Match(*found) for found in self.found(folded)]

    def found(self, folded: str) -> Iterator[tuple[int, int, Any]]:
        """`find_folded` as plain (start, end, payload), for a caller in a hurry."""
        hits = self.hits(folded)
        if len(hits) > 1:
            hits = longest(hits)
        for start, end, payloads in hits:
            for payload in payloads:
                yield start, end, payload

    def hits(self, folded: str) -> list[Hit]:
        """Every phrase of the folded text with its borders right, also those within longer ones."""
        if self._empty or not folded:
            return []
        hits: list[Hit] = []
        size, latin = len(folded), _LATIN
        for last, (length, (left, right), payloads, loose) in self._automaton.iter(folded):
            start, end = last - length + 1, last + 1
            if not (left and start and latin[folded[start - 1]]) and not (
                right and end < size and latin[folded[end]]
            ):
                hits.append((start, end, payloads))
            elif loose and _may_touch_left(folded, start):
                touching = tuple(p for mark, p in loose if _may_touch_right(folded, end, mark))
                if touching:
                    hits.append((start, end, touching))
        return hits


def _may_touch_left(text: str, start: int) -> bool:
    if start == 0 or not is_latin_word(text[start - 1]):
        return True
    return start > 1 and text[start - 1] == "x" and text[start - 2].isdigit()


def _may_touch_right(text: str, end: int, mark: str) -> bool:
    rest = text[end : end + 2]
    if mark == OPEN or not rest or not is_latin_word(rest[0]):
        return True
    if rest[0].isdigit():
        return not text[end - 1].isdigit()
    if rest[0] == "v":
        return rest[1:].isdigit()
    return rest[0] == "s" and not is_latin_word(rest[1:] or " ")


def longest(hits: list[Hit]) -> list[Hit]:
    """The hits without overlaps, left to right: of two that overlap the longer, then the earlier."""
    hits.sort(key=lambda h: (h[0] - h[1], h[0]))
    taken: list[Hit] = []
    covered = 0  # one bit a character: testing a span is one operation however long the text
    for hit in hits:
        span = ((1 << (hit[1] - hit[0])) - 1) << hit[0]
        if not covered & span:
            covered |= span
            taken.append(hit)
    taken.sort(key=lambda h: h[0])
    return taken
