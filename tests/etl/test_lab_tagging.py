"""The lab tagger: what is a mention, what is its evidence, and what must never matter.

In: short texts of our own, small made-up taxonomies, and the packaged one.
Trap: the sentences for single labs stand in the taxonomy (test_lab_sentences.py); here are the rules.
"""

from __future__ import annotations

import importlib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import warehouse.taxonomy
from etl.tag.labs import LabTagger, lab_tagger
from etl.tag.matcher import PhraseMatcher
from warehouse.taxonomy.labs import Lab, LabRules, TaxonomyError, load_labs, parse_labs, read_yaml

SENTENCES = st.sampled_from([s for lab in load_labs() for s in (*lab.yes, *lab.no)])
UNRELATED = st.text(alphabet="天气晴朗我们去河边散步花草都很好看，。", max_size=40)


def tag(text: str, *urls: str, on: date | None = None) -> dict[str, tuple[str, str]]:
    return {t.id: (t.evidence, t.evidence_kind) for t in lab_tagger().tag(text, urls, on)}


def a_lab(**values: Any) -> Lab:
    names = {"id": "acme", "name": "Acme", "name_zh": "Acme", "kind": "lab"}
    return Lab(**{**names, **values})


def problem(text: str) -> str:
    with pytest.raises(TaxonomyError) as caught:
        parse_labs([("labs_x.yml", read_yaml(text))], ["lab"])
    return str(caught.value)


class TestNames:
    def test_each_lab_is_returned_once_and_labs_are_ordered_by_id(self) -> None:
        found = lab_tagger().tag("OpenAI, Claude and ChatGPT; then Anthropic again.")
        assert [t.id for t in found] == ["anthropic", "openai"]
        assert {t.kind for t in found} == {"lab"}

    def test_the_longest_name_wins_so_the_child_alone_is_named(self) -> None:
        assert set(tag("Google DeepMind hires.")) == {"google-deepmind"}

    def test_parent_and_child_are_both_named_when_a_product_of_the_parent_stands_there(
        self,
    ) -> None:
        assert set(tag("Google DeepMind 部署于 Gemini。")) == {"google", "google-deepmind"}

    def test_latin_names_need_borders_and_touch_chinese_freely(self) -> None:
        assert tag("我们用GPT-4o写作") == {"openai": ("GPT-4o", "name")}
        assert tag("the xcudax file") == {}

    @pytest.mark.parametrize("name", ["GPT4", "gpt-4o", "GPTs", "ＧＰＴ－４", "GPT‑5.2"])
    def test_versions_plurals_and_other_widths_are_the_same_name(self, name: str) -> None:
        assert tag(f"They use {name} now.") == {"openai": (name, "name")}

    def test_a_number_of_pieces_may_stand_before_a_chip(self) -> None:
        assert set(tag("trained on 8xH100")) == {"nvidia"}

    def test_a_longer_name_of_something_else_takes_the_words_up(self) -> None:
        assert tag("llama.cpp compiles, says r/LocalLLaMA") == {}

    def test_a_product_counts_for_its_owner_on_the_day_of_the_item(self) -> None:
        assert tag("Windsurf adds tabs.", on=date(2025, 7, 1)) == {}
        assert set(tag("Windsurf adds tabs.", on=date(2025, 8, 1))) == {"cognition"}
        assert set(tag("Windsurf adds tabs.")) == {"cognition"}

    def test_an_owner_of_the_past_does_not_get_the_undated_item(self) -> None:
        text = (
            "acme: {name: A, name_zh: A, kind: lab, yes: [x], careful: [{words: [Rocket], "
            "until: 2024-05-01, yes: [Rocket], no: [rock]}]}"
        )
        tagger = LabTagger(parse_labs([("x", read_yaml(text))], ["lab"]), LabRules())
        assert [t.id for t in tagger.tag("A Rocket", on=date(2024, 5, 1))] == ["acme"]
        assert tagger.tag("A Rocket", on=date(2024, 5, 2)) == []
        assert tagger.tag("A Rocket") == []

    def test_a_longer_number_is_another_name(self) -> None:
        assert set(tag("The P40 is old, so is the 2xP40 box.")) == {"nvidia"}
        assert tag("P402 routes requests.") == {}

    def test_a_child_that_covers_its_parent_is_stored_alone(self) -> None:
        assert set(tag("Google DeepMind releases Gemini 3.")) == {"google-deepmind"}
        assert set(tag("Google adds Genie 3, says @GoogleDeepMind.")) == {"google-deepmind"}
        assert set(tag("Google adds a search.", "https://deepmind.google/x")) == {"google-deepmind"}

    def test_a_parent_named_far_from_its_child_is_a_mention_of_its_own(self) -> None:
        between = "Other people talk about other things. " * 10
        assert set(tag(f"DeepMind hires. {between} Google cuts prices.")) == {
            "google",
            "google-deepmind",
        }

    def test_a_child_without_the_mark_leaves_its_parent_in(self) -> None:
        assert set(tag("Microsoft and GitHub Copilot")) == {"github", "microsoft"}

    def test_a_person_alone_is_no_mention(self) -> None:
        assert tag("Sam Altman and Andrej Karpathy talked.") == {}


