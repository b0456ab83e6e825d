"""Joining stories and aligning translations."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from etl.stories.align import align
from etl.stories.join import join_stories

POST = "https://x.com/i/status/123456"
PAGE = "https://example.com/news/today"


def digest(digest_id, day=1, translation_of=None, **more):
    return {"digest_id": digest_id, "published_on": date(2025, 1, day), "translation_of": translation_of,
            "url": None, "original_url": None, **more}  # fmt: skip


def item(item_id, digest_id, day=1, channel="twitter", position=1, language="en", month=1):
    return {"item_id": item_id, "digest_id": digest_id, "published_on": date(2025, month, day),
            "channel": channel, "position": position, "language": language, "title": item_id,
            "url": None, "story_id": None, "is_counted": True}  # fmt: skip


def join(digests, items, links, texts=None):
    return join_stories(digests, items, links, texts or [None] * len(items))


def story_of(items):
    return {i["item_id"]: i["story_id"] for i in items}


def test_one_post_in_two_digests_is_one_story_whenever_it_comes():
    items = [item("a", "d1"), item("b", "d2", month=6)]
    stories = join([digest("d1"), digest("d2")], items, {"a": [POST], "b": [POST]})
    assert story_of(items) == {"a": "sa", "b": "sa"}
    assert [(s["story_id"], s["item_count"], s["last_on"]) for s in stories] == [
        ("sa", 2, date(2025, 6, 1))
    ]


def test_a_page_joins_within_a_week_only():
    items = [item("a", "d1", 1), item("b", "d2", 6), item("c", "d3", 20)]
    join([digest("d1"), digest("d2"), digest("d3")], items, {k: [PAGE] for k in "abc"})
    assert story_of(items) == {"a": "sa", "b": "sa", "c": "sc"}


def test_only_the_main_address_joins():
    items = [item("a", "d1"), item("b", "d2")]
    join(
        [digest("d1"), digest("d2")],
        items,
        {"a": [POST, PAGE], "b": ["https://example.com/x/y", POST]},
    )
    assert story_of(items) == {"a": "sa", "b": "sb"}


def test_the_original_issue_itself_is_no_story():
    original = "https://news.example.com/issues/25-01-01-x/"
    items = [item("a", "d1"), item("b", "d1", position=2)]
    digests = [digest("d1", original_url=original)]
    join(digests, items, {k: [original.rstrip("/")] for k in "ab"})
    assert story_of(items) == {"a": "sa", "b": "sb"}


def test_a_translation_takes_the_stories_of_its_original_and_does_not_count():
    items = [
        item("a", "d.en", position=1), item("b", "d.en", position=2),
        item("x", "d.zh", position=1, language="zh"), item("y", "d.zh", position=2, language="zh"),
    ]  # fmt: skip
    stories = join(
        [digest("d.en"), digest("d.zh", translation_of="d.en")], items, {"a": [POST], "x": [POST]}
    )
    assert story_of(items) == {"a": "sa", "b": "sb", "x": "sa", "y": "sb"}
    assert [i["is_counted"] for i in items] == [True, True, False, False]
    assert {s["story_id"]: s["languages"] for s in stories} == {
        "sa": ["en", "zh"],
        "sb": ["en", "zh"],
    }


def test_an_added_item_in_the_translation_is_no_new_story():
    items = [item("a", "d.en", position=1), item("x", "d.zh", position=1, language="zh"),
             item("y", "d.zh", position=2, language="zh")]  # fmt: skip
    stories = join(
        [digest("d.en"), digest("d.zh", translation_of="d.en")], items, {"a": [POST], "x": [POST]}
    )
    assert story_of(items)["y"] is None
    assert len(stories) == 1


def test_alignment_survives_a_dropped_item_between_anchors():
    copies = [["u1"], [], ["u3"], []]
    sources = [["u1"], [], [], ["u3"], []]
    assert align(copies, sources) == [(0, 0), (2, 3), (3, 4)]


@given(st.lists(st.lists(st.sampled_from("abcdefg"), max_size=3, unique=True), max_size=30))
def test_an_exact_translation_aligns_completely_and_one_to_one(urls):
    pairs = align(urls, urls)
    assert len({c for c, _ in pairs}) == len(pairs)
    assert len({s for _, s in pairs}) == len(pairs)
    unique = [u for u in urls if u]
    if len({tuple(sorted(u)) for u in unique}) == len(unique):
        assert pairs == [(i, i) for i in range(len(urls))]


SAID = "Acme ships the Falcon coding model with a 200K context window and open weights on its hub"
RETOLD = (
    "Open weights of Falcon, a coding model by Acme with a 200K context window, are now on the hub"
)


def test_an_item_without_address_takes_the_story_of_the_like_one_and_so_does_its_translation():
    items = [
        item("a", "d1"), item("b", "d2.en", day=2),
        item("x", "d2.zh", day=2, language="zh"),
    ]  # fmt: skip
    digests = [digest("d1"), digest("d2.en"), digest("d2.zh", translation_of="d2.en")]
    stories = join(digests, items, {"a": [POST]}, [SAID, RETOLD, None])
    assert story_of(items) == {"a": "sa", "b": "sa", "x": "sa"}
    assert [(s["story_id"], s["item_count"]) for s in stories] == [("sa", 3)]


def test_one_like_pair_does_not_merge_two_large_stories_that_addresses_made():
    other = "https://x.com/i/status/777777"
    names = ["aa", "ab", "ac", "ba", "bb", "bc"]
    items = [item(n, f"d{n}", day=1 + k % 3) for k, n in enumerate(names)]
    links = {n: [POST if n[0] == "a" else other] for n in names}
    texts = [f"{n} notes of server{n} on tool{n} with result{n} and hint{n}" for n in names]
    digests = [digest(f"d{n}") for n in names]
    join(digests, items, links, [*texts[:2], SAID, RETOLD, *texts[4:]])
    assert set(story_of(items).values()) == {"saa", "sba"}
    join(digests, items, links, [SAID] * 6)
    assert set(story_of(items).values()) == {"saa"}
