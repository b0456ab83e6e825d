"""What the taxonomy's phrases say about an item: a score a theme, and the phrase that says most.

In: an item's folded text. Out: `RuleScores`, which the theme model weighs together with the words.
Traps: a phrase counts once however often it stands there, and more in the title; a long phrase hides
the shorter ones of its own theme that it contains ("memory bandwidth" is no "memory") but never those
of another theme; and an item cut out of a list has no title of its own, yet opens like "Name: text".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any

from etl.tag.matcher import Hit, PhraseMatcher, fold, is_latin_word, longest, lower
from warehouse.taxonomy.themes import Theme, load_themes

TITLE = 1.5  # times the weight for a phrase in the title
_ROUNDING = 1e-9  # 0.1 + 0.2 + 0.2 reaches 0.5
_TELLING = 0.15  # weight that one phrase must have: weak words alone, however many, set no theme
_LONGEST_LEAD = 90  # characters before the colon that a title-like opening may have
_LEAD = re.compile(r"[:：](?!//)")

# What one theme reads in a phrase: theme, entry (an id of its own), weight, start and end within it.
_Reading = tuple[int, int, float, int, int]


@dataclass(frozen=True)
class RuleScores:
    """What the phrases found in one item say; themes by their place in `ThemeRules.ids`."""

    by_theme: list[float]  # sum of the weights; below 0: the item is about something else
    matches: Sequence[tuple[int, int, Any]]  # start, end, readings of each phrase

    def strongest(self, theme: int) -> tuple[float, int, int]:
        """Weight, start and end of the phrase that speaks most for a theme, the first of equals."""
        best = (0.0, 0, 0)
        for begin, _, readings in self.matches:
            for reading, _, weight, start, end in readings:
                if reading == theme and weight > best[0]:
                    best = (weight, begin + start, begin + end)
        return best


class ThemeRules:
    """The phrases of a taxonomy in one automaton; holds no state between items."""

    def __init__(self, themes: Sequence[Theme]) -> None:
        """Build the automaton over every spelling of every phrase."""
        self.ids = [theme.id for theme in themes]
        self._thresholds = [theme.threshold - _ROUNDING for theme in themes]
        self._matcher = _matcher_of(themes)
        self._readings = _Readings(self._matcher)

    def scores(self, folded: str, title_end: int) -> RuleScores:
        """Scores of a folded text (title, line end, text) whose title ends at `title_end`."""
        hits = self._matcher.hits(folded)
        matches = [
            (start, end, self._readings[folded[start:end]]) for start, end, _ in longest(hits)
        ]
        boundary = title_end or _lead(folded)
        scores = [0.0] * len(self.ids)
        seen: set[int] = set()
        for _, end, readings in matches:
            factor = TITLE if end <= boundary else 1.0
            for theme, entry, weight, _, _ in readings:
                if entry not in seen:
                    seen.add(entry)
                    scores[theme] += weight * factor
        return RuleScores(scores, matches)

    def alone(self, scores: RuleScores) -> list[str]:
        """The themes that the phrases alone would set: what the test sentences of the YAML ask."""
        return [
            self.ids[theme]
            for theme, threshold in enumerate(self._thresholds)
            if scores.by_theme[theme] >= threshold and scores.strongest(theme)[0] >= _TELLING
        ]


@cache
def theme_rules() -> ThemeRules:
    """The rules of the packaged taxonomy, built once."""
    return ThemeRules(load_themes())


def spellings(phrase: str) -> tuple[str, ...]:
    """The forms in which a phrase may stand: hyphen or space, plural, space between scripts.

    "vector store" also finds "vector-stores"; "AI 浏览器" also finds "AI浏览器".
    """
    folded = lower(fold(phrase))
    forms = [folded]
    if "-" in folded or " " in folded:
        forms += [folded.replace("-", " "), folded.replace(" ", "-")]
    if not folded.isascii():
        forms += [_without_script_spaces(form) for form in forms]
    if is_latin_word(folded[-1]) and folded[-1].isalpha() and folded[-1] != "s":
        forms += [form + "s" for form in forms]
    return tuple(dict.fromkeys(forms))


def _without_script_spaces(form: str) -> str:
    return re.sub(r"(?<=[\u2e80-\uffff]) (?=[!-~])|(?<=[!-~]) (?=[\u2e80-\uffff])", "", form)


def _matcher_of(themes: Sequence[Theme]) -> PhraseMatcher:
    """Every spelling with (theme, entry, weight) of each theme that has it."""
    number = count()
    return PhraseMatcher(
        (word, (index, entry, weight))
        for index, theme in enumerate(themes)
        for word, (entry, weight) in dict(_entries(theme, number)).items()
    )


class _Readings(dict[str, tuple[_Reading, ...]]):
    """What each theme reads in a word of the automaton, found out when the word is first met.

    Of words that overlap the longest is taken, so the shorter ones that other themes have inside it
    are looked up here. Most of 40,000 spellings never occur: a day's digest meets a few hundred.
    """

    def __init__(self, matcher: PhraseMatcher) -> None:
        super().__init__()
        self._matcher = matcher

    def __missing__(self, word: str) -> tuple[_Reading, ...]:
        found = self[word] = tuple(_each_reading(word, self._matcher))
        return found


def _entries(theme: Theme, number: Iterator[int]) -> Iterator[tuple[str, tuple[int, float]]]:
    """Every spelling with its entry and weight; a spelling that is written out goes first."""
    phrases = [(p.words, next(number), p.weight) for p in theme.phrases]
    cancelling = [(words, next(number), 0.0) for words in theme.not_phrases]
    written = {lower(fold(words)) for words, _, _ in phrases}
    for words, entry, weight in (*phrases, *cancelling):
        for form in spellings(words):
            if form not in written or form == lower(fold(words)):
                yield form, (entry, weight)


def _each_reading(word: str, matcher: PhraseMatcher) -> Iterator[_Reading]:
    """Within one theme a long phrase hides the shorter ones in it; another theme still reads those."""
    of_theme: dict[int, list[Hit]] = {}
    for start, end, payloads in matcher.hits(word):
        for theme, entry, weight in payloads:
            of_theme.setdefault(theme, []).append((start, end, (entry, weight)))
    for theme in sorted(of_theme):
        mine = of_theme[theme]
        for start, end, (entry, weight) in longest(mine) if len(mine) > 1 else mine:
            if weight:
                yield theme, entry, weight, start, end


def _lead(whole: str) -> int:
    """Where the title-like opening of a text without title ends; 0 if it has none."""
    match = _LEAD.search(whole, 0, _LONGEST_LEAD)
    return match.start() if match else 0