class TestHandlesAndAddresses:
    def test_an_official_handle_is_evidence_of_its_own_kind(self) -> None:
        assert tag("as @OpenAIDevs said") == {"openai": ("@OpenAIDevs", "handle")}

    def test_a_stranger_whose_handle_contains_a_name_is_no_mention(self) -> None:
        assert tag("@nvidia_fan_99 and @claude-lover wrote") == {}

    @pytest.mark.parametrize("site", ["x.com", "twitter.com", "xcancel.com", "www.x.com"])
    def test_a_post_of_the_official_account_names_the_lab(self, site: str) -> None:
        url = f"https://{site}/OpenAI/status/1?s=46"
        assert tag("News", url) == {"openai": (url, "handle")}

    def test_a_post_of_somebody_else_names_nobody(self) -> None:
        assert tag("News", "https://x.com/sama/status/1", "https://x.com/i/status/2") == {}

    @pytest.mark.parametrize(
        ("url", "lab"),
        [
            ("https://openai.com/index/x", "openai"),
            ("https://cdn.openai.com/x.pdf", "openai"),
            ("http://deepmind.google/discover/", "google-deepmind"),
            ("https://blog.google/technology/google-deepmind/x/", "google-deepmind"),
            ("https://blog.google/products/x/", "google"),
            ("https://github.com/openai/x", "openai"),
            ("https://github.com/orgs/openai/repositories", "openai"),
            ("https://huggingface.co/deepseek-ai/x", "deepseek"),
            ("https://huggingface.co/datasets/openai/x", "openai"),
            ("https://huggingface.co/blog/some-post", "hugging-face"),
            ("https://HuggingFace.co/docs/x#y", "hugging-face"),
        ],
    )
    def test_an_official_address_names_the_lab(self, url: str, lab: str) -> None:
        assert tag("News", url) == {lab: (url, "address")}

    @pytest.mark.parametrize(
        "url",
        [
            "https://github.com/someone/x",
            "https://huggingface.co/someone/x",
            "https://huggingface.co/blog/someone/x",
            "https://arxiv.org/abs/2401.00001",
            "https://www.youtube.com/watch?v=x",
            "https://docs.google.com/document/d/x",
            "https://colab.research.google.com/drive/x",
            "https://www.reddit.com/r/OpenAI/comments/abc/a_day_off/",
            "https://notopenai.com/x",
            "https://example.com/openai.com/x",
            "https://apps.apple.com/app/id1",
        ],
    )
    def test_a_place_that_only_hosts_names_nobody(self, url: str) -> None:
        assert tag("News", url) == {}

    def test_a_page_that_two_labs_share_names_both(self) -> None:
        assert set(tag("News", "https://github.com/THUDM/x")) == {"tsinghua", "zhipu"}

    def test_an_address_that_changed_hands_is_its_owners_on_the_day(self) -> None:
        url, early, late = "https://codeium.com/x", date(2025, 7, 13), date(2025, 7, 14)
        assert tag("News", url, on=early) == {}
        assert set(tag("News", url, on=late)) == {"cognition"}
        assert set(tag("News", url)) == {"cognition"}
        assert tag("as @windsurf_ai said", on=early) == {}
        assert set(tag("News", "https://x.com/windsurf_ai/status/1", on=late)) == {"cognition"}

    def test_the_tagger_says_what_it_knows(self) -> None:
        tagger = lab_tagger()
        assert tagger.knows_address("https://github.com/openai")
        assert tagger.knows_address("https://x.com")
        assert tagger.knows_address("https://docs.google.com")
        assert not tagger.knows_address("https://github.com/someone")
        assert tagger.knows_words("Metal")
        assert not tagger.knows_words("Acme Robotics")

    def test_a_headline_in_an_address_names_the_labs_of_its_words(self) -> None:
        url = "https://www.reddit.com/r/singularity/comments/abc/qwen3_beats_gemma_3_at_home/"
        assert set(tag("News", url)) == {"alibaba", "google"}

    def test_a_bare_address_in_the_text_counts_as_address_not_as_name(self) -> None:
        assert tag("see https://openai.com/x。") == {"openai": ("https://openai.com/x", "address")}
        assert tag("see https://example.com/openai today") == {}

    def test_the_words_are_preferred_as_evidence(self) -> None:
        assert tag("OpenAI @OpenAI", "https://openai.com/") == {"openai": ("OpenAI", "name")}


