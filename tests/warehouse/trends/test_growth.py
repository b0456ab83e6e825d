"""Growth: its lower bound, the correction for many tags, and the same design effect as the marts."""

from math import erfc, log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse.memory import database
from warehouse.trends.growth import (
    benjamini_hochberg,
    design_effect,
    effective_items,
    log_odds_growth,
    two_sided_p,
)


@given(p=st.lists(st.none() | st.floats(1e-6, 1), min_size=1, max_size=12))
def test_q_values_are_those_of_benjamini_and_hochberg(p):
    row = np.array([np.nan if x is None else x for x in p])
    found = benjamini_hochberg(np.vstack([row, row[::-1]]))
    known = sorted(x for x in p if x is not None)
    for x, q in zip(p, found[0], strict=True):
        if x is None:
            assert np.isnan(q)
            continue
        options = [known[i] * len(known) / (i + 1) for i in range(len(known)) if known[i] >= x]
        assert q == pytest.approx(min(1.0, *options))
    np.testing.assert_allclose(found[0], found[1][::-1])


def test_small_support_has_the_wider_interval_and_the_lower_bound():
    share, base = np.array([0.04, 0.04]), np.array([0.01, 0.01])
    items = np.array([100.0, 2000.0])
    growth, error = log_odds_growth(share, items, base, 4 * items, (share + base) / 2, 10.0)
    assert error[0] > error[1]
    assert (growth - 2 * error)[0] < 0 < (growth - 2 * error)[1]


def test_growth_from_nought_is_finite_and_pulled_towards_no_change():
    growth, error = log_odds_growth(
        np.array([0.1]), np.array([50.0]), np.zeros(1), np.array([200.0]), np.array([0.02]), 10.0
    )
    # 5 + 0.2 of 60 against 0 + 0.2 of 210
    assert growth[0] == pytest.approx(log(5.2 / 54.8) - log(0.2 / 209.8))
    assert error[0] == pytest.approx(sqrt(1 / 5.2 + 1 / 54.8 + 1 / 0.2 + 1 / 209.8))


def test_p_is_two_sided_and_unknown_stays_unknown():
    p = two_sided_p(np.array([[1.959963985, -1.959963985, np.nan]]))
    assert p[0, :2] == pytest.approx([0.05, 0.05])
    assert np.isnan(p[0, 2])
    assert erfc(0) == two_sided_p(np.array([0.0]))[0]


@pytest.fixture(scope="module")
def marts():
    return database({})


@settings(deadline=None, max_examples=60)
@given(
    pairs=st.lists(
        st.integers(1, 30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
        min_size=1,
        max_size=8,
    ),
    expected=st.floats(1, 6),
)
def test_design_effect_and_effective_items_are_those_of_the_macros(marts, pairs, expected):
    k, n = np.array(pairs, float).T
    sums = [k.sum(), (k**2).sum(), (k * n).sum(), n.sum(), (n**2).sum(), float(len(pairs))]
    arrays = [np.array([x]) for x in sums]
    degrees = marts.execute("SELECT limits().prior_degrees").fetchone()[0]
    effect = design_effect(*arrays, np.array([expected]), degrees)
    informed = (arrays[0] > 0) & (arrays[0] < arrays[3])
    size = effective_items(arrays[3], effect, arrays[5], informed, degrees)
    row = marts.execute(
        "SELECT e, effective_items_of($n, e, $c, $informed) FROM ("
        "SELECT design_effect_of($k, $kk, $kn, $n, $nn, $c, $expected) AS e)",
        {
            **dict(zip(("k", "kk", "kn", "n", "nn", "c"), map(int, sums), strict=True)),
            "expected": expected,
            "informed": bool(informed[0]),
        },
    ).fetchone()
    assert (effect[0], size[0]) == pytest.approx(row)
