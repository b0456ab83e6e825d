"""Proposals of unknown labs: what is listed, what is known, what is no name."""

from __future__ import annotations

from datetime import date

import pytest

from etl.tag.by_issue import Issue
from etl.tag.propose import capitalised, proposal_lines, proposals, word_proposals
from tests.warehouse.memory import database
from warehouse.connect import Snapshot

TEXT = "They moved from OpenAI to Acme Robotics. Everyone likes it, and Acme Robotics is cheap."


def snapshot() -> Snapshot:
    items = [
        {
            "item_id": f"i{n}",
            "digest_id": "d",
            "published_on": date(2025, 2, n),
            "channel": "twitter",
            "position": n,
            "title": f"Title {n}",
            "text": TEXT,
            "handles": ["acmebots", "openai", "karpathy"],
        }
        for n in (1, 2)
    ]
    links = [
        {
            "item_id": "i1",
            "position": p,
            "url": u,
            "canonical_url": u,
            "published_on": date(2025, 2, 1),
        }
        for p, u in enumerate(
            ["https://github.com/acme/x", "https://openai.com/x", "https://acme.test/x"], 1
        )
    ]
    return Snapshot(None, "x", database({"items": items, "item_links": links}))


def by_kind(least: int, issues: list[Issue] | None = None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for proposal in proposals(snapshot(), least, issues or []):
        found.setdefault(proposal.kind, []).append(proposal.name)
    return found


def test_unknown_names_are_listed_by_kind_known_ones_and_people_are_not():
    assert by_kind(1) == {
        "handle": ["acmebots"],
        "organisation": ["github.com/acme"],
        "domain": ["acme.test"],
        "words": ["Acme Robotics"],
    }


def test_names_in_fewer_items_than_asked_for_are_left_out():
    assert by_kind(2) == {"handle": ["acmebots"], "words": ["Acme Robotics"]}
    assert by_kind(3) == {}


def test_a_name_counts_once_an_item_and_tells_its_days_and_examples():
    words = next(p for p in proposals(snapshot(), 2) if p.kind == "words")
    assert (words.items, words.first_on, words.last_on) == (2, date(2025, 2, 1), date(2025, 2, 2))
    assert words.examples == ["i1: Title 1", "i2: Title 2"]


def test_front_matter_slugs_that_no_lab_has_are_proposed():
    issue = Issue("A day", "x", date(2025, 3, 4), ("acme", "openai"), ("gpt-4o", "acme-1"), ())
    assert by_kind(1, [issue])["slug"] == ["acme", "acme-1"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We like Acme and Big Acme Corp.", {"Acme", "Big Acme Corp"}),
        ("Everything begins here. Nothing else.", set()),  # at the beginning of a sentence
        ("他们使用 Acme。", set()),  # no Latin sentence around it
    ],
)
def test_capitalised_words_inside_sentences_are_names(text, names):
    assert capitalised(text) == names


def test_a_word_that_is_often_written_small_is_no_name():
    rows = [("i", date(2025, 2, 1), "t", "we saw Things and things and more things, then Things")]
    assert list(word_proposals(rows, 1)) == []


def test_the_table_has_a_head_and_a_line_a_proposal():
    lines = proposal_lines(proposals(snapshot(), 2))
    assert lines[0].split()[:4] == ["kind", "name", "items", "first"]
    assert len(lines) == 3
    assert "2025-02-01 2025-02-02" in lines[1]
