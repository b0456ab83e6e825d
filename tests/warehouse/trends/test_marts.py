"""The tables bursts, rising and breaks equal a slow, independent computation from the items."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse import slow_measures
from tests.warehouse.memory import database
from tests.warehouse.trends import slow
from warehouse.schema import tables
from warehouse.trends.fill import TABLES, fill_trends

LABS, THEMES = ("small", "large", "growing"), ("steady",)


def made_items(seed, weeks):
    """Rows of items: three digests a week; reddit ends or thins out, one lab bursts, one grows."""
    rng = np.random.default_rng(seed)
    burst, ends, rises = rng.integers(weeks), rng.integers(2 * weeks), rng.integers(weeks)
    rows = []
    for week in range(weeks):
        for weekday in sorted(rng.choice(5, size=rng.integers(1, 4), replace=False)):
            day = date(2025, 1, 6) + timedelta(days=int(7 * week + weekday))
            for channel, mean in (("twitter", 9), ("reddit", 6 if week < ends else 0), ("news", 2)):
                for n in range(rng.poisson(mean)):
                    chances = {
                        "small": 0.5 if week == burst else 0.05,
                        "large": 0.4,
                        "growing": 0.05 if week < rises else 0.3,
                    }
                    rows.append(
                        {
                            "item_id": f"{day}-{channel}-{n}",
                            "digest_id": f"d{day}",
                            "day": day,
                            "channel": channel,
                            "labs": [x for x, p in chances.items() if rng.random() < p],
                            "themes": [x for x in THEMES if rng.random() < 0.2],
                        }
                    )
    return rows


def snapshot_of(rows):
    items = [
        {k: r[k] for k in ("item_id", "digest_id", "channel")}
        | {"published_on": r["day"], "story_id": f"s{n % 7}"}
        for n, r in enumerate(rows)
    ]
    return database(
        {
            "labs": [{"lab_id": x} for x in LABS],
            "themes": [{"theme_id": x} for x in THEMES],
            "items": items,
            "mentions": [{"item_id": r["item_id"], "lab_id": x} for r in rows for x in r["labs"]],
            "item_themes": [
                {"item_id": r["item_id"], "theme_id": x} for r in rows for x in r["themes"]
            ],
        }
    )


def day(value):
    return pd.Timestamp(value)


MADE = {"seed": st.integers(0, 10_000), "weeks": st.integers(1, 42)}


@settings(max_examples=8, deadline=None)
@given(**MADE)
def test_marts_equal_a_slow_computation(seed, weeks):
    rows = made_items(seed, weeks)
    if not rows:
        return
    connection = snapshot_of(rows)
    items = pd.DataFrame(rows).assign(day=lambda d: pd.to_datetime(d["day"]))
    last_day = items["day"].max()
    basket = slow_measures.basket(items, last_day)
    check_bursts(connection, items)
    for grain in ("week", "month"):
        check_rising(connection, items, grain, basket, last_day)
    check_breaks(connection, items, basket, last_day)


def check_bursts(connection, items):
    sql = "SELECT tag_kind, tag_id, first_on, last_on, strength, mentions, expected_share, items_total FROM bursts"
    found = {
        (kind, tag, day(first), day(last)): (strength, mentions, expected * total)
        for kind, tag, first, last, strength, mentions, expected, total in connection.execute(
            sql
        ).fetchall()
    }
    wanted = slow.slow_bursts(items)
    assert found.keys() == wanted.keys()
    for key, figures in wanted.items():
        assert found[key] == pytest.approx(figures, abs=1e-7)


def check_rising(connection, items, grain, basket, last_day):
    sql = (
        "SELECT period_start, tag_kind, tag_id, share_adjusted, baseline_share, growth, growth_low,"
        " growth_high, p_value, q_value, rank, why_not FROM rising WHERE grain = $g AND channel_set = 'all'"
    )
    found = {
        (day(p), kind, tag): rest
        for p, kind, tag, *rest in connection.execute(sql, {"g": grain}).fetchall()
    }
    wanted = slow.slow_rising(items, grain, basket, last_day)
    assert found.keys() == wanted.keys()
    for key, figures in wanted.items():
        if figures is None:
            assert found[key][:8] == [None] * 8
            assert found[key][-1]
        else:
            assert found[key][:7] == pytest.approx(figures, abs=1e-7)
            assert found[key][-1] is None
            rivals = [w for k, w in wanted.items() if k[:2] == key[:2] and w]
            assert found[key][7] == 1 + sum(w[3] > figures[3] for w in rivals)


def check_breaks(connection, items, basket, last_day):
    sql = "SELECT channel, happened_on, items_before, items_after FROM breaks WHERE break_kind = 'volume_level'"
    found = {(c, day(d)): (b, a) for c, d, b, a in connection.execute(sql).fetchall()}
    assert found == slow.slow_volume_breaks(items, last_day)
    sql = (
        "SELECT tag_kind, tag_id, happened_on, share_before, share_after FROM breaks"
        " WHERE break_kind = 'share_level'"
    )
    found = {(k, t, day(d)): (b, a) for k, t, d, b, a in connection.execute(sql).fetchall()}
    wanted = slow.slow_share_breaks(items, basket, last_day)
    assert found.keys() == wanted.keys()
    for key, figures in wanted.items():
        assert found[key] == pytest.approx(figures, abs=1e-9)


def test_the_made_warehouses_hold_bursts_growth_and_breaks():
    """Else the comparison above would compare nothing."""
    counts = dict.fromkeys(("bursts", "grew", "share_level"), 0)
    for seed in range(3):
        connection = snapshot_of(made_items(seed, 40))
        for name, sql in {
            "bursts": "SELECT count(*) FROM bursts",
            "grew": "SELECT count(*) FROM rising WHERE growth_low > 0",
            "share_level": "SELECT count(*) FROM breaks WHERE break_kind = 'share_level'",
        }.items():
            counts[name] += connection.execute(sql).fetchone()[0]
    assert min(counts.values()) > 0, counts


@pytest.mark.parametrize("comes_back", [True, False])
def test_a_channel_that_pauses_comes_back_in_the_first_week_with_items(comes_back):
    """The last level has two weeks only, which is less than a level must have."""
    volume = [9, 10, 11, 10, 9, 10, 0, 0, 0, 0, 0, 0, 0, 0, 10, 40]
    volume = volume if comes_back else volume[:6] + [0] * 6 + [1]  # one last item ends its life
    rows = [
        {
            "item_id": f"{c}{week}.{n}",
            "digest_id": f"d{week}",
            "channel": c,
            "labs": ["small"],
            "themes": [],
        }
        | {"day": date(2025, 1, 6) + timedelta(weeks=week)}
        for week in range(len(volume) + 1)
        for c, size in (("twitter", 5), ("reddit", [*volume, 0][week]))
        for n in range(size)
    ]
    sql = "SELECT happened_on FROM breaks WHERE break_kind = 'volume_level' AND channel = 'reddit'"
    found = [day(d) for (d,) in snapshot_of(rows).execute(sql).fetchall()]
    back = [14] if comes_back else []
    assert found == [day(date(2025, 1, 6)) + pd.Timedelta(weeks=w) for w in (6, *back)]


def test_rising_compares_the_adjusted_shares_of_the_trend_marts():
    connection = snapshot_of(made_items(5, 40))
    differs = connection.execute(
        "SELECT r.grain, r.channel_set, r.tag_id, r.share_adjusted, t.share_adjusted"
        " FROM rising AS r JOIN lab_trend AS t ON r.grain = t.grain AND r.period_start = t.period_start"
        " AND r.channel_set = t.channel_set AND r.tag_id = t.lab_id"
        " WHERE r.comparable AND (r.mentions <> t.mentions OR abs(r.share_adjusted - t.share_adjusted) > 1e-12)"
    ).fetchall()
    compared = connection.execute("SELECT count(*) FROM rising WHERE comparable").fetchone()[0]
    assert compared > 50
    assert differs == []


def test_filling_again_gives_the_same_rows():
    connection = snapshot_of(made_items(2, 42))

    def contents():
        return {n: connection.execute(f"SELECT * FROM {n}").fetchall() for n in TABLES}

    before = contents()
    fill_trends(connection)
    assert contents() == before
    assert all(before.values())


def test_the_leaders_of_a_period_come_with_their_stories():
    connection = snapshot_of(made_items(1, 40))
    rows = connection.execute(
        "SELECT rank, growth_low, channel_set, story_ids FROM rising WHERE comparable"
    ).fetchall()
    leads = [ids for rank, low, name, ids in rows if name == "all" and rank <= 5 and low > 0]
    assert leads
    assert all(1 <= len(ids) <= 3 for ids in leads)
    others = [ids for rank, low, name, ids in rows if name != "all" or rank > 5 or low <= 0]
    assert set(map(str, others)) == {"None"}


def test_an_empty_warehouse_has_the_tables():
    connection = database({})
    for name in TABLES:
        columns = [r[0] for r in connection.execute(f"DESCRIBE {name}").fetchall()]
        assert columns == tables()[name].columns
    assert connection.execute("SELECT count(*) FROM bursts").fetchone() == (0,)
