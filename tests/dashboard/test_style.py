"""The look that all figures share."""

import itertools

import pytest

from dashboard.charts import style


@pytest.mark.parametrize(("highest", "step"), [(1, 1), (4, 1), (5, None), (400, None)])
def test_an_axis_of_small_counts_has_no_halves(highest: float, step: int | None) -> None:
    assert style.value_axis("mentions", highest).get("dtick") == step


def test_an_axis_of_shares_divides_small_ones() -> None:
    assert "dtick" not in style.value_axis("share", 0.4)


def test_spread_keeps_order_gap_and_ends() -> None:
    placed = style.spread([5, 5, 6, 99, 100], gap=10, low=0, high=100)
    assert placed == sorted(placed)
    assert all(b - a >= 10 for a, b in itertools.pairwise(placed))
    assert placed[-1] <= 100
    assert style.spread([10, 50], gap=10, low=0, high=100) == [10, 50]
