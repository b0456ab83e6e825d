"""What is shown before anybody chooses: the length of a period, the average, which two periods are compared.

In: `ask`, the days loaded. Out: a grain, codes of periods. Trap: a period that is still running compares
with nothing, so the newest complete ones are taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.charts.trend_view import FEW_LINES
from dashboard.scenes.scene import Ask
from warehouse import compare_answers
from warehouse.spans import code_of, parse_span

FEW_DAYS, SOME_DAYS = 45, 200
_FOUR_WEEKS = {"day": 20, "week": 4}  # periods; of days those with digests, five a week
_LONG = {"day": 60, "week": 52 * 7}  # days shown from which on several lines are a tangle


def usual_grain(days: int) -> str:
    """A short stretch of data is best seen by day."""
    return "day" if days <= FEW_DAYS else "week" if days <= SOME_DAYS else "month"


def usual_smooth(grain: str, days: int, lines: int) -> int:
    """Many lines of many short periods cross too often to be followed: then an average of four weeks."""
    is_tangle = lines > FEW_LINES and days > _LONG.get(grain, days)
    return _FOUR_WEEKS[grain] if is_tangle else 1


def usual_periods(ask: Ask, days: int, until: date | None = None) -> tuple[str, str | None]:
    """The newest complete period (that ends by `until`) and the one before it, None if there is none."""
    listed = periods(ask, (usual_grain(days),))
    in_time = [(c, p) for c, p in listed if until is None or parse_span(c).last <= until] or listed
    codes = [code for code, is_partial in in_time if not is_partial] or [c for c, _ in in_time]
    return codes[0], codes[1] if len(codes) > 1 else None


def complete_periods(ask: Ask, days: int) -> list[str]:
    """All complete periods of the usual length, newest first."""
    return [code for code, is_partial in periods(ask, (usual_grain(days),)) if not is_partial]


def periods(ask: Ask, grains: Sequence[str]) -> list[tuple[str, bool]]:
    """Codes of the periods of these lengths that are loaded, newest first, and whether each still runs."""
    rows = ask(compare_answers.periods, tuple(grains)).frame.to_dict("records")
    return [(code_of(r["grain"], r["period_start"].date()), bool(r["is_partial"])) for r in rows]
