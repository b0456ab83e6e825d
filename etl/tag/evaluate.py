"""How good the tags are: precision, recall and F1 against labelled items, with 95 % intervals.

In: gold lines and, in the same order, the labs and themes that were predicted. Out: an `Evaluation`,
which renders itself as lines of text.
Trap: where two readers differ, the label is in `either`: it is right with and without, so it counts
neither as a miss nor as a false alarm, nor as a hit.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

KINDS = ("labs", "themes")
RESAMPLES = 1000
SEED = 20260121
_Z = 1.959964  # of a 95 % interval
Interval = tuple[float, float]


@dataclass(frozen=True)
class Counts:
    """Hits, false alarms and misses; a figure without a case is 0."""

    hits: int = 0
    false_alarms: int = 0
    misses: int = 0

    @property
    def precision(self) -> float:
        """Hits of what was predicted."""
        return _ratio(self.hits, self.hits + self.false_alarms)

    @property
    def recall(self) -> float:
        """Hits of what should have been predicted."""
        return _ratio(self.hits, self.hits + self.misses)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return _ratio(2 * self.hits, 2 * self.hits + self.false_alarms + self.misses)

    def __add__(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(
            self.hits + other.hits,
            self.false_alarms + other.false_alarms,
            self.misses + other.misses,
        )


@dataclass(frozen=True)
class Score:
    """One kind of label on one group of items."""

    kind: str  # labs or themes
    group: str  # all, or a language
    items: int
    counts: Counts
    precision_interval: Interval
    recall_interval: Interval
    f1_interval: Interval
    macro_f1: float  # mean over the ids that the gold names
    by_id: dict[str, Counts]


@dataclass(frozen=True)
class Evaluation:
    """Scores by kind and group; `all` comes first."""

    scores: tuple[Score, ...]

    def score(self, kind: str, group: str = "all") -> Score:
        """The score of one kind on one group."""
        return next(s for s in self.scores if (s.kind, s.group) == (kind, group))

    def lines(self) -> list[str]:
        """The figures as text: the groups of each kind, then every id."""
        lines: list[str] = []
        for kind in KINDS:
            scores = [s for s in self.scores if s.kind == kind]
            lines += ["", *_group_lines(kind, scores), "", *_id_lines(scores[0])]
        return lines[1:]


def evaluate(
    gold: Sequence[dict[str, Any]], predicted: Sequence[tuple[set[str], set[str]]]
) -> Evaluation:
    """Compare predictions with gold, over all items and by language.

    Args:
        gold: lines with `lang`, `labs`, `themes` and, where readers differ, `either`: {kind: ids}.
        predicted: (labs, themes) of each line, in the same order.
    """
    if len(gold) != len(predicted):
        raise ValueError(f"{len(gold)} gold lines but {len(predicted)} predictions")
    languages = sorted({str(line.get("lang", "")) for line in gold})
    scores = []
    for index, kind in enumerate(KINDS):
        outcomes = [outcome(line, kind, p[index]) for line, p in zip(gold, predicted, strict=True)]
        scores.append(_score(kind, "all", outcomes))
        for language in languages:
            mine = [
                o
                for o, line in zip(outcomes, gold, strict=True)
                if line.get("lang", "") == language
            ]
            scores.append(_score(kind, language, mine))
    return Evaluation(tuple(scores))


@dataclass(frozen=True)
class Outcome:
    """What became of one item's labels of one kind."""

    hits: frozenset[str]
    false_alarms: frozenset[str]
    misses: frozenset[str]


def outcome(line: Mapping[str, Any], kind: str, predicted: Iterable[str]) -> Outcome:
    """Hits, false alarms and misses of one gold line."""
    right = frozenset(line.get(kind) or ())
    either = frozenset((line.get("either") or {}).get(kind) or ())
    judged = frozenset(predicted) - either
    right -= either
    return Outcome(judged & right, judged - right, right - judged)


