"""The bundled sample: twelve months, two formats, one translation, and nobody else's sentences.

In: the sample as it is shipped, and (marked `shared`) the real archive beside the checkout.
Trap: a run of words may be copied across a line break or hidden by case and width, so whole texts
are compared, folded, without line breaks; addresses are facts and may be the same.
"""

from __future__ import annotations

import re
import tarfile
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import pytest

from etl.parsers import parse
from etl.tag.labs import lab_tagger
from etl.tag.themes import theme_tagger
from warehouse.model import ParsedDigest

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
SAMPLE = Path(str(files("etl"))) / "sources" / "sample"
RUN = 8  # this many words in a row are a copied sentence

ADDRESS = re.compile(r"https?://[^\s)\]>}\"'，。；）」]+")
WORD = re.compile(r"[^\W_\u2e80-\u9fff\uf900-\ufaff]+|[\u3400-\u9fff\uf900-\ufaff]")
STATUS = re.compile(r"status/\d+")
FORM = re.compile(  # lines that the two formats prescribe
    r"^(?:---|## AINews - [\d-]+|> \[原文链接\]\(\S+\)|## 📰 十大AI新闻要点|## 🛠️ 十大工具产品要点"
    r"|# AI (?:Twitter|Reddit|Discord) (?:Recap|回顾)"
    r"|## /r/.*|## Less Technical AI Subreddit Recap)$",
    re.MULTILINE,
)


@cache
def texts() -> dict[str, str]:
    """Every digest of the sample by its path within the sample."""
    paths = sorted(SAMPLE.rglob("*.md"))
    return {p.relative_to(SAMPLE).as_posix(): p.read_text(encoding="utf-8") for p in paths}


@cache
def digests() -> dict[str, ParsedDigest]:
    return {path: parse(text, path) for path, text in texts().items()}


def originals() -> dict[str, ParsedDigest]:
    return {p: d for p, d in digests().items() if not p.startswith("translation/")}


def test_one_digest_stands_for_each_month_from_february_2025_to_january_2026() -> None:
    months = [(y, m) for y, m in [(2025, m) for m in range(2, 13)] + [(2026, 1)]]
    found = Counter((d.published_on.year, d.published_on.month) for d in originals().values())
    assert found == Counter(months)


def test_the_two_formats_take_turns_by_month() -> None:
    in_time = sorted(originals().values(), key=lambda digest: digest.published_on)
    assert [d.format for d in in_time] == ["zh_digest", "en_archive"] * 6
    assert [d.language for d in in_time] == ["zh", "en"] * 6


@pytest.mark.parametrize("path", texts())
def test_a_digest_is_read_whole_and_each_item_has_an_address(path: str) -> None:
    digest = digests()[path]
    assert not digest.refusals
    assert 8 <= len(digest.items) <= 12
    assert [item.title or item.text for item in digest.items if not item.urls] == []


def test_the_english_digests_fill_the_channels_of_the_archive() -> None:
    for path, digest in originals().items():
        if digest.format == "en_archive":
            assert {i.channel for i in digest.items} == {"twitter", "reddit", "discord"}, path


def test_the_translation_has_the_name_and_the_addresses_of_its_original() -> None:
    (path,) = [p for p in texts() if p.startswith("translation/")]
    translated, original = digests()[path], digests()[path.replace("translation/", "en/")]
    assert (translated.language, original.language) == ("zh", "en")
    assert translated.slug == original.slug
    assert [i.urls for i in translated.items] == [i.urls for i in original.items]


def test_one_story_stands_in_two_digests() -> None:
    seen = Counter(status for path in originals() for status in set(STATUS.findall(texts()[path])))
    assert [count for count in seen.values() if count > 1] == [2]


