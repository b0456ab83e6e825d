"""Where the bytes of a digest go: the classes add up, hide nothing, and are true of the items.

In: made digests, all cases of tests/digests/, and arbitrary text. The real archive is measured in
test_line_coverage_real.py by the same measures (`words_missing`, `said_twice`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import astuple, replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.parsers import en_archive, zh_digest
from etl.parsers.errors import Unreadable
from etl.parsers.line_ledger import Kind, LineLedger
from etl.parsers.markdown import plain_text
from tests.etl.test_en_archive import FRAGMENTS, HEAD, sentences
from tests.etl.test_parser_cases import CASES, _text
from tests.etl.test_zh_digest import LINES, Written, digests
from warehouse.model import Coverage, ParsedDigest

TAG = re.compile(r"<[^<>]*>")
WORD = re.compile(r"[A-Za-z0-9]+|[\u4e00-\u9fff]")
RUN = 60  # characters


def lines_of(ledger: LineLedger, kind: Kind) -> list[str]:
    """The lines of one class."""
    return [line for line, k in zip(ledger.lines, ledger.kinds(), strict=True) if k == kind]


def words_missing(digest: ParsedDigest, ledger: LineLedger) -> float:
    """Which share of the words of lines that are said to be in items stands in no item."""
    texts = [text for item in digest.items for text in (item.title, item.text, *item.urls)]
    there = Counter(WORD.findall("\n".join(texts)))
    wanted = Counter(WORD.findall(TAG.sub(" ", "\n".join(lines_of(ledger, Kind.item)))))
    return (wanted - there).total() / max(wanted.total(), 1)


def said_twice(digest: ParsedDigest, ledger: LineLedger) -> list[str]:
    """Long lines that are said to be boilerplate although an item holds their beginning."""
    items = " ".join(f"{item.title} {item.text}" for item in digest.items).replace("\n", " ")
    starts = {plain_text(line.lstrip("->* "))[:RUN] for line in lines_of(ledger, Kind.boilerplate)}
    return [start for start in starts if len(start) == RUN and start in items]


def _read(text: str, path: str = "25-05-06-made.md") -> tuple[ParsedDigest, LineLedger]:
    module = en_archive if en_archive.looks_like(text) else zh_digest
    return module.read(text, path)


def _assert_adds_up(coverage: Coverage, text: str) -> None:
    read, *parts = astuple(coverage)
    assert read == len(text.encode("utf-8", "surrogatepass"))
    assert sum(parts) == read
    assert min(parts) >= 0


# ---------------------------------------------------------------- any text


@settings(deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=8), max_size=60).map("".join))
def test_the_classes_of_any_issue_add_up_to_what_was_read(body: str):
    _assert_adds_up(_read(HEAD + body)[0].coverage, HEAD + body)


@given(
    st.text(max_size=3),
    st.lists(LINES | st.text(max_size=12), max_size=20),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_the_classes_of_any_chinese_text_add_up_to_what_was_read(
    start: str, lines: list[str], end: str
):
    text = start + end.join(lines)
    try:
        digest, ledger = zh_digest.read(text, "2026-03-04.md")
    except Unreadable:
        return
    _assert_adds_up(digest.coverage, text)
    assert set(ledger.kinds()) <= {
        Kind.boilerplate,
        Kind.heading,
        Kind.item,
        Kind.unexplained,
    }


# ---------------------------------------------------------------- whole digests


@settings(deadline=None)
@given(digests())
def test_a_chinese_digest_in_a_known_form_leaves_nothing_unexplained(
    case: tuple[str, list[Written], list[Written]],
):
    digest, ledger = zh_digest.read(case[0], "")
    assert lines_of(ledger, Kind.unexplained) == []
    written = "".join(item.title + item.text + item.url for item in (*case[1], *case[2]))
    assert digest.coverage.bytes_in_items >= len(written.encode())


@settings(deadline=None)
@given(
    st.lists(st.tuples(sentences, st.lists(sentences, max_size=3)), min_size=1, max_size=12),
    st.sampled_from(["\n", "\r\n"]),
)
def test_an_issue_of_bullets_leaves_nothing_unexplained(
    bullets: list[tuple[str, list[str]]], end: str
):
    lines = [
        line for text, subs in bullets for line in (f"- {text}", *(f"    - {s}" for s in subs))
    ]
    text = HEAD + "# AI Twitter Recap" + end * 2 + end.join(lines)
    digest, _ = _read(text)
    assert digest.coverage.bytes_unexplained == 0
    in_items = len(end.join(lines).encode())
    assert digest.coverage.bytes_in_items == in_items


@pytest.mark.parametrize("folder", sorted(CASES.iterdir()), ids=lambda folder: folder.name)
def test_what_is_said_to_be_in_items_is_there_and_boilerplate_is_not(folder: Path):
    expected = yaml.safe_load((folder / "expected.yml").read_text(encoding="utf-8"))
    if "unreadable" in expected:
        return
    digest, ledger = _read(_text(folder, expected), expected["path"])
    _assert_adds_up(digest.coverage, _text(folder, expected))
    assert words_missing(digest, ledger) < 0.3  # numbers of items, labels of sources, counters
    assert said_twice(digest, ledger) == []


def test_the_measures_find_a_parser_that_claims_too_much():
    bullet = "A bullet about the weights of a model, all of them, in one file, at last."
    text = f"{HEAD}# AI Twitter Recap\n\n- {bullet}\n"
    digest, ledger = _read(text)
    assert (words_missing(digest, ledger), said_twice(digest, ledger)) == (0, [])
    assert words_missing(replace(digest, items=()), ledger) == 1
    careless = LineLedger.of_text(f"- {bullet}")
    careless.mark(1, 1, Kind.boilerplate)
    assert said_twice(digest, careless) == [bullet[:RUN]]


# ---------------------------------------------------------------- single rules


def test_a_line_that_a_parser_forgets_is_unexplained_unless_it_has_no_word():
    ledger = LineLedger.of_text("words\n\n---\n```python\n<ul><li>\n> —\n```some words\n詞")
    assert lines_of(ledger, Kind.unexplained) == ["words", "```some words", "詞"]


def test_of_two_classes_of_one_line_the_higher_counts():
    ledger = LineLedger.of_text("a\nb\nc")
    ledger.mark(1, 3, Kind.item)
    ledger.mark(2, 2, Kind.boilerplate)
    ledger.mark(3, 3, Kind.unexplained)
    assert list(ledger.kinds()) == [Kind.item, Kind.item, Kind.unexplained]
    assert ledger.unexplained() == [3]


@pytest.mark.parametrize(
    ("body", "unexplained"),
    [
        ("A few words.\n\n---\n\n- **A bullet**: here\n", ["A few words."]),
        (
            "> AI News for 5/5/2025. Read by us:\n> 300 accounts.\n>\n> A rhyme apart.\n",
            ["> A rhyme apart."],
        ),
        (
            "**Links mentioned**:\n\n- [a](https://a.b/c): a page\n- Someone says so: https://a.b\n",
            [],
        ),
        ("- **A bullet**: code\n\n```Words on the fence\nx = 1\n```\n", []),
    ],
)
def test_what_goes_nowhere_is_named_line_by_line(body: str, unexplained: list[str]):
    assert lines_of(_read(HEAD + body)[1], Kind.unexplained) == unexplained


def test_a_bullet_with_words_of_its_own_is_an_item_even_in_a_list_of_links():
    body = (
        "**Links mentioned**:\n\n- [a](https://a.b/c): a page\n- Someone says so: https://a.b/d\n"
    )
    assert [item.urls for item in _read(HEAD + body)[0].items] == [("https://a.b/d",)]


def test_words_on_the_line_of_a_fence_are_kept():
    body = "- **A bullet**: code\n\n```Words on the fence\nx = 1\n```\n"
    (item,) = _read(HEAD + body)[0].items
    assert "Words on the fence" in item.text


def test_front_matter_that_is_no_yaml_is_explained_key_by_key():
    text = "---\ntitle: A: colon\ndate: 2025-05-06\n  - a stray line\n---\n- a bullet\n"
    digest, ledger = _read(text)
    assert "front_matter_repaired" in digest.notes
    assert lines_of(ledger, Kind.unexplained) == ["  - a stray line"]


def test_what_a_chinese_digest_leaves_out_is_unexplained():
    head = "## AINews - 2026-03-04\n## 十大AI新闻要点\n"
    lost = "本节没有编号的一句话。"
    text = f"{head}{lost}\n### 1. [某事](https://a.b/c)\n> 某。\n### 2. [](https://a.b/d)\n> 没有标题。\n"
    digest, ledger = zh_digest.read(text, "")
    assert lines_of(ledger, Kind.unexplained) == [lost, "### 2. [](https://a.b/d)", "> 没有标题。"]
    assert [refusal.reason for refusal in digest.refusals] == ["item_without_title"]
