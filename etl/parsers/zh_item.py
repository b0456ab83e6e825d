"""One item of the Chinese digest: its heading and the lines below it.

In: the Markdown of a heading, or the lines below it. Out: title, text and addresses.
Traps: a title may link to words (`](来源：文章内容)`), hold blanks or lack its end; the source
stands in the title, before, after or at the end of the summary, or as a list below an empty label;
behind the last item a note on the whole digest may look like one more source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.parsers.markdown import LINK, addresses, plain_text
from etl.parsers.zh_words import is_closing, is_source, without_start

_WIDE_TARGET = re.compile(r"\]\s*[（(]([^（）()]*)[）)]\s*\Z")
_WORD_TARGET = re.compile(r"\[(.+)\]\(([^\[\]]*)\)?[*_\s]*\Z", re.DOTALL)
_SCHEMELESS = re.compile(r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[^\s()]*)?", re.IGNORECASE)
_STOOD_FOR = re.compile("\ue002(\\d+)\ue003")
_SOURCE_GROUP = re.compile(
    r"\s*[（(【\[]\s*(?:[^（）()【】\[\]]*(?:\ue002|https?://)[^（）()【】\[\]]*"
    r"|(?:来源|出处|链接|原文|source|link|via)\s*(?:[:：][^（）()【】\[\]]*)?"
    r"|文章内容[^（）()【】\[\]]*|(?:reddit|discord|twitter)\s*(?:社区)?(?:讨论|帖子|推文)"
    r"|[^（）()【】\[\]]{0,8}(?:无|没有|未|\bno\b)[^（）()【】\[\]]{0,8}(?:链接|来源|地址|link|source|address|url)"
    r"|(?:链接|来源|原文)[^（）()【】\[\]]{0,8}(?:无|未|失效|缺)[^（）()【】\[\]]{0,8}"
    r")[）)】\]]\s*\Z",
    re.IGNORECASE,
)
_GENERIC_LABEL = re.compile(
    r"\W*(?:(?:原文|来源|查看|阅读|详情|推文|参考)?(?:链接|原文|来源|详情|全文)|推文"
    r"|links?|sources?|here|tweet|read more|via)?\W*|@\w+",
    re.IGNORECASE,
)
_BARE = re.compile(r"https?://[^\s（）【】，。；]+")
_QUOTE = re.compile(r"\s*(?:[>＞]\s?)+")
_RULE = re.compile(r"\s*(?:[-*_—]\s*){3,}\Z")
_FENCE = re.compile(r"\s*(?:[>＞]\s*)?(?:```|~~~)")
_COMMENT = re.compile(r"\s*<!--.*-->\s*\Z")
_BULLET = re.compile(r"\s*(?:[-*+•·]|\d{1,2}[.、)])\s+")
_EMPTY_SOURCE = re.compile(r"[:：][*_\s]*\Z")
_LABEL = re.compile(
    r"\s*(?:[*_]{2})?(?:新闻|内容|英文|原文|核心)?(?:摘要|描述|概述|简介|简述|内容|说明|要点|详情|总结|引用|引文"
    r"|原话|摘录|原文|summary|description|details?|quote|original)[*_]{0,2}\s*[:：]\s*(?:[*_]{2})?\s*",
    re.IGNORECASE,
)
_SOURCE_AT_END = re.compile(
    r"(?<=[。！？.!?；;）)”\"」])\s*[（(【]?(?:信息|消息)?(?:来源|Source)s?\s*[:：]([^。！？]*)[。）)】\s]*\Z",
    re.IGNORECASE,
)
_UNCLOSED = re.compile(r"\[((?:[^\[\]]++|\[[^\[\]]*+\])*+)\]\(((?:[^()\s]++|\([^()\s]*+\))*+)\Z")
_HALF_ADDRESS = re.compile(
    r"(?:\[(https?://[^\s\]]*)"
    r"|(https?://(?:[^\s/.]*|(?:x|twitter|xcancel)\.com/\w+/s(?:t(?:a(?:t(?:us?)?)?)?)?(?:/\d{0,17})?))"
    r")\Z"
)


@dataclass(frozen=True)
class Line:
    """A line below an item's heading: what it is, where it stands, and its Markdown."""

    markdown: str
    kind: str  # text or source
    place: str  # body, apart (not quoted, set off below a quoted text) or after_rule
    number: int  # within the file

    @property
    def manner(self) -> tuple[str, str]:
        """What a digest is consistent in: a kind of line at a place."""
        return self.kind, self.place

    @property
    def is_title(self) -> bool:
        """Whether it could be a title that slipped below its number: bold or linked."""
        marked = self.markdown
        return marked.startswith("[") or (marked.startswith("**") and marked.endswith("**"))


