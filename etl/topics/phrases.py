"""The phrases of an item that could name what it is about, in English and in Chinese.

In: title and text. Out: phrases by their lower-case form, with the form in which they were written.
Traps: no tagger of parts of speech is loaded; a noun phrase is up to three words in a row (or two to six
Chinese characters) that grammar, punctuation and the words of reporting leave between them; "models" alone
names nothing, "diffusion models" does.
"""

from __future__ import annotations

import re
from functools import cache

from etl.topics.words import style_words

LONGEST = 3  # words
_LONGEST_CHINESE = 6  # characters
_LONGEST_TEXT = 600  # characters: what an item is about stands at its beginning
_NOISE = re.compile(r"https?://\S+|@\w+|\S+\.(?:com|org|ai|it)/\S*")
_LATIN = re.compile(r"[A-Za-z0-9](?:[\w.+#'’/-]*[\w+#])?", re.ASCII)
_PIECE = re.compile(r"[^\s\w.+#'’/-]+|[\u4e00-\u9fff]+|\.\s")  # where an English phrase ends
_CHINESE = re.compile("[\u4e00-\u9fff]+")


def phrases(title: str | None, text: str | None, language: str) -> dict[str, str]:
    """Lower-case phrase → the phrase as written (its first occurrence)."""
    whole = _NOISE.sub(" | ", f"{title or ''} | {text or ''}"[:_LONGEST_TEXT])
    found: dict[str, str] = {}
    for piece in _PIECE.split(whole):
        _english(_LATIN.findall(piece), found)
    if language == "zh":
        for run in _CHINESE.findall(whole):
            for part in _divider().split(run):
                _chinese(part, found)
    return found


def _english(words: list[str], found: dict[str, str]) -> None:
    lists = style_words()
    weak = lists["function"] | lists["style"]
    low = [w.lower().removesuffix("'s").removesuffix("’s") for w in words]
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
            part = low[start:end]
            if part[-1] in weak:
                break
            if part[0].replace(".", "").isdigit() or all(
                w in lists["generic"] or w.replace(".", "").isdigit() for w in part
            ):
                continue
            if len(part) == 1 and len(part[0]) < 2:
                continue
            written = " ".join(words[start:end]).removesuffix("'s").removesuffix("’s")
            found.setdefault(" ".join(part), written)


def _chinese(part: str, found: dict[str, str]) -> None:
    generic = _generic_parts()
    for start in range(len(part)):
        for end in range(start + 2, min(start + _LONGEST_CHINESE, len(part)) + 1):
            phrase = part[start:end]
            if phrase not in generic:
                found.setdefault(phrase, phrase)


@cache
def _generic_parts() -> frozenset[str]:
    """Generic Chinese words and every piece of them."""
    words = style_words()["zh_generic"]
    return frozenset(w[i:j] for w in words for i in range(len(w)) for j in range(i + 2, len(w) + 1))


@cache
def _divider() -> re.Pattern[str]:
    """What stands between Chinese phrases: words of reporting, the longest first, and grammar."""
    lists = style_words()
    longest_first = sorted(lists["zh_style"] | lists["zh_function"], key=lambda w: (-len(w), w))
    return re.compile("|".join(longest_first))
