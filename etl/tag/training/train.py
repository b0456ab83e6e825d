"""`trends train themes`: labels and an archive in, a theme model out.

In: gold files, the packaged labels, sources with the texts. Out: the model's folder and lines of
figures. Trap: a label whose text is not in the sources cannot be learnt from; their number is told, and
too many missing ends the run, because the model would silently be a worse one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from etl.sources.archives import read_source
from etl.tag.evaluate import evaluate
from etl.tag.theme_rules import ThemeRules, theme_rules
from etl.tag.training.artefact import write_model
from etl.tag.training.fit import Bools, Corpus, Pairs, cross_validated, inputs, learn, thresholds
from etl.tag.training.labels import (
    BULLET,
    CHANCE,
    Example,
    content_key,
    gold_examples,
    packaged_labels,
    with_texts,
)
from etl.tag.training.texts import Texts, find_texts, keys_with_twins

MOST_MISSING = 0.1  # of the packaged labels
WEAK_PAIRS = 10_000
LEAST_LETTERS = 40  # of an unlabelled text; shorter ones say little


class TextsMissing(ValueError):
    """Too few of the labelled texts are in the sources."""


def train(sources: Sequence[str], gold: Sequence[Path], folder: Path) -> Iterator[str]:
    """Learn from `gold` and the packaged labels, write the model to `folder`, tell the figures."""
    corpus, pairs, examples, told = collect(sources, gold)
    yield told
    chances = cross_validated(corpus, pairs)
    chance = np.array([e.label.drawn == CHANCE for e in examples])
    if not chance.any():
        chance[:] = True
    limits = thresholds(chances[chance], corpus.right[chance])
    rules = theme_rules()
    figures = list(_figures(examples, chances >= np.array(limits), rules.ids))
    yield from figures
    head = {
        "made_by": "trends train themes",
        "labels": len(examples),
        "translations": len(corpus.twin_of),
        "weak_pairs": len(pairs.groups),
        "labels_sha256": _digest_of(examples),
        "cross_validated": figures,
    }
    words = write_model(folder, learn(corpus, pairs=pairs), rules.ids, limits, head)
    size = sum(f.stat().st_size for f in folder.iterdir())
    yield f"{words:,} words, {size / 1e6:.1f} MB in {folder}"


def collect(
    sources: Sequence[str], gold: Sequence[Path]
) -> tuple[Corpus, Pairs, list[Example], str]:
    """The corpus to learn from, unlabelled pairs, the examples in order, and what was found."""
    texts = find_texts(file for source in sources for file in read_source(source).files)
    packaged = packaged_labels()
    examples = [e for path in gold for e in gold_examples(path)]
    given = {e.label.key for e in examples}
    found = [e for e in with_texts(packaged, texts.by_key) if e.label.key not in given]
    missing = len(packaged) - len(found) - sum(label.key in given for label in packaged)
    if missing > MOST_MISSING * len(packaged):
        raise TextsMissing(
            f"the texts of {missing:,} of {len(packaged):,} labels are not in the sources; name the "
            "English archive, its translations and the Chinese digests"
        )
    examples += found
    twins = keys_with_twins([content_key(e.text) for e in examples], texts.twin)
    place = {e.label.key: i for i, e in enumerate(examples)}
    rules = theme_rules()
    corpus = Corpus(
        inputs([e.text for e in examples], rules),
        inputs([texts.by_key[twin] for _, twin in twins], rules),
        np.array([place[key] for key, _ in twins], dtype=np.int64),
        _right(examples, rules),
        [e.label.issue for e in examples],
    )
    pairs = _weak_pairs(texts, set(place))
    told = (
        f"{len(examples):,} labelled texts ({missing:,} labels without a text), "
        f"{len(twins):,} of them with a translation; {len(pairs.groups):,} pairs without a label"
    )
    return corpus, pairs, examples, told


def _weak_pairs(texts: Texts, labelled: set[str]) -> Pairs:
    """`WEAK_PAIRS` pairs of which no side is labelled, drawn by their hash."""
    rules = theme_rules()
    free = [
        (content_key(one), one, other, issue)
        for one, other, issue in texts.pairs
        if len(one) >= LEAST_LETTERS and not {content_key(one), content_key(other)} & labelled
    ]
    chosen = sorted(free)[:WEAK_PAIRS]
    return Pairs(
        inputs([one for _, one, _, _ in chosen], rules),
        inputs([other for _, _, other, _ in chosen], rules),
        [issue for *_, issue in chosen],
    )


def _right(examples: Sequence[Example], rules: ThemeRules) -> Bools:
    return np.array(
        [[theme in e.label.themes for theme in rules.ids] for e in examples], dtype=bool
    )


def _figures(
    examples: Sequence[Example],
    found: Bools,
    ids: Sequence[str],
) -> Iterator[str]:
    """Cross-validated micro and macro F1 by kind of text."""
    for name, chosen in (
        ("all", lambda e: True),
        ("bullets", lambda e: e.label.kind == BULLET),
        ("bullets en", lambda e: e.label.kind == BULLET and e.label.lang == "en"),
        ("bullets zh", lambda e: e.label.kind == BULLET and e.label.lang == "zh"),
        ("digests", lambda e: e.label.kind != BULLET),
        ("by chance: bullets", lambda e: e.label.drawn == CHANCE and e.label.kind == BULLET),
        ("by chance: digests", lambda e: e.label.drawn == CHANCE and e.label.kind != BULLET),
        ("gold", lambda e: e.label.reader == "gold"),
    ):
        places = [i for i, e in enumerate(examples) if chosen(e)]
        if not places:
            continue
        lines = [{"labs": [], "themes": sorted(examples[i].label.themes)} for i in places]
        predicted = [(set[str](), {ids[int(t)] for t in np.flatnonzero(found[i])}) for i in places]
        score = evaluate(lines, predicted).score("themes")
        yield (
            f"{name:<19}{len(places):>7}  P {score.counts.precision:.3f}  "
            f"R {score.counts.recall:.3f}  F1 {score.counts.f1:.3f}  macro F1 {score.macro_f1:.3f}"
        )


def _digest_of(examples: Sequence[Example]) -> str:
    rows = sorted(f"{e.label.key} {' '.join(sorted(e.label.themes))}" for e in examples)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
