"""Charts as pictures: for paper, with their words, opened again; what it says where none can be made."""

import asyncio
import io
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from dashboard import scenes
from dashboard.charts import style
from dashboard.charts.colours import look
from dashboard.charts.style import text_width
from dashboard.export import image, words
from tests.dashboard.exporting import PAIR, refused, trend, written
from warehouse import open_snapshot


@pytest.fixture(scope="module")
def ask(made_warehouse: Path) -> scenes.Ask:
    return scenes.on(open_snapshot(made_warehouse))


def test_for_paper_sets_ground_and_ink_and_leaves_the_figure_of_the_screen(ask: scenes.Ask) -> None:
    screen = trend(ask).figure()
    before = screen.to_json()
    paper = image.for_paper(screen, ["What it means."], image.Size(width=900))
    assert screen.to_json() == before
    assert paper.layout.paper_bgcolor == paper.layout.plot_bgcolor == image.PAPER
    assert paper.layout.font.color == image.INK
    assert paper.layout.width == 900
    assert paper.layout.height > screen.layout.height
    assert paper.layout.annotations[-1].text == "What it means."


def test_a_long_title_and_hostile_words_stay_on_a_narrow_picture() -> None:
    layout = style.layout("A finding of many words about " * 4, "n <b>= 1", 400)
    paper = image.for_paper(go.Figure(layout=layout), ["<i>x</i>"], image.Size(width=900))
    title = paper.layout.title
    assert text_width(title.text.removeprefix("<b>").removesuffix("</b>"), title.font.size) <= 900
    assert title.subtitle.font.size == layout["title"]["subtitle"]["font"]["size"]
    assert paper.layout.annotations[-1].text == "&lt;i&gt;x&lt;/i&gt;"


def test_a_legend_at_the_lower_edge_stands_above_the_words() -> None:
    screen = go.Figure(layout={"height": 400, "legend": {"yref": "container", "y": 0}})
    paper = image.for_paper(screen, ["one", "two"])
    assert paper.layout.legend.y * paper.layout.height == pytest.approx(paper.layout.height - 400)


def test_words_below_a_picture_say_definition_guard_and_snapshot(ask: scenes.Ask) -> None:
    scene = trend(ask)
    said = " ".join(words.below(scene.view, scene.answer.snapshot_id))
    assert scene.view.definition in said
    assert "Discord ends" in said
    assert "**" not in said
    assert scene.answer.snapshot_id in said


@given(st.text(alphabet="ab 。，机构x", max_size=200), st.integers(60, 400))
def test_wrapped_lines_fit_and_lose_no_letter(text: str, width: int) -> None:
    lines = image.wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        fits = text_width(line, 12) <= width
        assert fits or len(re.findall(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+", line)) == 1


def test_without_kaleido_it_says_what_to_install(
    made_warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [n for n in sys.modules if n.partition(".")[0] == "kaleido"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "kaleido", None)
    said = refused(made_warehouse, "chart", "coverage", "--out", tmp_path / "a.png")
    assert "pip install 'ainews-trends[export]'" in said
    assert list(tmp_path.iterdir()) == []


def test_without_a_browser_it_says_what_to_install(
    made_warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("kaleido")
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "no-browser"))
    said = refused(made_warehouse, "chart", "coverage", "--out", tmp_path / "a.svg")
    assert "install one, or name it in BROWSER_PATH" in said


def test_a_browser_that_does_not_answer_is_a_sentence(
    made_warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kaleido = pytest.importorskip("kaleido")

    async def never(*_: object, **__: object) -> bytes:
        await asyncio.sleep(60)
        return b""

    monkeypatch.setattr(kaleido, "calc_fig", never)
    monkeypatch.setattr(image, "SECONDS", 0.05)
    said = refused(made_warehouse, "chart", "coverage", "--out", tmp_path / "a.svg")
    assert "did not answer" in said


@pytest.fixture(scope="module")
def pictures(
    made_warehouse: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], bytes]:
    """Pictures of one chart in Chinese, each format drawn once; skips without a browser."""
    pytest.importorskip("kaleido", reason="kaleido is not installed")
    if not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))):
        pytest.skip("no Chromium or Chrome is installed")
    folder = tmp_path_factory.mktemp("pictures")

    def drawn(form: str, name: str = "a") -> bytes:
        args = ("--lang", "zh", "--width", 800, *PAIR)
        out = folder / f"{name}.{form}"
        return written(made_warehouse, "chart", "lab_trend", "--out", out, *args).read_bytes()

    return drawn


@pytest.mark.browser
def test_a_png_has_its_size_and_is_not_blank(pictures: Callable[[str], bytes]) -> None:
    picture = Image.open(io.BytesIO(pictures("png")))
    assert picture.width == 1600  # 800 at scale 2
    colours = {colour for _, colour in picture.convert("RGB").getcolors(picture.width * 4000)}
    assert picture.convert("RGB").getpixel((2, picture.height - 2)) == (255, 255, 255)
    line = look("lab", "openai").colour
    assert tuple(int(line[i : i + 2], 16) for i in (1, 3, 5)) in colours


@pytest.mark.browser
def test_an_svg_says_its_words_and_is_the_same_each_time(pictures: Callable[[str], bytes]) -> None:
    first, second = pictures("svg"), pictures("svg", "b")
    assert first == second
    text = first.decode("utf-8")
    assert "智谱AI" in text
    assert "2026-03-11-made" in text
    assert "http" not in text.replace("http://www.w3.org/", "")


@pytest.mark.browser
def test_a_pdf_has_the_day_of_the_data_and_its_words(
    pictures: Callable[[str], bytes], tmp_path: Path
) -> None:
    data = pictures("pdf")
    assert data.startswith(b"%PDF")
    assert b"/CreationDate (D:20260311000000" in data
    if shutil.which("pdftotext"):
        (tmp_path / "a.pdf").write_bytes(data)
        call = ["pdftotext", str(tmp_path / "a.pdf"), "-"]
        done = subprocess.run(call, check=True, capture_output=True, timeout=30)
        assert "智谱AI" in "".join(done.stdout.decode().split())
