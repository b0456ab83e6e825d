"""Every sentence the reader sees, in English and Chinese, and how numbers and days are written.

In: a language and a key of the files in `en/`, `zh/` (sections are joined by dots: `trend.title`). Out:
text. Traps: a missing key must fail in the test that compares both languages, not in front of a reader, so
there is no fallback from one to the other; a key that stands in two files would hide one, so it fails.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import yaml

LANGUAGES = ("en", "zh")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times quicker where libyaml is there


def _flat(tree: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """Nested sections as one level of dotted keys."""
    flat: dict[str, str] = {}
    for key, value in tree.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = str(value).rstrip("\n")
    return flat


@cache
def sentences(lang: str) -> Mapping[str, str]:
    """All texts of one language by dotted key."""
    found: dict[str, str] = {}
    for file in sorted(resources.files("dashboard.texts").joinpath(lang).iterdir(), key=str):
        more = _flat(yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader))
        if twice := found.keys() & more:
            raise ValueError(f"{lang}/{file.name}: already in another file: {sorted(twice)[:3]}")
        found |= more
    return found


@dataclass(frozen=True)
class Texts:
    """The texts of one language: `say("span", first=…, last=…)`, `say.number(1234)`, `say.day(…)`."""

    lang: str = "en"

    def __call__(self, key: str, /, **values: object) -> str:
        """The sentence of a key, with `{name}` filled in."""
        return sentences(self.lang)[key].format(**values)

    def has(self, key: str) -> bool:
        """Whether there is a text for this key (for codes that come from the data)."""
        return key in sentences(self.lang)

    def code(self, section: str, code: str) -> str:
        """The name of a code from the data, such as a channel; an unknown one as it is."""
        key = f"{section}.{code}"
        return self(key) if self.has(key) else code

    def reason(self, section: str, code: str) -> str:
        """A code such as `mix_changed:discord,reddit` as a sentence with the channels' names."""
        code, _, channels = code.partition(":")
        names = self("join").join(self.code("channel", c) for c in channels.split(",") if c)
        return self(f"{section}.{code}", channels=names)

    def points(self, difference: float) -> str:
        """A difference of two ratios in percentage points: +1.3, −0.2, −0.04."""
        value = difference * 100
        text = f"{value:+.{2 if abs(value) < 0.05 else 1}f}"
        return text.replace("-", "−") if float(text) else "0.0"

    def number(self, value: float) -> str:
        """A whole number with thousands separators."""
        return f"{round(value):,}"

    def percent(self, ratio: float) -> str:
        """A ratio 0-1 as a percentage, with the digits that a small one needs."""
        value = ratio * 100
        return (
            f"{value:.0f}%" if value >= 99.95 or value == 0 else f"{value:.{self._digits(value)}f}%"
        )

    @staticmethod
    def _digits(value: float) -> int:
        return 1 if value >= 0.95 else 2

    def day(self, value: date) -> str:
        """A day as people write it: 3 Mar 2026, 2026年3月3日."""
        if self.lang == "zh":
            return f"{value.year}年{value.month}月{value.day}日"
        return f"{value.day} {self._month(value)} {value.year}"

    def _month(self, value: date) -> str:
        return self("months").split()[value.month - 1]

    def period(self, start: date, grain: str) -> str:
        """A period by its first day: Mar 2026, week of 2 Mar 2026, Q1 2026."""
        if grain == "day":
            return self.day(start)
        quarter = (start.month - 1) // 3 + 1
        return self(
            f"period.{grain}",
            day=self.day(start),
            year=start.year,
            month=start.month if self.lang == "zh" else self._month(start),
            quarter=quarter,
        )

    def tick(self, start: date, grain: str, with_year: bool) -> str:
        """The short form of a period for an axis; the year only where it changes."""
        if grain in ("day", "week"):
            short = (
                f"{start.month}月{start.day}日"
                if self.lang == "zh"
                else f"{start.day} {self._month(start)}"
            )
        elif grain == "quarter":
            short = f"Q{(start.month - 1) // 3 + 1}"
        else:
            short = f"{start.month}月" if self.lang == "zh" else self._month(start)
        year = f"{start.year}年" if self.lang == "zh" else str(start.year)
        return f"{short}<br>{year}" if with_year else short

    def span(self, first: date, last: date) -> str:
        """Two days as a span."""
        return self("span", first=self.day(first), last=self.day(last))

    def stretch(self, first: date, last: date, grain: str) -> str:
        """A span of days, by its name if it is one period."""
        return self.span(first, last) if grain == "days" else self.period(first, grain)

    def name(self, row: Mapping[Any, Any]) -> str:
        """The name of a lab or theme in this language."""
        return self.of(row, "name")

    def definition(self, row: Mapping[Any, Any]) -> str:
        """What counts as a theme, in this language."""
        return self.of(row, "definition")

    def of(self, row: Mapping[Any, Any], field: str) -> str:
        """A field's Chinese twin (`name_zh`) for readers of Chinese, the field where it has none."""
        twin = row.get(f"{field}_zh")
        words = twin if self.lang == "zh" and isinstance(twin, str) and twin else row[field]
        return words if isinstance(words, str) else ""
