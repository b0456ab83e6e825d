"""The measures of the trends: equal to a slow computation in pandas, and sure as often as they say."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.warehouse import simulation
from tests.warehouse.memory import database
from tests.warehouse.slow_measures import trend
from warehouse.marts import refresh_marts

FIRST = date(2025, 1, 30)
LABS = ["apart", "beside"]
TAGS = ("labs", "themes", "topics")
FIGURES = [
    "mentions", "stories", "items_total", "share", "share_low", "share_high", "digests",
    "design_effect", "share_adjusted", "adjusted_low", "adjusted_high", "adjusted_why_not",
    "is_partial", "regime", "comparable", "why_not",
]  # fmt: skip
TOLERANCE = {"design_effect": 6e-4, "share": 1e-12, "share_adjusted": 1e-10}


@st.composite
def made_items(draw):
    """Digests on a few days of five months, in channels that come and go, with clustered tags."""
    seed = draw(st.integers(0, 2**20))
    rng = np.random.default_rng(seed)
    channels = draw(
        st.lists(
            st.sampled_from(["twitter", "reddit", "discord", "discord_detail", "headline", "news"]),
            min_size=1,
            max_size=4,
            unique=True,
        )
    )
    lives = {c: (draw(st.integers(0, 70)), draw(st.integers(60, 140))) for c in channels}
    days = sorted(draw(st.sets(st.integers(0, 130), min_size=1, max_size=9)))
    size = draw(st.sampled_from([3, 12, 25]))
    rows = []
    for n, day in enumerate(days):
        for source in range(draw(st.integers(1, 2))):
            leaning = rng.beta(0.5, 2, size=2)
            for channel in [c for c in channels if lives[c][0] <= day <= lives[c][1]]:
                for _ in range(int(rng.poisson(size))):
                    has = rng.random(2) < leaning
                    rows.append(
                        {
                            "item_id": f"i{len(rows)}",
                            "digest_id": f"d{n}-{source}",
                            "published_on": FIRST + timedelta(days=day),
                            "channel": channel,
                            "story_id": f"s{rng.integers(0, 40)}",
                            "labs": [lab for lab, h in zip(LABS, has, strict=True) if h],
                            "themes": ["robotics"] if rng.random() < 0.3 else [],
                            "topics": [t for t in [f"t{rng.integers(0, 3)}"] if t != "t0"],
                        }
                    )
    return rows


def given_tables(rows):
    return {
        "labs": [{"lab_id": lab} for lab in LABS],
        "themes": [{"theme_id": "robotics"}],
        "topics": [{"topic_id": t} for t in ("t1", "t2")],
        "item_topics": [
            {
                "item_id": r["item_id"],
                "topic_id": (r["topics"] or [None])[0],
                "published_on": r["published_on"],
            }
            for r in rows
        ],
        "items": [{k: v for k, v in r.items() if k not in TAGS} for r in rows],
        "mentions": [
            {"item_id": r["item_id"], "lab_id": lab, "published_on": r["published_on"]}
            for r in rows
            for lab in r["labs"]
        ],
        "item_themes": [
            {"item_id": r["item_id"], "theme_id": t, "published_on": r["published_on"]}
            for r in rows
            for t in r["themes"]
        ],
    }


def same(name, found, expected):
    if expected is None or found is None or pd.isna(found):
        return expected is None and (found is None or pd.isna(found))
    if isinstance(expected, float):
        return abs(found - expected) <= TOLERANCE.get(name, 2e-6)
    return found == expected


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=made_items().filter(len))
def test_marts_equal_a_slow_computation_in_pandas(rows):
    connection = database(given_tables(rows))
    items = pd.DataFrame(rows).rename(columns={"published_on": "day"})
    items["day"] = pd.to_datetime(items["day"])
    items["pairs"] = [
        [f"{a} {b}" for a in labs for b in themes]
        for labs, themes in zip(items["labs"], items["themes"], strict=True)
    ]
    for table, kind, tag in (
        ("lab_trend", "labs", "lab_id"),
        ("theme_trend", "themes", "theme_id"),
        ("lab_theme_trend", "pairs", "lab_id || ' ' || theme_id"),
        ("topic_trend", "topics", "topic_id"),
    ):
        sql = f"SELECT grain, period_start, {tag} AS tag, channel_set, {', '.join(FIGURES)} FROM {table}"
        frame = connection.execute(sql).df()
        found = {tuple(r[:4]): r[4:] for r in frame.itertuples(index=False, name=None)}
        expected = trend(items, kind)
        if kind in ("pairs", "topics"):  # the tables leave out what has no mention
            expected = {k: v for k, v in expected.items() if v[0]}
        if kind == "topics":
            expected = {k: v for k, v in expected.items() if k[0] != "day" and k[3] == "all"}
        assert set(expected) <= set(found)
        assert all(found[k][0] == 0 for k in set(found) - set(expected))
        for key, figures in expected.items():
            wrong = [
                (name, f, e)
                for name, f, e in zip(FIGURES, found[key], figures, strict=True)
                if not same(name, f, e)
            ]
            assert wrong == [], key


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=made_items().filter(len), ends=st.tuples(st.integers(0, 130), st.integers(0, 130)))
def test_trends_of_days_that_cut_a_month_equal_a_slow_computation_in_pandas(rows, ends):
    first, last = (FIRST + timedelta(days=n) for n in sorted(ends))
    connection = database(given_tables(rows))
    items = pd.DataFrame(rows).rename(columns={"published_on": "day"})
    items["day"] = pd.to_datetime(items["day"])
    for kind, tags, grain in (("lab", "labs", "week"), ("topic", "topics", "month")):
        of_all = trend(items, tags, pd.Timestamp(first), pd.Timestamp(last))
        expected = {k: v for k, v in of_all.items() if k[0] == grain and k[3] == "all"}
        sql = (
            f"SELECT period_start, tag_id, {', '.join(FIGURES)}"
            " FROM tag_trend_over($kind, $grain, [], [], $first, $last, $first, $last)"
        )
        params = {"kind": kind, "grain": grain, "first": first, "last": last}
        for row in connection.execute(sql, params).df().itertuples(index=False, name=None):
            figures = expected.pop((grain, row[0], row[1], "all"), None)
            if figures is None:  # of a tag that no item has the slow way has no row
                assert row[2] == 0
                continue
            wrong = [
                (name, f, e)
                for name, f, e in zip(FIGURES, row[2:], figures, strict=True)
                if not same(name, f, e)
            ]
            assert wrong == [], row[:2]
        assert expected == {}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=made_items().filter(len),
    channels=st.lists(st.sampled_from(["twitter", "reddit", "discord"]), max_size=2, unique=True),
)
def test_some_channels_in_one_language_equal_a_slow_computation_in_pandas(rows, channels):
    """Stories that are told in several channels and languages, digests of several channels."""
    rows = [r | {"language": "zh" if r["digest_id"].endswith("-1") else "en"} for r in rows]
    connection = database(given_tables(rows))
    items = pd.DataFrame(rows).rename(columns={"published_on": "day"})
    items["day"] = pd.to_datetime(items["day"])
    for languages in (["en"], ["en", "zh"]):
        asked = items[items["language"].isin(languages)]
        asked = asked[asked["channel"].isin(channels or set(asked["channel"]) - {"discord_detail"})]
        expected = trend(asked.reset_index(drop=True), "labs") if len(asked) else {}
        expected = {k: v for k, v in expected.items() if k[0] == "week" and k[3] == "all"}
        sql = (
            f"SELECT period_start, tag_id, {', '.join(FIGURES[:8])}"
            " FROM tag_trend_over('lab', 'week', $channels, $languages, NULL, NULL)"
        )
        found = connection.execute(sql, {"channels": channels, "languages": languages}).df()
        rows_found = {tuple(r[:2]): r[2:] for r in found.itertuples(index=False, name=None)}
        for key, figures in expected.items():
            pairs = zip(FIGURES[:8], rows_found[key[1:3]], figures[:8], strict=True)
            assert [(n, f, e) for n, f, e in pairs if not same(n, f, e)] == [], key


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=made_items().filter(lambda rows: len({r["published_on"] for r in rows}) > 1))
def test_marts_refreshed_by_a_day_equal_marts_built_at_once(rows):
    """Also when the new day ends a channel, makes another basket or completes a period."""
    newest = max(r["published_on"] for r in rows)
    at_once = database(given_tables(rows))
    step = database(given_tables([r for r in rows if r["published_on"] < newest]))
    new = database(given_tables([r for r in rows if r["published_on"] == newest]))
    for table in ("items", "mentions", "item_themes"):
        step.register("incoming", new.execute(f"SELECT * FROM {table}").to_arrow_table())
        step.execute(f"INSERT INTO {table} SELECT * FROM incoming")
        step.unregister("incoming")
    refresh_marts(
        step,
        [newest.replace(day=1)],
        {r["channel"] for r in rows if r["published_on"] == newest},
    )
    for table in (
        "digest_items", "digest_tags", "day_items", "day_digests", "day_tags", "day_stories",
        "channel_reference", "periods",
        "lab_trend", "theme_trend", "lab_theme_trend",
    ):  # fmt: skip
        sql = f"SELECT * FROM {table} ORDER BY ALL"
        assert step.execute(sql).fetchall() == at_once.execute(sql).fetchall(), table


def test_the_expansion_of_students_t_is_near_the_quantile():
    connection = database({})
    for degrees in (6, 8, 15, 25, 60):
        found = connection.execute("SELECT t_ratio($d)", {"d": degrees}).fetchone()[0]
        assert found == pytest.approx(stats.t.ppf(0.975, degrees) / stats.norm.ppf(0.975), abs=5e-3)


def test_intervals_cover_the_true_share_as_often_as_they_say():
    """Seeded: 93-97 % over the archive's kinds of periods, where plain Wilson bands fail."""
    found = simulation.coverage(runs=300, seed=20260311)
    assert 0.93 <= found["covered"].mean() <= 0.97
    assert found["plain"].mean() < 0.90
    assert found.groupby("digests")["covered"].mean().between(0.93, 0.975).all()


def test_intervals_of_adjusted_shares_cover_too():
    """Seeded: with news that raises a lab in all channels of a digest at once, and a channel that ends."""
    found = simulation.adjusted_coverage(months=150, digests=12, seed=1)
    assert found["adjusted_why_not"].isna().all()
    assert 0.93 <= found["covered"].mean() <= 0.97
