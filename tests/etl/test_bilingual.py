"""Agreement of an item with its translation, on pairs worked out by hand and on the sample."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.tag.bilingual import Agreement, Side, agreement, agreement_lines, aligned_pairs
from tests.warehouse.memory import database
from warehouse.connect import Snapshot

TAGS = st.frozensets(st.sampled_from(["openai", "meta", "google"]))


def side(url: str, *labs: str) -> Side:
    tags = {"labs": frozenset(labs), "themes": frozenset()}
    return Side("reddit", (url,) if url else (), tags)


def test_mean_jaccard_and_equal_pairs_by_hand():
    pairs = [
        (frozenset({"openai"}), frozenset({"openai"})),
        (frozenset({"openai", "meta"}), frozenset({"openai"})),
        (frozenset(), frozenset()),
        (frozenset({"meta"}), frozenset()),
    ]
    assert agreement(pairs) == Agreement(4, (1 + 0.5 + 1 + 0) / 4, 0.5)


def test_no_pair_is_zero_not_an_error():
    assert agreement([]) == Agreement(0, 0.0, 0.0)


@given(st.lists(st.tuples(TAGS, TAGS), min_size=1))
def test_agreement_is_the_same_from_both_sides_and_bounds_the_equal_pairs(pairs):
    there = agreement(pairs)
    assert there.mean_jaccard == pytest.approx(agreement([(b, a) for a, b in pairs]).mean_jaccard)
    assert 0 <= there.same <= there.mean_jaccard + 1e-9 <= 1 + 1e-9


def test_items_are_paired_by_address_and_position_and_the_original_comes_first():
    originals = [side("https://a.test", "openai"), side("", "meta"), side("https://b.test")]
    translations = [side("https://a.test"), side(""), side("https://b.test", "google")]
    pairs = list(aligned_pairs([(originals, translations)]))
    assert pairs == list(zip(originals, translations, strict=True))


def test_the_lines_tell_pairs_by_kind_and_channel_and_which_labs_differ():
    day = date(2025, 2, 3)
    connection = database(
        {
            "digests": [
                {"digest_id": "o", "language": "en", "published_on": day},
                {"digest_id": "t", "language": "zh", "published_on": day, "translation_of": "o"},
            ],
            "items": [
                {"item_id": f"{d}{n}", "digest_id": d, "published_on": day, "channel": "reddit"}
                | {"position": n, "title": "x", "text": "y"}
                for d in "ot"
                for n in (1, 2)
            ],
            "mentions": [
                {"item_id": i, "lab_id": "openai", "published_on": day, "channel": "reddit"}
                for i in ("o1", "t1", "o2")
            ],
            "labs": [{"lab_id": "openai", "name": "O", "name_zh": "O", "kind": "lab"}],
        }
    )
    lines = agreement_lines(Snapshot(None, "x", connection))
    assert lines[1].split() == ["labs,", "all", "pairs", "2", "0.5000", "0.5000"]
    assert any(line.startswith("labs, reddit") for line in lines)
    assert lines[-1].split() == ["openai,", "only", "in", "the", "original", "1"]


def test_without_translations_it_says_so():
    lines = agreement_lines(Snapshot(None, "x", database({})))
    assert lines == ["item and translation: no loaded digest translates another loaded one"]
