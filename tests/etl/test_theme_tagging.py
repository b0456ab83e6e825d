"""Themes: every rule's own sentences, the given digest, and what holds for any text."""

import csv
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.parsers.zh_digest import parse
from etl.tag.evaluate import evaluate
from etl.tag.lines import tag_text
from etl.tag.matcher import fold, lower
from etl.tag.theme_rules import ThemeRules, spellings, theme_rules
from etl.tag.themes import MOST, theme_tagger
from etl.tag.words import features
from warehouse.taxonomy.labs import TaxonomyError
from warehouse.taxonomy.themes import Examples, Phrase, Theme, load_themes, parse_themes

SENTENCES = [
    pytest.param(theme.id, sentence, expected, id=f"{theme.id}-{'yes' if expected else 'no'}-{n}")
    for theme in load_themes()
    for expected, sentences in ((True, theme.examples.yes), (False, theme.examples.no))
    for n, sentence in enumerate(sentences)
]


def theme(theme_id, phrases, not_phrases=(), threshold=0.5):
    pairs = tuple(Phrase(words, weight) for words, weight in phrases.items())
    texts = (theme_id, theme_id, theme_id, "d", "义")
    return Theme(*texts, threshold, pairs, tuple(not_phrases), Examples((), ()))


def ids(tags):
    return {tag.id for tag in tags}


def by_rules(themes, text, title=""):
    """What the phrases of these themes alone would set."""
    rules = ThemeRules(themes)
    return set(rules.alone(rules.scores(lower(fold(f"{title}\n{text}")), len(title))))


@pytest.mark.parametrize(("theme_id", "sentence", "expected"), SENTENCES)
def test_the_phrases_decide_their_own_example_sentences(theme_id, sentence, expected):
    rules = theme_rules()
    alone = rules.alone(rules.scores(lower(fold(f"\n{sentence}")), 0))
    assert (theme_id in alone) == expected


def test_the_tagger_agrees_with_nearly_all_example_sentences():
    """A dozen everyday words in a sentence of no AI at all may mislead the model; more may not."""
    wrong = [
        (case.values[0], case.values[1])
        for case in SENTENCES
        if (case.values[0] in ids(theme_tagger().tag("", case.values[1]))) != case.values[2]
    ]
    assert len(wrong) <= 0.05 * len(SENTENCES), wrong


def test_every_theme_has_examples_in_both_languages():
    for entry in load_themes():
        for sentences in (entry.examples.yes, entry.examples.no):
            assert {s.isascii() or "ő" in s for s in sentences} == {True, False}, entry.id


def test_weights_add_up_to_the_threshold():
    themes = [theme("t", {"lunar": 0.3, "rover": 0.2})]
    assert by_rules(themes, "a lunar rover") == {"t"}
    assert by_rules(themes, "a lunar day") == set()


def test_a_phrase_counts_once_however_often_it_stands_there():
    assert by_rules([theme("t", {"lunar": 0.3})], "lunar, lunar and lunar") == set()


def test_the_title_counts_more():
    themes = [theme("t", {"lunar": 0.4})]
    assert by_rules(themes, "Nothing else.", title="Lunar news") == {"t"}
    assert by_rules(themes, "It is lunar.", title="News") == set()


def test_an_opening_before_a_colon_is_a_title_where_there_is_none():
    themes = [theme("t", {"lunar": 0.4})]
    assert by_rules(themes, "Lunar news: nothing else.") == {"t"}
    assert by_rules(themes, "News: it is lunar.") == set()


def test_words_against_lower_the_score():
    assert by_rules([theme("t", {"lunar": 0.5, "calendar": -0.2})], "a lunar calendar") == set()


def test_a_not_phrase_hides_the_phrase_inside_it_but_no_other():
    themes = [theme("t", {"memory": 0.5}, ["memory bandwidth"])]
    assert by_rules(themes, "memory bandwidth") == set()
    assert by_rules(themes, "memory bandwidth and memory") == {"t"}


def test_a_long_phrase_of_one_theme_does_not_hide_a_short_one_of_another():
    themes = [theme("a", {"memory bandwidth": 0.5}), theme("b", {"bandwidth": 0.5})]
    assert by_rules(themes, "More memory bandwidth.") == {"a", "b"}


def test_everyday_words_alone_set_no_theme():
    words = {f"word{n}x": 0.1 for n in range(8)}
    assert by_rules([theme("t", words)], " ".join(words)) == set()


def test_the_strongest_phrase_is_found_where_it_stands():
    rules = ThemeRules([theme("t", {"lunar": 0.2, "moon rover": 0.5})])
    text = "The lunar Moon-Rovers drive."
    weight, start, end = rules.scores(lower(text), 0).strongest(0)
    assert (weight, text[start:end]) == (0.5, "Moon-Rovers")


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("vector store", "vector-stores"),
        ("fine-tune", "fine tune"),
        ("AI 浏览器", "ai浏览器"),
        ("ＧＰＵ", "gpus"),
    ],
)
def test_a_phrase_is_found_in_its_other_spellings(phrase, found):
    assert found in spellings(phrase)


