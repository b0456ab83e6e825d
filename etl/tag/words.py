"""The words of an item as the theme model counts them.

In: folded text (`matcher.fold`, `lower`) and addresses. Out: features: words, pairs of
words that follow each other, pairs and triples of Chinese characters, hosts and organisations of addresses.
Traps: training and tagging must cut a text in the same way, so both call this; Chinese has no blanks
(pairs of characters do as well as a dictionary and take a fifth of the time); a figure says little but
its length does ("2026" is a year, "70" a size); most addresses stand in one item only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

_WORD = re.compile(r"@\w+|[a-z0-9][a-z0-9.+#_]*[a-z0-9+#]|[a-z0-9]|[\u4e00-\u9fff]+")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_FIRST_CHINESE = "\u4e00"
_REMEMBERED = 200_000  # words
_ADDRESS = re.compile(r"https?://(?:www\.)?([^/?#]+)/?([^/?#]*)/?([^/?#]*)", re.IGNORECASE)
_OWNERS = {"github.com", "huggingface.co", "x.com", "twitter.com"}  # /OWNER/…
_COMMUNITIES = {"reddit.com"}  # /r/NAME/…
_LONGEST = 4000  # characters: what an item is about stands at its beginning


class _Forms(dict[str, str]):
    """A Latin word as it is counted ("" for a stop word), remembered: few words make up most texts."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        form = self[word] = _form(word)
        return form


_FORMS = _Forms()


def features(folded: str, urls: Sequence[str] = ()) -> list[str]:
    """Every feature of an item, repeats included, of its folded, lower-cased text."""
    words = _WORD.findall(folded[:_LONGEST])
    if _CHINESE.search(folded):
        out: list[str] = []
        start = 0
        for place, word in enumerate(words):
            if word[0] >= _FIRST_CHINESE:
                out += _latin(words[start:place])
                out += _character_groups(word)
                start = place + 1
        out += _latin(words[start:])
    else:
        out = _latin(words)
    if urls:
        out += _places(urls)
    return out


def _latin(words: Sequence[str]) -> list[str]:
    """Words that follow each other, and their pairs."""
    counted = [form for form in map(_FORMS.__getitem__, words) if form]
    return counted + [f"{a} {b}" for a, b in pairwise(counted)]


def _form(word: str) -> str:
    """Without a plural s; a figure by its length; "" for a stop word."""
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "su":
        word = word[:-1]
    if word in _stop_words():
        return ""
    return "0" * len(word) if len(word) > 2 and word.isdecimal() else word


def _character_groups(run: str) -> Iterator[str]:
    if len(run) == 1:
        return iter((run,))
    pairs = [run[i : i + 2] for i in range(len(run) - 1)]
    return iter(pairs + [run[i : i + 3] for i in range(len(run) - 2)])


def _places(urls: Iterable[str]) -> Iterator[str]:
    for url in urls:
        found = _ADDRESS.match(url)
        if not found:
            continue
        host, first, second = (part.lower() for part in found.groups())
        yield f"at {host}"
        if host in _OWNERS and first:
            yield f"at {host}/{first}"
        elif host in _COMMUNITIES and second:
            yield f"at {host}/{second}"


@cache
def _stop_words() -> frozenset[str]:
    text = (files(__package__) / "stop_words.txt").read_text(encoding="utf-8")
    return frozenset(text.split())
