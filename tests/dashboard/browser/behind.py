"""What stands behind the marks and rows of each page: click one, compare with the warehouse's answer.

In: a page at rest, the texts, the snapshot. Out: nothing; it fails where page and warehouse differ. Trap: a
function here knows the choices of its page's link in `journeys.py`, so both are changed together.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from dashboard.texts import Texts
from tests.dashboard.browser.hands import choose, click_any_mark, click_row
from tests.dashboard.browser.tools import choices_in, told
from warehouse import (
    Snapshot,
    answers,
    schema_answers,
    story_answers,
    tag_answers,
    topic_answers,
    trend_answers,
)
from warehouse.answers import Filters
from warehouse.spans import parse_span

_MOST = 200  # items that a list below a chart shows


def name_of(say: Texts, snap: Snapshot, kind: str, id_: str) -> str:
    """The name of a lab or theme in the reader's language."""
    frame = (answers.labs if kind == "lab" else answers.themes)(snap).frame
    return say.name(frame[frame[f"{kind}_id"] == id_].to_dict("records")[0])


def item_count(say: Texts, n: int) -> str:
    """How a heading says how many items there are."""
    if n > _MOST:
        return say("items.shown", n=say.number(_MOST), total=say.number(n))
    return say("items.one") if n == 1 else say("items.count", n=say.number(n))


def point(page: Any, say: Texts, snap: Snapshot, card: str, filters: Filters) -> None:
    """A point of lines over time → its items, as many as the trend counts mentions."""
    kind = card.partition("_")[0]
    id_, day = click_any_mark(page, card)
    trend = answers.lab_trend if kind == "lab" else answers.theme_trend
    frame = trend(snap, filters, [id_]).frame
    mentions = frame[frame["period_start"] == day]["mentions"].iloc[0]
    period = say.period(date.fromisoformat(day), filters.grain)
    name = name_of(say, snap, kind, id_)
    told(page, say("items.heading", name=name, period=period), "h3")
    told(page, item_count(say, int(mentions)))


def of_labs(page: Any, say: Texts, snap: Snapshot) -> None:
    point(page, say, snap, "lab_trend", Filters("quarter", ("reddit",)))


def of_themes(page: Any, say: Texts, snap: Snapshot) -> None:
    point(page, say, snap, "theme_trend", Filters("quarter", (), ("en",)))


def of_lab(page: Any, say: Texts, snap: Snapshot) -> None:
    point(page, say, snap, "lab_trend-zhipu", Filters("quarter"))


def of_theme(page: Any, say: Texts, snap: Snapshot) -> None:
    """A bar → how often both are named in one item."""
    (lab_id,) = click_any_mark(page, "named_with_labs-robotics")
    frame = tag_answers.named_with(snap, Filters("quarter"), "theme", "robotics", "lab").frame
    row = frame[frame["tag_id"] == lab_id].to_dict("records")[0]
    box = page.locator(".st-key-pair-lab")
    box.get_by_text(name_of(say, snap, "lab", lab_id)).first.wait_for()
    assert {str(row["mentions"]), str(row["items_total"])} <= numbers(box.inner_text())


def of_overview(page: Any, say: Texts, snap: Snapshot) -> None:
    """A bar → the page of its lab."""
    (lab_id,) = click_any_mark(page, "top_labs")
    told(page, name_of(say, snap, "lab", lab_id), "h3")
    assert choices_in(page.url)["lab"] == [lab_id]


def of_compare(page: Any, say: Texts, snap: Snapshot) -> None:
    """A dot → its items in the first period, and at the reader's wish in the other; all as a table."""
    (theme_id,) = click_any_mark(page, "compare_periods")
    name = name_of(say, snap, "theme", theme_id)
    for code in ("2025-Q3", "2025-Q2"):
        span = parse_span(code)
        scope = Filters(start=span.first, end=span.last)
        found = answers.items_behind(snap, scope, theme_id=theme_id, limit=9999)
        period = say.period(span.first, "quarter")
        choose(page, "compare-side", period)
        told(page, say("items.heading", name=name, period=period), "h3")
        told(page, item_count(say, len(found.frame)))
    page.get_by_text(say("compare.table")).click()
    page.get_by_test_id("stExpander").locator('[data-testid="stDataFrame"]').wait_for()


def of_rising(page: Any, say: Texts, snap: Snapshot) -> None:
    """A dot → its mentions and its stories."""
    (theme_id,) = click_any_mark(page, "rising")
    frame = trend_answers.rising(snap, "theme", "month", date(2025, 8, 1)).frame
    row = frame[frame["tag_id"] == theme_id].to_dict("records")[0]
    box = page.locator(".st-key-rise-in-full")
    box.get_by_text(name_of(say, snap, "theme", theme_id)).first.wait_for()
    assert str(row["mentions"]) in numbers(box.inner_text())
    box.locator('[data-testid="stDataFrame"]').wait_for()


def of_topics(page: Any, say: Texts, snap: Snapshot) -> None:
    """A circle → the topic with its number of items."""
    (topic_id,) = click_any_mark(page, "topic_map")
    frame = topic_answers.topics(snap, 84).frame
    row = frame[frame["topic_id"] == topic_id].to_dict("records")[0]
    label = row["label_zh"] if say.lang == "zh" else row["label"]
    told(page, label, ".st-key-topic-name")
    told(page, say("topics.all_items", n=say.number(row["item_count"])), ".st-key-topic-items")


def of_stories(page: Any, say: Texts, snap: Snapshot) -> None:
    """A marker → all items of the story."""
    (story_id,) = click_any_mark(page, "stories")
    n = story_answers.story_items(snap, story_id).items_total
    told(page, say("stories.all_items", n=say.number(n)), "h3")
    assert choices_in(page.url)["story"] == [story_id]


def of_matrix(page: Any, say: Texts, snap: Snapshot) -> None:
    """A cell → its items."""
    lab_id, theme_id = click_any_mark(page, "lab_theme_matrix")
    asked = {"lab_id": lab_id, "theme_id": theme_id, "limit": 9999}
    found = answers.items_behind(snap, Filters(), **asked)
    told(page, name_of(say, snap, "theme", theme_id), "h3")
    told(page, item_count(say, len(found.frame)))


def of_items(page: Any, say: Texts, snap: Snapshot) -> None:
    """A row → the item in full."""
    found = answers.search_items(snap, Filters(), "reasoning", ["zhipu"], limit=2)
    told(page, say("items.found", n=say.number(found.items_total)), "h3")
    click_row(page, 1)
    told(page, found.frame["text"].iloc[1], ".st-key-item-in-full")


def of_sql(page: Any, say: Texts, snap: Snapshot) -> None:
    """A column of the list → what it means."""
    columns = schema_answers.tables_and_columns(snap).frame
    row = columns[columns["table_name"] == "lab_trend"].to_dict("records")[2]
    click_row(page, 2)
    meaning = say.of(row, "meaning")
    assert meaning
    told(page, f"{row['column_name']}: {meaning}", ".st-key-sql-meaning")


def of_about(page: Any, say: Texts, snap: Snapshot) -> None:
    """The chart once more as a table."""
    page.get_by_text(say("about.table")).click()
    page.get_by_test_id("stExpander").locator('[data-testid="stDataFrame"]').first.wait_for()


def numbers(text: str) -> set[str]:
    """The whole numbers that a text holds."""
    return {found.replace(",", "") for found in re.findall(r"(?<![\d.])\d[\d,]*(?![\d.%])", text)}
