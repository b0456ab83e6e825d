"""Which themes an item is about: the taxonomy's phrases and a learnt model of its words, together.

In: an item's title, plain text and addresses. Out: one `Tag` a theme, with its probability and with
the phrase that speaks most for it or, where no phrase does, the words that did.
Trap: words that speak for a theme in the model are no sentence; they are given as a list, so that a
reader sees that no phrase of the taxonomy stands behind the tag.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from etl.tag.matcher import fold, lower
from etl.tag.theme_model import ThemeModel, theme_model
from etl.tag.theme_rules import ThemeRules, theme_rules
from etl.tag.words import features
from warehouse.model import Tag

MOST = 4  # themes of one item
TERMS = 3  # words given as evidence


class ThemeTagger:
    """Finds themes by rules and model; holds no state between items."""

    def __init__(self, rules: ThemeRules, model: ThemeModel) -> None:
        """The model must have been learnt with the themes of these rules."""
        model.check_themes(rules.ids)
        self._rules, self._model = rules, model

    def tag(self, title: str, text: str, urls: Sequence[str] = ()) -> list[Tag]:
        """The themes of the item, ordered by id, `MOST` at most.

        Args:
            title: plain text, may be empty.
            text: plain text.
            urls: the item's addresses: their hosts and owners are words too.
        """
        whole = f"{title}\n{text}"
        folded = lower(fold(whole))
        rules = self._rules.scores(folded, len(title))
        words = self._model.known(features(folded, urls))
        chances = self._model.probabilities(words, rules.by_theme)
        passed = sorted(
            (-chance, theme)
            for theme, (chance, threshold) in enumerate(
                zip(chances, self._model.thresholds, strict=True)
            )
            if chance >= threshold
        )
        tags = []
        for chance, theme in passed[:MOST]:
            weight, start, end = rules.strongest(theme)
            kind = "phrase" if weight else "words"
            evidence = whole[start:end] if weight else self._model.telling(words, theme, TERMS)
            tags.append(Tag("theme", self._rules.ids[theme], evidence, kind, round(-chance, 3)))
        return sorted(tags, key=lambda t: t.id)


@cache
def theme_tagger() -> ThemeTagger:
    """The tagger of the packaged taxonomy and model, built once."""
    return ThemeTagger(theme_rules(), theme_model())
