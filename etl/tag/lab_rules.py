"""What a phrase of the lab taxonomy stands for where it was found.

In: labs and their careful rules. Out: phrases with their `Meaning`, and the decision on one occurrence.
Trap: a rule's `before` and `not_before` end at the word, so a word in them must not begin inside another
one: "a" forbids "a Whisper", not "data, Whisper".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from etl.tag.matcher import OPEN, VERSIONED, fold, lower
from warehouse.taxonomy.labs import CarefulWords, Lab, LabRules

_TOUCHING = 40  # characters before and behind a careful word that its rule may look at


@dataclass(frozen=True)
class Meaning:
    """What a phrase stands for; `None` as lab is a longer word that only contains a lab's."""

    lab_id: str | None
    phrase: str = ""
    exact: bool = False
    rule: Rule | None = None
    is_settled_by_one: bool = True  # once the lab is found, further occurrences tell nothing

    def counts_as(self, spelled: str) -> bool:
        """Whether the letter case of the text will do."""
        return not self.exact or spelled == self.phrase.rstrip(VERSIONED + OPEN)


@dataclass(frozen=True)
class Rule:
    """A careful rule, compiled."""

    words: CarefulWords
    needs: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    not_after: re.Pattern[str] | None

    def holds(self, start: int, end: int, low: str) -> bool:
        """Whether low[start:end] stands in the right company; `low`: folded, in small letters."""
        head = low[max(0, start - _TOUCHING) : start]
        tail = low[end : end + _TOUCHING]
        if self.not_after and self.not_after.match(tail):
            return False
        if self.not_before and self.not_before.search(head):
            return False
        if self.after and not self.after.match(tail):
            return False
        if self.before and not self.before.search(head):
            return False
        if self.unless and self.unless.search(low):
            return False
        return not (self.needs and not self.needs.search(low))


class Owner(NamedTuple):
    """Whose an account or a place is, from `since` to `until`, both inclusive; None is open."""

    lab_id: str
    since: date | None
    until: date | None


def meanings(labs: Sequence[Lab], rules: LabRules) -> Iterator[tuple[str, Meaning]]:
    """Every phrase with what it stands for."""
    for phrase in rules.not_labs:
        yield phrase, Meaning(None)
    several = families(labs)
    for lab in labs:
        one = lab.id not in several
        for phrase in dict.fromkeys((*lab.names, *lab.products)):
            yield phrase, Meaning(lab.id, phrase, is_settled_by_one=one)
        for phrase in lab.exact:
            yield phrase, Meaning(lab.id, phrase, True, is_settled_by_one=one)
        for words in lab.careful:
            rule = compiled(words)
            for phrase in words.words:
                settled = one and not words.otherwise
                yield phrase, Meaning(lab.id, phrase, words.exact, rule, settled)


def families(labs: Sequence[Lab]) -> frozenset[str]:
    """Children that cover their parents, and these parents: where they stand matters."""
    covering = [lab for lab in labs if lab.covers_parent]
    return frozenset(i for lab in covering for i in (lab.id, lab.parent_id) if i)


def decide(meaning: Meaning, start: int, end: int, low: str, on: date | None) -> str | None:
    """The lab that the phrase at low[start:end] stands for on that day, or None."""
    rule = meaning.rule
    if rule is None or (is_owned(rule.words, on) and rule.holds(start, end, low)):
        return meaning.lab_id
    return rule.words.otherwise if is_owned(rule.words, on) else None


def is_owned(owned: CarefulWords | Owner, on: date | None) -> bool:
    """Whether the lab owns it on that day; without a day, whether it does today."""
    if on is None:
        return owned.until is None
    return (owned.since is None or owned.since <= on) and (owned.until is None or on <= owned.until)


def compiled(words: CarefulWords) -> Rule:
    """The rule with its regular expressions ready."""

    def company(beginnings: tuple[str, ...]) -> re.Pattern[str] | None:
        if not beginnings:
            return None
        any_of = "|".join(re.escape(lower(fold(b))) for b in beginnings)
        return re.compile(rf"(?<![a-z0-9])(?:{any_of})")

    def ahead(pattern: str) -> re.Pattern[str] | None:
        whole_words = r"(?:(?<![a-z0-9])|(?![a-z]))"
        return re.compile(rf"{whole_words}(?:{pattern})\Z") if pattern else None

    def behind(pattern: str) -> re.Pattern[str] | None:
        return re.compile(pattern) if pattern else None

    return Rule(
        words,
        company(words.needs),
        company(words.unless),
        ahead(words.before),
        behind(words.after),
        ahead(words.not_before),
        behind(words.not_after),
    )