@cache
def months_by_tag() -> dict[str, set[str]]:
    """The months in which the sample names a lab or has a theme."""
    months: dict[str, set[str]] = {}
    for digest in originals().values():
        for item in digest.items:
            labs = lab_tagger().tag(f"{item.title}\n{item.text}", item.urls, digest.published_on)
            themes = theme_tagger().tag(item.title, item.text, item.urls)
            for tag in labs + themes:
                months.setdefault(f"{tag.kind} {tag.id}", set()).add(f"{digest.published_on:%Y-%m}")
    return months


@pytest.mark.parametrize("kind", ["lab", "theme"])
def test_many_labs_and_themes_occur_and_several_come_back(kind: str) -> None:
    found = {tag: months for tag, months in months_by_tag().items() if tag.startswith(kind)}
    assert len(found) >= 30
    assert len([tag for tag, months in found.items() if len(months) >= 5]) >= 8


@pytest.mark.parametrize("theme", ["memory-architectures", "agent-frameworks"])
def test_the_themes_of_the_first_chart_move(theme: str) -> None:
    assert 6 <= len(months_by_tag()[f"theme {theme}"]) <= 12


def words(text: str) -> list[str]:
    """Latin words and single Chinese characters, folded, without addresses."""
    text = ADDRESS.sub(" ", text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return WORD.findall(text.casefold())


def runs(text: str) -> Iterator[tuple[str, ...]]:
    tokens = words(text)
    return zip(*(tokens[start:] for start in range(RUN)), strict=False)


def sample_runs() -> set[tuple[str, ...]]:
    return {run for text in texts().values() for part in FORM.split(text) for run in runs(part)}


def test_the_search_finds_a_sentence_whatever_its_line_breaks_links_case_and_width() -> None:
    mine = set(runs("One two, three (four) five-six seven eight. 一二三四五六七八"))
    linked = "x ONE two\n[three](https://example.org/a_b) four **five** six ｓｅｖｅｎ eight y"
    assert len(mine.intersection(runs(linked))) == 1
    assert len(mine.intersection(runs("甲一二，三四\n五六七八乙"))) == 1
    assert not mine.intersection(runs("one two three four five six seven and eight"))


def real_texts() -> Iterator[tuple[str, str]]:
    for path in sorted(SHARED.glob("*.md")):
        yield path.name, path.read_text(encoding="utf-8", errors="replace")
    for path in sorted(SHARED.glob("*.tar.gz")):
        with tarfile.open(path, "r|gz") as archive:
            for member in archive:
                if (stream := archive.extractfile(member)) is not None:
                    yield member.name, stream.read().decode("utf-8", errors="replace")


def needles() -> dict[str, str]:
    """What proves an address: the number of a post, else its host and path."""
    found: dict[str, str] = {}
    for address in {a for text in texts().values() for a in ADDRESS.findall(text)}:
        post = STATUS.search(address)
        bare = re.sub(r"^https?://(?:www\.)?(?:news\.smol\.ai/)?", "", address).rstrip("/")
        found[address] = post[0] if post else bare
    return found


class Comparison(NamedTuple):
    """What one pass over the real archive found."""

    characters: int
    copied: dict[str, str]  # a run of words → a file it stands in
    missing: set[str]  # addresses of the sample that stand nowhere


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    if not SHARED.is_dir():
        pytest.skip("the real archive is not beside the checkout (../shared/data)")
    mine, missing = sample_runs(), set(needles().values())
    characters, copied = 0, dict[str, str]()
    for name, text in real_texts():
        characters += len(text)
        copied |= {" ".join(run): name for run in mine.intersection(runs(text))}
        missing -= set(STATUS.findall(text))
        missing -= {n for n in missing if "status/" not in n and (n in text or n in name)}
    return Comparison(characters, copied, missing)


@pytest.mark.shared
def test_no_sentence_of_the_real_digests_stands_in_the_sample(comparison: Comparison) -> None:
    assert comparison.characters > 50_000_000
    assert comparison.copied == {}


@pytest.mark.shared
def test_every_address_of_the_sample_is_real(comparison: Comparison) -> None:
    assert len(needles()) > 100
    assert comparison.missing == set()