def test_a_spelling_that_is_written_out_keeps_its_own_weight():
    themes = [theme("t", {"transformer": 0.5, "transformers": 0.1})]
    assert by_rules(themes, "a transformer") == {"t"}
    assert by_rules(themes, "two transformers") == set()


@given(st.text(max_size=300), st.text(max_size=80))
def test_any_text_is_tagged_without_error_and_evidence_stands_in_it(text, title):
    check_evidence(title, text)


WORDS = [p.words for t in load_themes() for p in t.phrases if p.weight >= 0.4]


@given(
    st.lists(st.sampled_from(WORDS), max_size=12), st.sampled_from([" ", "，", ": ", "\u3000", "İ"])
)
def test_evidence_stands_in_texts_full_of_phrases(words, between):
    check_evidence(between.join(words[:3]), between.join(words[3:]).upper())


def check_evidence(title, text):
    tags = theme_tagger().tag(title, text)
    assert len(tags) <= MOST
    for tag in tags:
        assert tag.evidence
        if tag.evidence_kind == "phrase":
            assert tag.evidence in f"{title}\n{text}"
        else:
            assert set(tag.evidence.split(", ")) <= set(features(lower(fold(f"{title}\n{text}"))))
        assert 0 < tag.score <= 1


BLOCK = {
    "name": "N",
    "name_zh": "名",
    "definition": "d",
    "definition_zh": "义",
    "threshold": "0.5",
    "en": {"1.0": ["lunar"]},
    "zh": {"1.0": ["月球"]},
    "examples": {"yes": ["a"], "no": ["b"]},
}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"nmae": "x"}, "unknown key 'nmae'"),
        ({"name": ""}, "has no name; add"),
        ({"definition_zh": ""}, "has no definition_zh; add"),
        ({"threshold": "high"}, "`threshold` is 'high'; write a number"),
        ({"threshold": "1.5"}, "above 0, at most 1"),
        ({"en": {}}, "no phrases under `en`"),
        ({"en": {"2": ["x"]}}, "from -1 to 1"),
        ({"en": {"strong": ["x"]}}, "weight is 'strong'"),
        ({"en": {"1.0": "lunar"}}, "must be a list of texts"),
        ({"not": ["Lunar"]}, "'Lunar' twice"),
        ({"examples": {"yes": ["a"]}}, "lacks test sentences"),
        ({"examples": {"yes": ["a"], "no": []}}, "no sentence under `no`"),
    ],
)
def test_a_slip_in_the_file_names_file_theme_and_repair(change, message):
    with pytest.raises(TaxonomyError, match=f"themes/x.yml: moon.*{message}"):
        parse_themes([("themes/x.yml", {"moon": BLOCK | change})])


def test_a_theme_may_stand_in_one_file_only():
    with pytest.raises(TaxonomyError, match=r"b\.yml: moon is in a\.yml too"):
        parse_themes([("a.yml", {"moon": BLOCK}), ("b.yml", {"moon": BLOCK})])


@pytest.mark.shared
def test_themes_are_those_of_the_contract(shared):
    with (shared / "contract/themes.csv").open(encoding="utf-8", newline="") as file:
        wanted = {
            (r["theme_id"], r["name"], r["name_zh"], r["definition"]) for r in csv.DictReader(file)
        }
    assert {(t.id, t.name, t.name_zh, t.definition) for t in load_themes()} == wanted


@pytest.mark.shared
def test_the_given_digest_has_the_required_themes_and_no_wrong_one(shared):
    path = shared / "data/digest-2026-01-21.md"
    digest = parse(path.read_text(encoding="utf-8"), path.name)
    items = {(item.channel, str(item.position)): item for item in digest.items}
    with (shared / "contract/digest-2026-01-21.tags.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(items) == 20
    for row in rows:
        item = items[row["section"], row["number"]]
        found = ids(theme_tagger().tag(item.title, item.text, item.urls))
        where = f"{row['section']} {row['number']}: {sorted(found)}"
        groups = [set(group.split("|")) for group in row["themes_required"].split()]
        assert all(found & group for group in groups), where
        assert found <= set(row["themes_also_right"].split()).union(*groups), where


@pytest.mark.shared
def test_f1_on_labelled_items_does_not_fall(shared):
    """Floors a little under what the rules reach; these items were used to fit the weights."""
    lines = (shared / "gold/train.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [json.loads(line) for line in lines]
    for line in gold:
        line["lang"] = "digest" if line["id"].startswith("dtrain") else line["lang"]
    found = [(set(), {t.id for t in tag_text(g["text"]) if t.kind == "theme"}) for g in gold]
    scores = {s.group: s.counts.f1 for s in evaluate(gold, found).scores if s.kind == "themes"}
    assert scores["en"] > 0.71
    assert scores["zh"] > 0.685
    assert scores["digest"] > 0.77