class TestWhatMustNotMatter:
    @given(
        SENTENCES, st.text(alphabet=" \n\t。，;", max_size=8), st.text(alphabet=" \n。", max_size=8)
    )
    def test_padding(self, sentence: str, before: str, after: str) -> None:
        assert set(tag(f"{before}\n{sentence}\n{after}")) == set(tag(sentence))

    @given(SENTENCES, UNRELATED)
    def test_unrelated_chinese_words_beside_it(self, sentence: str, other: str) -> None:
        assert set(tag(f"{other}\n{sentence}\n{other}")) == set(tag(sentence))

    @given(st.lists(SENTENCES | st.text(max_size=30), max_size=4), st.lists(st.text(max_size=40)))
    def test_evidence_always_stands_in_the_item(self, parts: list[str], urls: list[str]) -> None:
        text = "".join(parts)
        for found in lab_tagger().tag(text, urls):
            assert found.evidence
            assert found.evidence in text or found.evidence in urls

    @given(st.text(), st.lists(st.text().map("https://".__add__)))
    def test_no_text_and_no_address_is_too_odd(self, text: str, urls: list[str]) -> None:
        ids = [t.id for t in lab_tagger().tag(text, urls)]
        assert ids == sorted(set(ids))

    @given(SENTENCES)
    def test_what_was_tagged_before(self, sentence: str) -> None:
        alone = lab_tagger().tag(sentence)
        lab_tagger().tag("OpenAI, Google, Meta")
        assert lab_tagger().tag(sentence) == alone


