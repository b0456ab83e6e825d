"""The look that all figures share."""

import pytest

from dashboard.charts import style


@pytest.mark.parametrize(("highest", "step"), [(1, 1), (4, 1), (5, None), (400, None)])
def test_an_axis_of_small_counts_has_no_halves(highest: float, step: int | None) -> None:
    assert style.value_axis("mentions", highest).get("dtick") == step


def test_an_axis_of_shares_divides_small_ones() -> None:
    assert "dtick" not in style.value_axis("share", 0.4)
