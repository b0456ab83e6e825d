"""`trends export deck`: findings, charts, method; the same bytes each time; opened by LibreOffice."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from pptx import Presentation

from dashboard.export import stable
from dashboard.texts import Texts
from tests.dashboard.exporting import export, written
from warehouse import open_snapshot


@pytest.fixture(scope="module", params=["en", "zh"])
def slides(
    request: pytest.FixtureRequest, made_warehouse: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    """A deck in each language."""
    lang, folder = request.param, tmp_path_factory.mktemp("deck")
    return lang, written(made_warehouse, "deck", "--out", folder / "a.pptx", "--lang", lang)


def words_of(page: object) -> str:
    said = [s.text_frame.text for s in page.shapes if s.has_text_frame]
    tables = [s.table for s in page.shapes if s.has_table]
    said += [cell.text_frame.text for t in tables for row in t.rows for cell in row.cells]
    return "\n".join(said)


def test_the_deck_begins_with_its_scope_and_findings_and_ends_with_the_method(
    slides: tuple[str, Path],
) -> None:
    lang, out = slides
    say, pages = Texts(lang), list(Presentation(str(out)).slides)
    assert pages[0].shapes.title.text_frame.text == say("report.title")
    assert say.number(4480) in words_of(pages[0])
    assert "2026-03-11-made" in words_of(pages[0])
    assert pages[1].shapes.title.text_frame.text == say("report.findings")
    assert pages[-1].shapes.title.text_frame.text == say("report.method")
    assert say("report.rows.attention.text") in words_of(pages[-1])


def test_each_finding_is_the_title_of_the_slide_that_it_names(slides: tuple[str, Path]) -> None:
    lang, out = slides
    say, pages = Texts(lang), list(Presentation(str(out)).slides)
    table = next(s.table for s in pages[1].shapes if s.has_table)
    rows = [[cell.text_frame.text for cell in row.cells] for row in table.rows]
    slides_of = {say("report.slide", n=number): page for number, page in enumerate(pages, start=1)}
    assert len(rows) > 3
    for lead, text, place in rows:
        if lead != say("report.lead.coverage"):
            assert text.splitlines()[0] == slides_of[place].shapes.title.text_frame.text


def test_a_chart_that_may_say_nothing_is_no_finding(sample_warehouse: Path, tmp_path: Path) -> None:
    out = written(sample_warehouse, "deck", "--out", tmp_path / "a.pptx")
    pages = list(Presentation(str(out)).slides)
    titles = [page.shapes.title.text_frame.text for page in pages]
    assert "Labs by share of items that name them, per month" in titles  # too few items a month
    assert "Labs by share" not in words_of(pages[1])


def test_every_chart_of_the_deck_carries_its_sql_its_snapshot_and_its_number(
    slides: tuple[str, Path], made_warehouse: Path
) -> None:
    pages = list(Presentation(str(slides[1])).slides)
    snap = open_snapshot(made_warehouse)
    for number, page in enumerate(pages[2:-1], start=3):
        notes = page.notes_slide.notes_text_frame.text
        assert not snap.frame(notes[notes.index("--") :]).empty
        assert "2026-03-11-made" in words_of(page)
        assert str(number) in [s.text_frame.text for s in page.shapes if s.has_text_frame]


def test_nothing_leaves_a_slide_of_the_deck(slides: tuple[str, Path]) -> None:
    shown = Presentation(str(slides[1]))
    assert shown.slide_width / shown.slide_height == pytest.approx(16 / 9, rel=1e-3)
    for page in shown.slides:
        for shape in page.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= shown.slide_width
            assert shape.top + shape.height <= shown.slide_height


def test_the_deck_is_the_same_bytes_each_time(
    slides: tuple[str, Path], made_warehouse: Path
) -> None:
    lang, out = slides
    again = written(made_warehouse, "deck", "--out", out.with_name("b.pptx"), "--lang", lang)
    assert again.read_bytes() == out.read_bytes()


def test_office_files_carry_no_hour_even_inside_a_chart() -> None:
    def book(hour: int) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as file:
            entry = zipfile.ZipInfo("docProps/core.xml", (2026, 1, 1, hour, 0, 0))
            moment = f"2026-01-01T0{hour}:00:00Z"
            dates = f'<dcterms:created xsi:type="d">{moment}</dcterms:created>'
            file.writestr(entry, f"<a>{dates}<b>kept</b></a>")
        return out.getvalue()

    def deck(hour: int) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as file:
            file.writestr(zipfile.ZipInfo("a/x.xlsx", (2026, 1, 1, hour, 0, 0)), book(hour))
        return out.getvalue()

    assert deck(1) != deck(2)
    assert stable.without_hour(deck(1)) == stable.without_hour(deck(2))
    inner = zipfile.ZipFile(io.BytesIO(stable.without_hour(deck(1)))).read("a/x.xlsx")
    assert zipfile.ZipFile(io.BytesIO(inner)).read("docProps/core.xml") == b"<a><b>kept</b></a>"


def test_the_deck_shows_the_chosen_labs_and_days(made_warehouse: Path, tmp_path: Path) -> None:
    asked = ("--labs", "meta,zhipu", "--from", "2025-02", "--to", "2025-07")
    out = written(made_warehouse, "deck", "--out", tmp_path / "a.pptx", *asked)
    pages = list(Presentation(str(out)).slides)
    assert "1 Feb 2025 – 31 Jul 2025" in words_of(pages[0])
    chart = next(s.chart for s in pages[2].shapes if s.has_chart)
    assert {s.name for s in chart.plots[0].series} == {"Meta AI", "Zhipu AI (Z.ai)"}
    assert any("Jul 2025" in p.shapes.title.text_frame.text for p in pages[2:])
    assert not any("2026" in p.shapes.title.text_frame.text for p in pages[2:-2])


def test_a_deck_from_a_link_takes_labs_days_and_language(
    made_warehouse: Path, tmp_path: Path
) -> None:
    link = "http://h/labs?labs=meta&period=2025-02-01..2025-07-31&lang=zh&channels=reddit"
    done = export(made_warehouse, "deck", "--link", link, "--out", tmp_path / "a.pptx")
    assert done.exit_code == 0
    assert "not used of the address: channels" in done.stderr
    pages = list(Presentation(str(tmp_path / "a.pptx")).slides)
    assert pages[0].shapes.title.text_frame.text == Texts("zh")("report.title")
    chart = next(s.chart for s in pages[2].shapes if s.has_chart)
    assert [s.name for s in chart.plots[0].series] == ["Meta"]


@pytest.mark.office
def test_libreoffice_opens_the_deck_with_all_its_slides(
    slides: tuple[str, Path], tmp_path: Path
) -> None:
    soffice, pdfinfo = shutil.which("soffice"), shutil.which("pdfinfo")
    if not soffice or not pdfinfo:
        pytest.skip("soffice or pdfinfo is not installed")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*convert, str(slides[1])], check=True, capture_output=True, timeout=120)
    told = subprocess.run(
        [pdfinfo, str(tmp_path / "a.pdf")], check=True, capture_output=True, text=True, timeout=30
    )
    assert f"Pages:           {len(Presentation(str(slides[1])).slides)}" in told.stdout
