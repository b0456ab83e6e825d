"""Periods as people write them: 2026, 2026-Q1, 2026-04, 2026-W10, 2026-04-03, 2026-01..2026-03.

In: a text. Out: a `Span` of days. Trap: a week is ISO's, so 2026-W01 begins in December 2025; a span of
two periods runs from the first day of the one to the last day of the other.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

EXAMPLES = "2026-04, 2026-Q1, 2026-W10, 2026-04-03 or 2026-01..2026-03"
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_WEEK = re.compile(r"(\d{4})-W(\d{1,2})")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_YEAR = re.compile(r"\d{4}")


class SpanProblem(ValueError):
    """The text is no period; the message says what would be."""


@dataclass(frozen=True)
class Span:
    """First and last day, inclusive; `grain` is day, week, month or quarter, else `days`."""

    first: date
    last: date
    grain: str


def parse_span(text: str) -> Span:
    """A text as a span; raises SpanProblem."""
    begin, dots, end = text.strip().upper().partition("..")
    try:
        if not dots:
            return _one(begin)
        span = Span(_one(begin).first, _one(end).last, "days")
    except ValueError as error:  # also a day that does not exist
        raise SpanProblem(f"{text!r} is no period, such as {EXAMPLES}") from error
    if span.first > span.last:
        raise SpanProblem(f"{text!r} ends before it begins")
    return span


def code_of(grain: str, first: date) -> str:
    """A period by its first day, as parse_span reads it."""
    if grain == "quarter":
        return f"{first.year}-Q{(first.month + 2) // 3}"
    if grain == "week":
        year, week, _ = first.isocalendar()
        return f"{year}-W{week:02d}"
    return f"{first:%Y-%m}" if grain == "month" else first.isoformat()


def _one(text: str) -> Span:
    """One period; raises ValueError."""
    if found := _QUARTER.fullmatch(text):
        year, month = int(found[1]), 3 * int(found[2])
        return Span(date(year, month - 2, 1), _last_of(year, month), "quarter")
    if found := _WEEK.fullmatch(text):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return Span(monday, monday + timedelta(days=6), "week")
    if found := _MONTH.fullmatch(text):
        year, month = int(found[1]), int(found[2])
        return Span(date(year, month, 1), _last_of(year, month), "month")
    if _YEAR.fullmatch(text):
        return Span(date(int(text), 1, 1), date(int(text), 12, 31), "days")
    day = date.fromisoformat(text)
    return Span(day, day, "day")


def _last_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
