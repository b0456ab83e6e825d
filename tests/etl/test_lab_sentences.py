"""Every test sentence of the lab taxonomy, one test a lab and list, so that a failure names both.

In: `yes:` and `no:` of `warehouse/taxonomy/labs_*.yml`. Out: the lab is found, or is not.
Trap: a sentence may be Markdown; it goes through the same two functions as a real item.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from etl.parsers.markdown import addresses, plain_text
from etl.tag.lab_rules import compiled
from etl.tag.labs import lab_tagger
from etl.tag.matcher import PhraseMatcher, fold, lower
from warehouse.taxonomy.labs import CarefulWords, Lab, load_labs


def labs_in(sentence: str, **when: object) -> set[str]:
    tags = lab_tagger().tag(plain_text(sentence), addresses(sentence), **when)  # type: ignore[arg-type]
    return {tag.id for tag in tags}


def rules() -> Iterator[tuple[Lab, CarefulWords]]:
    for lab in load_labs():
        for rule in lab.careful:
            yield lab, rule


RULES = [pytest.param(lab, rule, id=f"{lab.id}-{rule.words[0]}") for lab, rule in rules()]
LABS = [pytest.param(lab, id=lab.id) for lab in load_labs()]


@pytest.mark.parametrize("lab", LABS)
def test_sentences_that_name_the_lab(lab: Lab) -> None:
    missed = [s for s in lab.yes if lab.id not in labs_in(s)]
    assert missed == []


@pytest.mark.parametrize("lab", LABS)
def test_sentences_that_do_not_name_the_lab(lab: Lab) -> None:
    false_alarms = [s for s in lab.no if lab.id in labs_in(s)]
    assert false_alarms == []


@pytest.mark.parametrize(("lab", "rule"), RULES)
def test_careful_words_in_the_right_company_count(lab: Lab, rule: CarefulWords) -> None:
    missed = [s for s in rule.yes if lab.id not in labs_in(s, on=rule.since or rule.until)]
    assert missed == []


@pytest.mark.parametrize(("lab", "rule"), RULES)
def test_careful_words_in_other_company_do_not_count(lab: Lab, rule: CarefulWords) -> None:
    false_alarms = [s for s in rule.no if lab.id in labs_in(s)]
    assert false_alarms == []


@pytest.mark.parametrize(("lab", "rule"), [p for p in RULES if p.values[1].since])
def test_a_product_counts_for_its_owner_from_the_day_it_changed_hands(
    lab: Lab, rule: CarefulWords
) -> None:
    day_before = rule.since - timedelta(days=1)
    too_early = [s for s in rule.yes if lab.id in labs_in(s, on=day_before)]
    assert too_early == []


@pytest.mark.parametrize(("lab", "rule"), [p for p in RULES if p.values[1].otherwise])
def test_the_other_meaning_counts_for_the_other_lab(lab: Lab, rule: CarefulWords) -> None:
    found = set().union(*(labs_in(s) for s in rule.no))
    assert rule.otherwise in found


def test_every_careful_word_has_a_sentence_it_occurs_in() -> None:
    """A rule whose own sentences never say its words would test nothing."""
    unused = [
        f"{lab.id}: {list(rule.words)}"
        for lab, rule in rules()
        if not any(w.rstrip("#*").lower() in s.lower() for s in rule.yes for w in rule.words)
    ]
    assert unused == []


NOTHING = {"before": "", "after": "", "not_before": "", "not_after": ""}
TOUCHING = [
    pytest.param(rule, key, id=f"{lab.id}-{rule.words[0]}-{key}")
    for lab, rule in rules()
    for key in NOTHING
    if getattr(rule, key)
]


def holds(rule: CarefulWords, sentence: str) -> bool:
    """Whether the rule alone, without all others, finds its words in the sentence."""
    folded = fold(plain_text(sentence))
    low, check = lower(folded), compiled(rule)
    return any(
        (not rule.exact or folded[start:end] == word.rstrip("#*")) and check.holds(start, end, low)
        for start, end, word in PhraseMatcher([(w, w) for w in rule.words], marks=True).found(low)
    )


@pytest.mark.parametrize(("rule", "key"), TOUCHING)
def test_a_condition_on_the_words_beside_is_needed_for_one_of_the_sentences(
    rule: CarefulWords, key: str
) -> None:
    without = replace(rule, **{key: NOTHING[key]})
    sentences = (*rule.yes, *rule.no)
    assert any(holds(rule, s) != holds(without, s) for s in sentences)


def has_one_case(rule: CarefulWords) -> bool:
    """Whether the words are given in one letter case only (not NCU and ncu)."""
    return rule.exact and not {w.swapcase() for w in rule.words} & set(rule.words)


@pytest.mark.parametrize(("lab", "rule"), [p for p in RULES if has_one_case(p.values[1])])
def test_exact_words_do_not_count_in_another_letter_case(lab: Lab, rule: CarefulWords) -> None:
    swapped = [s.swapcase() for s in rule.yes if s.swapcase() != s]
    assert swapped
    assert [s for s in swapped if holds(rule, s)] == []


@pytest.mark.parametrize(("lab", "rule"), [p for p in RULES if p.values[1].needs])
def test_careful_words_alone_lack_the_company_they_need(lab: Lab, rule: CarefulWords) -> None:
    alone = [w.rstrip("#*") for w in rule.words]
    needed = [lower(fold(n)) for n in rule.needs]
    assert [w for w in alone if not lower(w).startswith(tuple(needed)) and holds(rule, w)] == []


@pytest.mark.parametrize(("lab", "rule"), [p for p in RULES if p.values[1].unless])
def test_careful_words_in_forbidden_company_do_not_count(lab: Lab, rule: CarefulWords) -> None:
    spoiled = [f"{sentence} {word}" for sentence in rule.yes for word in rule.unless]
    assert [s for s in spoiled if holds(rule, s)] == []


def test_every_rule_on_words_has_a_sentence_in_which_they_do_not_count() -> None:
    """A `no` sentence without the words would pass whatever the rule says."""
    untested = [
        f"{lab.id}: {list(rule.words)}"
        for lab, rule in rules()
        if any(getattr(rule, key) for key in ("needs", "unless", *NOTHING))
        and not any(w.rstrip("#*").lower() in s.lower() for s in rule.no for w in rule.words)
    ]
    assert untested == []
