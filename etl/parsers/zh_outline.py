"""Cut the Chinese digest into its header, sections and entries, before any entry is read.

In: the lines of the digest, from below its day on. Out: an `Outline`.
Traps: levels differ from day to day, so a heading is told by its words, its number and what follows
it; entries may be lines of a list instead of headings; behind the digest its page goes on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from etl.parsers.markdown import LINK, heading, plain_text
from etl.parsers.zh_parts import NO_SECTION, Entry, Outline, name_sections
from etl.parsers.zh_words import (
    day_of_heading,
    ends_digest,
    loose_channel,
    section_channel,
    split_number,
    without_start,
)

_BULLET = re.compile(r"\s{0,3}[-*+•]\s+")
_NUMBERED_LINE = re.compile(
    r"\s{0,3}(?:[-*+•]\s+)?(?:\*\*)?\s*[\d０-９]{1,2}\s*[.、．)）]\s*[^\s\d]"
)
_BULLET_LINE = re.compile(r"\s{0,3}[-*+•]\s+(?:\*\*|\[)")
_BOLD_START = re.compile(r"\*\*(?:[^*]|\*(?!\*))++\*\*")
_DASH = re.compile(r"\s*[:：\-–—|]*\s*")


@dataclass(frozen=True)
class _Head:
    """A heading; `channel` if it has the name of a section."""

    level: int
    markdown: str
    number: int | None
    rest: str
    channel: str | None

    @property
    def is_marked(self) -> bool:
        """Whether it has what only an entry has: a number or an address."""
        return self.number is not None or "](" in self.markdown


@dataclass(frozen=True)
class _Form:
    """How this digest is written, seen over all its lines."""

    entry_level: int | None
    section_levels: frozenset[int]
    list_line: re.Pattern[str] | None  # what begins an entry when headings do not


def read_outline(lines: Sequence[str], first_line: int) -> Outline:
    """Assign every line to the header, a section or an entry.

    Args:
        lines: the digest's lines, the heading with its day left out.
        first_line: number of the first of them within the file.
    """
    heads = [_head(line) for line in lines]
    form = _form(lines, heads)
    outline = Outline(end=len(lines), is_list=form.list_line is not None)
    section: tuple[str, str] | None = None
    entry: Entry | None = None
    for index, line in enumerate(lines):
        role, markdown, number = _role(index, lines, heads, form, outline)
        if role == "end":
            outline.has_end, outline.end = True, index
            break
        if role == "section":
            section, entry = _section(heads[index], markdown), None
            outline.channels.append(section[0])
            outline.section_lines.append(first_line + index)
        elif role == "foreign":
            section, entry = None, None
            outline.left_out.append(first_line + index)
        elif role == "entry":
            channel, name = section or (NO_SECTION, "")
            title, rest = _parts(form, markdown)
            entry = Entry(channel, name, number, first_line + index, title)
            entry.lines += [(entry.line_number, rest)] if rest else []
            outline.entries.append(entry)
        elif entry:
            entry.lines.append((first_line + index, line))
        elif not outline.channels:
            outline.header.append((first_line + index, line))
    name_sections(outline)
    for entry, following in pairwise([*outline.entries, None]):
        if entry:
            entry.is_last = following is None or following.channel != entry.channel
    return outline


def _head(line: str) -> _Head | None:
    found = heading(line)
    if not found:
        return None
    level, markdown = found
    number, rest = split_number(markdown)
    return _Head(level, markdown, number, rest, section_channel(markdown))


def _form(lines: Sequence[str], heads: Sequence[_Head | None]) -> _Form:
    named = frozenset(head.level for head in heads if head and head.channel)
    others = [h for h in heads if h and not h.channel and not ends_digest(h.markdown)]
    levels = Counter(h.level for h in others if h.is_marked)
    if not levels:  # plain titles; a heading above the sections is none
        levels = Counter(h.level for h in others if h.level > min(named, default=0))
    # Numbered lines that are bold or linked as a whole; summaries may hold short lists, too.
    in_lists = sum(_is_whole(line) for line in lines if _NUMBERED_LINE.match(line))
    if levels and in_lists <= levels.total():
        return _Form(levels.most_common(1)[0][0], named, None)
    is_numbered = any(_NUMBERED_LINE.match(line) for line in lines)
    return _Form(None, named, _NUMBERED_LINE if is_numbered else _BULLET_LINE)


def _role(
    index: int, lines: Sequence[str], heads: Sequence[_Head | None], form: _Form, so_far: Outline
) -> tuple[str, str, int | None]:
    """What a line is (end, section, foreign, entry or text), its words and its written number."""
    head, line = heads[index], lines[index]
    if head is None:
        return _role_of_line(line, form, so_far)
    if _is_end(head, line, so_far):
        return "end", head.markdown, None
    if day_of_heading(line) is not None:
        return "text", line, None
    below = next((i for i in range(index + 1, len(lines)) if lines[i].strip()), None)
    role = _role_of_heading(head, form, heads[below] if below is not None else None)
    is_bare = below is None or _BULLET.match(lines[below])
    if role == "entry" and not head.is_marked and (is_bare or not so_far.channels):
        role = "foreign"
    return role, head.rest if role == "entry" else head.markdown, head.number


def _role_of_heading(head: _Head, form: _Form, below: _Head | None) -> str:
    is_at_entries = head.level == form.entry_level
    if head.number is not None and is_at_entries and form.section_levels != {head.level}:
        return "entry"
    if head.channel:
        return "section"
    is_above = form.entry_level is not None and head.level < form.entry_level
    is_at_sections = head.level in form.section_levels or not form.section_levels
    if below and below.is_marked and (is_above or (is_at_sections and not head.is_marked)):
        return "section"
    if head.is_marked or not is_above:
        return "entry"
    return "foreign"


def _role_of_line(line: str, form: _Form, so_far: Outline) -> tuple[str, str, int | None]:
    if line.lstrip().startswith((">", "＞")) or not line.strip():
        return "text", line, None
    if section_channel(line.strip(), is_heading=False):
        return "section", line, None
    number, rest = split_number(without_start(_BULLET, line).strip())
    if form.list_line:
        is_entry = bool(so_far.channels and form.list_line.match(line))
    else:  # a heading that lost its marks continues the count and is bold or linked as a whole
        before = so_far.entries[-1].written_number if so_far.entries else None
        is_next = number is not None and before is not None and number == before + 1
        is_entry = is_next and _is_whole(line)
    return ("entry", rest, number) if is_entry else ("text", line, None)


def _is_whole(line: str) -> bool:
    """Whether all of a numbered line is bold or linked, as a title is."""
    rest = split_number(without_start(_BULLET, line).strip())[1]
    return bool(LINK.fullmatch(rest.strip("*_ ")) or _BOLD_START.fullmatch(line.strip()))


def _is_end(head: _Head, line: str, so_far: Outline) -> bool:
    if ends_digest(head.markdown):
        return True
    # The page's own news, or a second day, may stand behind the digest.
    return bool(so_far.entries) and (
        day_of_heading(line) is not None or (head.number is None and "今日要闻" in head.markdown)
    )


def _section(head: _Head | None, markdown: str) -> tuple[str, str]:
    name = plain_text(markdown.strip().lstrip("#"))
    channel = head.channel if head else section_channel(markdown.strip(), is_heading=False)
    return channel or loose_channel(name), name


def _parts(form: _Form, markdown: str) -> tuple[str, str]:
    """Title of an entry and, in a list, the summary that follows it on its line."""
    start = (LINK.match(markdown) or _BOLD_START.match(markdown)) if form.list_line else None
    if not start:
        return markdown, ""
    return start[0], without_start(_DASH, markdown[start.end() :]).strip("*_ ")
