"""Describe clusters: names in both languages, the items that prove them, the theme that they belong to.

In: items and clusters. Out: a `Described` for each cluster. Traps: the item nearest to the centre is often a
heading of four words, so proof needs some length and words of the name, and three different stories; most
topics have items of many themes, so a theme is given only when nearly half of the items have it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from etl.topics.items import Items
from etl.topics.names import Name, Text, Usual, count_phrases, name_topic
from etl.topics.vectors import Indices

if TYPE_CHECKING:
    from etl.topics.fit import Fitted

_NAMED_FROM = {"en": 100, "zh": 60}  # the most typical items by language, of which a name is made
_RARE = 10  # phrases in fewer items are not remembered as usual
LEAST_THEME = 0.45  # of a topic's items have the theme that it is attached to
TYPICAL = 3
_LONG_ENOUGH = {"en": 80, "zh": 40}  # characters of an item that can prove something
_CANDIDATES = 40
_PER_PHRASE = 0.04  # cosine that a phrase of the name is worth


@dataclass(frozen=True)
class Described:
    """A cluster as people see it."""

    name: Name
    typical_items: list[str]
    theme_id: str | None


def describe(
    items: Items, fitted: Fitted, themes: Mapping[str, Sequence[str]]
) -> tuple[Usual, list[Described]]:
    """How common phrases are in general, and the description of each cluster."""
    members = members_of(fitted.labels, len(fitted.centroids))
    by_nearness = [m[np.argsort(-fitted.cosines[m], kind="stable")] for m in members]
    counts = [count_phrases(naming_texts(items, m)) for m in by_nearness]
    usual = Usual()
    for counted in counts:
        usual.add(counted)
    named: list[Described] = []
    taken: set[str] = set()
    for near, counted in zip(by_nearness, counts, strict=True):
        name = name_topic(counted, usual, taken)
        taken |= {name.label, name.label_zh}
        named.append(
            Described(
                name,
                typical(items, near, fitted.cosines[near].tolist(), name),
                theme_of([items.ids[n] for n in near if items.is_counted[n]], themes),
            )
        )
    return usual.without_rare(_RARE), named


def members_of(labels: Indices, count: int) -> list[Indices]:
    """Indices of the items of each label from 0 to `count` - 1."""
    order = np.argsort(labels, kind="stable")
    ends = np.searchsorted(labels[order], np.arange(count + 1))
    return [order[ends[n] : ends[n + 1]] for n in range(count)]


def naming_texts(items: Items, near: Sequence[int] | Indices) -> list[Text]:
    """The texts that a name is made of; `near`: indices, the most typical first."""
    left = Counter(_NAMED_FROM)
    out = []
    for n in near:
        language = items.languages[n]
        if left[language] > 0:
            left[language] -= 1
            out.append(Text(language, items.titles[n], items.texts[n]))
    return out


def typical(
    items: Items, near: Sequence[int] | Indices, cosines: Sequence[float], name: Name
) -> list[str]:
    """Ids of the items that prove the name, each of another story, the most typical first."""
    phrases = [t.lower() for t in (*name.terms[:6], *name.label_zh.split("、"))]
    scored: list[tuple[float, str, str | None]] = []
    short: list[tuple[float, str, str | None]] = []
    for n, cosine in zip(near, cosines, strict=True):
        if not items.is_counted[n]:
            continue
        whole = f"{items.titles[n] or ''} {items.texts[n] or ''}".lower()
        hits = sum(p in whole for p in phrases)
        is_long = len(whole) >= _LONG_ENOUGH[items.languages[n]]
        (scored if is_long else short).append(
            (-(cosine + _PER_PHRASE * hits), items.ids[n], items.stories[n])
        )
        if len(scored) == _CANDIDATES:
            break
    scored = scored or short
    out: list[str] = []
    seen: set[str | None] = set()
    for _, item, story in sorted(scored, key=lambda s: s[:2]):
        if story is None or story not in seen:
            out.append(item)
            seen.add(story)
        if len(out) == TYPICAL:
            break
    return out


def theme_of(ids: Sequence[str], themes: Mapping[str, Sequence[str]]) -> str | None:
    """The theme that most of these items have, if enough do."""
    counts = Counter(theme for item in ids for theme in themes.get(item, ()))
    if not counts:
        return None
    best = min(counts, key=lambda t: (-counts[t], t))
    return best if counts[best] >= LEAST_THEME * len(ids) else None
