"""Measuring by issue: what counts as named, as traceable, and as an omission of the front matter.

In: heads of issues in our own words. Out: counts worked out by hand.
"""

from __future__ import annotations

from datetime import date

import pytest

from etl.sources.archives import SourceFile
from etl.tag.by_issue import Issue, issue_lines, lab_counts, lab_of, read_issues, theme_counts
from etl.tag.evaluate import Counts
from warehouse.taxonomy.front_matter import front_matter_slugs, parse_slugs
from warehouse.taxonomy.labs import TaxonomyError

HEAD = """---
title: a quiet day
date: '2025-03-04T00:00:00Z'
description: >-
  **Mistral** opens a model; somebody runs it on an RTX 4090, next to vLLM.
companies:
  - mistral-ai
  - acme
models:
  - mistral-small
topics:
  - quantization
---
Body.
"""


def issue(text: str, companies: tuple[str, ...] = (), models: tuple[str, ...] = ()) -> Issue:
    return Issue("t", text, date(2025, 3, 4), companies, models, ())


def file(text: str) -> SourceFile:
    return SourceFile("a.md", "a.md", text.encode())


@pytest.mark.parametrize(
    ("slug", "kind", "lab"),
    [
        ("openai", "companies", "openai"),
        ("mistral-ai", "companies", "mistral"),  # an ending that the name lacks
        ("vllm_project", "companies", "vllm"),  # a handle
        ("run-llama", "companies", "llamaindex"),  # a page of theirs on GitHub
        ("meta-ai-fair", "companies", "meta"),
        ("yi-ai", "companies", "01-ai"),  # an exception of front_matter.yml
        ("claude-3-opus", "models", "anthropic"),
        ("o1", "models", "openai"),
        ("phi", "models", "microsoft"),  # an exception of models
        ("phi", "companies", None),  # … which is none of companies
        ("acme", "companies", None),
    ],
)
def test_a_slug_stands_for_the_lab_that_the_taxonomy_knows_by_it(slug, kind, lab):
    assert lab_of(slug, kind) == lab


def test_hits_false_alarms_and_misses_of_an_issue():
    one = issue("Mistral and Cohere ship models.", ("mistral-ai", "cohere"))
    assert lab_counts(one, {"mistral", "nvidia"})[0] == Counts(1, 1, 1)


def test_a_slug_that_the_text_does_not_spell_is_not_asked_for():
    one = issue("A model is out.", ("openai",), ("gpt-4o",))
    assert lab_counts(one, set())[0] == Counts(0, 0, 0)


def test_a_host_is_asked_for_where_it_is_more_than_a_place():
    place = issue("The weights are on Hugging Face.", ("hugging-face",))
    assert lab_counts(place, set())[0] == Counts(0, 0, 0)
    actor = issue("Hugging Face hires.", ("hugging-face",))
    assert lab_counts(actor, set())[0] == Counts(0, 0, 1)


def test_a_model_is_traceable_by_its_family():
    one = issue("Claude answers faster.", models=("claude-3-opus",))
    assert lab_counts(one, {"anthropic"})[0] == Counts(1, 0, 0)


def test_a_lab_that_is_spelled_but_not_listed_is_an_omission_a_product_is_none():
    one = issue("vLLM runs it on an RTX 4090.")
    strict, fair = lab_counts(one, {"vllm", "nvidia"})
    assert (strict, fair) == (Counts(0, 2, 0), Counts(0, 1, 0))


def test_a_child_that_covers_its_parent_counts_as_the_parent_on_both_sides():
    one = issue("Google DeepMind shows Gemini.", ("google-deepmind",), ("gemini-3",))
    assert lab_counts(one, {"google-deepmind"})[0] == Counts(1, 0, 0)


def test_themes_are_those_of_the_known_topics_and_an_issue_without_one_is_left_out():
    known = Issue("t", "x", None, ("openai",), (), ("quantization", "no-such-topic"))
    assert theme_counts(known, {"quantization-compression", "robotics"}) == Counts(1, 1, 0)
    unknown = Issue("t", "x", None, ("openai",), (), ("no-such-topic",))
    assert theme_counts(unknown, {"robotics"}) is None


def test_an_issue_that_stands_twice_in_an_archive_counts_once():
    found = read_issues([file(HEAD), file(HEAD), file("no head"), file("---\ntitle: x\n---\n")])
    assert [i.companies for i in found] == [("mistral-ai", "acme")]
    assert found[0].on == date(2025, 3, 4)
    assert found[0].topics == ("quantization",)


def test_the_lines_show_all_three_measures(tmp_path):
    (tmp_path / "a.md").write_text(HEAD, "utf-8")
    lines = issue_lines(str(tmp_path))
    assert [line.split("  ")[0] for line in lines] == [
        "by issue, against the front matter",
        "labs, as it stands",
        "labs, without certain omissions",
        "themes",
    ]
    # mistral is right; NVIDIA and vLLM are not listed, of which vLLM is spelled
    assert "0.333" in lines[1]
    assert "0.500" in lines[2]


def test_a_folder_without_issues_says_so(tmp_path):
    (tmp_path / "a.md").write_text("nothing", "utf-8")
    assert "no issue with a description" in issue_lines(str(tmp_path))[0]


def test_the_packaged_slugs_are_the_two_hundred_commonest():
    assert len(front_matter_slugs().topics) == 200


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"companies": {"a": "zed"}, "models": {}, "topics": {}}, "a points to 'zed', which is no"),
        ({"companies": {}, "models": {}, "topics": {"a": ["zed"]}}, "'zed', which is no theme"),
    ],
)
def test_a_slug_that_points_nowhere_stops_the_load(document, words):
    with pytest.raises(TaxonomyError, match=words):
        parse_slugs(document, ["openai"], ["robotics"])
