"""Where the search box jumps to: a lab, theme or topic by any of its names; else stories by words.

In: rows of labs, themes and topics, and what the reader typed. Out: `Target`s with their labels, and the
one that a text means. Traps: a reader types 智谱, Zhipu, GLM or zpai and means one lab, so names in both
languages, models and the first letters of the Chinese name all count; a text that fits two targets
equally well is nobody's, or the box would jump to the wrong one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dashboard.charts.scope import Row
from dashboard.texts import Texts

_LEAST_PART = 3  # letters of a name's beginning that already mean it; Chinese: two characters


@dataclass(frozen=True)
class Target:
    """A page of one thing: `page` and `choice` as the address has them."""

    page: str  # lab, theme, topics
    choice: str  # the key of the id in the address
    id_: str
    names: tuple[str, ...]  # in the reader's language, then in the other


def targets(
    labs: Sequence[Row], themes: Sequence[Row], topics: Sequence[Row], say: Texts
) -> dict[str, Target]:
    """All that can be jumped to, by key (`lab:openai`), labs first."""
    found = [_named("lab", "lab", row["lab_id"], row["name"], row["name_zh"], say) for row in labs]
    found += [
        _named("theme", "theme", row["theme_id"], row["name"], row["name_zh"], say)
        for row in themes
    ]
    found += [
        _named("topics", "topic", row["topic_id"], row["label"], row["label_zh"], say)
        for row in topics
    ]
    return {f"{target.choice}:{target.id_}": target for target in found}


def _named(page: str, choice: str, id_: str, name: str, chinese: object, say: Texts) -> Target:
    both = [name, chinese] if isinstance(chinese, str) and chinese else [name]
    ordered = reversed(both) if say.lang == "zh" else both
    return Target(page, choice, id_, tuple(dict.fromkeys(str(n) for n in ordered)))


def label(target: Target, say: Texts) -> str:
    """`Zhipu AI (Z.ai) · 智谱AI · Lab`: both names, so that the box finds it by either."""
    return " · ".join([*target.names, say(f"jump.kind.{target.choice}")])


def resolve(text: str, known: Mapping[str, Target], also: Mapping[str, str]) -> str | None:
    """The key that a text means, or None: by name or model, by initials, by the beginning of a name.

    `also` has further names by lower-case text (see `lab_words`). Whole names come before initials,
    these before beginnings; labs and themes before topics; of two that fit equally well none is taken.
    """
    asked = text.strip().lower()
    if not asked:
        return None
    things = {key: t for key, t in known.items() if t.choice != "topic"}
    topics = {key: t for key, t in known.items() if t.choice == "topic"}
    return _of(asked, things, also) or _of(asked, topics, {})


def _of(asked: str, known: Mapping[str, Target], also: Mapping[str, str]) -> str | None:
    names = {key: [n.lower() for n in target.names] for key, target in known.items()}
    whole = [key for key, own in names.items() if asked in own]
    if not whole and also.get(asked) in known:
        whole = [also[asked]]
    initials = [key for key, own in names.items() if asked in map(initials_of, own)]
    is_long = len(asked) >= (_LEAST_PART if asked.isascii() else 2)
    begun = [k for k, own in names.items() if is_long and any(n.startswith(asked) for n in own)]
    if not begun and len(asked) > 1:
        begun = [k for k, own in names.items() if any(_begins(n, asked) for n in own)]
    for fits in (whole, initials, begun):
        if fits:
            return fits[0] if len(fits) == 1 else None
    return None


def _begins(name: str, letters: str) -> bool:
    return initials_of(name).startswith(letters)


@cache
def initials_of(name: str) -> str:
    """智谱AI → zpai: what one types for a Chinese name; a name without Chinese has none."""
    if name.isascii():
        return ""
    from pypinyin import Style, lazy_pinyin  # its tables take a moment to load

    letters = lazy_pinyin(name, style=Style.FIRST_LETTER)
    return "".join(c for part in letters for c in part if c.isalnum()).lower()


def lab_words(labs: Iterable[tuple[str, Sequence[str]]]) -> dict[str, str]:
    """Names and models of labs → key; a word of two labs belongs to none."""
    found: dict[str, str | None] = {}
    for lab_id, words in labs:
        for word in words:
            plain = word.rstrip("*#").lower()
            key = f"lab:{lab_id}"
            found[plain] = key if found.get(plain, key) == key else None
    return {word: key for word, key in found.items() if key}
