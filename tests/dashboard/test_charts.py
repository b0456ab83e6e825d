"""Figures as pure functions: what is drawn, what it says, what a click carries."""

import itertools
import math
from datetime import date

import pandas as pd
import pytest

from dashboard.charts import matrix, style, trend, volume
from dashboard.charts.breaks import Break, channel_breaks
from dashboard.charts.colours import DASHES, SYMBOLS, listed, look
from dashboard.charts.views import MatrixView, Scope, TrendView, VolumeView
from dashboard.texts import Texts

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
            "share": count / total,
            "is_partial": month == months[-1],
        }
        for month, lab, count in (
            (month, lab, counts[i])
            for i, month in enumerate(months)
            for lab, counts in values.items()
        )
    )


def view(
    frame: pd.DataFrame, say: Texts = EN, measure: str = "share", breaks: tuple[Break, ...] = ()
) -> TrendView:
    ids = tuple(frame["lab_id"].unique())
    return TrendView("lab", frame, ids, NAMES, measure, "month", SCOPE, say, breaks)


MADE = view(rows({"a": [100, 200, 50], "b": [10, 20, 30]}))


def test_complete_periods_are_solid_and_the_way_to_the_open_one_is_dotted() -> None:
    whole, tail = [t for t in trend.figure(MADE).data if t.name == "Lab A"]
    assert list(whole.y) == [0.1, 0.2]
    assert not whole.marker.symbol.endswith("-open")
    assert list(tail.y) == [0.2, 0.05]
    assert tail.line.dash != whole.line.dash
    assert tail.marker.symbol.endswith("-open")


def test_a_click_carries_id_and_first_day_of_the_period() -> None:
    traces = trend.figure(MADE).data
    assert [list(x) for x in traces[0].customdata] == [["a", "2026-01-01"], ["a", "2026-02-01"]]
    assert all("markers" in t.mode for t in traces), "a line without markers cannot be clicked"


def test_no_marker_has_size_zero() -> None:
    """Plotly writes NaN into the page when something else is selected."""
    assert min(size for t in trend.figure(MADE).data for size in t.marker.size) > 0


@pytest.mark.parametrize(
    ("say", "title", "n", "hover"),
    [
        (
            EN,
            "Labs by share of items that name them, per month",
            "n = 12,345 items",
            "200 of 1,000 items (20.0%)",
        ),
        (ZH, "各机构被提及的条目占比（每月）", "n = 12,345 条", "1,000 条中的 200 条（20.0%）"),
    ],
)
def test_figure_says_what_is_counted_and_n(say: Texts, title: str, n: str, hover: str) -> None:
    fig = trend.figure(view(MADE.frame, say))
    assert title in fig.layout.title.text
    assert n in fig.layout.title.subtitle.text
    assert hover in fig.data[0].hovertext[1]


def test_axis_starts_at_zero_and_shows_percent_for_shares_only() -> None:
    for measure, form in (("share", ".0%"), ("mentions", ",d")):
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
    frame = rows({"a": [1, 2, 3]})
    frame.loc[1, "share"] = float("nan")
    whole = trend.figure(view(frame)).data[0]
    assert math.isnan(whole.y[1])


def test_an_open_period_and_an_uneven_volume_are_mentioned() -> None:
    frame = rows({"a": [100, 200, 50]})
    assert MADE.notes == ("Mar 2026 is not complete yet (dotted).",)
    frame.loc[0, "items_total"] = 9000
    assert any("compare shares" in note for note in view(frame, measure="mentions").notes)
    assert not any("compare shares" in note for note in view(frame, measure="share").notes)


def test_a_channel_break_is_drawn_between_the_points_it_parts() -> None:
    found = Break(date(2026, 2, 1), "discord", begins=False)
    fig = trend.figure(view(MADE.frame, breaks=(found,)))
    line = fig.layout.shapes[0]
    assert pd.Timestamp("2026-01-01") < line.x0 < pd.Timestamp("2026-02-01")
    assert any(a.text == "Discord ends" for a in fig.layout.annotations)
    assert any(
        "Discord ends in Feb 2026" in note for note in view(MADE.frame, breaks=(found,)).notes
    )


def test_breaks_of_one_month_share_a_line_and_stand_one_above_the_other() -> None:
    found = tuple(Break(date(2026, 2, 1), channel, begins=True) for channel in ("news", "tools"))
    fig = trend.figure(view(MADE.frame, breaks=found))
    assert len(fig.layout.shapes) == 1
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