def wilson(part: int, whole: int) -> Interval:
    """The 95 % interval of a proportion; (0, 1) when nothing was observed."""
    if whole == 0:
        return 0.0, 1.0
    share, square = part / whole, _Z * _Z
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    spread = share * (1 - share) / whole + square / (4 * whole * whole)
    half = _Z * math.sqrt(spread) / (1 + square / whole)
    return max(0.0, middle - half), min(1.0, middle + half)


def f1_interval(counts: Counts) -> Interval:
    """The 95 % interval of the F1 of one id, by the formula: cheap enough for every id.

    F1 = 2j / (1 + j), where j is the proportion of hits among all labels that were found or wanted;
    it grows with j, so that the limits of j (Wilson) are those of F1.
    """
    low, high = wilson(counts.hits, counts.hits + counts.false_alarms + counts.misses)
    return 2 * low / (1 + low), 2 * high / (1 + high)


def bootstrap_f1(counts: Sequence[Counts]) -> Interval:
    """The 95 % interval of F1 when the items are drawn again, always by the same draws."""
    if not counts:
        return 0.0, 1.0
    table = np.array([(2 * c.hits, 2 * c.hits + c.false_alarms + c.misses) for c in counts])
    size = len(counts)
    draws = np.random.default_rng(SEED).multinomial(size, np.full(size, 1 / size), RESAMPLES)
    above, below = (draws @ table).T
    f1 = np.where(below > 0, above / np.maximum(below, 1), 0.0)
    low, high = np.percentile(f1, [2.5, 97.5])
    return float(low), float(high)


def _score(kind: str, group: str, outcomes: Sequence[Outcome]) -> Score:
    per_item = [Counts(len(o.hits), len(o.false_alarms), len(o.misses)) for o in outcomes]
    counts = sum(per_item, Counts())
    by_id = _by_id(outcomes)
    named = [c.f1 for c in by_id.values() if c.hits + c.misses]
    return Score(
        kind,
        group,
        len(outcomes),
        counts,
        wilson(counts.hits, counts.hits + counts.false_alarms),
        wilson(counts.hits, counts.hits + counts.misses),
        bootstrap_f1(per_item),
        sum(named) / len(named) if named else 0.0,
        by_id,
    )


def _by_id(outcomes: Sequence[Outcome]) -> dict[str, Counts]:
    hits = Counter(i for o in outcomes for i in o.hits)
    false_alarms = Counter(i for o in outcomes for i in o.false_alarms)
    misses = Counter(i for o in outcomes for i in o.misses)
    ids = sorted({*hits, *false_alarms, *misses})
    return {i: Counts(hits[i], false_alarms[i], misses[i]) for i in ids}


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _group_lines(kind: str, scores: Sequence[Score]) -> Iterator[str]:
    head = f"{'precision':<22}{'recall':<22}{'F1':<22}macro F1"
    yield f"{kind:<8}{'items':>6}  {head}"
    for s in scores:
        cells = (
            _cell(s.counts.precision, s.precision_interval),
            _cell(s.counts.recall, s.recall_interval),
            _cell(s.counts.f1, s.f1_interval),
        )
        yield f"{s.group:<8}{s.items:>6}  {''.join(f'{c:<22}' for c in cells)}{s.macro_f1:.3f}"


def _cell(value: float, interval: Interval) -> str:
    return f"{value:.3f} ({interval[0]:.3f}–{interval[1]:.3f})"


def _id_lines(score: Score) -> Iterator[str]:
    """Every id, the ones with most gold labels first."""
    yield f"{score.kind:<24}{'gold':>6}{'found':>7}{'P':>7}{'R':>7}  F1"
    ranked = sorted(score.by_id.items(), key=lambda i: (-(i[1].hits + i[1].misses), i[0]))
    for label, c in ranked:
        gold, found = c.hits + c.misses, c.hits + c.false_alarms
        low, high = f1_interval(c)
        f1 = f"{c.f1:.2f} ({low:.2f}–{high:.2f})"
        yield f"{label:<24}{gold:>6}{found:>7}{c.precision:>7.2f}{c.recall:>7.2f}  {f1}"
