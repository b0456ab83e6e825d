"""The figures of an evaluation as rows."""

import csv
import io

from etl.tag.evaluate import evaluate
from etl.tag.quality import quality_csv

GOLD = [
    {"lang": "en", "labs": ["openai"], "themes": []},
    {"lang": "zh", "labs": ["zhipu", "openai"], "themes": ["reasoning"]},
]
FOUND = [({"openai", "meta"}, set()), ({"zhipu"}, {"reasoning"})]


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(quality_csv(evaluate(GOLD, FOUND), "made"))))


def test_rows_hold_the_counts_and_the_figures_of_the_evaluation() -> None:
    whole = next(
        r for r in rows() if (r["tag_kind"], r["tag_id"], r["language"]) == ("lab", "", "")
    )
    counts = {k: int(v) for k, v in whole.items() if k.endswith(("_count", "_labelled"))}
    assert counts == {"items_labelled": 2, "labelled_count": 3, "found_count": 3, "hit_count": 2}
    assert float(whole["precision"]) == float(whole["recall"]) == 0.6667
    assert whole["measured_with"] == "made"


def test_every_kind_by_language_then_every_id_that_was_labelled_or_found() -> None:
    keys = [(r["tag_kind"], r["tag_id"], r["language"]) for r in rows()]
    assert keys[:3] == [("lab", "", ""), ("lab", "", "en"), ("lab", "", "zh")]
    assert {key[1] for key in keys if key[0] == "lab"} == {"", "openai", "zhipu", "meta"}
    assert len(keys) == len(set(keys))
