"""The charts of stories as pure functions: what a click carries, names, colours, what is hollow."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts import story_coverage, story_timeline, style
from dashboard.charts.colours import look
from dashboard.charts.marks import MixChange
from dashboard.charts.scope import Scope
from dashboard.charts.stories_view import StoriesView, other_title, title_of
from dashboard.charts.story_coverage import CoverageView
from dashboard.charts.story_timeline import size_of, spots_of
from dashboard.export.deck import slide_of
from dashboard.texts import Texts

FIRST = pd.Timestamp(2026, 1, 5)


def row(n: int, day: int = 0, items: int = 5, **more: Any) -> dict[str, Any]:
    first = FIRST + pd.Timedelta(days=day)
    return {
        "rank": n,
        "story_id": f"s{n}",
        "title": f"Made news {n}",
        "title_en": f"Made news {n}",
        "title_zh": f"虚构新闻{n}",
        "first_on": first,
        "last_on": first + pd.Timedelta(days=2),
        "items": items,
        "digests": 2,
        "originals": 1,
        "channel_count": 2,
        "channels": ["news", "twitter"],
        "languages": ["en", "zh"],
        "lab_ids": ["openai"],
        "theme_ids": [],
    } | more


def view(rows: list[dict[str, Any]], lang: str = "en", rank_by: str = "reach") -> StoriesView:
    names = {"openai": "OpenAI", "meta": "Meta AI"}
    scope = Scope(date(2026, 1, 1), date(2026, 3, 11), 500)
    frame = pd.DataFrame(rows, columns=list(row(0)))
    return StoriesView(frame, rank_by, 500, names, scope, Texts(lang))


def markers(figure: Any) -> list[Any]:
    return [trace for trace in figure.data if trace.mode == "markers"]


def test_each_marker_carries_its_story_and_has_the_look_of_its_first_lab() -> None:
    made = view([row(1), row(2, 20, lab_ids=["meta", "openai"]), row(3, 40, lab_ids=[])])
    traces = markers(story_timeline.figure(made))
    found = {trace.customdata[0][0]: trace for trace in traces}
    assert set(found) == {"s1", "s2", "s3"}
    assert found["s1"].marker.color == look("lab", "openai").colour
    assert found["s2"].marker.symbol == look("lab", "meta").symbol
    assert found["s3"].marker.color not in (found["s1"].marker.color, found["s2"].marker.color)


def test_height_is_the_number_that_ranks() -> None:
    rows = [row(1, items=9, originals=3), row(2, 20, items=4, originals=2)]
    by_items = markers(story_timeline.figure(view(rows, rank_by="items")))
    by_issues = markers(story_timeline.figure(view(rows, rank_by="originals")))
    assert [y for trace in by_items for y in trace.y] == [9, 4]
    assert [y for trace in by_issues for y in trace.y] == [3, 2]


def test_a_story_that_reached_more_channels_is_larger() -> None:
    assert size_of(row(1, channel_count=5)) > size_of(row(2, channel_count=1))


def test_a_title_from_the_web_is_no_html() -> None:
    bad = row(1, title_en="<b>Sale</b> & <a href='x'>more</a>", title_zh=None)
    figure = story_timeline.figure(view([bad]))
    texts = [a.text for a in figure.layout.annotations]
    texts += [t for trace in markers(figure) for t in trace.hovertext]
    assert texts
    assert not any("<a" in text or "<b>Sale" in text for text in texts)
    assert any("&lt;b&gt;Sale" in text for text in texts)


@pytest.mark.parametrize(("lang", "own", "other"), [("en", "Made", "虚构"), ("zh", "虚构", "Made")])
def test_titles_are_in_the_readers_language_and_the_hover_has_both(
    lang: str, own: str, other: str
) -> None:
    figure = story_timeline.figure(view([row(1)], lang))
    assert any(own in a.text for a in figure.layout.annotations)
    assert other in markers(figure)[0].hovertext[0]


def test_a_headline_of_the_other_language_comes_before_the_title_of_the_first_item() -> None:
    assert title_of(row(1, title="of which", title_zh=None), Texts("zh")) == "Made news 1"


def test_a_story_told_in_one_language_keeps_its_title() -> None:
    only = row(1, title="只有中文", title_en=None, title_zh="只有中文")
    assert title_of(only, Texts("en")) == "只有中文"
    assert other_title(only, Texts("zh")) == ""


def test_stories_of_one_day_and_height_stand_side_by_side_within_the_day() -> None:
    spots = spots_of(view([row(n) for n in range(1, 6)]))
    days = [spot.day for spot in spots]
    assert len(set(days)) == 5
    assert all(abs(day - FIRST) < pd.Timedelta(hours=12) for day in days)
    assert spots_of(view([row(1)]))[0].day == FIRST


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 26)), min_size=1, max_size=60))
def test_names_never_overlap(
    places: list[tuple[int, int]],
) -> None:
    made = view([row(n, day, items) for n, (day, items) in enumerate(places, 1)])
    figure = story_timeline.figure(made)
    boxes = [_box(figure, a) for a in figure.layout.annotations]
    assert len(boxes) <= 12
    for n, one in enumerate(boxes):
        for other in boxes[n + 1 :]:
            apart = one[1] <= other[0] or other[1] <= one[0]
            assert apart or one[3] <= other[2] or other[3] <= one[2]


def _box(figure: Any, name: Any) -> tuple[float, float, float, float]:
    """Left, right, bottom, top in pixels of the narrowest chart that names reckon with."""
    first, last = (pd.Timestamp(end) for end in figure.layout.xaxis.range)
    inner = story_timeline.HEIGHT - figure.layout.margin.t - figure.layout.margin.b
    x = (pd.Timestamp(name.x) - first) / (last - first) * 720
    y = name.y / figure.layout.yaxis.range[1] * inner
    long = style.text_width(name.text, name.font.size)
    left = x if name.xanchor == "left" else x - long
    return left + 0.01, left + long - 0.01, y - 7, y + 7


def test_channels_that_are_not_there_throughout_are_named() -> None:
    made = view([row(1)])
    assert made.guard == ""
    changes = (
        MixChange(date(2026, 2, 1), "news", True),
        MixChange(date(2026, 3, 1), "reddit", False),
    )
    parts = (made.frame, "reach", 500, made.lab_names, made.scope, made.say)
    guard = StoriesView(*parts, changes=changes).guard
    assert "News since 1 Feb 2026" in guard
    assert "Reddit until 1 Mar 2026" in guard


def test_no_story_is_an_empty_chart() -> None:
    assert markers(story_timeline.figure(view([]))) == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_slide_is_a_table_of_the_first_stories(lang: str) -> None:
    from io import BytesIO

    from pptx import Presentation

    made = view([row(n, n, title_en="long " * 40) for n in range(1, 30)], lang)
    page = Presentation(BytesIO(slide_of(made, "SELECT 1", "made"))).slides[0]
    table = next(shape.table for shape in page.shapes if shape.has_table)
    cells = [[cell.text for cell in line.cells] for line in table.rows]
    assert cells[0][0] == made.say("stories.story")
    assert 10 <= len(cells) - 1 <= 12
    assert all(style.text_width(text, 12) < 0.41 * 870 for text in (line[0] for line in cells))
    assert cells[1][1] == made.say.day(made.rows()[0]["first_on"])


def coverage(lang: str = "en") -> CoverageView:
    days = [FIRST, FIRST, FIRST, FIRST + pd.Timedelta(days=2), FIRST]
    frame = pd.DataFrame(
        {
            "item_id": list("abcde"),
            "published_on": days,
            "channel": ["twitter", "twitter", "twitter", "news", "discord_detail"],
            "language": ["en", "en", "zh", "zh", "en"],
            "title": ["One", "<i>Two</i>", "三", "四", "Five"],
            "is_counted": [True, True, False, True, True],
            "is_translation": [False, False, True, False, False],
        }
    )
    return CoverageView(frame, Texts(lang))


def test_coverage_has_a_row_a_place_counted_ones_first() -> None:
    figure = story_coverage.figure(coverage())
    assert list(figure.layout.yaxis.ticktext) == [
        "X / Twitter · English",
        "News · Chinese",
        "Discord by channel · English",
        "X / Twitter · Chinese, translated",
    ]
    hollow, filled = figure.data
    assert {hollow.marker.symbol, filled.marker.symbol} == {"circle-open", "circle"}
    assert list(filled.y) == [0, 1]
    assert list(hollow.y) == [2, 3]


def test_coverage_writes_how_many_items_stand_in_a_marker() -> None:
    figure = story_coverage.figure(coverage())
    assert list(figure.data[1].text) == ["2", ""]
    assert "&lt;i&gt;Two" in figure.data[1].hovertext[0]
    assert "5 items, 3 of them counted" in coverage().subtitle


def test_coverage_of_years_has_few_ticks() -> None:
    made = coverage()
    frame = pd.concat(
        [made.frame.assign(published_on=FIRST + pd.Timedelta(days=17 * n)) for n in range(60)]
    )
    axis = story_coverage.figure(CoverageView(frame, made.say)).layout.xaxis
    assert 3 <= len(axis.tickvals) <= 12
