"""Every test sentence of the lab taxonomy, one test a lab and list, so that a failure names both.

In: `yes:` and `no:` of `warehouse/taxonomy/labs_*.yml`. Out: the lab is found, or is not.
Trap: a sentence may be Markdown; it goes through the same two functions as a real item.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from etl.parsers.markdown import addresses, plain_text
from etl.tag.labs import lab_tagger
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
