"""Texts: both languages are complete, and days and numbers read as people write them."""

import ast
import re
from datetime import date
from pathlib import Path
from string import Formatter

import pytest
import yaml

from dashboard.texts import LANGUAGES, Texts, sentences
from warehouse.compare import VERDICTS
from warehouse.queries import statement
from warehouse.schema import fields
from warehouse.taxonomy.events import load_events
from warehouse.taxonomy.rows import lab_rows, theme_rows
from warehouse.taxonomy.sources import sources

ROOT = Path(__file__).parents[2]
DASHBOARD = ROOT / "dashboard"
EN, ZH = Texts("en"), Texts("zh")
# Keys that are put together from codes: every code of the section must have a text instead.
BUILT = (
    "channel.",
    "language.",
    "kind.",
    "reason.",
    "measure.",
    "grain.",
    "per.",
    "period.",
    "problem.",
    "pages.",
)
BUILT += (
    "trend.title.",
    "matrix.title.",
    "definition.",
    "about.",
    "history.",
    "cause.",
    "band.",
    "verdict.",
    "why_not.",
    "adjusted_why_not.",
    "rising.why.",
    "report.lead.",
    "report.rows.",
    "named_with.why.",
    "compare.",
    "topics.",
    "jump.kind.",
    "overview.",
    "quality.",
    "note.channel_",
    "trend.break_",
    "filters.",
    "findings.",
    "behind.",
    "card.",
    "smooth.",
    "stories.beside_of.",
    "stories.height.",
    "stories.kinds.",
    "stories.orders.",
    "stories.place.",
    "stories.ranked.",
    "stories.title.",
    "sql.cut.",
    "sql.example.",
    "sql.problem.",
    "where.",
    "widgets.",
)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys() -> None:
    assert set(sentences("en")) == set(sentences("zh"))


@pytest.mark.parametrize("key", sorted(sentences("en")))
def test_both_languages_fill_in_the_same_values(key: str) -> None:
    used = {lang: placeholders(sentences(lang)[key]) for lang in LANGUAGES}
    assert used["en"] == used["zh"] or key.startswith("period.")  # a week needs other words


def test_chinese_texts_are_chinese() -> None:
    words = {k: re.sub(r"\{\w+\}|<.*?>", "", v) for k, v in sentences("zh").items()}
    english = [k for k, v in words.items() if len(v) > 12 and not re.search("[一-龥]", v)]
    assert english == []


