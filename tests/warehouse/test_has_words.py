"""The search for words finds what its rule finds, whatever letters there are: the pattern before it is a short cut."""

import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from warehouse.answers import search_words
from warehouse.connect import connect_memory
from warehouse.queries import statement

WORDS = "CAST($words AS VARCHAR[])"
RULE = f"len(list_filter({WORDS}, lambda w: NOT contains(lower($title || ' ' || $text), w))) = 0"
TEXTS = st.text(st.sampled_from("aAiIİkKſsSßẞ.+*[](\\ \n智谱Ωωé"), max_size=8)


@pytest.fixture(scope="module")
def connection():
    made = connect_memory()
    made.execute(statement("marts", "has_words"))
    return made


@settings(max_examples=300, deadline=None)
@given(title=TEXTS, text=TEXTS, asked=TEXTS)
@example(title="İ", text="", asked="i")
@example(title="a.b", text="[x](y)", asked="[x](y)")
def test_it_finds_what_the_rule_finds(connection, title, text, asked) -> None:
    params = {"title": title, "text": text, "words": search_words(asked)}
    sql = f"SELECT has_words($title, $text, {WORDS}), {RULE}"
    found, wanted = connection.execute(sql, params).fetchone()
    assert found == wanted


def test_the_pattern_knows_the_small_form_of_every_letter(connection) -> None:
    capitals = [c for c in map(chr, range(sys.maxunicode + 1)) if c.lower() != c]
    assert len(capitals) > 1000
    sql = "SELECT has_words($letter, '', [lower($letter)])"
    lost = [c for c in capitals if not connection.execute(sql, {"letter": c}).fetchone()[0]]
    assert lost == []


def test_the_longest_word_comes_first() -> None:
    assert search_words("  of Large\nmodels ") == ["models", "large", "of"]
