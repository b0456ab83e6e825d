"""Which themes an item is about: weighted phrases of both languages, added up.

In: an item's title and plain text. Out: one `Tag` a theme, with the phrase that speaks most for it.
Traps: a phrase counts once however often it stands there, and more in the title; a long phrase hides
the shorter ones of its own theme that it contains ("memory bandwidth" is no "memory") but never those
of another theme; and an item cut out of a list has no title of its own, yet opens like "Name: text".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from etl.tag.matcher import Match, PhraseMatcher, fold, is_latin_word, lower
from warehouse.model import Tag
from warehouse.taxonomy.themes import Theme, load_themes

MOST = 4  # themes of one item
TITLE = 1.5  # times the weight for a phrase in the title
TELLING = 0.15  # weight that one phrase must have: weak words alone, however many, set no theme
_NONE = (0.0, 0, 0)
_LONGEST_LEAD = 90  # characters before the colon that a title-like opening may have
_LEAD = re.compile(r"(?::|：)(?!//)")

# What one theme reads in a phrase: (theme, start and end within the phrase, entry, weight).
_Reading = tuple[int, int, int, str, float]


class ThemeTagger:
    """Finds themes by the taxonomy it was given; holds no state between items."""

    def __init__(self, themes: Sequence[Theme]) -> None:
        """Build the automaton; every phrase carries what each theme reads in it."""
        self._themes = tuple(themes)
        self._matcher = PhraseMatcher(_readings(self._themes).items())

    def tag(
        self, title: str, text: str, urls: Sequence[str] = (), channel: str | None = None
    ) -> list[Tag]:
        """The themes of the item, ordered by id, `MOST` at most.

        Args:
            title: plain text, may be empty.
            text: plain text.
            urls: the item's addresses; these rules read words only.
            channel: where the item stood in its digest; these rules do not use it.
        """
        whole = f"{title}\n{text}"
        boundary = len(title) or _lead(whole)
        scores, evidence = self._scores(whole, boundary)
        passed = [
            (score, index)
            for index, score in scores.items()
            if score >= self._themes[index].threshold and evidence.get(index, _NONE)[0] >= TELLING
        ]
        if len(passed) > MOST:
            passed.sort(key=lambda p: (-p[0], p[1]))
        tags = []
        for score, index in passed[:MOST]:
            _, start, end = evidence[index]
            tag_score = round(min(score, 1.0), 3)
            tags.append(Tag("theme", self._themes[index].id, whole[start:end], "phrase", tag_score))
        return sorted(tags, key=lambda t: t.id)

    def _scores(
        self, whole: str, boundary: int
    ) -> tuple[dict[int, float], dict[int, tuple[float, int, int]]]:
        """Score by theme, and the strongest phrase of each: weight, start, end."""
        seen: set[tuple[int, str]] = set()
        scores: dict[int, float] = {}
        evidence: dict[int, tuple[float, int, int]] = {}
        for match in self._matcher.find_folded(lower(fold(whole))):
            for theme, start, end, entry, weight in match.payload:
                if (theme, entry) in seen:
                    continue
                seen.add((theme, entry))
                start, end = match.start + start, match.start + end
                if weight > evidence.get(theme, _NONE)[0]:
                    evidence[theme] = (weight, start, end)
                if end <= boundary:
                    weight *= TITLE
                scores[theme] = scores.get(theme, 0.0) + weight
        return scores, evidence


@cache
def theme_tagger() -> ThemeTagger:
    """The tagger of the packaged taxonomy, built once."""
    return ThemeTagger(load_themes())


def spellings(phrase: str) -> tuple[str, ...]:
    """The forms in which a phrase may stand: hyphen or space, plural, space between scripts.

    "vector store" also finds "vector-stores"; "AI 浏览器" also finds "AI浏览器".
    """
    folded = lower(fold(phrase))
    forms = [folded]
    if "-" in folded or " " in folded:
        forms += [folded.replace("-", " "), folded.replace(" ", "-")]
    forms += [_without_script_spaces(form) for form in forms]
    if is_latin_word(folded[-1]) and folded[-1].isalpha() and folded[-1] != "s":
        forms += [form + "s" for form in forms]
    return tuple(dict.fromkeys(forms))


def _without_script_spaces(form: str) -> str:
    return re.sub(r"(?<=[\u2e80-\uffff]) (?=[!-~])|(?<=[!-~]) (?=[\u2e80-\uffff])", "", form)


def _readings(themes: Sequence[Theme]) -> dict[str, tuple[_Reading, ...]]:
    """For every spelling of every phrase, what each theme reads in it.

    The automaton returns the longest phrase only, so the shorter phrases that other themes have
    inside it are looked up here, once, and travel with it.
    """
    matchers = [PhraseMatcher(_entries(theme)) for theme in themes]
    words = {form for theme in themes for form, _ in _entries(theme)}
    return {word: tuple(_each_reading(word, matchers)) for word in words}


def _entries(theme: Theme) -> Iterator[tuple[str, tuple[str, float]]]:
    forms: dict[str, tuple[str, float]] = {}
    for phrase in theme.phrases:
        for form in spellings(phrase.words):
            forms.setdefault(form, (phrase.words, phrase.weight))
    for phrase in theme.phrases:  # a form that is written out is meant as written
        forms[lower(fold(phrase.words))] = (phrase.words, phrase.weight)
    for words in theme.not_phrases:
        for form in spellings(words):
            forms[form] = (words, 0.0)
    yield from forms.items()


def _each_reading(word: str, matchers: Sequence[PhraseMatcher]) -> Iterator[_Reading]:
    for theme, matcher in enumerate(matchers):
        found: Match
        for found in matcher.find_folded(word):
            entry, weight = found.payload
            if weight:
                yield theme, found.start, found.end, entry, weight


def _lead(whole: str) -> int:
    """Where the title-like opening of a text without title ends; 0 if it has none."""
    match = _LEAD.search(whole, 0, _LONGEST_LEAD)
    return match.start() if match else 0
