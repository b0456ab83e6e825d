"""Joining stories by nearly equal texts."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.stories.near import WINDOW_DAYS, near_groups

FIRST = date(2025, 3, 3)
RELEASE = (
    "Acme ships the Falcon coding model with a 200K context window and open weights on its hub"
)
RETOLD = (
    "Open weights of Falcon, a coding model by Acme with a 200K context window, are now on the hub"
)
OTHER = "Readers of the forum compare fans and power supplies for small servers in a warm attic"
ZH = "某公司发布猎鹰编程模型，支持二十万字上下文，权重已在平台开源"
ZH_RETOLD = "某公司的猎鹰编程模型发布，支持二十万字上下文，并在平台开源权重"
# So many unlike texts that a word's rarity means something, as it does in a real window.
NOISE = [
    f"Members of server{n} asked how to set option{n} of tool{n} and got answer{n}"
    for n in range(40)
]


def row(item_id, text, day=0, digest_id=None, channel="twitter", section="Recap", language="en"):
    return {
        "item_id": item_id, "digest_id": digest_id or f"d{day}", "published_on": FIRST + timedelta(day),
        "channel": channel, "section": section, "language": language, "title": text, "url": None,
    }  # fmt: skip


def groups(rows, originals=None, noise=True):
    rows = list(rows)
    if noise:
        rows += [row(f"n{n}", text, day=0, digest_id="noise") for n, text in enumerate(NOISE)]
    found = near_groups(rows, [""] * len(rows), originals or {})
    return [g for g in found if not g[0].startswith("n")]


@pytest.mark.parametrize(
    ("text", "again", "language"), [(RELEASE, RETOLD, "en"), (ZH, ZH_RETOLD, "zh")]
)
def test_one_event_in_other_words_is_one_group(text, again, language):
    rows = [row("a", text, 0, language=language), row("b", again, 2, language=language)]
    assert groups(rows) == [["a", "b"]]


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        (RELEASE, OTHER, "en"),
        (
            "Acme releases Falcon v1.2 with faster decoding for laptops",
            "Acme releases Falcon v1.3 with faster decoding for laptops", "en",
        ),
        (
            "Acme raises $120M in a round led by North Fund at a high valuation",
            "Acme raises $45M in a round led by North Fund at a high valuation", "en",
        ),
        (
            "Acme Falcon gets a long context window and open weights on the hub",
            "Acme Falcon loses in court against a newspaper over training data", "en",
        ),
        ("某公司发布猎鹰模型1.2版，推理速度明显提升，价格不变", "某公司发布猎鹰模型1.3版，推理速度明显提升，价格不变", "zh"),
        ("某公司发布猎鹰编程模型，权重开源", "某公司因训练数据被报社起诉，法院开庭审理", "zh"),
    ],
)  # fmt: skip
def test_another_event_stays_apart(one, other, language):
    assert groups([row("a", one, language=language), row("b", other, 1, language=language)]) == []


def test_texts_of_two_languages_never_join():
    assert groups([row("a", RELEASE), row("b", RELEASE, language="zh")]) == []


def test_the_same_words_join_within_the_window_only():
    days = {"a": 0, "b": WINDOW_DAYS, "c": WINDOW_DAYS + 1}
    assert groups(row(k, RELEASE, day) for k, day in days.items()) == [["a", "b"]]


def test_digests_of_one_original_issue_join_at_any_distance():
    rows = [row("a", ZH, 0, language="zh"), row("b", ZH_RETOLD, 11, language="zh")]
    assert groups(rows) == []
    assert groups(rows, {"d0": "https://e.com/issue", "d11": "https://e.com/issue"}) == [["a", "b"]]


LOADER = (
    "Falcon loader fixed for old graphics cards: members found that a fresh driver cures the crash"
)
# Likeness to LOADER among NOISE: 0.55 and 0.42.
LOADER_RETOLD = "Members of the server praise a fresh driver that cures the Falcon loader"
LOADER_LOOSELY = (
    "The Falcon loader crash of old cards is solved, says the server after a long night of tests"
)
SUMMARY, DETAIL = ("discord", "Summaries › Acme"), ("discord_detail", "By channel › Acme #help")


def layers(*told):
    return [row(k, t, 0, "d0", *place) for k, (t, place) in zip("abc", told, strict=False)]


def test_layers_of_a_recap_join_at_less_likeness_than_items_of_one_list():
    assert groups(layers((LOADER, SUMMARY), (LOADER_RETOLD, DETAIL))) == [["a", "b"]]
    assert groups(layers((LOADER, DETAIL), (LOADER_RETOLD, DETAIL))) == []


def test_a_summary_joins_its_likest_detail_at_still_less_likeness_but_no_second_one():
    loose = LOADER_LOOSELY, DETAIL
    assert groups(layers((LOADER, SUMMARY), loose)) == [["a", "b"]]
    assert groups(layers((LOADER, SUMMARY), (LOADER_RETOLD, DETAIL), loose)) == [["a", "b"]]


WORDS = [f"falcon{n}" for n in range(40)]


def test_a_chain_of_half_equal_texts_is_cut():
    rows = [row(f"a{n}", " ".join(WORDS[5 * n : 5 * n + 14]), 0, f"d{n}") for n in range(6)]
    assert max(len(g) for g in groups(rows)) == 3


BRIDGE = [" ".join(WORDS[a:b]) for a, b in ((0, 10), (7, 17), (0, 17))]


def test_a_later_item_does_not_merge_two_earlier_stories():
    rows = [row("a", BRIDGE[0], 0), row("b", BRIDGE[1], 1), row("c", BRIDGE[2], 2)]
    assert [len(g) for g in groups(rows)] == [2]
    assert groups([rows[0], rows[2]]) == [["a", "c"]]
    assert groups([rows[1], rows[2]]) == [["b", "c"]]


def test_a_text_of_few_words_joins_nothing():
    assert groups([row("a", "Pricing"), row("b", "Pricing", 1)]) == []


TEXTS = [RELEASE, RETOLD, OTHER, RELEASE.replace("200K", "400K"), *BRIDGE]
ROWS = st.lists(
    st.tuples(st.sampled_from(TEXTS), st.integers(0, 9), st.sampled_from(["x", "y"])), max_size=14
).map(lambda made: [row(f"i{n:02}", t, day, f"{s}{day}") for n, (t, day, s) in enumerate(made)])


@settings(deadline=None, max_examples=40)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_items_plays_no_part(rows, chance):
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert groups(rows, noise=False) == groups(shuffled, noise=False)


@settings(deadline=None, max_examples=40)
@given(ROWS)
def test_a_group_lies_within_the_window_of_its_first_item_and_no_item_is_in_two(rows):
    day = {r["item_id"]: r["published_on"] for r in rows}
    found = groups(rows, noise=False)
    for group in found:
        assert (max(map(day.get, group)) - day[group[0]]).days <= WINDOW_DAYS
        assert day[group[0]] == min(map(day.get, group))
    members = [i for g in found for i in g]
    assert len(members) == len(set(members))


@settings(deadline=None, max_examples=40)
@given(ROWS, st.integers(0, 9))
def test_later_digests_leave_the_groups_of_earlier_days_as_they_were(rows, last):
    until = FIRST + timedelta(last)
    early = [r for r in rows if r["published_on"] <= until]
    known = {r["item_id"] for r in early}
    cut = [[i for i in g if i in known] for g in groups(rows, noise=False)]
    assert sorted(g for g in cut if len(g) > 1) == groups(early, noise=False)
