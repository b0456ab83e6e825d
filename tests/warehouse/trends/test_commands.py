"""`trends rising` and `trends bursts` on a made warehouse, and the answers behind them."""

from datetime import date

import pandas as pd
import pytest
from typer.testing import CliRunner

from etl.build import build
from tests.warehouse.trends.test_marts import LABS, THEMES, made_items
from warehouse import CheckFailed, open_snapshot, trend_answers
from warehouse.analyst_sql import run_sql
from warehouse.publish import publish
from warehouse.schema import arrow_table, tables


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A published warehouse of made items, each with a word of its week in the title."""
    folder, rows = tmp_path_factory.mktemp("made"), made_items(2, 42)
    days = sorted({r["day"] for r in rows})
    given = {
        "labs": [{"lab_id": x, "name": x} for x in LABS],
        "themes": [{"theme_id": x, "name": x} for x in THEMES],
        "digests": [{"digest_id": f"d{d}", "published_on": d, "item_count": 0} for d in days],
        "items": [
            {k: r[k] for k in ("item_id", "digest_id", "channel")}
            | {"published_on": r["day"], "is_counted": True, "language": "en", "text": ""}
            | {"title": f"planner week{r['day']:%V%G}", "story_id": f"s{r['day']:%V%G}"}
            for r in rows
        ],
        "stories": [
            {"story_id": f"s{d:%V%G}", "first_on": d, "last_on": d, "title": f"News of {d:%V/%G}"}
            for d in {f"{d:%V%G}": d for d in days}.values()
        ],
        "mentions": [
            {"item_id": r["item_id"], "lab_id": x, "published_on": r["day"]}
            for r in rows
            for x in r["labs"]
        ],
        "item_themes": [
            {"item_id": r["item_id"], "theme_id": x, "published_on": r["day"]}
            for r in rows
            for x in r["themes"]
        ],
        "snapshot_info": [{"snapshot_id": "made", "first_on": days[0], "last_on": days[-1]}],
    }
    kept = [t.name for t in tables().values() if t.kind in ("lake", "snapshot")]
    publish(folder, "made", {n: arrow_table(n, given.get(n, [])) for n in kept})
    return folder


def run(*args):
    import trends

    return CliRunner().invoke(trends.app, [str(a) for a in args])


def test_bursts_are_listed_with_words_and_stories(made):
    done = run("bursts", "--limit", 3, "--warehouse", made)
    assert done.exit_code == 0, done.output
    strongest = trend_answers.bursts(open_snapshot(made)).frame.iloc[0]
    assert done.stdout.splitlines()[0].startswith(strongest["tag_id"])
    assert f"{strongest['first_on']:%Y-%m-%d}" in done.stdout
    assert f"week{strongest['peak_on']:%V%G}" in done.stdout  # the word of that week
    assert "planner" not in done.stdout  # every week's word
    assert f"News of {strongest['peak_on']:%V/%G}" in done.stdout


def test_rising_ranks_by_the_lower_bound(made):
    done = run("rising", "--period", "2025-06", "--warehouse", made)
    assert done.exit_code == 0, done.output
    rows = trend_answers.rising(open_snapshot(made), "lab", period=date(2025, 6, 1)).frame
    assert done.stdout.splitlines()[0].startswith("month from 2025-06-01")
    listed = [line.split()[1] for line in done.stdout.splitlines()[2:] if line[:3].strip()]
    assert (
        listed
        == rows[rows["comparable"]].sort_values("growth_low", ascending=False)["tag_id"].to_list()
    )


def test_a_wrong_period_and_an_empty_warehouse_end_with_2(made, tmp_path):
    assert run("rising", "--period", "spring", "--warehouse", made).exit_code == 2
    for command in ("rising", "bursts"):
        done = run(command, "--warehouse", tmp_path / "none")
        assert done.exit_code == 2
        assert "Traceback" not in done.output


def test_answers_show_the_sql_that_made_them(made):
    snap = open_snapshot(made)
    day = date(2025, 6, 2)
    shown = [
        trend_answers.rising(snap, "lab", "week"),
        trend_answers.bursts(snap, "lab", ids=["small"]),
        trend_answers.burst_stories(snap, "lab", "large", day, date(2025, 6, 15)),
        trend_answers.burst_terms(snap, "lab", "large", day, date(2025, 6, 15)),
        trend_answers.breaks(snap, channels=["twitter", "reddit"], ids=["growing"]),
        trend_answers.events(snap, date(2025, 1, 1), date(2025, 12, 31)),
    ]
    for answer in shown:
        assert len(answer.frame), answer.sql
        assert "$" not in answer.sql
        again = run_sql(snap, answer.sql).to_pandas()
        pd.testing.assert_frame_equal(
            again.astype(str), answer.frame.astype(str), check_dtype=False
        )


def test_an_analysts_event_is_published_and_a_wrong_one_stops_the_build(tmp_path):
    build(["sample"], tmp_path)
    own = tmp_path / "events.yml"
    own.write_text("events: [{date: 2025-07-01, title: We moved}]\n", "utf-8")
    assert build(["sample"], tmp_path).published.is_new
    found = trend_answers.events(open_snapshot(tmp_path)).frame
    assert found[found["event_kind"] == "analyst"]["title"].to_list() == ["We moved"]
    own.write_text("events: [{date: 2025-07-01, title: We moved, labs: [nobody]}]\n", "utf-8")
    with pytest.raises(CheckFailed, match=r"events\.yml, entry 1: `labs` names nobody"):
        build(["sample"], tmp_path)
    found = trend_answers.events(open_snapshot(tmp_path)).frame
    assert "analyst" in set(found["event_kind"])
