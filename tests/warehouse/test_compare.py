"""Verdicts: what they may never say, how the method's figures come out, and how often chance fools it."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import trends
from warehouse.compare import (
    Estimate,
    difference_interval,
    judged,
    p_value,
    q_values,
    verdict,
)
from warehouse.spans import Span, SpanProblem, code_of, parse_span

shares = st.floats(0, 1)
sizes = st.floats(1, 1e5)
correlations = st.floats(-1, 1)
estimates = st.builds(Estimate, shares, sizes)


def row(value, items, against, against_items, **other):
    """A row of compare_periods as far as verdicts need it."""
    figures = {"value": value, "value_items": items, "against_value": against}
    figures |= {"against_items": against_items, "mentions": 50, "against_mentions": 50}
    return figures | {"correlation": 0.0, "why_not": None} | other


@given(estimates, correlations)
def test_what_is_compared_with_itself_is_never_higher_or_lower(a, r):
    found = judged(pd.DataFrame([row(a.share, a.items, a.share, a.items, correlation=r)]))
    assert list(found["verdict"]) == ["not_distinguishable"]
    assert found["difference_low"][0] <= 0 <= found["difference_high"][0]


@given(estimates, estimates, correlations)
def test_the_other_way_round_gives_the_opposite(a, b, r):
    low, high = difference_interval(a, b, r)
    assert difference_interval(b, a, r) == pytest.approx((-high, -low), abs=1e-9)
    assert p_value(a, b, r) == pytest.approx(p_value(b, a, r), abs=1e-9)


@given(estimates, estimates, correlations)
def test_interval_holds_the_difference(a, b, r):
    low, high = difference_interval(a, b, r)
    assert -1 <= low <= a.share - b.share + 1e-12
    assert a.share - b.share - 1e-12 <= high <= 1


@given(estimates, estimates, st.floats(-1, 0))
def test_p_is_under_five_per_cent_just_when_the_interval_leaves_out_nought(a, b, r):
    low, high = difference_interval(a, b, r)
    if min(abs(low), abs(high)) > 1e-6:  # not on the border itself
        assert (p_value(a, b, r) < 0.05) == (low > 0 or high < 0)


def test_interval_is_newcombes():
    """56/70 and 48/80, from Newcombe 1998, table II (a), method 10: 0.0524 to 0.3339."""
    low, high = difference_interval(Estimate(56 / 70, 70), Estimate(48 / 80, 80))
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


def test_a_positive_correlation_makes_the_interval_narrower():
    a, b = Estimate(0.3, 100), Estimate(0.2, 100)
    widths = [np.diff(difference_interval(a, b, r))[0] for r in (-0.5, 0.0, 0.5)]
    assert widths == sorted(widths, reverse=True)


def test_q_values_are_benjamini_and_hochbergs():
    """p · 4 / rank, from the last on the smallest so far: .04, .04, .04 · 4/3 = .0533, .5."""
    assert q_values([0.5, None, 0.02, 0.04, 0.01]) == pytest.approx(
        [0.5, None, 0.04, 0.16 / 3, 0.04]
    )


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=30))
def test_q_is_never_below_p_and_keeps_the_order(p):
    q = q_values(p)
    assert [x is None for x in p] == [x is None for x in q]
    pairs = sorted((a, b) for a, b in zip(p, q, strict=True) if a is not None)
    assert all(a <= b + 1e-15 for a, b in pairs)
    assert [b for _, b in pairs] == sorted(b for _, b in pairs)


def test_a_list_of_many_needs_more_than_a_single_one():
    sure = row(0.31, 200, 0.215, 200)  # p just under .05
    dull = [row(0.2, 200, 0.2, 200) for _ in range(20)]
    assert judged(pd.DataFrame([sure]))["verdict"][0] == "higher"
    assert judged(pd.DataFrame([sure, *dull]))["verdict"][0] == "not_distinguishable"


@pytest.mark.parametrize(
    ("difference", "q", "why_not", "expected"),
    [
        (0.1, 0.01, None, "higher"),
        (-0.1, 0.01, None, "lower"),
        (0.1, 0.2, None, "not_distinguishable"),
        (0.1, 0.01, "partial", "not_comparable"),
        (None, None, "no_items", "not_comparable"),
    ],
)
def test_verdict(difference, q, why_not, expected):
    assert verdict(difference, q, why_not) == expected


def test_what_hardly_occurs_is_no_comparison_and_costs_the_others_nothing():
    rare = row(0.001, 900, 0.0, 900, mentions=1, against_mentions=0)
    found = judged(pd.DataFrame([row(0.31, 200, 0.215, 200), *[rare] * 50]))
    assert list(found["why_not"][1:].unique()) == ["too_few_mentions"]
    assert found["verdict"][0] == "higher"
    assert found["q_value"].notna().sum() == 1


counts = st.tuples(st.integers(1, 60), st.integers(0, 60), st.integers(1, 200), st.integers(1, 200))


def spread(largest, others, items, rest, side="", digests=9):
    """Columns of a side: mentions of its largest digest and of the others, items of both."""
    figures = {"mentions": largest + others, "largest_digest_mentions": largest}
    figures |= {"items_total": items + largest + rest + others, "digests_total": digests}
    figures |= {"largest_digest_items": items + largest}
    return {f"{side}{name}": number for name, number in figures.items()}


@given(estimates, estimates, counts, counts)
def test_one_digest_never_makes_a_difference_surer(a, b, now, against):
    plain = row(a.share, a.items, b.share, b.items)
    plain |= {"mentions": now[0] + now[1], "against_mentions": against[0] + against[1]}
    full = plain | spread(*now) | spread(*against, side="against_")
    with_one, without = judged(pd.DataFrame([full])), judged(pd.DataFrame([plain]))
    if with_one["p_value"].notna()[0]:
        assert with_one["p_value"][0] >= without["p_value"][0]
    assert with_one["verdict"][0] in (without["verdict"][0], "not_distinguishable")
    lowered = with_one["verdict"][0] != without["verdict"][0]
    assert with_one["rests_on_one_digest"][0] == lowered
    numbers = ["difference", "difference_low", "difference_high"]
    pd.testing.assert_frame_equal(with_one[numbers], without[numbers])


LOUD = row(44 / 797, 32.5, 1 / 902, 458.0) | {
    "against_mentions": 1
}  # sure if nothing else is known


def test_a_rise_that_one_digest_makes_is_none():
    assert judged(pd.DataFrame([LOUD | {"mentions": 44}]))["verdict"][0] == "higher"
    found = judged(pd.DataFrame([LOUD | spread(37, 7, 70, 683)]))
    assert found["verdict"][0] == "not_distinguishable"
    assert found["rests_on_one_digest"][0]
    assert found["is_concentrated"][0]
    assert not found["against_is_concentrated"][0]


def test_a_fall_from_a_period_that_one_digest_made_is_none():
    back = row(1 / 902, 458.0, 44 / 797, 32.5) | {"mentions": 1, "against_mentions": 44}
    assert judged(pd.DataFrame([back]))["verdict"][0] == "lower"
    found = judged(pd.DataFrame([back | spread(37, 7, 70, 683, side="against_")]))
    assert list(found["verdict"]) == ["not_distinguishable"]
    assert found["rests_on_one_digest"][0]


def test_a_rise_that_stands_without_its_largest_digest_stays_and_says_how_much_is_in_it():
    strong = row(0.25, 300.0, 0.02, 400.0)
    found = judged(pd.DataFrame([strong | spread(110, 90, 40, 560)]))
    assert found["verdict"][0] == "higher"
    assert found["is_concentrated"][0]
    assert not found["rests_on_one_digest"][0]


@pytest.mark.parametrize(
    "columns",
    [spread(37, 7, 70, 683, digests=2), spread(5, 4, 70, 683), spread(21, 23, 70, 683)],
    ids=["of two digests", "of nine mentions", "under a half"],
)
def test_mentions_are_in_one_digest_only_from_the_limits_on(columns):
    assert not judged(pd.DataFrame([LOUD | columns]))["is_concentrated"][0]


def test_a_period_without_items_has_no_figures():
    nothing = dict.fromkeys(("value", "value_items", "against_value", "against_items"), np.nan)
    found = judged(pd.DataFrame([row(0.1, 9, 0.1, 9) | nothing | {"why_not": "no_items"}]))
    assert found["verdict"][0] == "not_comparable"
    assert found[["difference", "p_value", "q_value"]].isna().all(axis=None)


@pytest.mark.parametrize("digests", [2, 12, 22])
@pytest.mark.parametrize("share", [0.02, 0.15])
def test_periods_of_the_same_news_differ_in_one_of_twenty_at_most(digests, share):
    """Made digests whose items resemble each other (design effect 2.5), through the SQL's own macros."""
    from tests.warehouse.memory import database
    from tests.warehouse.simulation import CORRELATION, made_periods, sums

    rng, connection, runs = np.random.default_rng(11), database({}), 600
    sides = []
    for _ in range(2):
        made = made_periods(rng, share, digests, 26, 2.5, runs)
        connection.register("runs", sums(*made, share, CORRELATION["twitter"]))
        sides.append(connection.execute(SIZES).df())
    found = [
        p_value(Estimate(a.share, a.size), Estimate(b.share, b.size)) < 0.05
        for a, b in zip(*(s.itertuples(index=False) for s in sides), strict=True)
    ]
    assert np.mean(found) <= 0.07  # 0.05, and two standard errors of 600 runs