def breaks_of(
    counts: dict[str, list[int]], channels: tuple[str, ...] = ("discord", "reddit")
) -> list[Break]:
    return channel_breaks(coverage(counts), channels, (), date(2025, 1, 1), date(2025, 12, 31))


def test_a_channel_that_ends_is_a_break_from_its_thin_last_month() -> None:
    assert breaks_of({"discord": [90, 90, 20, 0, 0], "reddit": [10, 10, 10, 10, 10]}) == [
        Break(date(2025, 3, 1), "discord", begins=False)
    ]


def test_a_channel_that_begins_is_a_break() -> None:
    assert breaks_of({"discord": [0, 0, 50, 50], "reddit": [50, 50, 50, 50]}) == [
        Break(date(2025, 3, 1), "discord", begins=True)
    ]


@pytest.mark.parametrize(
    ("counts", "channels"),
    [
        (
            {"discord": [90, 90, 90], "reddit": [10, 10, 10]},
            ("discord", "reddit"),
        ),  # both throughout
        (
            {"discord": [3, 3, 0], "reddit": [97, 97, 97]},
            ("discord", "reddit"),
        ),  # too small to matter
        ({"discord": [90, 90, 0], "reddit": [10, 10, 10]}, ("discord",)),  # only one is counted
    ],
)
def test_no_break_without_a_change_of_the_mix(
    counts: dict[str, list[int]], channels: tuple[str, ...]
) -> None:
    assert breaks_of(counts, channels) == []


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


def test_spread_keeps_order_gap_and_ends() -> None:
    placed = style.spread([5, 5, 6, 99, 100], gap=10, low=0, high=100)
    assert placed == sorted(placed)
    assert all(b - a >= 10 for a, b in itertools.pairwise(placed))
    assert placed[-1] <= 100
    assert style.spread([10, 50], gap=10, low=0, high=100) == [10, 50]


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
    assert fig.layout.title.text == "<b>每月各渠道计入的条目数</b>"


# Vision: Machado, Oliveira, Fernandes 2009, severity 1.0, on linear RGB
SIGHT = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.01182, 0.04294, 0.968881),
    ),
}


def linear(code: str) -> list[float]:
    channels = [int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def luminance(code: str) -> float:
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(code), strict=True))


def lab_space(code: str, sight: str) -> tuple[float, float, float]:
    seen = [
        max(0.0, min(1.0, sum(m * c for m, c in zip(r, linear(code), strict=True))))
        for r in SIGHT[sight]
    ]
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [sum(m * c for m, c in zip(r, seen, strict=True)) for r in to_xyz]
    f = [
        v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116
        for v in (xyz[0] / 0.95047, xyz[1], xyz[2] / 1.08883)
    ]
    return (116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2]))


@pytest.mark.parametrize("kind", ["lab", "theme"])
def test_looks_that_a_colour_blind_reader_could_confuse_differ_in_dash_or_marker(kind: str) -> None:
    confused = []
    for (one, a), (two, b) in itertools.combinations(listed(kind).items(), 2):
        far = min(math.dist(lab_space(a.colour, s), lab_space(b.colour, s)) for s in SIGHT)
        if far < 20 and (a.dash, a.symbol) == (b.dash, b.symbol):
            confused.append((one, two, far))
    assert confused == []


@pytest.mark.parametrize("kind", ["lab", "theme", "channel"])
@pytest.mark.parametrize("background", ["#FFFFFF", "#14181F"])
def test_colours_stand_out_on_light_and_dark(kind: str, background: str) -> None:
    weak = []
    for id_, drawn in listed(kind).items():
        low, high = sorted((luminance(drawn.colour), luminance(background)))
        if (high + 0.05) / (low + 0.05) < 3:
            weak.append(id_)
    assert weak == []


def test_an_unlisted_id_has_the_same_look_in_every_process() -> None:
    drawn = look("lab", "some-new-lab")
    assert (drawn.colour, drawn.dash, drawn.symbol) == ("#5F8A1E", "longdashdot", "square")
    assert drawn.dash in DASHES
    assert drawn.symbol in SYMBOLS


def test_every_listed_lab_and_theme_exists() -> None:
    from warehouse.taxonomy.rows import lab_rows, theme_rows

    assert set(listed("lab")) - {r["lab_id"] for r in lab_rows()} == set()
    assert set(listed("theme")) - {r["theme_id"] for r in theme_rows()} == set()
