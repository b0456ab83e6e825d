"""The parser of the English archive: what must hold for any text, and its single rules.

In: made texts. Whole issues are cases of test_parser_cases.py; the real ones are read in
test_en_archive_real.py.
"""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from etl.parsers import front_matter
from etl.parsers.en_archive import is_stub, looks_like, parse
from etl.parsers.entries import LONGEST_SENTENCE, cut
from etl.parsers.errors import Unreadable
from etl.parsers.headings import headings
from warehouse.model import ParsedDigest

HEAD = "---\ntitle: Made\ndate: '2025-05-06T01:02:03Z'\n---\n\n"
STUB = HEAD + "Archived full issue body: in another file.\n"

words = st.lists(st.sampled_from(["model", "weights", "Orbit", "智能体", "3.1", "C++"]), min_size=1)
sentences = words.map(" ".join)


def _parse(body: str) -> ParsedDigest:
    return parse(HEAD + body, "25-05-06-made.md")


# ---------------------------------------------------------------- any text


@settings(deadline=None)
@given(
    st.lists(st.tuples(sentences, st.lists(sentences, max_size=3)), min_size=1, max_size=12),
    st.sampled_from(["-", "*", "+"]),
    st.sampled_from(["", "  "]),
    st.sampled_from(["\n", "\n\n"]),
)
def test_as_many_items_are_read_as_bullets_were_written(
    bullets: list[tuple[str, list[str]]], mark: str, indent: str, gap: str
):
    lines = [
        "\n".join([f"{indent}{mark} {text}", *(f"{indent}    {mark} {sub}" for sub in subs)])
        for text, subs in bullets
    ]
    digest = _parse("# AI Twitter Recap\n\n**Theme**\n\n" + gap.join(lines) + "\n")
    assert [item.channel for item in digest.items] == ["twitter"] * len(bullets)
    assert [item.position for item in digest.items] == list(range(1, len(bullets) + 1))
    read = [f"{item.title} {item.text}".split() for item in digest.items]
    assert read == [" ".join([text, *subs]).split() for text, subs in bullets]


@settings(deadline=None)
@given(st.text(max_size=600))
def test_a_title_and_what_follows_it_hold_every_word_once(text: str):
    plain = " ".join(text.split())
    title, rest = cut(plain)
    assert (title + rest).replace(" ", "") == plain.replace(" ", "")
    assert len(title) <= LONGEST_SENTENCE + 20 or " " not in title


MARKS = ["# AI Reddit Recap", "## ", "**", "- ", "  - ", "1. ", "> ", "```", "~~~html", "---"]
TAGS = ["<ul>", "<li>", "</ul>", "<!--", "-->", "<div class='linksMentioned'>", "&#39;", "{% a %}"]
LINKS = ["▷ #a", "[", "](", "https://a.b", "**Links mentioned**:", "([评分: 3](https://a.b/c))"]
SPACES = ["\n", "\r\n", "\n\n", " ", "\x00", "\ue000", "词", "word "]
FRAGMENTS = [*MARKS, *TAGS, *LINKS, *SPACES]


@settings(deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=8), max_size=60).map("".join))
@example("- **\n  - \n")
@example("<div class='linksMentioned'>\n<li>")
def test_no_body_makes_the_parser_fail(body: str):
    digest = _parse(body)
    assert all(item.title for item in digest.items)
    assert digest.items or "empty_issue" in digest.notes


@settings(deadline=None)
@given(
    st.text(max_size=200)
    | st.lists(
        st.sampled_from(
            ["title: ", "date: ", "[", "{", "&a ", "*a", "!!int ", "- ", "\n", "2025-13-45", "'"]
        )
    ).map("".join)
)
@example("date: !!timestamp x")
@example("[" * 500)
@example("title: [1, 2]\ndate: 2025-01-01")
def test_no_front_matter_makes_the_parser_fail(head: str):
    reason, digest = _read_or_refuse(f"---\n{head}\n---\n- a bullet\n")
    assert reason in {"", "no_date", "not_front_matter"}
    assert digest is None or (digest.published_on and digest.title)


def _read_or_refuse(text: str) -> tuple[str, ParsedDigest | None]:
    try:
        return "", parse(text, "x.md")
    except Unreadable as error:
        return error.reason, None


# ---------------------------------------------------------------- single rules


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2025-09-25T23:59:39.731046Z", date(2025, 9, 25)),
        (datetime(2026, 1, 2, 3, 4), date(2026, 1, 2)),
        (date(2024, 2, 29), date(2024, 2, 29)),
        ("2025-02-30", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_the_day_is_the_one_that_the_front_matter_states(value: object, day: date | None):
    assert front_matter.day(value) == day


def test_a_stub_and_an_issue_are_told_apart_before_they_are_parsed():
    assert is_stub(STUB)
    assert not is_stub(HEAD + "# AI Twitter Recap\n\n- Archived full issue body\n")
    assert looks_like(STUB)
    assert looks_like("\ufeff\n" + HEAD)
    assert not looks_like("# 2026-01-21\n\ntitle: no front matter\n")
    assert not looks_like("---\n\n### 1. A digest that begins with a rule\n\n---\n\ntitle: below\n")


@pytest.mark.parametrize(
    ("heading", "channel"),
    [
        ("PART X: AI Twitter Summary", "twitter"),
        ("AI Twitter 热点回顾", "twitter"),
        ("REDDIT", "reddit"),
        ("/r/LocalLlama + /r/localLLM 总结", "reddit"),
        ("较低技术门槛的 AI 版块概览", "reddit"),
        ("Less Technical AI Subreddit Recap", "reddit"),
        ("PART 0: SuperSummary", "discord"),
        ("AI Discord 内容精选", "discord"),
        ("Discord: Discord 高层级摘要", "discord"),
        ("Discord: High level Discord summaries (Discord 高层级摘要)", "discord"),
        ("Eleuther Discord Summary", "discord"),
        ("Manus.im Discord Discord", "discord"),
        ("Discord：各频道的详细摘要与链接", "discord_detail"),
        ("Discord: 详细的分频道摘要与链接", "discord_detail"),
        ("PART 2: Detailed by-Channel summaries and links", "discord_detail"),
        ("GPU MODE ▷ #general (12 messages🔥)", "discord_detail"),
        ("What happened", None),
        ("1. Reddit as training data", None),
    ],
)
def test_a_heading_opens_its_channel(heading: str, channel: str | None):
    assert headings().channel_of(heading) == channel


def test_a_quotation_goes_on_with_what_it_follows():
    body = "# AI Twitter Recap\n\n- **A claim**: it stands.\n\n> words that prove it\n"
    (item,) = _parse(body).items
    assert item.text == "it stands.\nwords that prove it"


def test_nothing_is_passed_over_without_a_note():
    digest = _parse("# AI Twitter Recap\n\nSome short words.\n\n---\n\n- **A bullet**: here\n")
    assert digest.notes == ("unexplained: 1 lines (first at line 8)",)