def bursts(rng, runs, digests, loud):
    """k and n of each digest in `runs` periods: now and then one of them is full of a launch."""
    n = rng.integers(25, 70, (runs, digests))
    full = (rng.random((runs, digests)) < loud) * rng.uniform(0.3, 0.6, (runs, digests))
    return rng.binomial(n, np.maximum(full, 0.01)), n


def test_launches_in_single_digests_are_rarely_called_a_change():
    """No period differs from another one by how the news are made; only single digests are full of one."""
    from tests.warehouse.memory import database
    from tests.warehouse.simulation import CORRELATION, sums

    rng, connection, runs = np.random.default_rng(5), database({}), 400
    sides = []
    for _ in range(2):
        k, n = bursts(rng, runs, 14, 0.03)
        connection.register("runs", sums(k, n, 0.01, CORRELATION["twitter"]))
        made, top = connection.execute(SIZES).df(), k.argmax(axis=1)[:, None]
        made["largest"] = np.take_along_axis(k, top, 1)[:, 0]
        made["largest_items"] = np.take_along_axis(n, top, 1)[:, 0]
        made["mentions"], made["items"] = k.sum(axis=1), n.sum(axis=1)
        sides.append(made)
    verdicts = {"all": [], "without": []}
    for now, against in zip(*(s.to_dict("records") for s in sides), strict=True):
        plain = row(now["share"], now["size"], against["share"], against["size"])
        plain |= {"mentions": now["mentions"], "against_mentions": against["mentions"]}
        full = dict(plain)
        for side, made in (("", now), ("against_", against)):
            full |= {f"{side}items_total": made["items"], f"{side}digests_total": 14}
            full |= {f"{side}largest_digest_mentions": made["largest"]}
            full |= {f"{side}largest_digest_items": made["largest_items"]}
        for name, columns in (("all", plain), ("without", full)):
            verdicts[name].append(judged(pd.DataFrame([columns]))["verdict"][0])
    said = {k: np.mean([v in ("higher", "lower") for v in found]) for k, found in verdicts.items()}
    assert said["without"] <= min(0.05, said["all"])


