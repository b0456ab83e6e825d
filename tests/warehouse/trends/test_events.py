"""Known events: the program's file is sound, an analyst's own is merged, mistakes say what and where."""

from datetime import date

import pytest

from warehouse.problems import CheckFailed
from warehouse.taxonomy.events import (
    EventsProblem,
    known_ids,
    load_events,
    packaged_text,
    read_events,
)

OWN = """
events:
  - date: 2026-04-14
    title: Our report is out
    labs: [openai]
"""


def test_the_events_of_the_program_name_known_labs_themes_and_channels():
    events = read_events(packaged_text(), "events.yml", known_ids())
    assert {e.kind for e in events} == {"release", "source"}
    releases = [e for e in events if e.kind == "release"]
    assert len(releases) >= 25
    assert all(e.labs and e.url and e.title_zh != e.title for e in releases)


def test_own_events_are_merged_in_order_of_days(tmp_path):
    (tmp_path / "events.yml").write_text(OWN, "utf-8")
    events = load_events(tmp_path)
    assert len(events) == len(load_events()) + 1
    own = [e for e in events if e.kind == "analyst"]
    assert [(e.event_id, e.happened_on, e.title_zh) for e in own] == [
        ("2026-04-14-our-report-is-out", date(2026, 4, 14), "Our report is out")
    ]
    assert list(events) == sorted(events, key=lambda e: (e.happened_on, e.event_id))


def test_a_folder_without_own_events_has_those_of_the_program(tmp_path):
    assert load_events(tmp_path) == load_events()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("events: [{date: 2026-13-01, title: x}]", r"own\.yml cannot be read: month must be"),
        ("events: [{date: May 2026, title: x}]", "entry 1: `date` must be a day like"),
        ("events: [{date: 2026-01-01}]", "entry 1: `title` is missing"),
        ("events: [{date: 2026-01-01, title: x, labs: [openia]}]", "openia.*do you mean openai"),
        ("events: [{date: 2026-01-01, title: x, channels: [mastodon]}]", "names mastodon"),
        ("events: [{date: 2026-01-01, title: x, labs: openai}]", "must be a list of ids"),
        ("events: [{date: 2026-01-01, title: x, kind: rumour}]", "release, source, analyst"),
        ("events: [{on: 2026-01-01, title: x}]", "entry 1: unknown key True"),
        ("events: [{date: 2026-01-01, title: x, id: A b}]", "small letters"),
        ("events: [{date: 2026-01-01, title: x}, {date: 2026-01-01, title: x}]", "occurs twice"),
        ("events: [just text]", "entry 1: expected keys"),
        ("happenings: []", "expected `events:`"),
        ("events: [", "own.yml cannot be read"),
    ],
)
def test_a_mistake_is_said_with_its_place(text, message):
    with pytest.raises(EventsProblem, match=message):
        read_events(text, "own.yml", known_ids())


def test_an_own_event_may_not_take_an_id_of_the_program(tmp_path):
    (tmp_path / "events.yml").write_text(
        "events: [{date: 2026-01-01, title: x, id: deepseek-r1}]", "utf-8"
    )
    with pytest.raises(CheckFailed, match=r"deepseek-r1 is taken.*choose another"):
        load_events(tmp_path)


def test_an_empty_file_is_no_mistake():
    assert read_events("# nothing yet\n", "own.yml", known_ids()) == []
