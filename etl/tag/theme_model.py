"""The learnt part of theme tagging: how likely each theme is, given an item's words and rule scores.

In: features of `words.py` and the scores of `theme_rules.py`. Out: a probability a theme.
It is one logistic regression a theme (made by `trends train themes`), stored as plain arrays, a list
of words and a JSON head: readable without running anything.
Traps: the order of features and themes is the meaning of the numbers, so both are stored and checked;
an item's words are a set (a word counts once) weighted by rarity and brought to length 1.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
FORMAT = 1  # of the stored files; a reader of another format must not guess
HEAD, WORDS, ARRAYS = "model.json", "words.txt", ("weights", "rarity", "rules", "bias")
_LEAST, _MOST = -1.0, 2.0  # rule scores beyond say no more
_NONE = 0.3  # added to the sum of an item's scores, so that one weak phrase is no certainty


class ModelMismatch(ValueError):
    """The stored model does not belong to this taxonomy or this code."""


def rule_features(scores: Sequence[float] | npt.NDArray[Any]) -> Array:
    """Rule scores as the model reads them: cut to a range, then their shares of the item's sum.

    Args: scores, one a theme (last axis). Returns twice as many columns.
    """
    cut = np.clip(np.asarray(scores, dtype=np.float32), _LEAST, _MOST)
    positive = np.maximum(cut, 0.0)
    return np.concatenate([cut, positive / (positive.sum(axis=-1, keepdims=True) + _NONE)], axis=-1)


class ThemeModel:
    """Weights by word and theme; reading it from disk does all the work."""

    def __init__(self, head: dict[str, Any], words: Sequence[str], arrays: dict[str, Array]):
        """`arrays`: weights (word × theme), rarity (word), rules (rule feature × theme), bias."""
        self.head = head
        self.themes: list[str] = head["themes"]
        self.thresholds: list[float] = head["thresholds"]
        self._place = {word: place for place, word in enumerate(words)}
        self._words = words
        self._rarity = arrays["rarity"]
        self._weighted = arrays["weights"] * arrays["rarity"][:, None]
        self._rules, self._bias = arrays["rules"], arrays["bias"]

    @classmethod
    def read(cls, folder: Path) -> ThemeModel:
        """The model stored in `folder`; raises ModelMismatch for another format."""
        head = json.loads((folder / HEAD).read_text(encoding="utf-8"))
        if head.get("format") != FORMAT:
            raise ModelMismatch(
                f"theme model of format {head.get('format')}, this code reads {FORMAT}; "
                "make it again with `trends train themes`"
            )
        words = (folder / WORDS).read_text(encoding="utf-8").split("\n")[:-1]
        arrays = {
            name: np.load(folder / f"{name}.npy", allow_pickle=False).astype(np.float32)
            for name in ARRAYS
        }
        if arrays["weights"].shape != (len(words), len(head["themes"])):
            raise ModelMismatch(
                f"theme model has {len(words)} words and {len(head['themes'])} themes but weights "
                f"of shape {arrays['weights'].shape}; make it again with `trends train themes`"
            )
        return cls(head, words, arrays)

    def check_themes(self, ids: Sequence[str]) -> None:
        """Raise ModelMismatch unless the model was learnt for these themes in this order."""
        if list(ids) != self.themes:
            other = sorted(set(ids) ^ set(self.themes))
            raise ModelMismatch(
                f"the taxonomy's themes differ from the model's ({', '.join(other) or 'order'}); "
                "make the model again with `trends train themes`"
            )

    def known(self, features: Sequence[str]) -> list[int]:
        """The places of the features that the model knows, each once."""
        places = set(map(self._place.get, features, repeat(-1)))  # a loop in C, not in Python
        places.discard(-1)
        return sorted(places)

    def probabilities(
        self, words: Sequence[Sequence[int]], rule_scores: Sequence[Sequence[float]]
    ) -> npt.NDArray[np.float64]:
        """Item × theme: probabilities (0-1), themes in the order of `themes`."""
        scores = np.array(rule_scores, dtype=np.float32).reshape(len(words), len(self.themes))
        # not `@`: BLAS starts a thread a core for a product that takes a millisecond
        logits = self._bias + np.einsum("ir,rt->it", rule_features(scores), self._rules)
        known = [place for place, mine in enumerate(words) if mine]
        if known:
            every = np.concatenate([np.asarray(words[place], dtype=np.int64) for place in known])
            starts = np.cumsum([0, *(len(words[place]) for place in known[:-1])])
            length = np.sqrt(np.add.reduceat(np.square(self._rarity[every]), starts))
            sums = np.add.reduceat(self._weighted[every], starts, axis=0)
            logits[known] += sums / length[:, None]
        chances: npt.NDArray[np.float64] = 1.0 / (1.0 + np.exp(-logits.astype(np.float64)))
        return chances

    def telling(self, words: Sequence[int], theme: int, most: int) -> str:
        """The words that speak most for a theme, strongest first, joined by a comma."""
        weights = self._weighted[words, theme]
        order = np.argsort(-weights, kind="stable")[:most]
        return ", ".join(self._words[words[i]] for i in order if weights[i] > 0)


@cache
def theme_model() -> ThemeModel:
    """The packaged model, read once."""
    with as_file(files(__package__) / "model") as folder:
        return ThemeModel.read(folder)
