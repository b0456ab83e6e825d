"""That most mentions are in one digest, in words, beside every verdict that it touches.

In: rows of compare_periods, compare_tags or rising, names, the reader's texts. Out: sentences, empty where
there is nothing to say. Trap: one digest full of a launch is no rise of a month, so the number of its
mentions stands beside the verdict, whichever the verdict is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.charts.scope import Row
from dashboard.texts import Texts
from warehouse.compare import SIDES

MOST_NAMED = 3  # labs or themes in one sentence


def mentions(say: Texts, row: Row, side: str = "") -> str:
    """`37 of 44 mentions in the digest of 15 Jul 2026`; `side` is one of SIDES."""
    return say(
        "one_digest.mentions",
        n=say.number(row[f"{side}largest_digest_mentions"]),
        mentions=say.number(row[f"{side}mentions"]),
        day=say.day(row[f"{side}largest_digest_on"]),
    )


def of_comparison(say: Texts, row: Row, name: Callable[[str], str] | None = None) -> str:
    """The same of a comparison: of each side where most are; `name` tells two labs or themes apart."""
    notes = []
    for side in SIDES:
        if row[f"{side}is_concentrated"]:
            note = mentions(say, row, side)
            who = name(row[f"{side}tag_id"]) if name else ""
            notes.append(say("one_digest.of", name=who, note=note) if who else note)
    note = say("semicolon").join(notes)
    return say("one_digest.unclear", note=note) if row["rests_on_one_digest"] else note


def listed(say: Texts, key: str, notes: Sequence[tuple[str, str]]) -> str:
    """The first few as one sentence (`key` is its text), from pairs of a name and its mentions."""
    parts = [say("one_digest.of", name=name, note=note) for name, note in notes[:MOST_NAMED]]
    text = say("semicolon").join(parts)
    if len(notes) > MOST_NAMED:
        text = say("one_digest.more", listed=text, n=say.number(len(notes) - MOST_NAMED))
    return say(key, listed=text) if notes else ""
