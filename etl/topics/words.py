"""The words of an item as the topics count them.

In: title and text. Out: words in order, with a break ("") where no pair of words may be formed.
Traps: Chinese has no blanks, so pairs of characters stand for words; account names say who spoke, not
about what, so they make no topic; how a report is written ("members discussed") would make topics of its
own, so such words are left out.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

BREAK = ""
_LONGEST = 2000  # characters: what an item is about stands at its beginning
_WORD = re.compile(
    r"https?://\S+|@\w+|[a-z0-9][a-z0-9.+#_]*[a-z0-9+#]|[a-z0-9]|[\u4e00-\u9fff]+|[,;:!?()\[\]\"\n|]"
)
_FIRST_CHINESE = "\u4e00"


def words(title: str | None, text: str | None) -> list[str]:
    """Lower-case words, pairs of Chinese characters, and breaks, in order."""
    out: list[str] = []
    left_out = _left_out()
    for word in _WORD.findall(f"{title or ''}\n{text or ''}"[:_LONGEST].lower()):
        if word[0] >= _FIRST_CHINESE:
            out.append(BREAK)
            out += [word[i : i + 2] for i in range(len(word) - 1)]
            out.append(BREAK)
        elif word in left_out or not word[0].isalnum() or word.startswith("http"):
            out.append(BREAK)
        else:
            out.append(word)
    return out


def is_chinese(word: str) -> bool:
    """Whether a word is a group of Chinese characters."""
    return word[:1] >= _FIRST_CHINESE


def is_number(word: str) -> bool:
    """Whether a word is a whole number: it says something beside a name only ("gpt 4")."""
    return word.isdecimal()


@cache
def style_words() -> dict[str, frozenset[str]]:
    """The lists of style_words.yml: function, style, generic, and those of Chinese as zh_…"""
    loaded: dict[str, Any] = yaml.safe_load(
        (files(__package__) / "style_words.yml").read_text("utf-8")
    )
    chinese = {f"zh_{name}": words for name, words in loaded.pop("zh").items()}
    return {name: frozenset(text.split()) for name, text in {**loaded, **chinese}.items()}


@cache
def _left_out() -> frozenset[str]:
    lists = style_words()
    # pairs of characters as the text is cut into: a style word of three or more has several
    chinese = {w[i : i + 2] for w in lists["zh_style"] for i in range(len(w) - 1)}
    return lists["function"] | lists["style"] | chinese
