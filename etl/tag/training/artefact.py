"""Write a learnt theme model as arrays, a word list and a JSON head.

In: a `Learnt` model, thresholds, figures. Out: the folder that `theme_model.ThemeModel.read` reads.
Traps: a word whose weights are all next to nothing only makes the file larger; half-precision halves
it and changes no tag; the same model must give the same bytes, so nothing in it tells when it was made.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from etl.tag.theme_model import FORMAT, HEAD, WORDS
from etl.tag.training.fit import Learnt

LEAST_WEIGHT = 0.4  # weight × rarity below which a word is left out for every theme


def write_model(
    folder: Path,
    model: Learnt,
    themes: Sequence[str],
    limits: Sequence[float],
    figures: Mapping[str, Any],
) -> int:
    """Write the files and return how many words were kept."""
    folder.mkdir(parents=True, exist_ok=True)
    telling = np.abs(model.weights * model.rarity[:, None]).max(axis=1) >= LEAST_WEIGHT
    words = [word for word, kept in zip(model.words, telling, strict=True) if kept]
    (folder / WORDS).write_text("".join(f"{word}\n" for word in words), encoding="utf-8")
    np.save(folder / "weights.npy", model.weights[telling].astype(np.float16))
    np.save(folder / "rarity.npy", model.rarity[telling].astype(np.float32))
    np.save(folder / "rules.npy", model.rules.astype(np.float32))
    np.save(folder / "bias.npy", model.bias.astype(np.float32))
    head = {"format": FORMAT, "themes": list(themes), "thresholds": list(limits), **figures}
    (folder / HEAD).write_text(json.dumps(head, indent=1) + "\n", encoding="utf-8")
    return len(words)
