"""Topics on a made corpus: found, tied across languages, remembered."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.topics.births import LEAST_DAYS, LEAST_DIGESTS, LEAST_ITEMS, find_birth
from etl.topics.fit import TooFewItems, cluster, fit
from etl.topics.items import Archive, Items
from etl.topics.memory import match
from etl.topics.parts import theme_parts
from etl.topics.state import FOLDER, read_state, write_changes, write_fit
from etl.topics.update import update_state
from tests.etl.made_topics import FIRST, SUBJECTS, archive_of, made_rows, rows_of, table_of


@pytest.fixture(scope="module")
def rows():
    return made_rows()


@pytest.fixture(scope="module")
def state(rows):
    return fit(archive_of(rows))


def topics_by_item(state):
    return dict(
        zip(
            state.assigned["item_id"].to_pylist(),
            state.assigned["topic_id"].to_pylist(),
            strict=True,
        )
    )


def subjects_by_topic(state):
    found = defaultdict(Counter)
    for item, topic in topics_by_item(state).items():
        if topic:
            found[topic][item.split("-")[0]] += 1
    return found


def test_a_topic_is_of_one_subject(state):
    assert len(state.centroid_ids) == len(SUBJECTS)
    of_subject = defaultdict(set)
    for topic, subjects in subjects_by_topic(state).items():
        for subject, count in subjects.items():
            if count > 5:
                of_subject[subject].add(topic)
    assert all(len(topics) == 1 for topics in of_subject.values()), of_subject


def test_a_translation_is_in_the_topic_of_its_original(state):
    topics = topics_by_item(state)
    pairs = [(topics[i], topics[i.replace("-zh-", "-en-")]) for i in topics if "-zh-" in i]
    assigned = [(one, other) for one, other in pairs if one and other]
    assert len(assigned) > 0.7 * len(pairs)
    assert np.mean([one == other for one, other in assigned]) > 0.95


def test_the_order_of_the_input_changes_nothing(rows, state):
    backwards = fit(archive_of(rows[::-1]))
    assert backwards.assigned.equals(state.assigned)
    assert backwards.topics == state.topics


def test_the_same_items_give_the_same_bytes(rows, state, tmp_path):
    write_fit(state, tmp_path / "one")
    write_fit(fit(archive_of(rows)), tmp_path / "two")
    files = sorted(p.name for p in (tmp_path / "one" / FOLDER).iterdir())
    assert files == sorted(p.name for p in (tmp_path / "two" / FOLDER).iterdir())
    for name in files:
        one, two = (tmp_path / side / FOLDER / name for side in ("one", "two"))
        assert one.read_bytes() == two.read_bytes(), name


def test_what_was_written_is_read_back(state, tmp_path):
    write_fit(state, tmp_path)
    again = read_state(tmp_path)
    assert again.topics == state.topics
    assert again.events == state.events
    texts = [["humanoid", "robot", "gripper"], [], ["nothing", "known"]]
    one, other = (s.space.project(texts, ["en", "en", "zh"]) for s in (state, again))
    assert np.array_equal(one, other)
    assert not one[1:].any()
    write_changes(again, tmp_path / FOLDER)
    assert read_state(tmp_path).topics == state.topics


def test_an_item_is_assigned_as_the_fit_did(rows, state, tmp_path):
    write_fit(state, tmp_path)
    known = topics_by_item(state)
    again = read_state(tmp_path)
    again.assigned = again.assigned.slice(0, 0)
    again.reserve = again.reserve.slice(0, 0)
    update_state(again, Items.of(table_of(rows)), "run")
    assert topics_by_item(again) == known


def test_days_one_by_one_equal_all_at_once(tmp_path):
    all_rows = made_rows(days=50, new_from=25)
    start = FIRST + timedelta(days=20)
    write_fit(fit(archive_of([r for r in all_rows if r["published_on"] < start])), tmp_path)
    later = [r for r in all_rows if r["published_on"] >= start]
    daily, at_once, before = (read_state(tmp_path) for _ in range(3))
    for day in sorted({r["published_on"] for r in later}):
        items = Items.of(table_of([r for r in later if r["published_on"] == day]))
        update_state(daily, items, f"run of {day}")
    update_state(at_once, Items.of(table_of(later)), "one run")
    assert topics_by_item(daily) == topics_by_item(at_once)
    assert daily.topics == at_once.topics
    assert set(before.centroid_ids) <= set(daily.centroid_ids)
    assert update_state(daily, Items.of(table_of(later)), "again") is False


def test_a_further_fit_keeps_the_ids_and_finds_the_new_subject():
    before = fit(archive_of(made_rows(days=20)))
    after = fit(archive_of(made_rows(days=40, new_from=20)), before)
    assert set(before.centroid_ids) <= set(after.centroid_ids)
    by_topic = subjects_by_topic(after)
    proteins = [t for t, s in by_topic.items() if s.most_common(1)[0][0] == "proteins"]
    assert proteins
    assert not set(proteins) & set(before.centroid_ids)
    news = [e for e in after.events[len(before.events) :] if e["topic_id"] in proteins]
    assert {e["event"] for e in news} == {"birth"}
    assert {e["happened_in_run"] for e in news} == {after.fit_id}


def test_a_birth_needs_items_of_several_digests_and_days():
    """Leftovers that lie together give birth on the day on which there are enough of them."""
    away = np.zeros((20, 8), np.float32)
    away[:, 0] = 1
    centroids = np.eye(8, dtype=np.float32)[1:3]
    counted = np.ones(20, np.int64)
    days = [FIRST + timedelta(days=n % LEAST_DAYS) for n in range(20)]
    digests = np.arange(20) % LEAST_DIGESTS
    born = find_birth(away, counted, digests, days, centroids, 0.5)
    assert len(born.members) == 20
    assert find_birth(away, counted, digests * 0, days, centroids, 0.5) is None
    assert find_birth(away, counted, digests, [FIRST] * 20, centroids, 0.5) is None
    assert find_birth(away, counted * 0, digests, days, centroids, 0.5) is None
    few = LEAST_ITEMS - 1
    assert find_birth(away[:few], counted[:few], digests[:few], days, centroids, 0.5) is None
    there_already = np.vstack([centroids, away[:1]])
    assert find_birth(away, counted, digests, days, there_already, 0.5) is None


@pytest.mark.parametrize(
    "made",
    [
        [],
        [rows_of("one two three", FIRST, n, "x") for n in range(10)],
        [{**rows_of("one", FIRST, n, "x"), "text": "", "title": None} for n in range(100)],
    ],
    ids=["nothing", "few", "empty texts"],
)
def test_too_little_is_said_and_not_fitted(made):
    with pytest.raises(TooFewItems, match=r"too few|share no words"):
        fit(archive_of(made))


def test_one_language_alone_has_topics_too():
    for language in ("en", "zh"):
        mine = [{**r, "is_counted": True} for r in made_rows() if r["language"] == language]
        state = fit(alone(mine))
        assert len(state.centroid_ids) >= 2


def alone(rows):
    return Archive(Items.of(table_of(rows)), np.zeros((0, 2), np.int64), {})


def test_items_without_words_belong_nowhere(rows):
    empty = [{**r, "item_id": f"empty-{n}", "text": ""} for n, r in enumerate(rows[:20])]
    state = fit(alone([r for r in rows if r["is_counted"]] + empty))
    topics = topics_by_item(state)
    assert {topics[r["item_id"]] for r in empty} == {None}


def test_items_that_are_gone_lose_their_topic(rows, state, tmp_path):
    write_fit(state, tmp_path)
    again = read_state(tmp_path)
    assert update_state(again, Items.of(table_of(rows[10:])), "run", is_all=True)
    assert set(topics_by_item(again)) == {r["item_id"] for r in rows[10:]}


def test_an_item_stops_counting_when_its_original_is_loaded(rows, state, tmp_path):
    write_fit(state, tmp_path)
    again = read_state(tmp_path)
    other = [{**rows[0], "is_counted": not rows[0]["is_counted"]}]
    assert update_state(again, Items.of(table_of(other)), "run")
    counts = dict(
        zip(*(again.assigned[c].to_pylist() for c in ("item_id", "is_counted")), strict=True)
    )
    assert counts[rows[0]["item_id"]] is not rows[0]["is_counted"]


labels = st.lists(st.integers(-1, 4), min_size=1, max_size=60).map(np.array)


@settings(max_examples=60, deadline=None)
@given(labels, st.permutations(range(5)))
def test_clusters_in_another_order_keep_every_id(old, order):
    new = np.where(old >= 0, np.array(order)[old], -1)
    terms = [[f"w{n}"] for n in range(5)]
    new_terms = [terms[order.index(n)] for n in range(5)]
    matched = match(old, new, terms, new_terms)
    assert [matched.old_of[order[n]] for n in range(5)] == list(range(5))
    assert not matched.splits
    assert not matched.merges
    assert not matched.retired


@settings(max_examples=60, deadline=None)
@given(labels, labels)
def test_every_topic_survives_merges_or_retires_and_none_twice(old, new):
    size = min(len(old), len(new))
    terms = [[f"w{n}"] for n in range(5)]
    matched = match(old[:size], new[:size], terms, [["other"]] * 5)
    kept = [o for o in matched.old_of if o is not None]
    assert sorted([*kept, *(o for o, _ in matched.merges), *matched.retired]) == list(range(5))


def test_a_divided_topic_splits_and_joined_ones_merge():
    old = np.repeat([0, 1, 2], [20, 20, 10])
    new = np.concatenate([np.repeat([0, 1], [13, 7]), np.repeat([2], 30)])
    matched = match(old, new, [["a"], ["b"], ["c"]], [["a"], ["d"], ["b"]])
    assert matched.old_of == [0, None, 1]
    assert matched.splits == [(1, 0)]
    assert matched.merges == [(2, 2)]


def test_a_theme_is_made_of_parts_of_one_subject_each(rows):
    made = archive_of(rows)
    fitted = cluster(made)
    themes = {i: ["any-theme"] for i in made.items.ids}
    parts = theme_parts(replace(made, themes=themes), fitted.corpus, fitted.vectors)
    assert len(parts) >= len(SUBJECTS)
    assert [p["position"] for p in parts] == list(range(1, len(parts) + 1))
    assert len({p["label"] for p in parts}) == len(parts)
    for part in parts:
        assert part["theme_id"] == "any-theme"
        assert len({i.split("-")[0] for i in part["typical_items"]}) == 1
    assert sum(p["item_count"] for p in parts) <= sum(made.items.is_counted)
    assert theme_parts(made, fitted.corpus, fitted.vectors) == []
