"""One typed function a question: what a page, the command line, a notebook or an export may ask.

In: an open snapshot and filters. Out: an `Answer`: rows, the SQL that made them, n, the snapshot id.
Trap: a metric is defined once, in `warehouse/sql/`; nothing here or above does arithmetic on shares.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from warehouse.connect import Snapshot
from warehouse.queries import statement, written_out

if TYPE_CHECKING:  # loading pandas takes a moment that a build does not need
    import pandas as pd

GRAINS = ("day", "week", "month", "quarter")


@dataclass(frozen=True)
class Filters:
    """What the reader chose; empty lists mean all (all channels: without discord_detail).

    `start` and `end` are inclusive days; None is open.
    """

    grain: str = "month"
    channels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        """Refuse a grain that the SQL does not know: it would answer with one null period."""
        if self.grain not in GRAINS:
            raise ValueError(f"grain {self.grain!r} is none of {', '.join(GRAINS)}")

    def scope(self) -> dict[str, Any]:
        """The parameters that all scoped queries share."""
        return {
            "channels": list(self.channels),
            "languages": list(self.languages),
            "first_day": self.start,
            "last_day": self.end,
        }


@dataclass(frozen=True)
class Answer:
    """Rows with what proves them: the statement, the number of items behind it, the snapshot.

    `digests_total` is of how many digests these items are; 0 where the answer is no count of items.
    """

    frame: pd.DataFrame
    sql: str
    snapshot_id: str
    items_total: int
    digests_total: int = 0


class Counted(NamedTuple):
    """n: items, and the digests that they are of."""

    items: int
    digests: int

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Counted:
        """The first n that rows carry in items_total and digests_total, 0 if none does."""
        known = frame[["items_total", "digests_total"]].dropna()
        return cls(*(int(n) for n in known.iloc[0])) if len(known) else cls(0, 0)


def _ask(snap: Snapshot, name: str, params: dict[str, Any], n: Counted | None = None) -> Answer:
    sql = statement("answers", name)
    frame = snap.frame(sql, params)
    items, digests = n or Counted(len(frame), 0)
    return Answer(frame, written_out(sql, params), snap.snapshot_id, items, digests)


def items_in_scope(snap: Snapshot, filters: Filters) -> Counted:
    """n: how many items the filters leave, and of how many digests."""
    found = snap.frame(statement("answers", "items_in_scope"), filters.scope())
    return Counted.of(found)


def _is_stored(snap: Snapshot, filters: Filters) -> bool:
    """Whether the marts have the rows of these filters, however many items stand behind them."""
    if filters.languages or len(filters.channels) > 1:
        return False
    row = snap.frame(statement("answers", "loaded")).to_dict("records")[0]
    if not row["items"]:
        return False
    first, last = row["first_on"].date(), row["last_on"].date()
    return bool((filters.start or first) <= first and (filters.end or last) >= last)


def lab_trend(snap: Snapshot, filters: Filters, lab_ids: Sequence[str], window: int = 1) -> Answer:
    """One row a period × lab: mentions, stories, items_total, shares (0-1), is_partial.

    `window` is how many periods the moving averages (smooth_…) are over.
    """
    params = {"grain": filters.grain, "lab_ids": list(lab_ids), "window": window}
    params |= {"is_stored": _is_stored(snap, filters), **filters.scope()}
    return _ask(snap, "lab_trend", params, items_in_scope(snap, filters))


def theme_trend(
    snap: Snapshot, filters: Filters, theme_ids: Sequence[str], window: int = 1
) -> Answer:
    """One row a period × theme: mentions, stories, items_total, shares (0-1), is_partial.

    `window` is how many periods the moving averages (smooth_…) are over.
    """
    params = {"grain": filters.grain, "theme_ids": list(theme_ids), "window": window}
    params |= {"is_stored": _is_stored(snap, filters), **filters.scope()}
    return _ask(snap, "theme_trend", params, items_in_scope(snap, filters))


def lab_theme_matrix(
    snap: Snapshot, filters: Filters, lab_ids: Sequence[str], theme_ids: Sequence[str]
) -> Answer:
    """One row a lab × theme with at least one common item, over the whole span."""
    params = {"lab_ids": list(lab_ids), "theme_ids": list(theme_ids), **filters.scope()}
    return _ask(snap, "lab_theme_matrix", params, items_in_scope(snap, filters))


def top_labs(snap: Snapshot, filters: Filters, limit: int) -> Answer:
    """The `limit` labs with most mentions in the span, one row a lab."""
    params = {"limit": limit, **filters.scope()}
    return _ask(snap, "top_labs", params, items_in_scope(snap, filters))


def top_themes(snap: Snapshot, filters: Filters, limit: int) -> Answer:
    """The `limit` themes with most mentions in the span, one row a theme."""
    params = {"limit": limit, **filters.scope()}
    return _ask(snap, "top_themes", params, items_in_scope(snap, filters))


def items_behind(
    snap: Snapshot,
    filters: Filters,
    lab_id: str | None = None,
    theme_id: str | None = None,
    period_start: date | None = None,
    limit: int = 200,
) -> Answer:
    """The items behind one point, newest first: as many as it counts mentions, up to `limit`."""
    params = {
        "grain": filters.grain,
        "period_start": period_start,
        "lab_id": lab_id,
        "theme_id": theme_id,
        "limit": limit,
        **filters.scope(),
    }
    return _ask(snap, "items_behind", params)


def search_words(text: str) -> list[str]:
    """The words that a text must hold, the longest first: `has_words` looks for the first one first."""
    return sorted(text.lower().split(), key=len, reverse=True)


def search_items(
    snap: Snapshot,
    filters: Filters,
    text: str = "",
    lab_ids: Sequence[str] = (),
    theme_ids: Sequence[str] = (),
    limit: int = 200,
    offset: int = 0,
    topic_id: str | None = None,
) -> Answer:
    """Items with all words of `text`, newest first; items_total is the number of hits in all.

    Words are divided at blanks; Chinese needs none. Translations are found too (is_counted false).
    """
    params = {
        "terms": search_words(text),
        "lab_ids": list(lab_ids),
        "theme_ids": list(theme_ids),
        "topic_id": topic_id,
        "limit": limit,
        "offset": offset,
        **filters.scope(),
    }
    answer = _ask(snap, "search_items", params)
    hits = 0 if answer.frame.empty else int(answer.frame["hits"].iloc[0])
    return Answer(answer.frame.drop(columns="hits"), answer.sql, answer.snapshot_id, hits)


def coverage(snap: Snapshot) -> Answer:
    """One row a month × source × language × channel: digests, items, items_total (those counted)."""
    return _ask(snap, "coverage", {}, items_in_scope(snap, Filters()))


def byte_coverage(snap: Snapshot) -> Answer:
    """One row a digest, worst first: where its bytes went, unexplained_share (0-1)."""
    return _ask(snap, "byte_coverage", {})


def quarantine(snap: Snapshot) -> Answer:
    """One row a refused input: source, location, reason, detail, run_id."""
    return _ask(snap, "quarantine", {})


def repeated_originals(snap: Snapshot) -> Answer:
    """One row an original issue that was digested more than once: digests, items, stories."""
    return _ask(snap, "repeated_originals", {})


def restatements(snap: Snapshot, limit: int = 500) -> Answer:
    """One row a published monthly number that was corrected later, newest first."""
    return _ask(snap, "restatements", {"limit": limit})


def tag_quality(snap: Snapshot, least: int = 5) -> Answer:
    """One row a kind × language, then one a lab or theme with `least` labels: precision, recall, F1."""
    return _ask(snap, "tag_quality", {"least": least})


def loaded(snap: Snapshot) -> Answer:
    """One row: snapshot id, run, versions, items, digests, first and last day."""
    return _ask(snap, "loaded", {})


def labs(snap: Snapshot) -> Answer:
    """One row a lab of the taxonomy."""
    return _ask(snap, "labs", {})


def themes(snap: Snapshot) -> Answer:
    """One row a theme of the taxonomy."""
    return _ask(snap, "themes", {})


def channels(snap: Snapshot) -> Answer:
    """One row a channel that has counted items."""
    return _ask(snap, "channels", {})


def status(snap: Snapshot) -> Answer:
    """One row a table: how many rows it has."""
    return _ask(snap, "status", {})
