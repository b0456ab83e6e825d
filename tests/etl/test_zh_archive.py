"""The parser on the real Chinese digests, counted a second time by a cruder rule.

In: `<checkout>/../shared/data`; without it the tests are skipped and say so.
"""

from __future__ import annotations

import re
import tarfile
from collections import Counter
from pathlib import Path

import pytest

from etl.parsers.zh_digest import parse
from warehouse.model import ParsedDigest, ParsedItem

SHARED = Path(__file__).parents[3] / "shared" / "data"


def _archive() -> dict[str, str]:
    """Path within the archive → text of every real digest; skips when it is not there."""
    file = SHARED / "ai-news-digests-zh-main.tar.gz"
    if not file.exists():
        pytest.skip(f"no real archive at <checkout>/../shared/data ({file.name})")
    with tarfile.open(file) as archive:
        return {
            member.name: content.read().decode("utf-8-sig")
            for member in archive
            if member.name.endswith(".md") and (content := archive.extractfile(member))
        }


def _counts(items: tuple[ParsedItem, ...]) -> list[tuple[int, int]]:
    """Items, and items with an address, in news and in tools."""
    channels = Counter(item.channel for item in items)
    linked = Counter(item.channel for item in items if item.urls)
    return [(channels[channel], linked[channel]) for channel in ("news", "tools")]


def _counted_by_hand(text: str) -> list[tuple[int, int]]:
    """The same by a cruder rule: `### N.` between two section headings, with http anywhere in it."""
    digest = re.split(r"^### 推荐阅读", text[text.index("## AINews - ") :], flags=re.MULTILINE)[0]
    sections = re.split(r"^## [📰🛠].*$", digest, flags=re.MULTILINE)[1:]
    entries = [re.split(r"^### \d+\. ", section, flags=re.MULTILINE)[1:] for section in sections]
    return [(len(found), sum("http" in entry for entry in found)) for found in entries]


@pytest.mark.shared
def test_every_real_digest_is_read_as_a_cruder_count_says():
    digests: dict[str, ParsedDigest] = {}
    for path, text in _archive().items():
        digests[path] = parse(text, path)
        assert _counts(digests[path].items) == _counted_by_hand(text), path
        assert digests[path].slug in path
        assert digests[path].original_url
        assert not digests[path].refusals, path
    items = [item for digest in digests.values() for item in digest.items]
    assert len(digests) == 186
    assert len(items) == 3720
    assert sum(bool(item.urls) for item in items) == 3629
    assert all(item.title and item.text for item in items)
    assert not [item for item in items if "](" in item.title + item.text or "**" in item.text]


@pytest.mark.shared
def test_the_given_digest_has_ten_news_and_ten_tools_with_an_address_each():
    file = SHARED / "digest-2026-01-21.md"
    if not file.exists():
        pytest.skip(f"no given digest at <checkout>/../shared/data ({file.name})")
    digest = parse(file.read_text(encoding="utf-8"), file.name)
    assert digest.slug == "2026-01-21"
    assert _counts(digest.items) == [(10, 10), (10, 10)]
    assert len({url for item in digest.items for url in item.urls}) == 20
    assert (digest.refusals, digest.notes) == ((), ())
