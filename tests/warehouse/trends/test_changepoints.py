"""Change points: the division is the cheapest of all, and a step is found where it is."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from warehouse.trends.changepoints import (
    noise_variance,
    optimal_partition,
    share_cost,
    squared_cost,
    swing,
)

VALUES = st.lists(st.integers(0, 30).map(float), min_size=1, max_size=9)


def division_cost(cost, changes, n, penalty):
    ends = [0, *changes, n]
    segments = pairwise(ends)
    return sum(cost[a, b, 0] for a, b in segments) + penalty * len(changes)


@given(values=VALUES, penalty=st.floats(0.01, 50), min_size=st.integers(1, 3))
def test_no_division_of_all_is_cheaper(values, penalty, min_size):
    n, cost = len(values), squared_cost(np.array(values))
    found = optimal_partition(cost, np.array([penalty]), min_size)[0]
    options = [()]
    for count in range(1, n):
        options += [
            c
            for c in combinations(range(1, n), count)
            if min(b - a for a, b in pairwise((0, *c, n))) >= min_size
        ]
    best = min(division_cost(cost, c, n, penalty) for c in options)
    assert division_cost(cost, found, n, penalty) == pytest.approx(best, abs=1e-8)
    assert tuple(found) in options


@given(values=VALUES)
def test_the_squared_cost_is_that_around_the_mean(values):
    cost = squared_cost(np.array(values))
    for a in range(len(values)):
        for b in range(a + 1, len(values) + 1):
            part = np.array(values[a:b])
            assert cost[a, b, 0] == pytest.approx(((part - part.mean()) ** 2).sum(), abs=1e-8)


@given(
    pairs=st.lists(
        st.integers(1, 20).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
        min_size=2,
        max_size=6,
    )
)
def test_the_share_cost_is_a_likelihood_up_to_what_no_division_changes(pairs):
    k, n = np.array(pairs, float).T
    cost = share_cost(k[:, None, None], n[:, None], np.ones(1))

    def minus_log_likelihood(a, b):
        share = k[a:b].sum() / n[a:b].sum()
        return -binom.logpmf(k[a:b], n[a:b], share).sum()

    size = len(pairs)
    middle = size // 2
    whole = minus_log_likelihood(0, size)
    parts = minus_log_likelihood(0, middle) + minus_log_likelihood(middle, size)
    gained = cost[0, size, 0] - cost[0, middle, 0] - cost[middle, size, 0]
    assert gained == pytest.approx(whole - parts, abs=1e-6)


def test_a_step_is_found_where_it_is():
    values = np.random.default_rng(7).normal(0, 0.1, 60) + np.where(np.arange(60) >= 37, 1.0, 0.0)
    penalty = np.array([2 * np.log(60) * noise_variance(values)])
    assert optimal_partition(squared_cost(values), penalty, 4)[0] == [37]


def test_few_series_of_noise_have_a_break():
    rng = np.random.default_rng(1)
    false = 0
    for _ in range(100):
        values = rng.normal(0, 1, 130)
        penalty = np.array([2 * np.log(130) * noise_variance(values)])
        false += bool(optimal_partition(squared_cost(values), penalty, 4)[0])
    assert false <= 10


def test_a_step_does_not_move_the_variance_of_the_noise():
    noise = np.random.default_rng(2).normal(0, 0.5, 400)
    step = noise + np.where(np.arange(400) >= 200, 9.0, 0.0)
    assert noise_variance(noise) == pytest.approx(0.25, rel=0.25)
    assert noise_variance(step) == pytest.approx(noise_variance(noise), rel=0.05)


def test_a_series_shorter_than_two_segments_stays_whole():
    values = np.array([0.0, 0.0, 9.0])
    assert optimal_partition(squared_cost(values), np.array([0.01]), 2) == [[]]


def test_swing_is_one_for_chance_and_grows_with_the_news():
    rng = np.random.default_rng(3)
    items = np.full((200, 1), 400.0)
    steady = rng.binomial(400, 0.1, (200, 1, 1)).astype(float)
    moved = rng.binomial(400, np.clip(rng.normal(0.1, 0.04, (200, 1, 1)), 0.01, 1)).astype(float)
    calm, wild = swing(np.concatenate([steady, moved], axis=2), items)
    assert 1.0 <= calm < 1.6
    assert wild > 3
