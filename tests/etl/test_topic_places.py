"""The map of topics: alike topics near one another, within the circle, the same every time."""

import numpy as np
import pytest

from etl.topics.places import places


def unit(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def groups(seed=3, of=4, each=6, dimensions=40):
    chance = np.random.default_rng(seed)
    centres = np.repeat(chance.normal(size=(of, dimensions)), each, axis=0)
    return unit(centres + 0.3 * chance.normal(size=centres.shape))


def test_topics_of_one_subject_stand_nearer_than_those_of_others():
    found = places(groups())
    apart = np.linalg.norm(found[:, None] - found[None, :], axis=2)
    same = np.kron(np.eye(4), np.ones((6, 6))).astype(bool)
    assert apart[same & ~np.eye(24, dtype=bool)].max() < apart[~same].min()


def test_places_fill_the_unit_circle():
    far = np.linalg.norm(places(groups()), axis=1)
    assert far.max() == pytest.approx(1, abs=2e-3)


def test_a_rotation_of_the_space_moves_nothing():
    vectors = groups()
    turn, _ = np.linalg.qr(np.random.default_rng(1).normal(size=(40, 40)))
    np.testing.assert_allclose(places(vectors), places(vectors @ turn), atol=2e-3)


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_few_topics_have_places(count):
    found = places(groups()[:count])
    assert found.shape == (count, 2)
    assert np.isfinite(found).all()


def test_equal_topics_have_places():
    assert np.isfinite(places(unit(np.ones((5, 8))))).all()