class TestTaxonomy:
    def test_the_loaders_stay_functions_after_their_modules_are_imported(self) -> None:
        for name in ("labs", "themes"):
            importlib.import_module(f"warehouse.taxonomy.{name}")
        assert len(warehouse.taxonomy.labs()) == len(load_labs())
        assert warehouse.taxonomy.themes()

    def test_the_version_is_twelve_hex_digits_and_stays_the_same(self) -> None:
        version = warehouse.taxonomy.taxonomy_version()
        assert int(version, 16) >= 0
        assert len(version) == 12
        warehouse.taxonomy.taxonomy_version.cache_clear()
        assert warehouse.taxonomy.taxonomy_version() == version

    def test_parents_exist_and_have_no_parents_themselves(self) -> None:
        labs = {lab.id: lab for lab in load_labs()}
        parents = {lab.parent_id for lab in labs.values() if lab.parent_id}
        assert parents
        assert all(labs[p].parent_id is None for p in parents)

    @pytest.mark.parametrize(
        ("block", "words"),
        [
            ("acme: {name: A, name_zh: A, kind: lab}", "acme has no test sentence"),
            ("acme: {name: A, kind: lab, yes: [x]}", "acme has no name_zh; add `name_zh: …`"),
            ("acme: {name: A, name_zh: A, kind: shop, yes: [x]}", "kind 'shop'; use one of"),
            ("acme: {name: A, nam: B}", "acme has an unknown key 'nam'; use one of name"),
            ("acme: {name: A, names: B}", "acme: `names` must be a list of texts"),
            ("acme: oops", "'oops' is no block"),
            ("[acme]", "not a mapping of lab ids; give each lab a block"),
            (
                "acme: {name: A, name_zh: A, kind: lab, yes: [x], careful: [{words: [Rock]}]}",
                "acme, careful ['Rock'] lacks test sentences",
            ),
            (
                "acme: {name: A, name_zh: A, kind: lab, yes: [x], "
                "careful: [{words: [R], after: '(', yes: [R], no: [r]}]}",
                "`after` is no regular expression",
            ),
            (
                "acme: {name: A, name_zh: A, kind: lab, yes: [x], "
                "careful: [{words: [R], since: 2024-05-01, yes: [R]}]}",
                "lacks test sentences",
            ),
            (
                "acme: {name: A, name_zh: A, kind: lab, yes: [x], covers_parent: true}",
                "acme covers a parent it does not have",
            ),
            (
                "acme: {name: A, name_zh: A, kind: lab, yes: [x], parent_too: '('}",
                "`parent_too` is no regular expression",
            ),
            (
                "acme: {name: A, name_zh: A, kind: lab, yes: [x], held: [{domains: [a.test]}]}",
                "acme holds addresses without a day; add `since: …`",
            ),
            (
                "acme: {name: A, name_zh: A, kind: lab, parent_id: zed, yes: [x]}",
                "acme points to 'zed', which is no lab; correct the id",
            ),
            (
                "a: {name: A, name_zh: A, kind: lab, names: [Rock], yes: [x]}\n"
                "b: {name: B, name_zh: B, kind: lab, products: [rock#], yes: [x]}",
                "b and a (labs_x.yml) both have 'rock'; keep one, or make both `careful`",
            ),
        ],
    )
    def test_a_slip_is_reported_with_file_id_and_repair(self, block: str, words: str) -> None:
        message = problem(block)
        assert message.startswith("labs_x.yml")
        assert words in message

    def test_the_same_lab_in_two_files_names_both(self) -> None:
        block = read_yaml("acme: {name: A, name_zh: A, kind: lab, yes: [x]}")
        with pytest.raises(TaxonomyError, match=r"b\.yml: acme is in a\.yml too"):
            parse_labs([("a.yml", block), ("b.yml", block)], ["lab"])


class TestMatcher:
    def test_marks_are_plain_characters_unless_asked_for(self) -> None:
        assert [m.payload for m in PhraseMatcher([("C#", 1)]).find("C# and C9")] == [1]

    def test_a_mark_says_what_may_touch_the_phrase(self) -> None:
        matcher = PhraseMatcher([("GPT#", 1), ("Qwen*", 2), ("Rust", 3)], marks=True)
        text = "GPT4 GPTs gptv2 2xGPT GPTish QwenLong xQwen Rust1"
        assert [m.payload for m in matcher.find(text)] == [1, 1, 1, 1, 2]

    def test_lists_of_a_lab_meet_in_one_tagger(self) -> None:
        lab = a_lab(names=("Acme",), handles=("AcmeHQ",), domains=("acme.test",))
        tagger = LabTagger([lab], LabRules(account_sites=("x.test",)))
        evidence = [
            tagger.tag(text, urls)[0].evidence_kind
            for text, urls in (
                ("ACME", ()),
                ("@acmehq", ()),
                ("", ("https://a.acme.test/",)),
                ("", ("https://x.test/AcmeHQ",)),
            )
        ]
        assert evidence == ["name", "handle", "address", "handle"]
