"""Every kind of chart laid out for a telephone: room for the plot, no text on another, clicks as before."""

import copy
import json
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plotly.utils import PlotlyJSONEncoder

from dashboard import scenes
from dashboard.charts import burst_timeline, narrow_fit, rising, story_coverage, topic_map
from dashboard.charts.narrow import narrow
from dashboard.charts.narrow_fit import (
    WIDTH,
    Box,
    cut,
    ends,
    number,
    overlap,
    plain,
    width,
    wrapped,
)
from dashboard.scenes import overview
from dashboard.scenes.stories import stories_scene
from dashboard.texts import LANGUAGES, Texts
from tests.dashboard.test_movement_charts import burst, bursts_view, grown, rising_view
from tests.dashboard.test_story_timeline import coverage
from tests.dashboard.test_topic_map import view as map_view
from warehouse import open_snapshot
from warehouse.answers import Filters
from warehouse.spans import parse_span

GRAINS = ("day", "week", "month", "quarter")


@pytest.fixture(scope="module", params=LANGUAGES)
def figures(made_warehouse: Path, request: pytest.FixtureRequest) -> dict[str, go.Figure]:
    """One figure and more of every kind of chart, in one language."""
    ask, say, lang = scenes.on(open_snapshot(made_warehouse)), Texts(request.param), request.param
    periods = overview.last_periods(ask)
    made: dict[str, Any] = {
        f"{kind} by {grain}": scenes.trend_scene(ask, say, kind, filters=Filters(grain))
        for grain in GRAINS
        for kind in ("lab", "theme")
    }
    made["matrix"] = scenes.matrix_scene(ask, say)
    made["volume"] = scenes.volume_scene(ask, say)
    made["stories"] = stories_scene(ask, say)
    made["bars"] = overview.top_scene(ask, say, "theme", periods["month"])
    made["named with"] = scenes.named_with_scene(ask, say, "lab", "openai", "theme", Filters())
    spans = parse_span("2026-02"), parse_span("2026-01")
    made["compare"] = scenes.compare_scene(ask, say, "lab", ("openai", "google"), Filters(), *spans)
    assert all(made.values())
    drawn = {name: scene.figure() for name, scene in made.items()}
    rows = grown("a", "rose"), grown("b", "not_distinguishable"), grown("c", "fell", 0.3)
    drawn["rising"] = rising.figure(rising_view(*rows, lang=lang))
    days = ("2025-02-03", "2025-02-20"), ("2025-03-03", "2025-04-04"), ("2026-06-01", "2026-06-30")
    drawn["bursts"] = burst_timeline.figure(
        bursts_view(*(burst("a", *span) for span in days), burst("b", *days[0]), lang=lang)
    )
    drawn["coverage"] = story_coverage.figure(coverage(lang))
    drawn["map"] = topic_map.figure(map_view(lang))
    return drawn


def texts_of(fig: go.Figure) -> Iterator[tuple[str, Box]]:
    """Every note and every tick of the x axis with its box, in pixels from the lower left of the plot."""
    margin, axis = fig.layout.margin, fig.layout.xaxis
    wide, high = WIDTH - margin.l - margin.r, fig.layout.height - margin.t - margin.b
    left, right = ends(fig)
    low, top = fig.layout.yaxis.range
    for note in fig.layout.annotations:
        part = note.x if note.xref == "paper" else (number(note.x) - left) / (right - left)
        up = note.y if note.yref == "paper" else (note.y - low) / (top - low)
        long, tall = (
            width(note.text, note.font.size),
            note.font.size * (note.text.count("<br>") + 1),
        )
        x, y = part * wide + (note.xshift or 0), up * high + (note.yshift or 0)
        x -= {"left": 0.0, "right": long}.get(note.xanchor, long / 2)
        y -= {"bottom": 0.0, "top": tall}.get(note.yanchor, tall / 2)
        yield plain(note.text), (x, x + long, y, y + tall)
    size = axis.tickfont.size or narrow_fit.style.SIZE
    for value, text in zip(axis.tickvals or (), axis.ticktext or (), strict=True):
        if axis.showticklabels is False or axis.visible is False:
            continue
        middle = (number(value) - left) / (right - left) * wide
        half = (size if axis.tickangle else width(text, size)) / 2
        yield plain(text), (middle - half, middle + half, -50.0, -10.0)


def test_every_chart_wide_or_narrow_has_only_what_plotly_knows(
    figures: dict[str, go.Figure],
) -> None:
    for fig in figures.values():
        for drawn in (fig, narrow(fig)):
            go.Figure(json.loads(drawn.to_json()))  # raises at a name or a value it does not know


def test_most_of_a_narrow_page_is_plot(figures: dict[str, go.Figure]) -> None:
    for name, fig in figures.items():
        margin = narrow(fig).layout.margin
        assert WIDTH - margin.l - margin.r >= 0.6 * 360, name