SIZES = """
WITH effects AS (SELECT *, design_effect_of(k, k_sq, kn, n, n_sq, digests, expected) AS effect FROM runs)
SELECT k / n AS share, effective_items_of(n, effect, digests, k BETWEEN 1 AND n - 1) AS size FROM effects
"""


@pytest.mark.parametrize(
    ("text", "first", "last", "grain"),
    [
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28), "month"),
        ("2024-2", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("2026-q1", date(2026, 1, 1), date(2026, 3, 31), "quarter"),
        ("2026-W01", date(2025, 12, 29), date(2026, 1, 4), "week"),
        ("2026-04-03", date(2026, 4, 3), date(2026, 4, 3), "day"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "days"),
        ("2026-01..2026-03", date(2026, 1, 1), date(2026, 3, 31), "days"),
        ("2026-01-05..2026-Q2", date(2026, 1, 5), date(2026, 6, 30), "days"),
    ],
)
def test_periods_are_read_as_people_write_them(text, first, last, grain):
    assert parse_span(text) == Span(first, last, grain)


@pytest.mark.parametrize(
    "text", ["", "April", "2026-13", "2026-W60", "2026-02-30", "2026-Q5", "2026-03..2026-01", ".."]
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(SpanProblem):
        parse_span(text)


@given(
    st.dates(date(1990, 1, 1), date(2100, 12, 31)),
    st.sampled_from(["day", "week", "month", "quarter"]),
)
def test_the_code_of_a_period_is_read_as_that_period(day, grain):
    span = parse_span(code_of(grain, day))
    assert span.grain == grain
    assert span.first <= day <= span.last


def run(warehouse, *words):
    return CliRunner().invoke(trends.app, ["compare", *words, "--warehouse", str(warehouse)])


def test_few_items_are_said_to_be_too_few(sample_warehouse):
    done = run(
        sample_warehouse, "openai", "anthropic", "--period", "2025-12", "--against", "2025-11"
    )
    assert done.exit_code == 0
    assert done.stdout.count("not comparable: under 30 items") == 4


def test_a_running_period_is_not_compared(sample_warehouse):
    done = run(sample_warehouse, "openai", "--period", "2026-01", "--against", "2025-01..2025-12")
    assert "not comparable: a period is still running" in done.stdout


def test_all_labs_are_one_family(sample_warehouse):
    done = run(
        sample_warehouse, "--all", "--period", "2025-07..2025-12", "--against", "2025-01..2025-06"
    )
    assert done.exit_code == 0
    assert "more have under 5 mentions" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["opnai", "--period", "2025-12", "--against", "2025-11"], "no lab opnai; near it: openai"),
        (["openai", "--kind", "theme", "--period", "2025-12", "--against", "2025-11"], "no theme openai"),
        (["openai", "--period", "2025-12"], "name two"),
        (["--period", "2025-12", "--against", "2025-11"], "name at least one"),
        (["openai", "--period", "spring", "--against", "2025-11"], "is no period"),
        (["openai", "--channel", "fax", "--period", "2025-12", "--against", "2025-11"], "channel fax"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_said_in_a_sentence(sample_warehouse, words, said):
    done = run(sample_warehouse, *words)
    assert done.exit_code == 2
    assert said in " ".join(done.output.replace("│", "").split())
