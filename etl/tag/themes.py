"""Which themes an item is about: the taxonomy's phrases and a learnt model of its words, together.

In: an item's title, plain text and addresses. Out: one `Tag` a theme, with its probability and with
the phrase that speaks most for it or, where no phrase does, the words that did.
Trap: words that speak for a theme in the model are no sentence; they are given as a list, so that a
reader sees that no phrase of the taxonomy stands behind the tag.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from etl.tag.matcher import fold, lower
from etl.tag.theme_model import ThemeModel, theme_model
from etl.tag.theme_rules import RuleScores, ThemeRules, theme_rules
from etl.tag.words import features
from warehouse.model import Tag

MOST = 4  # themes of one item
TERMS = 3  # words given as evidence
_AT_ONCE = 256  # items whose weights are in memory together


class ThemeTagger:
    """Finds themes by rules and model; holds no state between items."""

    def __init__(self, rules: ThemeRules, model: ThemeModel) -> None:
        """The model must have been learnt with the themes of these rules."""
        model.check_themes(rules.ids)
        self._rules, self._model = rules, model

    def tag(self, title: str, text: str, urls: Sequence[str] = ()) -> list[Tag]:
        """The themes of one item, ordered by id, `MOST` at most.

        Args:
            title: plain text, may be empty.
            text: plain text.
            urls: the item's addresses: their hosts and owners are words too.
        """
        return self.tag_many([(title, text, urls)])[0]

    def tag_many(self, items: Sequence[tuple[str, str, Sequence[str]]]) -> list[list[Tag]]:
        """`tag` for many items (title, text, urls) at once: a third faster."""
        tags: list[list[Tag]] = []
        for start in range(0, len(items), _AT_ONCE):
            tags += self._tag_some(items[start : start + _AT_ONCE])
        return tags

    def _tag_some(self, items: Sequence[tuple[str, str, Sequence[str]]]) -> list[list[Tag]]:
        wholes = [f"{title}\n{text}" for title, text, _ in items]
        rules, words = [], []
        for (title, _, urls), whole in zip(items, wholes, strict=True):
            folded = lower(fold(whole))
            rules.append(self._rules.scores(folded, len(title)))
            words.append(self._model.known(features(folded, urls)))
        chances = self._model.probabilities(words, [r.by_theme for r in rules])
        tags: list[list[Tag]] = [[] for _ in items]
        passed = chances >= np.array(self._model.thresholds)
        for place in np.flatnonzero(passed.any(axis=1)).tolist():
            best = sorted((-chances[place, t], t) for t in np.flatnonzero(passed[place]).tolist())
            mine = [
                self._tag(theme, -chance, wholes[place], rules[place], words[place])
                for chance, theme in best[:MOST]
            ]
            tags[place] = sorted(mine, key=lambda t: t.id)
        return tags

    def _tag(
        self, theme: int, chance: float, whole: str, rules: RuleScores, words: Sequence[int]
    ) -> Tag:
        weight, start, end = rules.strongest(theme)
        kind = "phrase" if weight else "words"
        evidence = whole[start:end] if weight else self._model.telling(words, theme, TERMS)
        return Tag("theme", self._rules.ids[theme], evidence, kind, round(float(chance), 3))


@cache
def theme_tagger() -> ThemeTagger:
    """The tagger of the packaged taxonomy and model, built once."""
    return ThemeTagger(theme_rules(), theme_model())
