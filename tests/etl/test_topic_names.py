"""Names of topics, and what a person decides about them."""

import pytest

from etl.topics.decisions import DecisionsProblem, read_decisions
from etl.topics.names import Text, Usual, count_phrases, name_topic
from etl.topics.phrases import phrases
from etl.topics.tables import tables_of
from tests.etl.made_topics import archive_of, made_rows
from warehouse.taxonomy.rows import theme_rows

THEME = theme_rows()[0]["theme_id"]


def named(texts, others=()):
    counted, around = count_phrases(texts), count_phrases(others)
    usual = Usual()
    usual.add(counted)
    usual.add(around)
    return name_topic(counted, usual)


def english(*texts):
    return [Text("en", "", t) for t in texts]


def test_a_phrase_is_a_run_of_words_without_grammar_and_reporting():
    found = phrases("", "Users discussed the Tensor Core kernels, and a new scheduler.", "en")
    assert "tensor core kernels" in found
    assert "scheduler" in found
    assert not any(w in p.split() for p in found for w in ("the", "discussed", "users", "new"))


def test_generic_words_name_nothing_alone_but_help_a_phrase():
    found = phrases("", "models; diffusion models", "en")
    assert "models" not in found
    assert found["diffusion models"] == "diffusion models"


def test_accounts_and_addresses_are_no_phrases():
    found = phrases("", "@someone saw https://example.org/kernel at example.com/path", "en")
    assert not any("someone" in p or "example" in p for p in found)


def test_chinese_phrases_end_at_grammar_and_keep_names_in_latin_script():
    found = phrases("", "我们讨论了强化学习的奖励 Mojo", "zh")
    assert {"强化学习", "奖励", "mojo"} <= set(found)
    assert not any("的" in p or "讨论" in p for p in found)


def test_a_name_says_what_this_topic_has_and_others_lack():
    mine = english(*[f"a Tidal Compiler is for the kernel of {n}" for n in range(9)])
    others = english(*[f"kernel of something else {n}" for n in range(60)])
    name = named(mine, others)
    assert name.label.startswith("Tidal Compiler")
    assert "Tidal" not in name.terms


def test_the_commonest_spelling_is_shown():
    name = named(english("the GEMM", "a GEMM", "gemm"))
    assert name.label == "GEMM"


def test_two_topics_have_two_labels():
    counted = count_phrases(english(*["Alpha Beta; Gamma; Delta; Epsilon; Zeta"] * 5))
    usual = Usual()
    usual.add(counted)
    usual.add(count_phrases(english(*["something else entirely"] * 50)))
    first = name_topic(counted, usual)
    second = name_topic(counted, usual, {first.label, first.label_zh})
    assert first.label != second.label


def test_a_topic_without_chinese_items_has_its_english_name_in_chinese():
    name = named(english(*["Tidal Compiler"] * 3), english(*["others"] * 30))
    assert name.label_zh == name.label == "Tidal Compiler"


@pytest.fixture(scope="module")
def state():
    from etl.topics.fit import fit

    return fit(archive_of(made_rows()))


def decided(state, text):
    themes = {r["theme_id"] for r in theme_rows()}
    return read_decisions(text, "topics.yml", state.topics, themes)


def by_id(tables):
    return {r["topic_id"]: r for r in tables["topics"].to_pylist()}


def test_every_topic_has_names_proof_and_a_count(state):
    tables = tables_of(state, decided(state, ""))
    counted = {
        i: c
        for i, c in zip(
            state.assigned["item_id"].to_pylist(),
            state.assigned["is_counted"].to_pylist(),
            strict=True,
        )
    }
    topic_of = {r["item_id"]: r["topic_id"] for r in tables["item_topics"].to_pylist()}
    for topic_id, row in by_id(tables).items():
        assert row["label"] not in ("", "?")
        assert row["item_count"] == sum(counted[i] and t == topic_id for i, t in topic_of.items())
        assert row["first_on"] <= row["last_on"]
        assert all(topic_of[i] == topic_id for i in row["typical_items"])


def test_decisions_rename_hide_attach_and_merge(state):
    first, second, third, *_ = sorted(state.topics)
    text = (
        f"rename: {{{first}: {{en: My name, zh: 我的名字}}}}\nhide: [{second}]\n"
        f"attach: {{{first}: {THEME}}}\nmerge: {{{third}: {first}}}\n"
    )
    before, after = (by_id(tables_of(state, decided(state, t))) for t in ("", text))
    assert (after[first]["label"], after[first]["label_zh"]) == ("My name", "我的名字")
    assert after[first]["theme_id"] == THEME
    assert after[second]["topic_status"] == "hidden"
    assert (after[third]["topic_status"], after[third]["successor_id"]) == ("merged", first)
    assert after[third]["item_count"] == 0
    assert after[first]["item_count"] == before[first]["item_count"] + before[third]["item_count"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rename: [", "cannot be read"),
        ("renames: {}", "known keys are"),
        ("hide: [tnone]", "there is no topic tnone"),
        ("attach: {ID: nothing-like-it}", "there is no theme nothing-like-it"),
        ("merge: {ID: ID}", "merged into itself"),
        ("rename: {ID: name}", "needs {en: …, zh: …}"),
        ("hide: ID", "must be a list"),
        ("merge: [ID]", "must be a mapping"),
    ],
)
def test_a_wrong_decision_is_said(state, text, message):
    with pytest.raises(DecisionsProblem, match=message):
        decided(state, text.replace("ID", sorted(state.topics)[0]))
