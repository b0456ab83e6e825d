"""Downloads, opened again with the programs that readers use: python-pptx, openpyxl's zip, CSV, LibreOffice."""

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn

from dashboard.charts.colours import look
from dashboard.charts.compare_view import CompareView
from dashboard.charts.marks import mix_changes
from dashboard.charts.scope import Scope
from dashboard.charts.trend_view import TrendView
from dashboard.charts.views import MatrixView, VolumeView
from dashboard.export import deck, files, slide
from dashboard.export.trend_slide import slots
from dashboard.texts import Texts
from warehouse import answers, compare_answers, open_snapshot
from warehouse.answers import Answer, Filters
from warehouse.spans import parse_span

LABS = ("openai", "google", "zhipu")
THEMES = ("reasoning", "robotics")


def names(answer: Answer, say: Texts, column: str) -> dict[str, str]:
    return {row[column]: say.name(row) for row in answer.frame.to_dict("records")}


def trend(folder: Path, lang: str = "en", measure: str = "share") -> tuple[TrendView, Answer]:
    snap, say = open_snapshot(folder), Texts(lang)
    answer = answers.lab_trend(snap, Filters("month"), LABS)
    scope = Scope(date(2025, 1, 6), date(2026, 3, 11), answer.items_total)
    labs = names(answers.labs(snap), say, "lab_id")
    return TrendView("lab", answer.frame, LABS, labs, measure, "month", scope, say), answer


def opened(data: bytes):
    return Presentation(io.BytesIO(data)).slides[0]


def chart_of(page):
    return next(shape.chart for shape in page.shapes if shape.has_chart)


@pytest.mark.parametrize("measure", ["share", "mentions", "stories"])
def test_slide_holds_the_very_numbers_of_the_sql(made_warehouse: Path, measure: str) -> None:
    view, answer = trend(made_warehouse, measure=measure)
    chart = chart_of(opened(deck.slide_of(view, answer.sql, answer.snapshot_id)))
    for series in chart.plots[0].series:
        id_ = next(i for i in LABS if view.names[i] == series.name)
        expected = answer.frame[answer.frame["lab_id"] == id_][measure]
        assert [v for v in series.values if v is not None] == pytest.approx(list(expected))


