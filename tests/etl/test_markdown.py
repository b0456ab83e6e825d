"""Markdown to words and addresses: the traps that real digests and issues hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.parsers.markdown import addresses, heading, plain_text

WORDS = [
    ("[a label](https://example.org/a)", "a label"),
    ("[@OpenAI](https://x.com/OpenAI) posted", "@OpenAI posted"),
    ("[FLUX.2 [dev]](https://example.org/f) leads", "FLUX.2 [dev] leads"),
    ("see [Rust](https://en.wikipedia.org/wiki/Rust_(language)).", "see Rust."),
    ("[https://example.org](https://example.org) kept", "kept"),
    ("kept: https://example.org/a_b_c", "kept: https://example.org/a_b_c"),
    ("<https://example.org/a>", "https://example.org/a"),
    ("[![alt](https://example.org/i.png)](https://example.org) text", "text"),
    ("![alt](https://example.org/i.png) text", "text"),
    ("before <!-- a comment\nof two lines --> after", "before after"),
    ("**bold** and *italic* and ~~struck~~", "bold and italic and struck"),
    ("****Name** of a thing**: text", "Name of a thing: text"),
    ("**中文**：加粗", "中文：加粗"),
    ("run `pip install a_b` in `__init__`", "run pip install a_b in __init__"),
    ("**uses `dspy.RLM`** now", "uses dspy.RLM now"),
    ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
    ("AT&amp;T &lt;think&gt;", "AT&T <think>"),
    ("a <b>tag</b> but <think> stays, p<0.05", "a tag but <think> stays, p<0.05"),
    (r"escaped \*stars\* and \[brackets\]", "escaped *stars* and [brackets]"),
    ("two\n\n lines\t and\u200b\u3000spaces", "two lines and spaces"),
    ("[t](https://example.org/breaks-of", "t"),
    ("[词](来源：文章内容)", "词"),
    ("Vidu + Wan - 2", "Vidu + Wan - 2"),
]

ADDRESSES = [
    ("[a](https://example.org/a) https://example.org/b", ("/a", "/b")),
    ("[https://example.org/a](https://example.org/a)", ("/a",)),
    ("来源：https://example.org/a，https://example.org/b。", ("/a", "/b")),
    ("（https://example.org/a）和https://example.org/b及其他", ("/a", "/b")),
    ("(see https://example.org/a).", ("/a",)),
    ("https://example.org/a, https://example.org/b; https://example.org/c.", ("/a", "/b", "/c")),
    ("https://example.org/Rust_(language)", ("/Rust_(language)",)),
    ("[x](https://example.org/Rust_(language))）", ("/Rust_(language)",)),
    ("[x](https://example.org/中文)", ("/中文",)),
    ("`https://example.org/a` **https://example.org/b**", ("/a", "/b")),
    ("https://example.org/user_name_", ("/user_name_",)),
    ("https://example.org/?a=1&amp;b=2", ("/?a=1&b=2",)),
    (r"https://example.org/a\_b", ("/a_b",)),
    ("https://example.org/a https://example.org/a", ("/a",)),
    ('<a href="https://example.org/a">x</a>', ("/a",)),
    ("![i](https://example.org/i.png) <!-- https://example.org/c -->", ()),
    ("http:// https://。 nothing", ()),
]


@pytest.mark.parametrize(("markdown", "expected"), WORDS)
def test_plain_text_keeps_words_and_drops_marks(markdown: str, expected: str):
    assert plain_text(markdown) == expected


@pytest.mark.parametrize(("markdown", "paths"), ADDRESSES)
def test_addresses_come_in_order_and_without_what_touches_them(
    markdown: str, paths: tuple[str, ...]
):
    assert addresses(markdown) == tuple("https://example.org" + path for path in paths)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("## Two", (2, "Two")),
        ("  ### **Three** ###  ", (3, "**Three**")),
        ("##无空格", (2, "无空格")),
        ("#1 in the ranking", None),
        ("##", None),
        ("####### seven", None),
        ("> ## quoted", None),
    ],
)
def test_a_heading_has_a_level_and_words(line: str, expected: tuple[int, str] | None):
    assert heading(line) == expected


MARKS = "[ ] ( ) ]( ![ ** * __ _ ` ``` ~~ < > <!-- --> &amp; \\ https:// https://a.b/c 词 w （ ） #"
PIECES = st.lists(st.sampled_from([*MARKS.split(" "), " ", "\n"]), max_size=60).map("".join)


@given(PIECES | st.text())
def test_any_text_is_read_and_spaces_are_collapsed(markdown: str):
    text = plain_text(markdown)
    assert text == " ".join(text.split())
    assert not {"\ue000", "\ue001", "\ufeff"} & set(text)


@given(PIECES | st.text())
def test_every_address_has_a_host_and_none_comes_twice(markdown: str):
    found = addresses(markdown)
    assert len(set(found)) == len(found)
    assert all(address.lower().startswith(("http://", "https://")) for address in found)
    assert not any(set("，。；）】") & set(address[-1]) for address in found)


@given(st.lists(st.from_regex(r"\A[a-z0-9_/~-]{1,20}\Z"), unique=True, min_size=1, max_size=4))
def test_written_addresses_are_found_however_they_are_joined(paths: list[str]):
    urls = [f"https://example.org/{path}x" for path in paths]
    assert addresses("、".join(urls) + "。") == tuple(urls)
    assert addresses(" 及 ".join(f"[词]({url})" for url in urls)) == tuple(urls)
    assert addresses("，".join(f"（{url}）" for url in urls)) == tuple(urls)


@pytest.mark.parametrize("piece", ["[", "[a]", "[a ", "**a ", "*a ", "_a ", "`a ", "[x](", "<!--"])
def test_repeated_openings_cost_no_more_than_their_length(piece: str):
    # Reading 200,000 characters in quadratic time would take minutes.
    many = piece * (200_000 // len(piece))
    assert plain_text(f"first {many}").startswith("first")
    assert addresses(f"https://example.org/a {many}") == ("https://example.org/a",)
