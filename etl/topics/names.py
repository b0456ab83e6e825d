"""A name for a topic, in English and in Chinese, and the items that prove it.

In: the typical items of a topic, and how common each phrase is in general. Out: a `Name`.
Method: class-based TF-IDF as p·log(p/q) over phrases (p: share of the topic's items with the phrase, q: of
all topics'), which favours what many items of the topic and few others have.
Traps: "stable" and "diffusion" are one name, so a word gives way to the phrase that most of its items
have; two phrases of one label must not say the same; of a phrase's spellings the commonest is shown.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from etl.topics.phrases import phrases

TERMS = 10
_IN_LABEL = 3
_LEAST_SHARE = 0.04  # of the topic's items, or it is no name of it
_GIVES_WAY = 0.5  # a phrase gives way to a longer one that has this share of its items
_ENOUGH = 10  # English items to name a topic by
_STRONG = 0.2  # a further phrase of a label must be this strong, compared with the first


@dataclass(frozen=True)
class Text:
    """An item as names need it."""

    language: str
    title: str | None
    text: str | None


@dataclass
class Usual:
    """How common phrases are: by language, items looked at and items by phrase."""

    items: Counter[str] = field(default_factory=Counter)
    phrases: dict[str, Counter[str]] = field(
        default_factory=lambda: {"en": Counter(), "zh": Counter()}
    )

    def add(self, counted: Mapping[str, Counted]) -> None:
        """Count the items of one topic."""
        for language, topic in counted.items():
            self.items[language] += topic.items
            self.phrases[language].update(topic.phrases)

    def without_rare(self, least: int) -> Usual:
        """Only phrases that `least` items have."""
        kept = {
            language: Counter({p: n for p, n in sorted(counts.items()) if n >= least})
            for language, counts in self.phrases.items()
        }
        return Usual(self.items, kept)


@dataclass
class Counted:
    """The phrases of a topic's items in one language, by number of items, and how they are written."""

    items: int = 0
    phrases: Counter[str] = field(default_factory=Counter)
    written: dict[str, Counter[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Name:
    """Labels in both languages and the strongest phrases (English first) behind them."""

    label: str
    label_zh: str
    terms: tuple[str, ...]


def count_phrases(texts: Iterable[Text]) -> dict[str, Counted]:
    """The phrases of a topic's typical items, by language."""
    out = {"en": Counted(), "zh": Counted()}
    for text in texts:
        mine = out[text.language]
        mine.items += 1
        for phrase, written in phrases(text.title, text.text, text.language).items():
            mine.phrases[phrase] += 1
            mine.written.setdefault(phrase, Counter())[written] += 1
    return out


def name_topic(counted: Mapping[str, Counted], usual: Usual, taken: Iterable[str] = ()) -> Name:
    """The name of a topic; a label that is `taken` already gets a further phrase."""
    used = set(taken)
    english = strongest(_with_names(counted), usual, "en")
    chinese = strongest(counted["zh"], usual, "zh")
    terms = english or chinese
    label = _label(english, ", ", used) or _label(chinese, "、", used) or "?"
    label_zh = _label(chinese, "、", used) or label
    return Name(label, label_zh, tuple(p for p, _ in terms[:TERMS]))


def _with_names(counted: Mapping[str, Counted]) -> Counted:
    """The English phrases; of a topic with few English items also those that Chinese items write so."""
    english, chinese = counted["en"], counted["zh"]
    if english.items >= _ENOUGH:
        return english
    latin = {p for p in chinese.phrases if p.isascii()}
    written = {
        p: english.written.get(p, Counter()) + chinese.written.get(p, Counter())
        for p in latin | set(english.written)
    }
    kept = Counter({p: n for p, n in chinese.phrases.items() if p in latin})
    return Counted(english.items + chinese.items, english.phrases + kept, written)


def strongest(counted: Counted, usual: Usual, language: str) -> list[tuple[str, float]]:
    """(phrase as written, strength) of a topic, the strongest first, none within another."""
    least = max(2, math.ceil(_LEAST_SHARE * counted.items))
    total = max(usual.items[language], counted.items, 1)
    scores = {}
    for phrase, items in counted.phrases.items():
        if items < least:
            continue
        share = items / counted.items
        everywhere = (max(usual.phrases[language][phrase], items) + 1) / (total + 1)
        scores[phrase] = share * math.log(share / everywhere) if share > everywhere else 0.0
    if not any(scores.values()):  # a single topic: nothing to tell it from
        scores = {p: counted.phrases[p] / counted.items for p in scores}
    _give_way(scores, counted.phrases)
    out: list[tuple[str, float]] = []
    seen: list[frozenset[str]] = []

    def order(phrase: str) -> tuple[float, bool, int, str]:
        """The strongest first; of equals no figure, and what is written as a name is."""
        capitals = max(sum(c.isupper() for c in w) for w in counted.written[phrase])
        return -round(scores[phrase], 6), phrase[0].isdigit(), -capitals, phrase

    for phrase in sorted(scores, key=order):
        parts = _parts(phrase)
        if scores[phrase] <= 0 or any(_same(parts, other) for other in seen):
            continue
        seen.append(parts)
        spellings = counted.written[phrase]
        out.append((min(spellings, key=lambda w: (-spellings[w], w)), scores[phrase]))
        if len(out) == 2 * TERMS:
            break
    return out


def _give_way(scores: dict[str, float], items: Counter[str]) -> None:
    """Drop phrases that stand mostly within a longer one; that one inherits their strength."""
    for phrase in sorted(scores, key=lambda p: (-len(p), p)):
        for part in _within(phrase):
            if phrase in scores and part in scores and items[phrase] >= _GIVES_WAY * items[part]:
                scores[phrase] = max(scores[phrase], scores[part])
                scores.pop(part)


def _within(phrase: str) -> list[str]:
    """The parts of a phrase that are a word, or a character, shorter and down to one word."""
    if " " in phrase:
        words = phrase.split()
        spans = [(i, j) for i in range(len(words)) for j in range(i + 1, len(words) + 1)]
        return [" ".join(words[i:j]) for i, j in spans if j - i < len(words)]
    if phrase[0] >= "\u4e00":
        size = len(phrase)
        return [phrase[i:j] for i in range(size) for j in range(i + 2, size + 1) if j - i < size]
    return []


def _parts(phrase: str) -> frozenset[str]:
    """What a phrase consists of: words without plural, or pairs of Chinese characters."""
    if phrase[0] >= "\u4e00":
        return frozenset(phrase[i : i + 2] for i in range(len(phrase) - 1))
    return frozenset(w.removesuffix("s") for w in phrase.replace("-", " ").split())


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two phrases share a part."""
    return bool(one & other)


def _label(strong: Sequence[tuple[str, float]], comma: str, taken: set[str]) -> str:
    chosen: list[str] = []
    for phrase, strength in strong:
        if len(chosen) >= _IN_LABEL and comma.join(chosen) not in taken:
            break
        if chosen and strength < _STRONG * strong[0][1] and comma.join(chosen) not in taken:
            break
        chosen.append(phrase)
    return comma.join(chosen)
