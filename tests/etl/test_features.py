"""Texts as counted features: the same as scikit-learn counts, without loading it."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.preprocessing import normalize

from etl.stories.alike import Texts, alike, alike_by_day
from etl.stories.features import CELLS, cells_of, count_features, murmur3

SHAPES = {
    "en": {"token_pattern": r"(?u)\b\w(?:[\w.]*\w)?\b", "stop_words": "english"},
    "zh": {"analyzer": "char", "ngram_range": (2, 2)},
}
PIECES = st.sampled_from(
    ["The", "falcon", "Falcon", "v1.2", "3.1.", "...", ".5", "a", "in", "is", "_x_", "don't", "200K", "é̇", "模型",
     "开源。", "猎鹰", "İ", "½", "²", "@acme", "https://e.com/a?b=c", " ", "  ", "\n\n", "\u3000", "\x1c", "-"]
)  # fmt: skip
TEXTS = st.lists(st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=30), max_size=8)


def by_sklearn(texts, language):
    return HashingVectorizer(
        n_features=CELLS, norm=None, alternate_sign=False, dtype=np.float32, **SHAPES[language]
    ).transform(texts)


@settings(deadline=None, max_examples=200)
@given(TEXTS, st.sampled_from(["en", "zh"]))
def test_every_count_is_that_of_scikit_learn(texts, language):
    texts = [t.encode("utf-8", "ignore").decode() for t in ("one text", *texts)]
    found, expected = count_features(texts, language), by_sklearn(texts, language)
    for part in ("indptr", "indices", "data"):
        assert getattr(found, part).tolist() == getattr(expected, part).tolist()


@pytest.mark.parametrize(
    ("text", "value"),
    [  # published values of MurmurHash3_x86_32 with seed 0
        (b"", 0), (b"test", 0xBA6BD213), (b"Hello, world!", 0xC0363E43),
        (b"The quick brown fox jumps over the lazy dog", 0x2E4FF723),
    ],
)  # fmt: skip
def test_the_hash_is_murmur3(text, value):
    assert murmur3(np.frombuffer(text, np.uint8).reshape(1, -1)).tolist() == [value]


def test_a_features_cell_does_not_depend_on_the_others():
    words = ["falcon", "猎鹰", "f", "falcons", "\ud800"]
    assert [cells_of([w])[0] for w in words] == cells_of(words).tolist()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_texts_without_a_feature_are_rows_of_zeros(language):
    assert count_features(["", " "], language).sum() == 0
    assert count_features([], language).shape == (0, CELLS)


def test_likeness_is_the_cosine_of_weighted_words():
    texts = [f"falcon{n % 7} loader{n % 3} driver{n % 5} crash{n} card fix" for n in range(30)]
    told = Texts(texts, texts, "en")
    counts = by_sklearn(texts, "en")
    counts.data = 1 + np.log(counts.data)
    documents = np.bincount(counts.indices, minlength=CELLS)
    counts.data *= (np.log(31 / (1 + documents)) + 1)[counts.indices].astype(np.float32)
    cosine = (normalize(counts) @ normalize(counts).T).toarray()
    found = list(alike(told, range(10, 30), list(range(30)), 0.2))
    expected = [
        (one, other, round(float(cosine[one, other]), 5))
        for one in range(10, 30)
        for other in range(one)
        if cosine[one, other] >= 0.2
    ]
    assert sorted(found) == expected
    days = [(range(start, start + 5), list(range(start + 5))) for start in range(0, 30, 5)]
    assert alike_by_day(told, days, 0.2) == [list(alike(told, *day, 0.2)) for day in days]


def test_joining_stories_does_not_load_scikit_learn():
    code = (
        "import sys; from etl.stories.alike import Texts; Texts(['a falcon model'], [''], 'en');"
        "import etl.build; print('sklearn' in sys.modules, 'scipy.stats' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
