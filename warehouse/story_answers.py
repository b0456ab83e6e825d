"""Answers on stories: which were told most, one of them, and all its items.

In: an open snapshot and what is asked. Out: an `Answer` each, as in `answers.py`. Trap: the number of items
alone calls a story large that one digest tells in twenty bullets, or that a digest repeats for ten days, so
stories rank by the channels they reached (see the note of `story_place_of.sql`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from warehouse.answers import Answer, Filters, search_words
from warehouse.connect import Snapshot
from warehouse.queries import statement, written_out

RANKS = ("reach", "originals", "items")
_NEVER_IN_ALL = "discord_detail"  # channels=() leaves it out, see in_scope.sql


def stories_told(
    snap: Snapshot,
    filters: Filters,
    text: str = "",
    lab_ids: Sequence[str] = (),
    theme_ids: Sequence[str] = (),
    limit: int = 60,
    offset: int = 0,
    rank_by: str = RANKS[0],
) -> Answer:
    """One row a story, the one told most first; items_total is the number of stories in all.

    `rank_by` is one of RANKS: the channels it reached, the original issues that told it, or its items.
    Counts are of the counted items under the filters; words, labs and themes are looked for in items of
    any language.
    """
    if rank_by not in RANKS:
        raise ValueError(f"rank {rank_by!r} is none of {', '.join(RANKS)}")
    params = {
        "story_id": None,
        "terms": search_words(text),
        "lab_ids": list(lab_ids),
        "theme_ids": list(theme_ids),
        "rank_by": rank_by,
        "limit": limit,
        "offset": offset,
        **filters.scope(),
    }
    return _told(snap, params)


def story(snap: Snapshot, story_id: str) -> Answer:
    """The row of one story over all days, channels and languages; no row if there is no such story.

    Its items are counted as in `stories_told` without filters; those of a story that only Discord by
    channel tells are counted there.
    """
    everywhere = Filters()
    for filters in (everywhere, replace(everywhere, channels=(_NEVER_IN_ALL,))):
        params: dict[str, Any] = {"story_id": story_id, "terms": [], "lab_ids": [], "theme_ids": []}
        params |= {"rank_by": RANKS[0], "limit": 1, "offset": 0, **filters.scope()}
        answer = _told(snap, params)
        if len(answer.frame):
            break
    return answer


def story_items(snap: Snapshot, story_id: str) -> Answer:
    """All items of a story in order of time, translations and Discord by channel included."""
    return _ask(snap, "story_items", {"story_id": story_id})


def _told(snap: Snapshot, params: dict[str, Any]) -> Answer:
    answer = _ask(snap, "stories_told", params)
    hits = 0 if answer.frame.empty else int(answer.frame["hits"].iloc[0])
    return Answer(answer.frame.drop(columns="hits"), answer.sql, answer.snapshot_id, hits)


def _ask(snap: Snapshot, name: str, params: dict[str, Any]) -> Answer:
    sql = statement("answers", name)
    frame = snap.frame(sql, params)
    return Answer(frame, written_out(sql, params), snap.snapshot_id, len(frame))
