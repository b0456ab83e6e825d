"""A copied address gives, without a browser, the chart that its page shows."""

from pathlib import Path

import plotly.graph_objects as go
import pytest

from dashboard import links, scenes
from dashboard.export import charts
from dashboard.export.choices import from_link
from dashboard.parts import card
from dashboard.texts import Texts
from tests.dashboard.exporting import export, written
from tests.dashboard.one_run import URLS, run
from warehouse import open_snapshot


@pytest.fixture(scope="module")
def ask(made_warehouse: Path) -> scenes.Ask:
    return scenes.on(open_snapshot(made_warehouse))


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ("http://127.0.0.1:8501/labs", "lab_trend"),
        ("https://host/trends/themes/", "theme_trend"),
        ("/labs-by-themes?cell=share", "lab_theme_matrix"),
        ("/compare?compare=2025-Q2&against=2025-Q1", "compare_periods"),
        ("/compare?against=none", "compare_tags"),
        ("/about", "coverage"),
        ("/lab?lab=openai", "lab_trend"),
        ("/rising?rise_per=week", "rising"),
        ("/stories?q=made", "stories"),
        ("http://127.0.0.1:8501/", "top_labs"),
    ],
)
def test_an_address_says_which_chart(link: str, name: str) -> None:
    assert charts.name_of(from_link(link)) == name


def test_options_go_before_the_address(made_warehouse: Path, tmp_path: Path) -> None:
    link = ("--link", "http://h/labs?labs=openai&grain=day&lang=zh", "--grain", "quarter")
    out = written(made_warehouse, "chart", "--out", tmp_path / "a.csv", *link)
    assert "2025-04-01" in out.read_text("utf-8-sig")
    assert "2025-04-02" not in out.read_text("utf-8-sig")


def test_what_was_not_used_of_an_address_is_told(made_warehouse: Path, tmp_path: Path) -> None:
    link = ("--link", "http://h/labs?labs=openai&theme_any=robotics&utm=mail")
    done = export(made_warehouse, "chart", *link, "--out", tmp_path / "a.csv")
    assert done.exit_code == 0
    assert "not used of the address: utm" in done.stderr
    assert "not used of the address: themes" in done.stderr


@pytest.mark.parametrize(
    ("page", "choices"),
    [
        ("labs", {"labs": ["openai", "zhipu"], "grain": "week", "measure": "mentions"}),
        ("labs", {"labs": ["openai"], "period": "2025-03-01..2025-08-31", "channels": "reddit"}),
        ("themes", {"themes": ["robotics", "reasoning"], "band": "on", "languages": "en"}),
        ("matrix", {"lab_any": ["openai", "zhipu"], "cell": "stories"}),
        ("compare", {"kind": "theme", "themes": ["robotics"], "family": "chosen"}),
        ("compare", {"labs": ["openai", "zhipu"], "compare": "2025-Q3", "against": "none"}),
        ("labs", {}),
        ("compare", {}),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_link_gives_the_chart_that_the_page_shows(
    made_warehouse: Path,
    monkeypatch: pytest.MonkeyPatch,
    ask: scenes.Ask,
    page: str,
    choices: dict[str, str | list[str]],
    lang: str,
) -> None:
    figures: list[go.Figure] = []

    def draw(
        say: Texts, name: str, view: object, figure: go.Figure, *_: object, **__: object
    ) -> list:
        figures.append(figure)
        return []

    monkeypatch.setattr(card, "draw", draw)
    run(monkeypatch, made_warehouse, page, lang=lang, **choices)
    query = "&".join(
        f"{key}={value}"
        for key, values in {**choices, "lang": lang}.items()
        for value in ([values] if isinstance(values, str) else values)
    )
    asked = from_link(f"http://h/{URLS[page]}?{query}")
    name = charts.name_of(asked)
    assert asked.unknown == ()
    known = asked.choices.only(charts.CHARTS[name].options)
    scene = charts.scene_of(ask, Texts(asked.lang or "en"), name, known)
    assert scene.figure() == figures[0]


@pytest.mark.parametrize(
    ("said", "page", "meant"),
    [
        ("http://h/a/labs-by-/labs-by-themes", "labs-by-themes", "http://h/a/labs-by-themes"),
        ("http://h/labs-by-themes", "labs-by-themes", "http://h/labs-by-themes"),
        ("http://h/labs-by-/labs", "labs", "http://h/labs-by-/labs"),  # a server's own folder
        ("http://h", "", "http://h"),
    ],
)
def test_the_address_of_a_page_whose_name_ends_like_anothers_is_whole(
    monkeypatch: pytest.MonkeyPatch, said: str, page: str, meant: str
) -> None:
    class Known:
        context = type("Context", (), {"url": said})

    monkeypatch.setattr(links, "st", Known)
    monkeypatch.setattr(links, "_run", lambda: links._Run(place=("en", page)))
    assert links._here() == meant
