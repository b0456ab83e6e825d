"""What headings and other fixed lines of the English archive mean.

In: `headings.yml`. Out: channels of headings, what is boilerplate, counters of Reddit posts.
Trap: the translations word the same heading in some thirty ways, so a family is a list of patterns;
they are compiled once, each list into one expression.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_LONGEST_HEADING = 200


class Headings:
    """The table of `headings.yml`, compiled."""

    def __init__(self, table: dict[str, Any]) -> None:
        """`table` has the keys of `headings.yml`."""
        self.issue_url = str(table["issue_url"])
        self.chinese_share = float(table["chinese_share"])
        self._families = [(_any(f["headings"]), str(f["channel"])) for f in table["families"]]
        self._bold = [(_any(f["headings"]), str(f["channel"])) for f in table["bold_families"]]
        self._noise = [_any([pattern]) for pattern in table["heading_noise"]]
        self._stub = _any([table["stub"]])
        self._disguised = [(_any([h["line"]]), int(h["level"])) for h in table["disguised"]]
        self._link_list = _any(table["link_list"])
        self._topic_list = _any([table["topic_list"]])
        self._boilerplate = _any(table["boilerplate"])
        self._counters = [re.compile(pattern, re.IGNORECASE) for pattern in table["counters"]]
        self._thread = re.compile(table["thread"], re.IGNORECASE)

    def channel_of(self, heading: str, is_bold: bool = False) -> str | None:
        """The channel that a heading (or a bold line) opens; None: it stays as it is."""
        for pattern, channel in self._bold if is_bold else self._families:
            if pattern.match(heading):
                return channel
        return None

    def section_name(self, heading: str) -> str:
        """A heading without its counters and marks."""
        for pattern in self._noise:
            heading = pattern.sub("", heading)
        return heading

    def level_of(self, paragraph: str) -> int | None:
        """The level of a heading that is written as a paragraph; None: it is a paragraph."""
        if len(paragraph) > _LONGEST_HEADING:
            return None
        return next((lv for line, lv in self._disguised if line.match(paragraph)), None)

    def is_link_list(self, text: str) -> bool:
        """Whether a line is the title of a list of links."""
        return self._link_list.match(text) is not None

    def is_topic_list(self, markdown: str) -> bool:
        """Whether a quote lists the topics of the channel below it."""
        return self._topic_list.match(markdown.lstrip("- ")) is not None

    def is_boilerplate(self, text: str) -> bool:
        """Whether a line says nothing about the day's news."""
        return self._boilerplate.match(text) is not None

    def is_stub(self, body: str) -> bool:
        """Whether a body only says that the issue is kept elsewhere."""
        return self._stub.match(body) is not None

    def counter(self, markdown: str) -> re.Match[str] | None:
        """The counters of a Reddit post in a bullet's Markdown."""
        if "(" not in markdown and "（" not in markdown:
            return None
        for pattern in self._counters:
            if match := pattern.search(markdown):
                return match
        return None

    def has_counter(self, markdown: str) -> bool:
        """Whether a bullet is a Reddit post with its counters."""
        return self.counter(markdown) is not None

    def is_thread(self, address: str) -> bool:
        """Whether an address is a Reddit post's own."""
        return self._thread.match(address) is not None


@cache
def headings() -> Headings:
    """The table that comes with the program."""
    text = files("etl").joinpath("parsers/headings.yml").read_text(encoding="utf-8")
    return Headings(yaml.safe_load(text))


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