def test_no_text_lies_on_another_and_none_leaves_the_chart(figures: dict[str, go.Figure]) -> None:
    for name, fig in figures.items():
        small = narrow(fig)
        found = list(texts_of(small))
        assert found or name == "named with", name
        for one, other in combinations(found, 2):
            assert not overlap(one[1], other[1]), (name, one, other)
        margin = small.layout.margin
        for text, box in found:
            assert box[0] >= -margin.l - 8, (name, text)
            assert box[1] <= WIDTH - margin.l + 8, (name, text)


def test_points_their_clicks_and_their_order_stay(figures: dict[str, go.Figure]) -> None:
    for name, fig in figures.items():
        small = narrow(fig)
        assert len(small.data) >= len(fig.data)
        for before, after in zip(fig.data, small.data, strict=False):
            assert after.type == before.type
            told, tells = ([list(x) for x in t.customdata or ()] for t in (before, after))
            assert tells == told, name
            if name != "map" and before.x is not None:
                assert list(after.x) == list(before.x), name
        assert all(trace.customdata is None for trace in small.data[len(fig.data) :]), name


def test_the_given_figure_stays_and_its_layout_is_kept_for_images(
    figures: dict[str, go.Figure],
) -> None:
    for name, fig in figures.items():
        before = copy.deepcopy(fig.to_plotly_json())
        wide = narrow(fig).layout.meta["wide"]
        assert repr(fig.to_plotly_json()) == repr(before), name
        assert wide["layout"]["height"] == fig.layout.height
        assert wide["layout"]["margin"] == fig.layout.margin.to_plotly_json()
        assert len(wide["layout"].get("annotations", ())) == len(fig.layout.annotations)
        for n, values in wide["traces"].items():
            own = fig.data[int(n)].to_plotly_json()
            assert all(written(own.get(key)) == written(value) for key, value in values.items()), (
                name
            )


def written(value: Any) -> str:
    return json.dumps(value, cls=PlotlyJSONEncoder, sort_keys=True)


def test_names_of_lines_stand_in_the_legend_with_their_colour_and_symbol(
    figures: dict[str, go.Figure],
) -> None:
    fig = figures["lab by month"]
    ends_of = {plain(n.text): n.font.color for n in fig.layout.annotations if n.x == 1}
    symbols = {t.name: t.marker.symbol[0].removesuffix("-open") for t in fig.data if t.customdata}
    entries = [trace for trace in narrow(fig).data if trace.showlegend is not False]
    assert {plain(t.name) for t in entries} == set(ends_of)
    for trace in entries:
        assert trace.marker.color == trace.line.color == ends_of[plain(trace.name)]
        assert trace.marker.symbol == symbols[plain(trace.name)]


def test_bars_of_one_row_say_their_value_beside_the_name(figures: dict[str, go.Figure]) -> None:
    fig = figures["bars"]
    said = [plain(note.text) for note in narrow(fig).layout.annotations]
    values = [note.text for note in fig.layout.annotations]
    assert said == [name.strip() for name in map(plain, fig.layout.yaxis.ticktext)] + values


def test_a_hover_box_is_narrower_than_the_page(figures: dict[str, go.Figure]) -> None:
    for name, fig in figures.items():
        for trace in narrow(fig).data:
            for text in (trace.hovertext if not isinstance(trace.hovertext, str) else ()) or ():
                assert width(text or "", 13) <= 300, (name, text)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")))


@given(st.lists(WORDS, max_size=8).map(" ".join), st.integers(60, 300))
def test_a_cut_text_fits_and_is_the_beginning_of_the_whole(words: str, room: int) -> None:
    from html import escape

    short = cut(f"<b>{escape(words, quote=False)}</b>", room, 13)
    assert width(short, 13) <= room or short == "<b>…</b>"
    assert short.startswith("<b>")
    assert words.strip().startswith(plain(short).removesuffix("…").strip())


@given(st.lists(st.sampled_from(["Lab", "模型发布", "&amp;", "<b>x</b>", "12.3%"]), max_size=40))
def test_a_wrapped_text_says_the_same_in_lines_that_fit(parts: list[str]) -> None:
    text = " ".join(parts)
    lines = wrapped(text, 120, 13)
    assert plain(lines.replace("<br>", "")).replace(" ", "") == plain(text).replace(" ", "")
    assert all(width(line, 13) <= 120 * 1.1 for line in lines.split("<br>"))


@given(st.integers(1, 40), st.integers(120, 400), st.dates(date(2020, 1, 1), date(2026, 1, 1)))
def test_each_year_is_said_at_the_first_tick_of_its_own_that_is_left(
    count: int, inner: int, first: date
) -> None:
    months = list(pd.date_range(first, periods=count, freq="MS"))
    fig = go.Figure()
    axis = narrow_fit.style.time_axis(months, "month", Texts("en"))
    room = pd.Timedelta(days=9)
    fig.update_xaxes(**axis, range=[months[0] - room, months[-1] + room])
    narrow_fit.thin_ticks(fig, inner, 12, (44, 14))
    year = None
    assert fig.layout.xaxis.tickvals
    for moment, text in zip(fig.layout.xaxis.tickvals, fig.layout.xaxis.ticktext, strict=True):
        own = pd.Timestamp(moment).year
        assert text.endswith(f"<br>{own}") == (own != year)
        year = own
