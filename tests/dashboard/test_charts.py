"""Figures as pure functions: what is drawn, what it says, what a click carries."""

import itertools
from collections.abc import Sequence
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import matrix, style, trend, volume
from dashboard.charts.marks import Event, Level, MixChange
from dashboard.charts.scope import Scope
from dashboard.charts.segments import stretches
from dashboard.charts.trend_view import TrendView
from dashboard.charts.views import MatrixView, VolumeView
from dashboard.texts import Texts
from tests.dashboard.light import luminance

EN, ZH = Texts("en"), Texts("zh")
SCOPE = Scope(date(2026, 1, 1), date(2026, 3, 11), 12345)
NAMES = {"a": "Lab A", "b": "Lab B"}


def rows(
    values: dict[str, list[int]], total: int = 1000, grain_days: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Tidy rows of made months; the last one is partial."""
    months = list(grain_days) or [
        f"2026-{m:02d}-01" for m in range(1, 1 + len(next(iter(values.values()))))
    ]
    return pd.DataFrame(
        {
            "period_start": pd.Timestamp(month),
            "lab_id": lab,
            "mentions": count,
            "stories": count // 2,
            "items_total": total,
            "digests": 20,
            "share": count / total,
            "share_low": 0.5 * count / total,
            "share_high": 2 * count / total,
            "share_adjusted": 0.9 * count / total,
            "adjusted_low": 0.5 * count / total,
            "adjusted_high": 2 * count / total,
            "adjusted_why_not": None,
            "is_partial": month == months[-1],
            "is_thin": total < 30,
            "regime": pd.Timestamp("2026-01-01"),
            "why_not": None,
        }
        for month, lab, count in (
            (month, lab, counts[i])
            for i, month in enumerate(months)
            for lab, counts in values.items()
        )
    )


def view(frame: pd.DataFrame, say: Texts = EN, measure: str = "share", **more: object) -> TrendView:
    ids = tuple(frame["lab_id"].unique())
    return TrendView("lab", frame, ids, NAMES, measure, "month", SCOPE, say, **more)


def lines(view: TrendView, name: str = "Lab A") -> dict[str, list[list[float]]]:
    """The values of the stretches of one line, by how they are drawn."""
    found: dict[str, list[list[float]]] = {}
    for trace in trend.figure(view).data:
        if trace.name == name and trace.mode == "lines":
            found[trace.meta] = parts(trace.y)
    return found


def parts(values: Sequence[float | None]) -> list[list[float]]:
    """What a trace draws, cut where it has a gap."""
    cut = itertools.groupby(values, key=lambda value: value is None)
    return [list(stretch) for is_gap, stretch in cut if not is_gap]


def points(view: TrendView, name: str = "Lab A"):
    return next(t for t in trend.figure(view).data if t.name == name and t.customdata is not None)


def ended(frame: pd.DataFrame, month: int = 1, mixed: bool = False) -> pd.DataFrame:
    """The rows with another mix of channels from the month of this number on."""
    months = sorted(frame["period_start"].unique())
    after = frame["period_start"] >= months[month]
    frame.loc[after, "regime"] = pd.Timestamp(months[month])
    if mixed:
        frame.loc[frame["period_start"] == months[month], "regime"] = pd.NaT
    return frame


DISCORD = MixChange(date(2026, 2, 1), "discord", begins=False)


MADE = view(rows({"a": [100, 200, 50], "b": [10, 20, 30]}))


def test_complete_periods_are_solid_and_the_way_to_the_open_one_is_dotted_on_grey() -> None:
    assert lines(MADE) == {"solid": [[0.1, 0.2]], "partial": [[0.2, 0.05]]}
    fig = trend.figure(MADE)
    dashes = {t.meta: t.line.dash for t in fig.data if t.mode == "lines"}
    assert dashes["partial"] != dashes["solid"]
    symbols = points(MADE).marker.symbol
    assert [s.endswith("-open") for s in symbols] == [False, False, True]
    ground = next(s for s in fig.layout.shapes if s.type == "rect")
    assert "2026-02-01" < ground.x0 < "2026-03-01" < ground.x1


def test_a_click_carries_id_and_first_day_of_the_period() -> None:
    expected = [["a", "2026-01-01"], ["a", "2026-02-01"], ["a", "2026-03-01"]]
    assert [list(x) for x in points(MADE).customdata] == expected
    assert points(MADE).mode == "markers", "a line without markers cannot be clicked"


def test_no_marker_has_size_zero() -> None:
    """Plotly writes NaN into the page when something else is selected."""
    drawn = [points(MADE, name) for name in NAMES.values()]
    assert min(size for t in drawn for size in t.marker.size) > 0


@pytest.mark.parametrize(
    ("say", "title", "n", "hover"),
    [
        (
            EN,
            "Labs by share of items that name them, per month",
            "n = 12,345 items",
            "200 of 1,000 items: 20.0% (95%: 10.0% – 40.0%)",
        ),
        (
            ZH,
            "各机构被提及的条目占比（每月）",
            "n = 12,345 条",
            "1,000 条中的 200 条：20.0%（95%：10.0% – 40.0%）",
        ),
    ],
)
def test_figure_says_what_is_counted_and_n(say: Texts, title: str, n: str, hover: str) -> None:
    chosen = view(MADE.frame, say)
    fig = trend.figure(chosen)
    assert chosen.finding in fig.layout.title.text
    assert fig.layout.title.subtitle.text.startswith(title)
    assert n in fig.layout.title.subtitle.text
    assert hover in points(chosen).hovertext[1]


def test_axis_starts_at_zero_and_shows_percent_for_shares_only() -> None:
    for measure, form in (("share", ".0%"), ("share_adjusted", ".0%"), ("mentions", ",d")):
        axis = trend.figure(view(MADE.frame, measure=measure)).layout.yaxis
        assert axis.range[0] == 0
        assert axis.tickformat == form


def test_every_line_is_named_at_its_end_and_names_do_not_overlap() -> None:
    frame = rows({k: [100, 100, 100 + i] for i, k in enumerate("abcdef")})
    names = {k: f"Lab {k}" for k in "abcdef"}
    close = TrendView("lab", frame, tuple("abcdef"), names, "mentions", "month", SCOPE, EN)
    fig = trend.figure(close)
    plot = fig.layout.height - fig.layout.margin.t - fig.layout.margin.b
    places = sorted(
        a.y / fig.layout.yaxis.range[1] * plot + a.yshift for a in fig.layout.annotations
    )
    assert [a.text for a in fig.layout.annotations] == [f"<b>Lab {k}</b>" for k in "abcdef"]
    assert min(b - a for a, b in itertools.pairwise(places)) >= style.SIZE


def test_a_period_without_items_is_a_gap_not_a_zero() -> None:
    frame = rows({"a": [1, 2, 3, 4, 5]})
    frame.loc[2, "share"] = float("nan")
    assert lines(view(frame)) == {"solid": [[0.001, 0.002]], "partial": [[0.004, 0.005]]}
    assert points(view(frame)).y[2] is None


def test_an_open_period_and_an_uneven_volume_are_mentioned() -> None:
    frame = rows({"a": [100, 200, 50]})
    assert MADE.notes == ("Mar 2026 is not complete (grey, dotted).",)
    frame.loc[0, "items_total"] = 9000
    assert any("compare shares" in note for note in view(frame, measure="mentions").notes)
    assert not any("compare shares" in note for note in view(frame, measure="share").notes)


def test_a_change_of_the_mix_is_drawn_between_the_points_it_parts() -> None:
    changed = view(ended(rows({"a": [100, 200, 50]})), breaks=(DISCORD,))
    fig = trend.figure(changed)
    line = next(s for s in fig.layout.shapes if s.type == "line")
    assert "2026-01-01T00:00:00" < line.x0 < "2026-02-01T00:00:00"
    assert any(a.text == "Discord ends" for a in fig.layout.annotations)
    assert "**Discord ends in Feb 2026**" in changed.guard


def test_a_change_within_a_period_is_drawn_on_its_point() -> None:
    within = MixChange(date(2026, 2, 7), "discord", begins=False)
    fig = trend.figure(view(ended(rows({"a": [1, 2, 3]}), mixed=True), breaks=(within,)))
    line = next(s for s in fig.layout.shapes if s.type == "line")
    assert line.x0 == "2026-02-01T00:00:00"


@pytest.mark.parametrize("measure", ["share", "mentions", "stories"])
def test_no_full_line_joins_raw_numbers_of_two_mixes(measure: str) -> None:
    frame = ended(rows({"a": [100, 200, 300, 400, 50]}), 2)
    values = list(frame[measure])
    assert lines(view(frame, measure=measure, breaks=(DISCORD,))) == {
        "solid": [values[:2], values[2:4]],
        "across": [values[1:3]],
        "partial": [values[3:]],
    }


def test_adjusted_shares_run_on_over_a_change_of_the_mix() -> None:
    frame = ended(rows({"a": [100, 200, 300, 400, 50]}), 2)
    adjusted = view(frame, measure="share_adjusted", breaks=(DISCORD,))
    assert set(lines(adjusted)) == {"solid", "partial"}
    assert "may be read across" in adjusted.guard


def test_guard_gives_the_adjusted_figures_of_both_sides_in_words() -> None:
    across = pd.DataFrame(
        [
            {"tag_id": "a", "value": 0.2, "against_value": 0.21, "verdict": "not_distinguishable"},
            {"tag_id": "b", "value": 0.3, "against_value": 0.1, "verdict": "higher"},
        ]
    ).assign(first_day=pd.Timestamp("2026-02-01"))
    frame = ended(rows({"a": [100, 200, 50], "b": [1, 2, 3]}))
    made = view(frame, measure="mentions", breaks=(DISCORD,), across=across)
    assert "Lab A 20.0% against 21.0% (not distinguishable)" in made.guard
    assert "Lab B 30.0% against 10.0% (higher)" in made.guard
    assert "Lab B" not in made.guard_of(1)
    none = across.assign(verdict="not_comparable")
    assert "No adjusted share" in view(frame, breaks=(DISCORD,), across=none).guard


def test_without_a_change_of_the_mix_there_is_nothing_to_guard() -> None:
    assert MADE.guard == ""


def test_too_few_items_are_dashed_hollow_and_say_n() -> None:
    thin = view(rows({"a": [3, 4, 5, 6]}, total=12))
    assert set(lines(thin)) == {"thin", "partial"}
    assert all(symbol.endswith("-open") for symbol in points(thin).marker.symbol)
    texts = [a.text for a in trend.figure(thin).layout.annotations]
    assert texts.count("n = 12") == 4
    assert any("too few to compare" in note for note in thin.notes)


def test_band_is_drawn_only_when_asked_and_stops_at_a_change_of_the_mix() -> None:
    frame = ended(rows({"a": [100, 200, 300, 400, 50]}), 2)
    bands = [t for t in trend.figure(view(frame, band=True)).data if t.fill == "toself"]
    upper = [stretch[: len(stretch) // 2] for stretch in parts(bands[0].y)]
    assert (len(bands), upper) == (1, [[0.2, 0.4], [0.6, 0.8], [0.8, 0.1]])
    assert not any(t.fill for t in trend.figure(view(frame)).data)
    assert not any(t.fill for t in trend.figure(view(frame, measure="mentions", band=True)).data)


def test_an_event_stands_over_the_point_of_its_period_and_takes_no_click() -> None:
    happened = (
        Event(date(2026, 1, 20), "release", "A made release", None),
        Event(date(2026, 1, 25), "analyst", "A made note", None),
    )
    marks = trend.figure(view(MADE.frame, events=happened)).data[-1]
    assert list(marks.x) == ["2026-01-01T00:00:00"]
    assert "20 Jan 2026: A made release<br>25 Jan 2026: A made note" in marks.hovertext[0]
    assert marks.customdata is None


def test_a_new_level_of_a_share_is_a_ring_on_its_line() -> None:
    level = (Level(date(2026, 2, 3), "a", 0.1, 0.2),)
    drawn = view(MADE.frame, levels=level)
    ring = next(t for t in trend.figure(drawn).data if t.meta == "level")
    assert (list(ring.x), list(ring.y)) == (["2026-02-01T00:00:00"], [0.2])
    assert "10.0% before, 20.0% since" in points(drawn).hovertext[1]


@given(
    st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 2)), min_size=1, max_size=12)
)
def test_every_pair_of_neighbours_is_joined_once_and_in_order(marks: list[tuple]) -> None:
    made = [
        {"period_start": n, "y": float(n), "is_thin": thin, "is_partial": open_, "regime": regime}
        for n, (thin, open_, regime) in enumerate(marks)
    ]
    joined = [
        (one["period_start"], two["period_start"], name)
        for name, found in stretches(made, "y", moves_with_mix=True)
        for one, two in itertools.pairwise(found)
    ]
    assert [pair[:2] for pair in joined] == [(n, n + 1) for n in range(len(marks) - 1)]
    for one, two, name in joined:
        assert (name == "across") == (made[one]["regime"] != made[two]["regime"])


def test_changes_of_one_day_share_a_line_and_stand_one_above_the_other() -> None:
    found = tuple(MixChange(date(2026, 2, 1), c, begins=True) for c in ("news", "tools"))
    fig = trend.figure(view(ended(rows({"a": [1, 2, 3]})), breaks=found))
    assert len([s for s in fig.layout.shapes if s.type == "line"]) == 1
    assert next(a.text for a in fig.layout.annotations) == "News begins<br>Tools begins"


def coverage(counts: dict[str, list[int]], language: str = "en") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "period_start": pd.Timestamp(2025, 1 + i, 1),
            "channel": c,
            "language": language,
            "items_total": n,
        }
        for c, values in counts.items()
        for i, n in enumerate(values)
        if n
    )


def test_days_without_news_do_not_crowd_the_axis() -> None:
    days = [pd.Timestamp("2026-01-01") + pd.Timedelta(days=i) for i in [*range(60), 100, 200, 210]]
    ticks = style.thinned(days, "day")
    assert len(ticks) <= style.MAX_TICKS + 1
    assert (
        min(b - a for a, b in itertools.pairwise(ticks)) >= (days[-1] - days[0]) / style.MAX_TICKS
    )


@pytest.mark.parametrize("count", [1, 2, 9, 14, 33, 120])
def test_months_are_thinned_to_round_ones(count: int) -> None:
    months = list(pd.date_range("2024-01-01", periods=count, freq="MS"))
    ticks = style.thinned(months, "month")
    assert 1 <= len(ticks) <= style.MAX_TICKS
    assert set(ticks) <= set(months)


def matrix_view(measure: str = "mentions") -> MatrixView:
    frame = pd.DataFrame(
        [
            {
                "lab_id": "a",
                "theme_id": "x",
                "mentions": 1234,
                "stories": 9,
                "items_total": 12345,
                "share": 0.1,
            },
            {
                "lab_id": "b",
                "theme_id": "y",
                "mentions": 5,
                "stories": 5,
                "items_total": 12345,
                "share": 0.0004,
            },
        ]
    )
    names = {"x": "Theme X", "y": "Theme Y"}
    return MatrixView(frame, ("a", "b"), ("x", "y"), NAMES, names, measure, SCOPE, EN)


def test_matrix_shows_the_number_in_each_cell_and_blank_for_none() -> None:
    cells = matrix.figure(matrix_view()).data[0]
    assert [list(line) for line in cells.text] == [["1,234", ""], ["", "5"]]
    assert cells.z[0][0] == 1
    assert cells.z[0][1] == 0


def test_matrix_cells_can_be_clicked_although_a_heat_map_cannot() -> None:
    targets = matrix.figure(matrix_view()).data[1]
    assert targets.type == "scatter"
    assert [list(c) for c in targets.customdata] == [["a", "x"], ["b", "x"], ["a", "y"], ["b", "y"]]
    assert "no item has both" in targets.hovertext[1]


def test_numbers_in_cells_can_be_read_on_every_tone() -> None:
    """Plotly writes white or #444 into a cell, whichever is easier to read."""
    for _, tone in matrix.figure(matrix_view()).data[0].colorscale:
        light, dark = (
            1.05 / (luminance(tone) + 0.05),
            (luminance(tone) + 0.05) / (luminance("#444444") + 0.05),
        )
        assert max(light, dark) >= 4.5, tone


def test_volume_stacks_channels_with_their_names() -> None:
    frame = coverage({"discord": [5, 6], "reddit": [1, 2]})
    fig = volume.figure(VolumeView(frame, ("discord", "reddit"), SCOPE, ZH))
    assert fig.layout.barmode == "stack"
    assert [list(t.y) for t in fig.data] == [[5, 6], [1, 2]]
    assert fig.layout.title.text == "<b>2025年2月条目最多的渠道是 Discord：6 条</b>"
    assert "每月各渠道计入的条目数" in fig.layout.title.subtitle.text


def test_known_events_stand_over_the_columns_of_their_month() -> None:
    frame = coverage({"discord": [5, 6], "reddit": [1, 2]})
    happened = (Event(date(2025, 2, 9), "source", "A made source ends", None),)
    marks = volume.figure(VolumeView(frame, ("discord", "reddit"), SCOPE, EN, happened)).data[-1]
    assert list(marks.x) == ["2025-02-01T00:00:00"]
    assert "9 Feb 2025: A made source ends" in marks.hovertext[0]
