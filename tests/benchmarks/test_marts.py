"""Speed and trustworthiness of the marts, printed and never asserted: `make bench`.

Ten million generated items behind the marts; how often the intervals hold the truth, beside plain Wilson's;
and what the end of a channel does to one lab, from the warehouse that `TRENDS_WAREHOUSE` names.
"""

import os
import statistics
import time
from pathlib import Path

import pytest

from tests.benchmarks import many_items
from tests.benchmarks.test_speed import say
from tests.warehouse import simulation
from warehouse import open_snapshot
from warehouse.connect import close_draft, connect_new, connect_read_only
from warehouse.schema import create_sql

pytestmark = pytest.mark.bench
ITEMS = 10_000_000
REPEATS = 40

MONTHS = "grain = 'month' AND channel_set = 'all'"
QUESTIONS = {
    "share of one lab, month": f"SELECT period_start, share, share_low, share_high FROM lab_trend WHERE {MONTHS} AND lab_id = 'lab0'",
    "six labs, week": "SELECT period_start, lab_id, share_adjusted FROM lab_trend WHERE grain = 'week' AND channel_set = 'all' AND lab_id IN ('lab0', 'lab1', 'lab2', 'lab3', 'lab4', 'lab5')",
    "one lab, day, one channel": "SELECT period_start, mentions, share FROM lab_trend WHERE grain = 'day' AND channel_set = 'twitter' AND lab_id = 'lab3'",
    "top ten labs of a quarter": "SELECT lab_id, mentions FROM lab_trend WHERE grain = 'quarter' AND channel_set = 'all' AND period_start = DATE '2025-01-01' ORDER BY mentions DESC LIMIT 10",
    "themes by month, wide": f"PIVOT (SELECT period_start, theme_id, share FROM theme_trend WHERE {MONTHS}) ON theme_id USING first(share)",
    "themes of a lab": f"SELECT theme_id, sum(mentions) FROM lab_theme_trend WHERE {MONTHS} AND lab_id = 'lab1' GROUP BY 1 ORDER BY 2 DESC",
    "channels of a lab": "SELECT channel_set, avg(share) FROM lab_trend WHERE grain = 'month' AND comparable AND lab_id = 'lab2' GROUP BY 1",
    "growth to the month before": f"SELECT lab_id, period_start, share - lag(share) OVER (PARTITION BY lab_id ORDER BY period_start) AS change FROM lab_trend WHERE {MONTHS} QUALIFY comparable ORDER BY change DESC LIMIT 20",
}


def test_ten_million_items_behind_the_marts(tmp_path):
    path = tmp_path / "marts.duckdb"
    connection = connect_new(path)
    for name in ("labs", "themes", *many_items.GIVEN):
        connection.execute(create_sql(name))
    for sql in many_items.generated(ITEMS):
        connection.execute(sql)
    start = time.perf_counter()
    many_items.fill_marts(connection)
    say("10 million items: marts built", time.perf_counter() - start, "s")
    close_draft(connection)
    connection.close()
    snap = connect_read_only(path)
    for name in ("lab_trend", "theme_trend", "lab_theme_trend", "digest_tags"):
        say(f"rows of {name}", snap.execute(f"SELECT count(*) FROM {name}").fetchone()[0], "rows")
    for question, sql in QUESTIONS.items():
        seconds = []
        for _ in range(REPEATS):
            begin = time.perf_counter()
            snap.execute(sql).fetchall()
            seconds.append(time.perf_counter() - begin)
        say(f"{question}, p95", 1000 * statistics.quantiles(seconds, n=20)[-1], "ms")


def test_how_often_intervals_hold_the_true_share():
    found = simulation.coverage(runs=3000, seed=1)
    print("\nintervals of nominally 95 %: clustered by digest, and Wilson's of independent items")
    figures = ["covered", "plain", "width", "plain_width"]
    for by in ("digests", "share", "channel"):
        print(found.groupby(by)[figures].mean().round(3).to_string())
    print("all", found[figures].mean().round(3).to_dict())
    for digests in (4, 12):
        found = simulation.adjusted_coverage(months=300, digests=digests, seed=1)
        by_spread = found.groupby("spread")["covered"].mean().round(3).to_dict()
        print(f"adjusted, {digests} digests: {found['covered'].mean():.3f}, by spread {by_spread}")


def test_one_lab_across_the_end_of_a_channel():
    place = os.environ.get("TRENDS_WAREHOUSE")
    if not place or not (Path(place) / "current").exists():
        pytest.skip("TRENDS_WAREHOUSE names no warehouse")
    sql = """SELECT channel_set, period_start, mentions, items_total, digests, share, share_low, share_high,
        design_effect, share_adjusted, adjusted_low, adjusted_high, comparable, why_not FROM lab_trend
        WHERE grain = 'month' AND lab_id = 'openai' AND channel_set IN ('all', 'twitter', 'reddit')
        AND period_start BETWEEN DATE '2026-02-01' AND DATE '2026-04-30' ORDER BY ALL"""
    print("\n" + open_snapshot(Path(place)).frame(sql).round(4).to_string())
