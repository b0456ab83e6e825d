"""The measured quality of the tags, as readers of the numbers see it."""

import pytest

from warehouse.taxonomy import labs, themes
from warehouse.taxonomy.quality import quality_rows

ROWS = quality_rows()


def test_every_measured_id_is_in_the_taxonomy() -> None:
    known = {"lab": {lab.id for lab in labs()}, "theme": {theme.id for theme in themes()}}
    assert [r for r in ROWS if r["tag_id"] and r["tag_id"] not in known[r["tag_kind"]]] == []


@pytest.mark.parametrize("name", ["precision", "recall", "f1"])
def test_a_figure_lies_in_its_interval_or_is_none(name: str) -> None:
    for row in ROWS:
        if row[name] is not None:
            assert 0 <= row[f"{name}_low"] <= row[name] <= row[f"{name}_high"] <= 1


def test_what_was_never_found_has_no_precision() -> None:
    never = [row for row in ROWS if not row["found_count"]]
    assert never
    assert {row["precision"] for row in never} == {None}


def test_the_ids_of_a_kind_add_up_to_the_kind() -> None:
    for kind in ("lab", "theme"):
        rows = [r for r in ROWS if r["tag_kind"] == kind and r["language"] is None]
        whole = next(r for r in rows if r["tag_id"] is None)
        for column in ("labelled_count", "found_count", "hit_count"):
            assert whole[column] == sum(r[column] for r in rows if r["tag_id"])
