"""The theme model: learnt from labels, stored as plain arrays, the same bytes every time."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.sources.archives import SourceFile
from etl.tag.theme_model import ModelMismatch, ThemeModel, rule_features, theme_model
from etl.tag.theme_rules import theme_rules
from etl.tag.training.artefact import write_model
from etl.tag.training.fit import Corpus, cross_validated, inputs, learn, predict, thresholds
from etl.tag.training.labels import content_key, packaged_labels
from etl.tag.training.texts import bullets, find_texts, translations
from etl.tag.words import features
from warehouse.taxonomy.labs import load_labs
from warehouse.taxonomy.themes import load_themes

IDS = [theme.id for theme in load_themes()]
SUBJECTS = [f"subject{n:02d}" for n in range(len(IDS))]  # theme n is about subject n


@pytest.fixture(scope="module")
def corpus():
    texts = [f"{subject} news number {n} of the day" for n in range(10) for subject in SUBJECTS]
    right = np.array([[s in text for s in SUBJECTS] for text in texts])
    rules = theme_rules()
    empty = inputs([], rules)
    groups = [f"issue {n}" for n in range(10) for _ in SUBJECTS]
    return Corpus(inputs(texts, rules), empty, np.array([], dtype=np.int64), right, groups)


@pytest.fixture(scope="module")
def learnt(corpus):
    return learn(corpus)


def test_the_model_finds_the_subject_in_texts_of_other_issues(corpus):
    chances = cross_validated(corpus)
    assert (chances.argmax(axis=1) == corpus.right.argmax(axis=1)).all()


def test_the_stored_model_says_what_the_learnt_one_says(corpus, learnt, tmp_path):
    write_model(tmp_path, learnt, IDS, [0.5] * len(IDS), {})
    model = ThemeModel.read(tmp_path)
    text = "subject07 and subject21 news"
    rules = theme_rules()
    expected = predict(learnt, inputs([text], rules))[0]
    scores = rules.scores(f"\n{text}", 0).by_theme
    (found,) = model.probabilities([model.known(features(f"\n{text}"))], [scores])
    assert found == pytest.approx(list(expected), abs=0.02)
    assert {int(i) for i in np.argsort(found)[-2:]} == {7, 21}
    assert model.telling(model.known(features(text)), 7, 3).split(", ")[0].startswith("subject07")


def test_the_same_model_is_written_with_the_same_bytes(corpus, learnt, tmp_path):
    again = learn(corpus)
    for name, model in (("a", learnt), ("b", again)):
        write_model(tmp_path / name, model, IDS, [0.5] * len(IDS), {"labels": 3})
    for file in sorted((tmp_path / "a").iterdir()):
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes(), file.name


def test_a_model_of_other_themes_is_refused_with_the_command_that_mends_it(learnt, tmp_path):
    write_model(tmp_path, learnt, [*IDS[:-1], "gardening"], [0.5] * len(IDS), {})
    with pytest.raises(ModelMismatch, match=r"gardening.*trends train themes"):
        ThemeModel.read(tmp_path).check_themes(IDS)


def test_a_model_of_another_format_is_refused(learnt, tmp_path):
    write_model(tmp_path, learnt, IDS, [0.5] * len(IDS), {})
    head = json.loads((tmp_path / "model.json").read_text(encoding="utf-8"))
    (tmp_path / "model.json").write_text(json.dumps(head | {"format": 99}), encoding="utf-8")
    with pytest.raises(ModelMismatch, match="format 99"):
        ThemeModel.read(tmp_path)


def test_a_word_list_that_lost_a_line_is_refused(learnt, tmp_path):
    write_model(tmp_path, learnt, IDS, [0.5] * len(IDS), {})
    words = (tmp_path / "words.txt").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "words.txt").write_text("".join(words[1:]), encoding="utf-8")
    with pytest.raises(ModelMismatch, match="shape"):
        ThemeModel.read(tmp_path)


def test_the_packaged_model_is_small_and_belongs_to_the_taxonomy():
    from importlib.resources import files

    folder = files("etl.tag") / "model"
    assert sum(len(entry.read_bytes()) for entry in folder.iterdir()) <= 15_000_000
    theme_model().check_themes(IDS)


def test_packaged_labels_name_only_themes_and_labs_of_the_taxonomy_and_hold_no_text():
    labels = packaged_labels()
    assert len(labels) >= 1000
    assert {t for label in labels for t in label.themes} <= set(IDS)
    assert {lab for label in labels for lab in label.labs} <= {lab.id for lab in load_labs()}
    assert all(len(label.key) == 16 and int(label.key, 16) >= 0 for label in labels)


def test_a_rare_theme_takes_its_threshold_from_all_themes():
    right = np.zeros((400, 2), dtype=bool)
    right[:200, 0] = True
    right[0, 1] = True
    chances = np.full((400, 2), 0.05)
    chances[:200, 0] = 0.4  # best cut just under 0.4
    chances[200:, 0] = 0.3
    chances[0, 1] = 0.2
    common, rare = thresholds(chances, right)
    assert 0.3 < common <= 0.4
    assert rare == common  # its one item alone would ask for 0.2


def test_a_translation_belongs_to_the_bullet_with_the_same_names_and_figures():
    originals = ["Acme ships Rover 4 for $12", "Bees like Lavender 99 more", "No names here"]
    translated = ["Acme 推出 Rover 4,售价 $12", "蜜蜂更喜欢 Lavender 99 这种花"]
    assert list(translations(originals, translated)) == [
        (originals[0], translated[0]),
        (originals[1], translated[1]),
    ]


def test_untranslated_lines_are_no_translation():
    assert list(translations(["Acme ships Rover 4"], ["Acme ships Rover 4"])) == []


def test_texts_and_their_translations_are_found_by_hash():
    body = "# T\n\n- Acme ships Rover 4 for 12 dollars\n  - and Lavender 99 as well\n"
    chinese = "# T\n\n- Acme 推出售价 12 美元的 Rover 4 机器\n  - 还有 Lavender 99 这款\n"
    found = find_texts(
        [
            SourceFile("a", "en/day.md", body.encode()),
            SourceFile("b", "zh/day.md", chinese.encode()),
        ]
    )
    key = content_key("and Lavender 99 as well")
    assert found.by_key[key] == "and Lavender 99 as well"
    assert found.by_key[found.twin[key]] == "还有 Lavender 99 这款"


def test_bullets_of_every_depth_are_found():
    assert bullets("- one\n  * two\ntext\n    • three") == ["one", "two", "three"]


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_features_of_any_text_are_words_without_blanks_at_their_ends(text):
    assert all(word and word == word.strip() for word in features(text.lower()))


def test_addresses_give_host_and_owner_but_not_the_page():
    found = features("", ["https://www.github.com/acme/rover/issues/3", "https://acme.ai/blog/1"])
    assert found == ["at github.com", "at github.com/acme", "at acme.ai"]


@given(st.lists(st.floats(-5, 5), min_size=3, max_size=3))
def test_rule_features_stay_in_range_and_shares_add_up_to_less_than_one(scores):
    found = rule_features(scores)
    assert found.shape == (6,)
    assert (found[:3] >= -1).all()
    assert (found[:3] <= 2).all()
    assert 0 <= found[3:].sum() < 1