def unclosed(text: str) -> list[str]:
    """Where `**` closes after a mark and before a letter or a value: Markdown shows the stars there.

    Chinese puts no space after its marks, so that `**不可比：**{listed}` stays as it is written.
    """
    parts = text.split("**")
    closings = zip(parts[1::2], parts[2::2], strict=False)
    return [f"{a}**{b}" for a, b in closings if re.search(r"\W$", a) and re.match(r"[\w{]", b)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_bold_words_end_where_markdown_sees_it(lang: str) -> None:
    assert [found for text in sentences(lang).values() for found in unclosed(text)] == []


def test_the_check_for_bold_words_sees_a_mark_before_the_stars() -> None:
    assert unclosed("**不可比：**{listed}") == ["不可比：**{listed}"]
    assert unclosed("**不可比**：{listed} **B** c") == []


def test_latin_words_stand_apart_from_chinese_ones() -> None:
    """As in `95% 区间 of OpenAI`; a name such as 谷歌DeepMind is written as the taxonomy has it."""
    names = {row["name_zh"] for row in (*lab_rows(), *theme_rows())}
    texts = [*sentences("zh").values(), *(event.title_zh for event in load_events())]
    words = [re.sub(r"`.*?`|<.*?>|\{\w+\}", " ", text) for text in texts]
    for name in names:
        words = [text.replace(name, " ") for text in words]
    assert [t for t in words if re.search("[一-龥][A-Za-z]|[A-Za-z][一-龥]", t)] == []


def test_events_and_sources_have_chinese_names() -> None:
    names = [e.title_zh for e in load_events()] + [s.name_zh for s in sources().values()]
    assert [name for name in names if not re.search("[一-龥]", name)] == []


def test_every_text_is_used_somewhere() -> None:
    code = "".join(path.read_text("utf-8") for path in DASHBOARD.rglob("*.py"))
    code += (DASHBOARD / "pages.yml").read_text("utf-8")
    unused = [
        k
        for k in sentences("en")
        if not k.startswith(BUILT) and f'"{k}"' not in code.replace("'", '"')
    ]
    assert unused == []


def test_every_key_that_code_names_exists() -> None:
    named = set()
    for path in DASHBOARD.rglob("*.py"):
        named |= set(re.findall(r'\bsay(?:\(\))?\(\s*"([a-z_.]+)"[,)]', path.read_text("utf-8")))
    assert named
    assert named - set(sentences("en")) == set()


@pytest.mark.parametrize(
    ("column", "section"), [("channel", "channel"), ("language", "language"), ("kind", "kind")]
)
def test_every_code_of_the_data_dictionary_has_a_text(column: str, section: str) -> None:
    missing = [v for v in fields()[column].values if not EN.has(f"{section}.{v}")]
    assert missing == []


def test_every_verdict_has_a_text() -> None:
    assert [code for code in VERDICTS if not EN.has(f"verdict.{code}")] == []


@pytest.mark.parametrize("column", ["why_not", "adjusted_why_not"])
def test_every_reason_against_a_comparison_has_a_text(column: str) -> None:
    """The codes stand in SQL: THEN 'partial', 'mix_changed:' || …"""
    names = ("marts/comparable_over", "marts/measures_over", "answers/compare_periods")
    code = "".join(statement(*name.split("/")) for name in (*names, "answers/compare_tags"))
    blocks = re.findall(rf"CASE((?:(?!CASE|END)[\s\S])*)END AS {column}\b", code)
    found = set(re.findall(r"(?:THEN|ELSE)\s+'([a-z_]+)", "".join(blocks)))
    assert len(found) >= (2 if column == "adjusted_why_not" else 6)
    assert [code for code in found if not EN.has(f"{column}.{code}")] == []


def test_a_reason_names_its_channels() -> None:
    assert EN.reason("why_not", "mix_changed:discord,reddit").endswith("changed: Discord, Reddit.")
    assert ZH.reason("why_not", "mix_changed:discord,reddit").endswith("Discord、Reddit。")


@pytest.mark.parametrize(
    ("difference", "written"),
    [(0, "0.0"), (0.0123, "+1.2"), (-0.2, "−20.0"), (0.0004, "+0.04"), (-0.00001, "0.0")],
)
def test_a_difference_has_a_sign_and_its_digits(difference: float, written: str) -> None:
    assert EN.points(difference) == written


def test_every_reason_of_the_quarantine_has_a_text() -> None:
    reasons = yaml.safe_load((ROOT / "etl" / "parsers" / "reasons.yml").read_text("utf-8"))
    assert [code for code in reasons if not EN.has(f"reason.{code}")] == []
    said = {code: {say.lang: say(f"reason.{code}") for say in (EN, ZH)} for code in reasons}
    assert said == reasons


def shown_literals(path: Path) -> list[str]:
    """Words given to st.* (or to a column's config) as they stand in the code."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        # the name of a component or of a header of the request is seen by nobody
        if called.startswith("st.") and not called.startswith(("st.components", "st.context")):
            words = [
                *node.args,
                *(k.value for k in node.keywords if k.arg in ("label", "help", "placeholder")),
            ]
            found += [
                w.value for w in words if isinstance(w, ast.Constant) and isinstance(w.value, str)
            ]
    return [text for text in found if re.search(r"[A-Za-z一-龥]{2}", text)]


@pytest.mark.parametrize("path", sorted(DASHBOARD.rglob("*.py")), ids=lambda p: p.stem)
def test_no_page_shows_a_sentence_that_is_not_in_the_texts(path: Path) -> None:
    commands = {
        "trends build sample",
        "trends topics fit",
    }  # shown in a box to copy, the same in every language
    keys = {
        "lang",
        "page",
        "_question",
        "period",
        "q",
        "topic",
        "topic_q",
        "in_topic",
        "story",
        "_stories_asked",
        "chart-topic_map",
        "_pages",
        "_jump",
    }
    assert set(shown_literals(path)) - commands - keys == set()


def test_the_check_for_literals_sees_one(tmp_path: Path) -> None:
    (tmp_path / "page.py").write_text('st.button("Press me", help=say("x"))', "utf-8")
    assert shown_literals(tmp_path / "page.py") == ["Press me"]


@pytest.mark.parametrize(
    ("grain", "english", "chinese"),
    [
        ("day", "2 Mar 2026", "2026年3月2日"),
        ("week", "week of 2 Mar 2026", "2026年3月2日当周"),
        ("month", "Mar 2026", "2026年3月"),
        ("quarter", "Q1 2026", "2026年第1季度"),
    ],
)
def test_periods_read_as_people_write_them(grain: str, english: str, chinese: str) -> None:
    assert EN.period(date(2026, 3, 2), grain) == english
    assert ZH.period(date(2026, 3, 2), grain) == chinese


@pytest.mark.parametrize(
    ("ratio", "written"),
    [(0, "0%"), (0.0004, "0.04%"), (0.0123, "1.2%"), (0.5, "50.0%"), (0.9996, "100%"), (1, "100%")],
)
def test_a_small_share_keeps_its_digits(ratio: float, written: str) -> None:
    assert EN.percent(ratio) == written


def test_numbers_have_thousands_separators() -> None:
    assert EN.number(1234567) == ZH.number(1234567) == "1,234,567"


def test_a_name_without_chinese_falls_back_to_the_name() -> None:
    assert ZH.name({"name": "Cohere", "name_zh": None}) == "Cohere"
    assert ZH.name({"name": "Google", "name_zh": "谷歌"}) == "谷歌"
    assert EN.name({"name": "Google", "name_zh": "谷歌"}) == "Google"
