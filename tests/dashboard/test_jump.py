"""The search box: what a text means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import jump
from dashboard.texts import Texts

LABS = [
    {"lab_id": "zhipu", "name": "Zhipu AI (Z.ai)", "name_zh": "智谱AI"},
    {"lab_id": "moonshot", "name": "Moonshot AI", "name_zh": "月之暗面"},
    {"lab_id": "openai", "name": "OpenAI", "name_zh": "OpenAI"},
]
THEMES = [{"theme_id": "reasoning", "name": "Reasoning & test-time compute", "name_zh": "推理能力"}]
TOPICS = [
    {"topic_id": "t0", "label": "Reason", "label_zh": None},
    {"topic_id": "t1", "label": "OpenAI", "label_zh": None},
    {"topic_id": "t2", "label": "Made search", "label_zh": "虚构检索"},
    {"topic_id": "t3", "label": "Made robots", "label_zh": "虚构机器人"},
]
ALSO = jump.lab_words(
    [("zhipu", ["GLM#", "智谱"]), ("moonshot", ["Kimi*", "Shared"]), ("openai", ["shared"])]
)


def known(lang: str = "en") -> dict[str, jump.Target]:
    return jump.targets(LABS, THEMES, TOPICS, Texts(lang))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("OpenAI", "lab:openai"),  # a topic of that name steps back
        ("智谱AI", "lab:zhipu"),
        ("智谱", "lab:zhipu"),
        (" glm ", "lab:zhipu"),
        ("KIMI", "lab:moonshot"),
        ("yzam", "lab:moonshot"),
        ("zpai", "lab:zhipu"),
        ("zp", "lab:zhipu"),
        ("tlnl", "theme:reasoning"),
        ("推理", "theme:reasoning"),
        ("reas", "theme:reasoning"),
        ("reason", "theme:reasoning"),  # although a topic has just this name
        ("made s", "topic:t2"),
        ("xgjs", "topic:t2"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_text_means_one_page_in_either_language(text: str, key: str, lang: str) -> None:
    assert jump.resolve(text, known(lang), ALSO) == key


@pytest.mark.parametrize(
    "text", ["", "  ", "made", "Shared", "re", "open weights", "推", "xg", "z"]
)
def test_a_text_that_fits_nothing_or_two_jumps_nowhere(text: str) -> None:
    assert jump.resolve(text, known(), ALSO) is None


def test_a_label_has_both_names_the_readers_first_and_says_what_it_is() -> None:
    assert jump.label(known("en")["lab:zhipu"], Texts("en")) == "Zhipu AI (Z.ai) · 智谱AI · Lab"
    assert jump.label(known("zh")["lab:zhipu"], Texts("zh")) == "智谱AI · Zhipu AI (Z.ai) · 机构"
    assert jump.label(known("en")["lab:openai"], Texts("en")) == "OpenAI · Lab"


@given(st.text(max_size=12))
def test_any_text_gives_a_known_key_or_none(text: str) -> None:
    key = jump.resolve(text, known(), ALSO)
    assert key is None or key in known()


@given(st.sampled_from(LABS + THEMES))
def test_every_full_name_is_found(row: dict[str, str]) -> None:
    for name in (row["name"], row["name_zh"]):
        key = jump.resolve(name.upper(), known(), {})
        assert key in ("lab:" + row.get("lab_id", "?"), "theme:" + row.get("theme_id", "?"))
