"""The parser on the real English archive and its translations: invariants and measured counts.

In: `<checkout>/../shared/data`; without it the tests are skipped and say so. Measured 2026-08: 497
originals and 191 translations of them.
"""

from __future__ import annotations

import re
import tarfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import pytest

from etl.parsers.en_archive import is_stub, looks_like, parse

SHARED = Path(__file__).parents[3] / "shared" / "data"


@dataclass
class _Read:
    """What was read of one of the two archives."""

    channels: dict[str, Counter[str]] = field(default_factory=dict)  # by slug
    languages: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    lines: int = 0
    titles_left_as_markdown: int = 0

    def add(self, text: str, path: str) -> None:
        digest = parse(text, path)
        self.channels[digest.slug] = Counter(item.channel for item in digest.items)
        self.languages[digest.language] += 1
        self.lines += sum(bool(line.strip()) for line in text.split("\n"))
        self.titles_left_as_markdown += sum("](" in item.title for item in digest.items)
        for note in digest.notes:
            if found := re.match(r"([^:]+)(?:.*?: (\d+))?", note):
                self.notes[found[1]] += int(found[2] or 1)


def _texts(archive: str) -> Iterator[tuple[str, str]]:
    file = SHARED / archive
    if not file.exists():
        pytest.skip(f"no real archive at <checkout>/../shared/data ({archive})")
    with tarfile.open(file) as members:
        for member in members:
            if member.name.endswith(".md") and (content := members.extractfile(member)):
                yield member.name, content.read().decode("utf-8")


@pytest.fixture(scope="module")
def originals() -> _Read:
    bodies: dict[str, str] = {}
    for path, text in _texts("ainews-web-2025-main.tar.gz"):
        if "/src/content/" in path and looks_like(text) and not is_stub(text):
            bodies[PurePosixPath(path).name] = text
    read = _Read()
    for name, text in bodies.items():
        read.add(text, name)
    return read


@pytest.fixture(scope="module")
def translations() -> _Read:
    read = _Read()
    for path, text in _texts("ainews-web_ZH_CN-main.tar.gz"):
        if "/docs/" in path:
            read.add(text, path)
    return read


@pytest.mark.shared
def test_every_real_issue_is_read(originals: _Read, translations: _Read):
    assert (len(originals.channels), len(translations.channels)) == (497, 191)
    for read in (originals, translations):
        assert all(sum(channels.values()) >= 20 for channels in read.channels.values())
        assert read.notes["unexplained"] < 0.001 * read.lines
        assert not [note for note in read.notes if note.startswith("unknown heading")]
        assert read.titles_left_as_markdown < 50
    assert originals.languages == {"en": 497}
    assert translations.languages == {"zh": 183, "en": 8}  # eight files were not translated


@pytest.mark.shared
def test_the_parts_of_the_real_issues_are_found(originals: _Read):
    items = sum(originals.channels.values(), Counter())
    assert items["other"] == 0
    assert 11_000 < items["twitter"] < 12_000
    assert 6_000 < items["reddit"] < 6_500
    assert 45_000 < items["discord"] < 53_000
    assert 100_000 < items["discord_detail"] < 120_000
    assert 1_500 < items["headline"] < 2_000
    last_with_discord = max(s for s, found in originals.channels.items() if found["discord"])
    assert last_with_discord.startswith("26-03")


@pytest.mark.shared
@pytest.mark.parametrize(
    ("channel", "equal"),
    [
        ("headline", 0.87),
        ("twitter", 0.93),
        ("reddit", 0.97),
        ("discord", 0.97),
        ("discord_detail", 0.9),
    ],
)
def test_translations_have_the_items_of_their_originals(
    originals: _Read, translations: _Read, channel: str, equal: float
):
    pairs = [
        (found[channel], originals.channels[slug][channel])
        for slug, found in translations.channels.items()
    ]
    assert sum(a == b for a, b in pairs) >= equal * len(pairs)
