"""The Chinese digest beyond single cases: whatever form is chosen, what was written is read.

The known forms are in tests/digests/zh_*; here they are mixed at random, and arbitrary text is thrown
at the parser. The real archive is counted in test_zh_archive.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.parsers.errors import Unreadable
from etl.parsers.zh_digest import looks_like, parse

# --- what was written is what is read


@dataclass(frozen=True)
class Written:
    """An item before it is put into a form."""

    title: str
    text: str
    url: str


def _linked(item: Written, number: str) -> str:
    return f"{number}[{item.title}]({item.url})\n> {item.text}\n"


def _source_quoted(item: Written, number: str) -> str:
    return f"{number}{item.title}\n> {item.text}\n> 来源：{item.url}\n"


def _source_unquoted(item: Written, number: str) -> str:
    return f"{number}{item.title}\n> {item.text}\n来源：[@某人]({item.url})\n"


def _source_first(item: Written, number: str) -> str:
    return f"{number}{item.title}\n> 来源：[{item.url}]({item.url})\n> {item.text}\n"


def _source_list(item: Written, number: str) -> str:
    return f"{number}{item.title}\n> {item.text}\n> 来源：\n> - [某处]({item.url})\n"


def _bold_labels(item: Written, number: str) -> str:
    return f"{number}{item.title}\n\n**描述**：{item.text}\n\n**来源**：{item.url}\n"


def _wide_brackets(item: Written, number: str) -> str:
    return f"{number}{item.title}（{item.url}）\n> {item.text}\n"


FORMS: list[Callable[[Written, str], str]] = [
    _linked,
    _source_quoted,
    _source_unquoted,
    _source_first,
    _source_list,
    _bold_labels,
    _wide_brackets,
]
PAIRS = [
    ("📰 十大AI新闻要点", "🛠️ 十大工具产品要点"),
    ("📰 十大新闻要点", "🛠️ 十大工具产品要点（如适用）"),
    ("１０大AI新闻要点", "10大工具产品要点"),
    ("Top 10 AI News", "Top 10 Tools and Products"),
]
NUMBERS: list[Callable[[int], str]] = [
    "{}. ".format,
    "{}、".format,
    "（{}）".format,
    "**{}.** ".format,
]
WORDS = st.text("模型发布芯片语音数据开源训练推理评测更新ABCxyz0359 -+%", min_size=1, max_size=24)
TITLES = WORDS.map(lambda words: " ".join(f"某公司{words}".split()).rstrip(" -"))
TEXTS = WORDS.map(lambda words: " ".join(f"据称{words}已经可用。".split()))
URLS = st.from_regex(r"\Ahttps://[a-z]{2,8}\.example\.org/[A-Za-z0-9_]{1,12}\Z")
ITEMS = st.lists(st.builds(Written, TITLES, TEXTS, URLS), min_size=1, max_size=12)


@st.composite
def digests(draw: st.DrawFn) -> tuple[str, list[Written], list[Written]]:
    """A digest in one of the known forms, with what was written into it."""
    form, number = draw(st.sampled_from(FORMS)), draw(st.sampled_from(NUMBERS))
    level = draw(st.integers(1, 3))
    rule = draw(st.sampled_from(["\n---\n\n", "---\n", "\n", "\n--- \n\n"]))
    around = draw(st.sampled_from([("", ""), ("```\n", "```\n"), ("好的，摘要如下：\n\n", "")]))
    channels = draw(ITEMS), draw(ITEMS)
    parts = [f"{'#' * level} AINews - 2026-03-04\n\n> [原文链接](https://news.example.org/i/)\n\n"]
    for name, items in zip(draw(st.sampled_from(PAIRS)), channels, strict=True):
        heads = [f"{'#' * (level + 1)} {number(n)}" for n in range(1, len(items) + 1)]
        entries = [form(item, head) for item, head in zip(items, heads, strict=True)]
        parts.append(f"{'#' * level} {name}\n\n{rule.join(entries)}{rule}")
    text = around[0] + "".join(parts) + around[1]
    return (text.replace("\n", "\r\n") if draw(st.booleans()) else text), *channels


@given(digests())
def test_what_was_written_is_what_is_read(case: tuple[str, list[Written], list[Written]]):
    text, news, tools = case
    digest = parse(text, "")
    assert digest.slug == "2026-03-04"
    assert digest.original_url == "https://news.example.org/i/"
    read = [(i.channel, i.position, i.title, i.text, i.urls) for i in digest.items]
    assert read == [
        (channel, position, item.title, item.text, (item.url,))
        for channel, items in (("news", news), ("tools", tools))
        for position, item in enumerate(items, start=1)
    ]
    assert digest.refusals == ()


LINES = st.sampled_from(
    """\
## AINews - 2026-03-04
## AINews - 2026-13-45
## 📰 十大AI新闻要点
## 🛠️ 工具
## 一、其他
### 1. [某](https://a.b/c)
### 2. 某
### 3.
### [x](
> 来源：
> - https://a.b
---
```
> 某。
**1. 某**
- [某](来源：某)
### 推荐阅读
<!--
注：
来源：[a](h""".splitlines()
)


@given(st.text() | st.lists(LINES | st.text(max_size=12), max_size=20).map("\n".join), st.text())
def test_arbitrary_text_is_read_or_refused_with_a_reason(text: str, path: str):
    try:
        digest = parse(text, path)
    except Unreadable as refusal:
        is_known = refusal.reason in {"no_date", "no_items"}
        assert is_known == looks_like(text)
        return
    assert all(item.title for item in digest.items)
    assert looks_like(text)


# --- rules that a single case does not show


def test_a_day_in_the_text_counts_more_than_one_in_the_path():
    digest = parse(
        "## AINews - 2026-03-04\n## 十大AI新闻要点\n### 1. 某事\n> 某。", "2026-03-09.md"
    )
    assert digest.slug == "2026-03-04"
    assert any("2026-03-09" in note for note in digest.notes)


def test_a_day_that_does_not_exist_is_taken_from_the_path():
    text = "## AINews - 2026-02-31\n## 十大AI新闻要点\n### 1. 某事\n> 某。"
    assert parse(text, "newsletters/2026-03-03/ai_news_summary_2026-03-03.md").slug == "2026-03-03"


def test_a_second_day_in_the_file_is_not_part_of_the_first():
    day = "## AINews - 2026-03-0{0}\n## 十大AI新闻要点\n### 1. 某事{0}\n> 某。\n"
    assert [item.title for item in parse(day.format(4) + day.format(5), "").items] == ["某事4"]


@pytest.mark.parametrize(
    "text",
    [
        "---\nid: a\ntitle: AI News\n---\n# AI Twitter Recap\n- **OpenAI** posted\n",
        "> AI News for 6/3/2024-6/4/2024. We checked 7 subreddits.\n",
        "# 本周新闻\n\n## 1. 工具\n- 与摘要无关\n",
        "",
    ],
)
def test_other_texts_do_not_look_like_a_digest(text: str):
    assert not looks_like(text)
    with pytest.raises(Unreadable) as caught:
        parse(text, "2026-03-04.md")
    assert caught.value.reason == "unknown_format"


def test_a_summary_that_speaks_of_sources_stays_text():
    text = "## AINews - 2026-03-04\n## 十大AI新闻要点\n### 1. 某事\n> 提速的来源：更大的批次。\n"
    assert parse(text, "").items[0].text == "提速的来源：更大的批次。"
