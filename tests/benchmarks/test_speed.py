"""Timings and ratios, printed and never asserted: `make bench`.

The sample is measured always, the real archive where it lies beside the checkout.
"""

import json
import statistics
import time

import pytest

from etl.build import build
from etl.digest_rows import rows_of, urls_by_item
from etl.sources.archives import read_source
from etl.sources.decode import decode
from etl.tag.items import tag_items
from warehouse import answers, open_snapshot
from warehouse.answers import Filters

pytestmark = pytest.mark.bench
REPEATS = 20


def say(what, value, unit):
    print(f"{what:<55} {value:>10,.3f} {unit}")


def folder_mb(folder):
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6


def timed_build(sources, warehouse, name):
    result = build(sources, warehouse)
    record = json.loads(result.log_path.read_text("utf-8"))
    say(f"{name}: build in all", sum(record["seconds"].values()), "s")
    for step, seconds in record["seconds"].items():
        say(f"{name}:   {step}", seconds, "s")
    say(f"{name}: peak memory (parent + largest child)", record["peak_memory_mb"], "MB")
    for table, rows in record["rows"].items():
        say(f"{name}: rows of {table}", rows, "rows")
    again = time.perf_counter()
    build(sources, warehouse)
    say(f"{name}: the same build again", time.perf_counter() - again, "s")
    say(f"{name}: lake", folder_mb(warehouse / "lake"), "MB")
    say(f"{name}: snapshot", (warehouse / "current").resolve().stat().st_size / 1e6, "MB")


def timed_answers(warehouse, name):
    snap = open_snapshot(warehouse)
    labs = answers.top_labs(snap, Filters(), 6).frame["lab_id"].to_list()
    themes = answers.top_themes(snap, Filters(), 20).frame["theme_id"].to_list()
    questions = {
        "lab_trend by month": lambda: answers.lab_trend(snap, Filters(), labs),
        "lab_trend by day": lambda: answers.lab_trend(snap, Filters("day"), labs),
        "lab_theme_matrix": lambda: answers.lab_theme_matrix(snap, Filters(), labs, themes),
        "items_behind": lambda: answers.items_behind(snap, Filters(), lab_id=labs[0]),
        "search_items": lambda: answers.search_items(snap, Filters(), "memory 记忆"),
    }
    for question, ask in questions.items():
        seconds = []
        for _ in range(REPEATS):
            start = time.perf_counter()
            ask()
            seconds.append(time.perf_counter() - start)
        p95 = statistics.quantiles(seconds, n=20)[-1]
        say(f"{name}: {question}, median", 1000 * statistics.median(seconds), "ms")
        say(f"{name}: {question}, p95", 1000 * p95, "ms")


def test_sample(tmp_path):
    timed_build(["sample"], tmp_path, "sample")
    timed_answers(tmp_path, "sample")


def test_archive(tmp_path, shared):
    sources = sorted(str(p) for p in (shared / "data").iterdir())
    timed_build(sources, tmp_path, "archive")
    timed_answers(tmp_path, "archive")


def test_tagging_against_reading(shared):
    """Tagging costs at most twice the reading: the ratio is the figure to watch."""
    files = read_source(str(shared / "data" / "ai-news-digests-zh-main.tar.gz")).files
    files += read_source(str(shared / "data" / "ainews-web-2025-main.tar.gz")).files[-40:]
    start = time.perf_counter()
    rows = [rows_of(f) for f in files if decode(f.data)]
    both = time.perf_counter() - start
    tables = {
        r.file: (r.tables["items"].to_pylist(), r.tables["item_links"].to_pylist())
        for r in rows
        if r.tables
    }
    rows = [r for r in rows if r.tables]
    start = time.perf_counter()
    items = 0
    for r in rows:
        of_file = tables[r.file]
        tag_items(of_file[0], urls_by_item(of_file[1]))
        items += len(of_file[0])
    tagging = time.perf_counter() - start
    say("items tagged per second, one process", items / tagging, "items/s")
    say("tagging / reading", tagging / (both - tagging), "x")