def read_title(markdown: str) -> tuple[str, tuple[str, ...]]:
    """Title as plain text and the addresses in a heading whose number is already taken off."""
    markdown = markdown.strip()
    wide = _WIDE_TARGET.search(markdown)
    if wide and markdown.lstrip("*_ ").startswith("["):
        markdown = f"{markdown[: wide.start()]}]({wide[1].strip()})"
    urls = addresses(markdown)
    core = markdown.strip("*_ \t")
    link = LINK.fullmatch(core)
    if link:
        return _title(link[1]), urls or _schemeless(link[2] or "")
    # A match that begins with another link's bracket would swallow the words between them.
    words = _WORD_TARGET.fullmatch(core) if not LINK.search(core) else None
    if words:
        return _title(words[1]), urls or _schemeless(words[2])
    return _title(_without_source(core)), urls


def read_lines(lines: Iterable[tuple[int, str]]) -> list[Line]:
    """Sort the numbered lines below a heading into text and sources; rules and fences fall away."""
    read: list[Line] = []
    is_blank_before = was_quoted = was_ruled = in_list = False
    for number, raw in lines:
        is_quoted = bool(_QUOTE.match(raw))
        line = without_start(_QUOTE, raw).strip()
        if not line or _FENCE.match(raw) or _COMMENT.match(line):
            is_blank_before = is_blank_before or not raw.strip()
            continue
        if _RULE.match(line):
            was_ruled, in_list = was_ruled or bool(read), False
            continue
        in_list = in_list and bool(_BULLET.match(line))
        is_one = in_list or is_source(line)
        is_apart = is_blank_before and was_quoted and not is_quoted
        place = "after_rule" if was_ruled else "apart" if is_apart and not in_list else "body"
        read.append(Line(line, "source" if is_one else "text", place, number))
        in_list = in_list or (is_one and bool(_EMPTY_SOURCE.search(line)))
        is_blank_before, was_quoted = False, was_quoted or is_quoted
    return read


def without_closing(
    lines: Sequence[Line], usual: set[tuple[str, str]], has_source: bool, issue: str | None
) -> tuple[list[Line], list[Line]]:
    """Part the lines of a section's last item from a note on the whole digest that follows them.

    `usual` holds the manners of the digest's other items: what they do, too, is no closing note.
    `has_source` says that the title has one, `issue` is the original, to which a note likes to point.
    An item that would be left without any text or source keeps its lines.
    """
    kept: list[Line] = []
    for index, line in enumerate(lines):
        is_source_line = line.kind == "source"
        has_own = any(k.kind == line.kind for k in kept) or (is_source_line and has_source)
        is_odd = line.manner not in usual
        is_set_off = is_odd and line.place != "body"
        is_on_issue = is_source_line and is_odd and set(addresses(line.markdown)) == {issue}
        is_note = is_set_off or is_on_issue or is_closing(line.markdown)
        if is_note and (has_own or (is_set_off and is_on_issue)):
            return kept, list(lines[index:])
        kept.append(line)
    return kept, []


def read_text(lines: Sequence[Line]) -> tuple[str, tuple[str, ...]]:
    """The summary as plain text without its sources, and the addresses, those of sources first."""
    parts: list[str] = []
    sources: list[str] = []
    inside: list[str] = []
    for line in lines:
        if line.kind == "source":
            sources.extend(addresses(line.markdown))
            continue
        text = without_start(_LABEL, without_start(_BULLET, line.markdown))
        at_end = _SOURCE_AT_END.search(text)
        if at_end:
            sources.extend(addresses(at_end[1]))
            text = text[: at_end.start()]
        inside.extend(addresses(text))
        parts.append(plain_text(text))
    return " ".join(part for part in parts if part), tuple(sources + inside)


def cut_unclosed(line: str) -> tuple[str, str] | None:
    """The line without an address that breaks off, and that address; None if none does.

    A bare address is known to break off only if no host or no post can be meant by what is there.
    """
    line = line.rstrip()
    if match := _UNCLOSED.search(line):
        return line[: match.start()] + match[1], match[2]
    match = _HALF_ADDRESS.search(line)
    return (line[: match.start()], match[1] or match[2]) if match else None


def _title(markdown: str) -> str:
    title = plain_text(markdown).strip(" \t*_")
    inner = title[1:-1]
    if title.startswith("[") and title.endswith("]") and "[" not in inner and "]" not in inner:
        return inner.strip()
    return title


def _schemeless(target: str) -> tuple[str, ...]:
    """`x.com/a/status/1` as an address; words such as a source are none."""
    target = target.strip()
    if _SCHEMELESS.fullmatch(target) and (target.startswith("www.") or "/" in target):
        return (f"https://{target}",)
    return ()


def _without_source(markdown: str) -> str:
    """A heading without the links, addresses or words on its source that stand behind the title."""
    links: list[re.Match[str]] = []

    def stand_in(match: re.Match[str]) -> str:
        links.append(match)
        return f"\ue002{len(links) - 1}\ue003"

    text = LINK.sub(stand_in, markdown)
    text = _SOURCE_GROUP.sub("", text)
    text = _STOOD_FOR.sub(lambda m: _name(links[int(m[1])]), text)
    without = _BARE.sub("", text).rstrip(" \t-–—:：|")
    return without or markdown


def _name(link: re.Match[str]) -> str:
    """A link's label, or nothing if it only says that it is a link."""
    return "" if _GENERIC_LABEL.fullmatch(plain_text(link[1])) else link[1]