def test_chart_can_be_edited_it_carries_its_workbook(made_warehouse: Path) -> None:
    view, answer = trend(made_warehouse)
    chart = chart_of(opened(deck.slide_of(view, answer.sql, answer.snapshot_id)))
    book = zipfile.ZipFile(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    text = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    assert "OpenAI" in text
    assert "Jan 2025" in text


@pytest.mark.parametrize(
    ("lang", "title", "n"),
    [
        ("en", "Labs by share of items that name them, per month", "n = 4,480 items"),
        ("zh", "各机构被提及的条目占比（每月）", "n = 4,480 条"),
    ],
)
def test_slide_says_what_is_counted_n_snapshot_and_sql(
    made_warehouse: Path, lang: str, title: str, n: str
) -> None:
    view, answer = trend(made_warehouse, lang)
    page = opened(deck.slide_of(view, answer.sql, answer.snapshot_id))
    words = "\n".join(shape.text_frame.text for shape in page.shapes if shape.has_text_frame)
    assert page.shapes.title.text_frame.text == view.finding != ""
    assert title in words
    assert n in words
    assert view.definition in words
    assert answer.snapshot_id in words
    assert answer.sql in page.notes_slide.notes_text_frame.text


def test_slide_is_wide_and_nothing_leaves_it(made_warehouse: Path) -> None:
    view, answer = trend(made_warehouse)
    data = deck.slide_of(view, answer.sql, answer.snapshot_id)
    shown = Presentation(io.BytesIO(data))
    assert shown.slide_width / shown.slide_height == pytest.approx(16 / 9, rel=1e-3)
    for shape in shown.slides[0].shapes:
        assert shape.left >= 0
        assert shape.left + shape.width <= shown.slide_width
        assert shape.top + shape.height <= shown.slide_height


def test_every_run_has_a_latin_and_an_east_asian_typeface(made_warehouse: Path) -> None:
    view, answer = trend(made_warehouse, "zh")
    page = opened(deck.slide_of(view, answer.sql, answer.snapshot_id))
    roots = [page._element, page.notes_slide._element, chart_of(page)._chartSpace]
    found = [p for root in roots for tag in ("a:rPr", "a:defRPr") for p in root.iter(qn(tag))]
    assert len(found) >= 6  # title, subtitle, two lines of the footer, chart, legend
    for properties in found:
        assert properties.find(qn("a:latin")).get("typeface") == slide.LATIN
        assert properties.find(qn("a:ea")).get("typeface") == slide.EAST_ASIAN


def test_lines_have_the_look_of_the_screen_and_shares_a_percent_axis(made_warehouse: Path) -> None:
    view, answer = trend(made_warehouse)
    chart = chart_of(opened(deck.slide_of(view, answer.sql, answer.snapshot_id)))
    for series in chart.plots[0].series:
        id_ = next(i for i in LABS if view.names[i] == series.name)
        assert f"#{series.format.line.color.rgb}" == look("lab", id_).colour
        assert series.format.line.width.pt >= 2.5
    assert chart.value_axis.tick_labels.number_format == "0%"
    assert chart.value_axis.minimum_scale == 0


def test_an_open_period_is_marked_on_the_slide(made_warehouse: Path) -> None:
    view, answer = trend(made_warehouse)
    page = opened(deck.slide_of(view, answer.sql, answer.snapshot_id))
    categories = list(chart_of(page).plots[0].categories)
    assert [c for c in categories if c.endswith("*")] == ["Mar 2026*"] == categories[-1:]
    words = "\n".join(shape.text_frame.text for shape in page.shapes if shape.has_text_frame)
    assert "Mar 2026 is not complete (*; pale, not joined)" in words
    assert "grey, dotted" not in words
    for series in chart_of(page).plots[0].series:
        line = series.points[len(categories) - 1].format.line  # LibreOffice's colour of the marker
        assert sum(line.color.rgb) > sum(series.format.line.color.rgb) + 150


def test_no_line_runs_across_a_change_of_the_mix_or_into_an_open_period(
    made_warehouse: Path,
) -> None:
    """An empty place between two points breaks the line in every program."""
    view, answer = trend(made_warehouse)
    chart = chart_of(opened(deck.slide_of(view, answer.sql, answer.snapshot_id)))
    labels = [label.replace("\u00a0", " ") for label in chart.plots[0].categories]
    empty = [n for n, label in enumerate(labels) if not label.strip()]
    assert [labels[n + 1] for n in empty] == ["Oct 2025", "Nov 2025", "Mar 2026*"]
    for series in chart.plots[0].series:
        assert {series.values[n] for n in empty} == {None}
    adjusted = replace(view, measure="share_adjusted")
    assert [m for m in slots(adjusted) if m is None] == [None]


def test_a_missing_value_stays_a_gap(made_warehouse: Path) -> None:
    view, answer = trend(made_warehouse)
    frame = answer.frame.copy()
    frame.loc[frame["period_start"] == pd.Timestamp("2025-02-01"), "share"] = float("nan")
    view = TrendView("lab", frame, LABS, view.names, "share", "month", view.scope, view.say)
    chart = chart_of(opened(deck.slide_of(view, answer.sql, answer.snapshot_id)))
    assert all(series.values[1] is None for series in chart.plots[0].series)


def test_a_change_of_the_mix_stands_on_the_slide_at_its_point(made_warehouse: Path) -> None:
    view, answer = trend(made_warehouse)
    snap = open_snapshot(made_warehouse)
    found = mix_changes(compare_answers.mix_changes(snap, Filters()).frame)
    assert [(c.channel, c.changed_on) for c in found] == [("discord", date(2025, 10, 31))]
    page = opened(deck.slide_of(replace(view, breaks=found), answer.sql, answer.snapshot_id))
    line = next(s for s in page.shapes if s.shape_type == MSO_SHAPE_TYPE.LINE)
    layout = chart_of(page)._chartSpace.find(".//" + qn("c:manualLayout"))
    x, width = (float(layout.find(qn(f"c:{tag}")).get("val")) for tag in ("x", "w"))
    place = ((line.left - slide.LEFT) / slide.INNER - x) / width
    # the middle of the tenth month, within which it ends; an empty place stands before it
    assert place * len(slots(view)) == pytest.approx(10.5, abs=0.02)
    words = "\n".join(shape.text_frame.text for shape in page.shapes if shape.has_text_frame)
    assert "Discord ends" in words
    assert "before and after do not compare" in words


def test_intervals_are_error_bars_that_end_where_the_sql_says(made_warehouse: Path) -> None:
    view, answer = trend(made_warehouse)
    page = opened(deck.slide_of(replace(view, band=True), answer.sql, answer.snapshot_id))
    series = chart_of(page).plots[0].series[0]
    id_ = next(i for i in LABS if view.names[i] == series.name)
    rows = answer.frame[answer.frame["lab_id"] == id_]
    bars = series._element.find(qn("c:errBars"))
    ups, downs = (
        [float(v.text) for v in bars.find(qn(f"c:{tag}")).iter(qn("c:v"))]
        for tag in ("plus", "minus")
    )
    assert ups == pytest.approx(list(rows["share_high"] - rows["share"]), abs=1e-5)
    assert downs == pytest.approx(list(rows["share"] - rows["share_low"]), abs=1e-5)


def test_slide_of_a_comparison_is_a_table_of_verdicts(made_warehouse: Path) -> None:
    snap, say = open_snapshot(made_warehouse), Texts("en")
    spans = parse_span("2025-Q3"), parse_span("2025-Q2")
    answer = compare_answers.compare_periods(snap, Filters(), "lab", [], *spans)
    labs = names(answers.labs(snap), say, "lab_id")
    scope = Scope(spans[0].first, spans[0].last, answer.items_total)
    view = CompareView("lab", answer.frame, LABS, labs, *spans, scope, say)
    page = opened(deck.slide_of(view, answer.sql, answer.snapshot_id))
    table = next(shape.table for shape in page.shapes if shape.has_table)
    written = [[cell.text_frame.text for cell in row.cells] for row in table.rows]
    assert written[0] == ["Name", "Share", "Against", "Points", "95% interval", "Verdict"]
    assert [line[0] for line in written[1:4]] == ["OpenAI", "Google", "Zhipu AI (Z.ai)"]
    for line, row in zip(written[1:4], view.chosen(), strict=True):
        assert line[3] == say.points(row["difference"])
        assert line[5] == say(f"verdict.{row['verdict']}")


def test_matrix_slide_is_a_table_of_the_numbers(made_warehouse: Path) -> None:
    snap, say = open_snapshot(made_warehouse), Texts("zh")
    answer = answers.lab_theme_matrix(snap, Filters(), LABS, THEMES)
    labs = names(answers.labs(snap), say, "lab_id")
    themes = names(answers.themes(snap), say, "theme_id")
    scope = Scope(date(2025, 1, 6), date(2026, 3, 11), answer.items_total)
    view = MatrixView(answer.frame, LABS, THEMES, labs, themes, "mentions", scope, say)
    page = opened(deck.slide_of(view, answer.sql, answer.snapshot_id))
    table = next(shape.table for shape in page.shapes if shape.has_table)
    written = [[cell.text_frame.text for cell in row.cells] for row in table.rows]
    counts = answer.frame.set_index(["theme_id", "lab_id"])["mentions"]
    assert written[0] == ["", "OpenAI", "谷歌", "智谱AI"]
    for line, theme in zip(written[1:], THEMES, strict=True):
        assert line == [themes[theme], *(f"{counts[theme, lab]:,}" for lab in LABS)]


def test_volume_slide_holds_the_counts(made_warehouse: Path) -> None:
    answer = answers.coverage(open_snapshot(made_warehouse))
    frame = answer.frame.groupby(["period_start", "channel"], as_index=False)["items_total"].sum()
    scope = Scope(date(2025, 1, 6), date(2026, 3, 11), 4480)
    view = VolumeView(frame, ("discord", "reddit"), scope, Texts("en"))
    chart = chart_of(opened(deck.slide_of(view, answer.sql, answer.snapshot_id)))
    discord = chart.plots[0].series[0]
    assert sum(discord.values) == frame[frame["channel"] == "discord"]["items_total"].sum()
    assert discord.values[-1] == 0  # ended: a month without items counts 0


def test_csv_is_the_answer_and_excel_reads_its_chinese(made_warehouse: Path) -> None:
    answer = answers.labs(open_snapshot(made_warehouse))
    data = files.csv_bytes(answer.frame)
    assert data.startswith(b"\xef\xbb\xbf")
    pd.testing.assert_frame_equal(
        pd.read_csv(io.BytesIO(data), encoding="utf-8-sig").fillna(""),
        answer.frame.fillna(""),
        check_dtype=False,
    )


def test_csv_writes_days_as_days(made_warehouse: Path) -> None:
    _, answer = trend(made_warehouse)
    first = files.csv_bytes(answer.frame).decode("utf-8-sig").splitlines()[1]
    assert first.startswith("2025-01-01,openai,")


def test_file_names_say_the_snapshot() -> None:
    assert files.file_name("lab_trend", "20260311-abc", "csv") == "lab_trend_20260311-abc.csv"


@pytest.mark.office
def test_libreoffice_opens_the_slide_and_shows_its_words(
    made_warehouse: Path, tmp_path: Path
) -> None:
    soffice, pdftotext = shutil.which("soffice"), shutil.which("pdftotext")
    if not soffice or not pdftotext:
        pytest.skip("soffice or pdftotext is not installed")
    view, answer = trend(made_warehouse, "zh")
    path = tmp_path / "trend.pptx"
    path.write_bytes(deck.slide_of(view, answer.sql, answer.snapshot_id))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = [
        soffice,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(path),
    ]
    subprocess.run(convert, check=True, capture_output=True, timeout=120)
    done = subprocess.run(
        [pdftotext, str(tmp_path / "trend.pdf"), "-"], check=True, capture_output=True, timeout=30
    )
    words = "".join(done.stdout.decode().split())
    assert "各机构被提及的条目占比" in words
    assert "谷歌" in words
    assert "25%" in words
