"""Measure whether an item and its translation carry the same tags.

In: an open snapshot that holds translations and their originals. Out: lines of text: pairs, mean Jaccard
and the share of equal pairs, of labs and of themes, in all and by channel; of labs, what differs most.
Traps: two items without any tag agree, which would flatter the mean, so pairs with a tag on at least one
side are shown apart; items are paired as stories are (etl/stories/align.py), never by their tags.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from etl.stories.align import align
from warehouse.connect import Snapshot
from warehouse.queries import statement

KINDS = ("labs", "themes")
_MOST_DIFFERENT = 15


@dataclass(frozen=True)
class Side:
    """One item of a pair: where it stands, and its tags."""

    channel: str
    urls: tuple[str, ...]
    tags: dict[str, frozenset[str]]  # by kind


@dataclass(frozen=True)
class Agreement:
    """How far the tags of pairs agree; a figure without a pair is 0."""

    pairs: int
    mean_jaccard: float
    same: float  # share of pairs with exactly the same tags


def agreement_lines(snap: Snapshot) -> list[str]:
    """The figures of a snapshot as text."""
    pairs = list(aligned_pairs(_sides(snap)))
    if not pairs:
        return ["item and translation: no loaded digest translates another loaded one"]
    lines = [f"{'item and translation':<36}{'pairs':>8}{'Jaccard':>9}{'same':>8}"]
    for kind in KINDS:
        tags = [(o.tags[kind], t.tags[kind]) for o, t in pairs]
        lines.append(_line(f"{kind}, all pairs", agreement(tags)))
        tagged = [pair for pair in tags if pair[0] or pair[1]]
        lines.append(_line(f"{kind}, pairs with any", agreement(tagged)))
        for channel in sorted({o.channel for o, _ in pairs}):
            mine = [(o.tags[kind], t.tags[kind]) for o, t in pairs if o.channel == channel]
            lines.append(_line(f"{kind}, {channel}", agreement(mine)))
    return [*lines, "", *_differences(pairs)]


def agreement(pairs: Sequence[tuple[frozenset[str], frozenset[str]]]) -> Agreement:
    """Mean Jaccard and share of equal pairs; two empty sets are equal."""
    if not pairs:
        return Agreement(0, 0.0, 0.0)
    values = [len(one & other) / len(one | other) if one | other else 1.0 for one, other in pairs]
    same = sum(one == other for one, other in pairs)
    return Agreement(len(pairs), sum(values) / len(values), same / len(pairs))


def aligned_pairs(
    groups: Iterable[tuple[Sequence[Side], Sequence[Side]]],
) -> Iterator[tuple[Side, Side]]:
    """(original, translation) of every aligned pair; `groups`: (originals, translations), in order."""
    for originals, translations in groups:
        pairs = align([t.urls for t in translations], [o.urls for o in originals])
        yield from ((originals[source], translations[copy]) for copy, source in pairs)


def _sides(snap: Snapshot) -> Iterator[tuple[list[Side], list[Side]]]:
    """Originals and translations of each translated digest and channel, in reading order."""
    groups: dict[tuple[str, str], tuple[list[Side], list[Side]]] = defaultdict(lambda: ([], []))
    for row in snap.frame(statement("answers", "translated_items")).to_dict("records"):
        tags = {"labs": frozenset(row["lab_ids"]), "themes": frozenset(row["theme_ids"])}
        side = Side(row["channel"], tuple(row["urls"]), tags)
        groups[row["translation_id"], side.channel][bool(row["is_translation"])].append(side)
    yield from groups.values()


def _differences(pairs: Sequence[tuple[Side, Side]]) -> Iterator[str]:
    only: Counter[tuple[str, str]] = Counter()
    for original, translation in pairs:
        one, other = original.tags["labs"], translation.tags["labs"]
        only.update((lab, "original") for lab in one - other)
        only.update((lab, "translation") for lab in other - one)
    yield f"{'labs that differ most':<36}{'pairs':>8}"
    ranked = sorted(only.items(), key=lambda entry: (-entry[1], entry[0]))
    for (lab, side), count in ranked[:_MOST_DIFFERENT]:
        yield f"{f'{lab}, only in the {side}':<36}{count:>8}"


def _line(name: str, a: Agreement) -> str:
    return f"{name:<36}{a.pairs:>8}{a.mean_jaccard:>9.4f}{a.same:>8.4f}"
