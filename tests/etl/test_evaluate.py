"""Figures of the evaluation, computed by hand on a few lines."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.tag.evaluate import Counts, bootstrap_f1, evaluate, outcome, wilson
from etl.tag.gold import UnusableGold, evaluate_file


def line(labs=(), themes=(), lang="en", **more):
    return {"id": "x", "lang": lang, "text": "", "labs": [*labs], "themes": [*themes], **more}


GOLD = [
    line(labs=["openai"], themes=["reasoning", "robotics"]),
    line(themes=["robotics"], lang="zh"),
    line(themes=[], lang="zh", either={"themes": ["reasoning"]}),
]
PREDICTED = [
    ({"openai", "meta"}, {"reasoning"}),
    (set(), {"robotics", "reasoning"}),
    (set(), {"reasoning"}),
]


def test_counts_hits_false_alarms_and_misses_of_each_kind():
    result = evaluate(GOLD, PREDICTED)
    assert result.score("labs").counts == Counts(hits=1, false_alarms=1, misses=0)
    assert result.score("themes").counts == Counts(hits=2, false_alarms=1, misses=1)


def test_precision_recall_and_f1_by_hand():
    counts = evaluate(GOLD, PREDICTED).score("themes").counts
    assert counts.precision == pytest.approx(2 / 3)
    assert counts.recall == pytest.approx(2 / 3)
    assert counts.f1 == pytest.approx(4 / 6)


def test_macro_f1_is_the_mean_over_the_ids_that_the_gold_names():
    labs = evaluate(GOLD, PREDICTED).score("labs")
    assert labs.by_id == {"meta": Counts(0, 1, 0), "openai": Counts(1, 0, 0)}
    assert labs.macro_f1 == 1.0  # meta is nowhere in the gold
    themes = evaluate(GOLD, PREDICTED).score("themes")
    assert themes.macro_f1 == pytest.approx((2 / 3 + 2 / 3) / 2)


def test_languages_are_counted_apart():
    result = evaluate(GOLD, PREDICTED)
    assert [s.group for s in result.scores if s.kind == "labs"] == ["all", "en", "zh"]
    assert result.score("themes", "en").counts == Counts(1, 0, 1)
    assert result.score("themes", "zh").counts == Counts(1, 1, 0)
    assert result.score("themes", "zh").items == 2


@pytest.mark.parametrize("predicted", [set(), {"reasoning"}])
def test_a_label_on_which_readers_differ_is_right_with_and_without(predicted):
    gold = line(themes=["robotics"], either={"themes": ["reasoning"]})
    got = outcome(gold, "themes", predicted | {"robotics"})
    assert (got.hits, got.false_alarms, got.misses) == ({"robotics"}, set(), set())


def test_either_holds_for_its_own_kind_only():
    gold = line(either={"labs": ["apple"]})
    assert outcome(gold, "labs", {"apple"}).false_alarms == set()
    assert outcome(gold, "themes", {"apple"}).false_alarms == {"apple"}


def test_a_label_in_gold_and_either_counts_as_neither():
    gold = line(labs=["apple"], either={"labs": ["apple"]})
    assert outcome(gold, "labs", set()).misses == set()
    assert outcome(gold, "labs", {"apple"}).hits == set()


def test_nothing_predicted_and_nothing_gold_is_zero_not_an_error():
    score = evaluate([line()], [(set(), set())]).score("labs")
    assert (score.counts.precision, score.counts.recall, score.counts.f1) == (0.0, 0.0, 0.0)
    assert score.precision_interval == (0.0, 1.0)


def test_predictions_must_be_as_many_as_lines():
    with pytest.raises(ValueError, match="3 gold lines but 1 predictions"):
        evaluate(GOLD, PREDICTED[:1])


def test_wilson_interval_of_a_known_case():
    low, high = wilson(8, 10)
    assert (round(low, 4), round(high, 4)) == (0.4902, 0.9433)


@given(st.integers(0, 50), st.integers(0, 50))
def test_wilson_interval_holds_the_share_and_stays_in_range(hits, rest):
    low, high = wilson(hits, hits + rest)
    share = hits / (hits + rest) if hits + rest else 0.5
    assert 0 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 1


def test_bootstrap_is_the_same_on_every_run_and_holds_the_f1():
    counts = [Counts(1, 0, 0), Counts(0, 1, 1), Counts(1, 1, 0), Counts(2, 0, 1)] * 20
    low, high = bootstrap_f1(counts)
    assert (low, high) == bootstrap_f1(counts)
    assert low < sum(counts, Counts()).f1 < high


def test_bootstrap_of_perfect_items_has_no_width():
    assert bootstrap_f1([Counts(1, 0, 0)] * 5) == (1.0, 1.0)


def test_lines_show_both_kinds_every_language_and_every_id():
    text = "\n".join(evaluate(GOLD, PREDICTED).lines())
    assert "labs" in text
    assert "openai" in text
    assert "0.667 (" in text
    assert [row.split()[0] for row in text.splitlines() if row.strip()][:4] == [
        "labs",
        "all",
        "en",
        "zh",
    ]


def write(tmp_path, *rows):
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows), "utf-8")
    return path


def test_a_file_is_tagged_and_its_errors_listed_with_their_evidence(tmp_path):
    wrong = line(labs=["mistral"]) | {"text": "OpenAI opened an office."}
    lines = evaluate_file(write(tmp_path, wrong), with_errors=True)
    assert "x  lab mistral: missed" in lines
    assert "x  lab openai: false alarm, by name “OpenAI” (1.00)" in lines
    assert not any("missed" in row for row in evaluate_file(write(tmp_path, wrong), False))


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("{", "line 2: not JSON"),
        ("[]", "line 2: not an object"),
        ({"id": "a", "lang": "en", "labs": [], "themes": []}, 'line 2: "text" is missing'),
        ({"id": "a", "lang": "en", "text": "t", "labs": "x", "themes": []}, 'line 2: "labs" is'),
        (line(either=[]), 'line 2: "either" is no object'),
        (line(either={"labs": "apple"}), 'line 2: "either" labs is'),
        (line(date="soon"), "line 2: \"date\" 'soon' is not"),
    ],
)
def test_an_unusable_line_is_named_by_its_number(tmp_path, bad, reason):
    with pytest.raises(UnusableGold, match=reason):
        evaluate_file(write(tmp_path, line(), bad), with_errors=False)


def test_a_file_without_lines_is_unusable(tmp_path):
    with pytest.raises(UnusableGold, match="no labelled item"):
        evaluate_file(write(tmp_path, ""), with_errors=False)
