"""Ways to the page of a lab or theme from the pages that name it, the usual periods, and the dictionary, headless."""

from datetime import date
from pathlib import Path

import pytest

from dashboard import scenes
from dashboard.scenes.usual import complete_periods, periods, usual_periods
from tests.dashboard.conftest import FIRST, LAST
from tests.dashboard.one_run import run
from warehouse import open_snapshot, story_answers
from warehouse.answers import Filters

DAYS = (LAST - FIRST).days + 1


@pytest.mark.parametrize(
    ("page", "kind", "ids"),
    [("labs", "lab", ["zhipu", "openai"]), ("themes", "theme", ["robotics", "reasoning"])],
)
def test_what_is_drawn_leads_to_its_own_page(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, page: str, kind: str, ids: list[str]
) -> None:
    app = run(monkeypatch, made_warehouse, page, **{page: ids})
    own = [b.key for b in app.button if b.key.startswith("own-page-")]
    assert own == [f"own-page-{kind}-{id_}" for id_ in ids]
    app.button(key=own[0]).click().run()
    assert app.selectbox(key=kind).value == ids[0]


@pytest.mark.parametrize("kind", ["lab", "theme"])
def test_a_story_leads_to_its_labs_and_themes(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, kind: str
) -> None:
    told = story_answers.stories_told(open_snapshot(made_warehouse), Filters()).frame
    row = told[(told["lab_ids"].str.len() > 0) & (told["theme_ids"].str.len() > 0)].iloc[0]
    app = run(monkeypatch, made_warehouse, "stories", story=row["story_id"])
    tags = [("lab", i) for i in row["lab_ids"]] + [("theme", i) for i in row["theme_ids"]]
    shown = [b.key for b in app.button if b.key.startswith("story-tag-")]
    assert shown == [f"story-tag-{k}-{i}" for k, i in tags]
    id_ = row[f"{kind}_ids"][0]
    app.button(key=f"story-tag-{kind}-{id_}").click().run()
    assert app.selectbox(key=kind).value == id_


@pytest.mark.parametrize("days", [30, 120, DAYS])
def test_the_usual_periods_are_the_newest_complete_ones(made_warehouse: Path, days: int) -> None:
    ask = scenes.on(open_snapshot(made_warehouse))
    whole = complete_periods(ask, days)
    assert list(usual_periods(ask, days)) == whole[:2]


def test_a_period_that_still_runs_is_listed_but_not_among_the_complete_ones(
    made_warehouse: Path,
) -> None:
    ask = scenes.on(open_snapshot(made_warehouse))
    listed = dict(periods(ask, ("month", "quarter")))
    assert listed["2026-03"] == (date(2026, 3, 31) > LAST)
    running = {code for code, is_partial in listed.items() if is_partial}
    assert running
    assert not running & set(complete_periods(ask, DAYS))


def test_the_periods_to_choose_from_are_of_the_usual_length_and_the_next_one(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    ask = scenes.on(open_snapshot(made_warehouse))
    app = run(monkeypatch, made_warehouse, "compare")
    codes = [code for code, _ in periods(ask, ("month", "quarter"))]
    assert len(app.selectbox(key="compare").options) == len(codes)
    assert [app.selectbox(key=k).value for k in ("compare", "against")] == list(
        usual_periods(ask, DAYS)
    )


def test_the_dictionary_is_sent_only_once_it_is_open(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "about")
    assert "sql-table" not in [s.key for s in app.selectbox]
