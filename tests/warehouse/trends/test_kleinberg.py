"""Bursts: the path is the cheapest of all, and costs are those of the binomial."""

from itertools import pairwise, product
from math import comb, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.trends.kleinberg import burst_states, gains, local_share, runs

GAINS = st.lists(st.floats(-5, 5).map(lambda x: round(x, 3)), min_size=1, max_size=9)
COUNTS = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def cost(path, gain, up_cost):
    total, before = 0.0, False
    for state, value in zip(path, gain, strict=True):
        total += (up_cost if state and not before else 0.0) - (value if state else 0.0)
        before = state
    return total


@given(gain=GAINS, up_cost=st.floats(0.01, 6))
def test_no_path_of_all_is_cheaper(gain, up_cost):
    found = burst_states(np.array(gain)[:, None], up_cost)[:, 0]
    best = min(cost(path, gain, up_cost) for path in product([False, True], repeat=len(gain)))
    assert cost(found, gain, up_cost) == pytest.approx(best, abs=1e-9)


@given(many=st.lists(st.tuples(*[st.floats(-4, 4)] * 6), min_size=2, max_size=5))
def test_series_do_not_touch_one_another(many):
    together = burst_states(np.array(many).T, 1.5)
    for column, gain in enumerate(many):
        alone = burst_states(np.array(gain)[:, None], 1.5)[:, 0]
        assert together[:, column].tolist() == alone.tolist()


def test_two_strong_weeks_bridge_a_weak_one_only_if_that_is_cheaper_than_entering_again():
    bridged = burst_states(np.array([[4.0], [-1.0], [4.0]]), 2.0)[:, 0]
    apart = burst_states(np.array([[4.0], [-3.0], [4.0]]), 2.0)[:, 0]
    assert bridged.tolist() == [True, True, True]
    assert apart.tolist() == [True, False, True]


@given(counts=COUNTS, share=st.floats(0.01, 0.6), odds=st.floats(1.1, 4))
def test_the_gain_is_the_difference_of_kleinbergs_fit_costs(counts, share, odds):
    k, n = counts
    burst = odds * share / (1 - share + odds * share)

    def fit(p):
        return -log(comb(n, k)) - k * log(p) - (n - k) * log(1 - p)

    found = gains(
        np.array([[[k]]], float),
        np.array([[n]], float),
        np.array([[[share]]]),
        np.ones((1, 1)),
        odds,
    )
    assert found[0, 0] == pytest.approx(fit(share) - fit(burst), abs=1e-8)


def test_a_channel_that_ends_is_no_burst_of_the_labs_of_the_other():
    """A tenth of 1,000 chat items and 4 of 10 posts a week; then the chat ends."""
    chat, posts = [1000] * 20 + [0] * 10, [100] * 30
    items = np.array([chat, posts], float).T
    mentions = np.array([[n / 10 for n in chat], [n * 0.4 for n in posts]]).T[:, :, None]
    base = local_share(mentions, items, 8, 5.0)
    gain = gains(mentions, items, base, np.ones_like(items), 1.5)
    assert not burst_states(gain, log(30)).any()


@given(states=st.lists(st.booleans(), max_size=12))
def test_runs_are_the_unbroken_stretches(states):
    marked = [False] * len(states)
    found = runs(np.array(states, dtype=bool))
    for first, last in found:
        for n in range(first, last + 1):
            marked[n] = True
    assert marked == states
    assert all(a[1] + 1 < b[0] for a, b in pairwise(found))


def test_the_base_is_of_the_weeks_around_and_leans_on_the_whole_time():
    items = np.full((5, 1), 10.0)
    mentions = np.array([0, 0, 10, 0, 0], float)[:, None, None]
    base = local_share(mentions, items, 1, 5.0)[:, 0, 0]
    # whole time: 10 of 50; around the first week 0 of 20, around the third 10 of 30
    assert base[0] == pytest.approx((0 + 5 * 0.2) / (20 + 5))
    assert base[2] == pytest.approx((10 + 5 * 0.2) / (30 + 5))
