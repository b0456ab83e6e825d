"""Learn the theme model: one logistic regression a theme over words and rule scores.

In: labelled examples, each with its translation where there is one. Out: a `Learnt` model and the
probabilities of every example by a model that has not seen its issue (cross-validation).
Method: L2-regularised logistic regression (scikit-learn, liblinear), one against the rest; words by
rarity (idf), each text brought to length 1; folds by issue.
Traps: a text and its translation are one label, so both stand in the same fold; a threshold chosen on
items that the model was fitted to would be too high; a rare theme has too few items for a threshold of
its own, so it borrows from all themes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from etl.parsers.markdown import addresses
from etl.tag.lines import title_and_text
from etl.tag.matcher import fold, lower
from etl.tag.theme_model import rule_features
from etl.tag.theme_rules import ThemeRules
from etl.tag.words import features

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
LEAST_TEXTS = 4  # a word in fewer texts is not learnt
STRENGTH = 8.0  # C of the regression
WORD_WEIGHT = 2.0  # of the words against the rule scores
FOLDS = 5
GRID = tuple(round(0.16 + 0.02 * step, 2) for step in range(18))  # thresholds tried
WEAK = 0.3  # weight of a text that the model labelled itself
WEAK_CHANCE = (
    0.27  # mean probability of original and translation from which on it counts as labelled
)
BORROWED = 40.0  # labels' worth of evidence that a theme's threshold takes from all themes


@dataclass(frozen=True)
class Inputs:
    """What the model sees of texts: features and rule scores, in the order of the texts."""

    features: list[list[str]]
    rules: npt.NDArray[np.float32]


@dataclass(frozen=True)
class Learnt:
    """A fitted model: words by place, weights by word (or rule feature) and theme."""

    words: list[str]
    rarity: Floats
    weights: Floats
    rules: Floats
    bias: Floats


@dataclass(frozen=True)
class Corpus:
    """Labelled texts and the translations of some: `twin_of` is the place of the labelled text."""

    texts: Inputs
    twins: Inputs
    twin_of: npt.NDArray[np.int64]
    right: Bools  # text × theme
    groups: list[str]


@dataclass(frozen=True)
class Pairs:
    """Texts that nobody labelled, with their translations, and the group of each pair."""

    ones: Inputs
    others: Inputs
    groups: list[str]


def inputs(texts: Sequence[str], rules: ThemeRules) -> Inputs:
    """Features and rule features of Markdown texts, read as `trends tag` reads them."""
    found, scores = [], []
    for markdown in texts:
        title, text = title_and_text(markdown)
        folded = lower(fold(f"{title}\n{text}"))
        found.append(features(folded, addresses(markdown)))
        scores.append(rules.scores(folded, len(title)).by_theme)
    table = np.array(scores, dtype=np.float32).reshape(len(texts), len(rules.ids))
    return Inputs(found, rule_features(table))


def learn(corpus: Corpus, chosen: Bools | None = None, pairs: Pairs | None = None) -> Learnt:
    """Fit on the chosen texts (all by default) and on their translations.

    With `pairs`, fit again with texts that the first fit labelled (self-training; Yarowsky 1995): a
    text and its translation get one answer, from the mean of both, so that the second fit learns to
    give both the same. Pairs of groups of which a labelled text is held out stay out too.
    """
    mine = np.ones(len(corpus.right), dtype=bool) if chosen is None else chosen
    twins = mine[corpus.twin_of]
    sure = _joined(_part(corpus.texts, mine), _part(corpus.twins, twins))
    right = np.vstack([corpus.right[mine], corpus.right[corpus.twin_of[twins]]])
    first = _fit(sure, right, np.ones(len(right)))
    if pairs is None:
        return first
    held = {group for group, used in zip(corpus.groups, mine, strict=True) if not used}
    free = np.array([group not in held for group in pairs.groups])
    ones, others = _part(pairs.ones, free), _part(pairs.others, free)
    guessed = (predict(first, ones) + predict(first, others)) / 2 >= WEAK_CHANCE
    weights = np.append(np.ones(len(right)), np.full(2 * len(guessed), WEAK))
    return _fit(_joined(sure, ones, others), np.vstack([right, guessed, guessed]), weights)


def _fit(texts: Inputs, right: Bools, weights: Floats) -> Learnt:
    vectorizer = CountVectorizer(
        analyzer=_as_it_is, min_df=LEAST_TEXTS, binary=True, dtype=np.float64
    )
    counted = vectorizer.fit_transform(texts.features)
    frequency = np.asarray(counted.sum(axis=0)).ravel()
    rarity = np.log((1 + counted.shape[0]) / (1 + frequency)) + 1
    rows = sparse.hstack([_weighed(counted, rarity), sparse.csr_matrix(texts.rules)]).tocsr()
    fitted = np.array([_one(rows, right[:, t], weights) for t in range(right.shape[1])]).T
    size = len(rarity)
    words = [word for word, _ in sorted(vectorizer.vocabulary_.items(), key=lambda w: w[1])]
    return Learnt(words, rarity, fitted[:size] * WORD_WEIGHT, fitted[size:-1], fitted[-1])


def _part(texts: Inputs, chosen: Bools) -> Inputs:
    return Inputs(
        [f for f, c in zip(texts.features, chosen, strict=True) if c], texts.rules[chosen]
    )


def _joined(*parts: Inputs) -> Inputs:
    return Inputs([f for p in parts for f in p.features], np.vstack([p.rules for p in parts]))


def predict(model: Learnt, texts: Inputs) -> Floats:
    """Probabilities, text × theme."""
    vectorizer = CountVectorizer(
        analyzer=_as_it_is, vocabulary=model.words, binary=True, dtype=np.float64
    )
    counted = vectorizer.transform(texts.features)
    logits = _weighed(counted, model.rarity, 1.0) @ model.weights + texts.rules @ model.rules
    return np.asarray(1 / (1 + np.exp(-(logits + model.bias))))


def cross_validated(corpus: Corpus, pairs: Pairs | None = None) -> Floats:
    """Probabilities of every text by the model that has not seen its group."""
    chances = np.zeros(corpus.right.shape)
    places = np.arange(len(corpus.right))
    for train, test in GroupKFold(FOLDS).split(places, groups=corpus.groups):
        chosen = np.isin(places, train)
        chances[test] = predict(learn(corpus, chosen, pairs), _part(corpus.texts, ~chosen))
    return chances


def thresholds(chances: Floats, right: Bools) -> list[float]:
    """For each theme the threshold with the best F1, leaning on that of all themes together."""
    every = np.array([_outcomes(chances, right, level) for level in GRID])  # level × theme × 3
    whole = every.sum(axis=1)
    labels = whole[:, 0] + whole[:, 2]
    lent = whole / labels[:, None] * BORROWED
    table = every + lent[:, None, :]
    f1 = 2 * table[..., 0] / (2 * table[..., 0] + table[..., 1] + table[..., 2])
    return [GRID[int(best)] for best in f1.argmax(axis=0)]


def _outcomes(chances: Floats, right: Bools, level: float) -> npt.NDArray[np.float64]:
    """Hits, false alarms and misses of each theme at one threshold."""
    found = chances >= level
    counts = [(found & right).sum(0), (found & ~right).sum(0), (~found & right).sum(0)]
    return np.array(counts, dtype=np.float64).T


def _one(rows: Any, right: Bools, weights: Floats) -> Floats:
    if not right.any() or right.all():
        raise ValueError("a theme has no example (or no counter-example) among the labels")
    model = LogisticRegression(C=STRENGTH, solver="liblinear").fit(rows, right, weights)
    return np.append(model.coef_[0], model.intercept_)


def _weighed(counted: Any, rarity: Floats, weight: float = WORD_WEIGHT) -> Any:
    rows = counted @ sparse.diags(rarity)
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    length[length == 0] = 1
    return sparse.diags(weight / length) @ rows


def _as_it_is(features: list[str]) -> list[str]:
    return features
