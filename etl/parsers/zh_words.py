"""The words by which the Chinese digest is recognised: its day, sections, numbers and sources.

In: one line of Markdown. Out: what the line is, or None.
Traps: the form is a language model's choice of the day, so digits may be full-width, headings
English or of another level; `往日新闻` and `今日要闻` of the page around a digest contain the word
for news and are no section of it; a summary may speak of a 来源 (source) without naming one.
"""

from __future__ import annotations

import re
from datetime import date

from etl.parsers.markdown import LINK, addresses, plain_text

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}

_DAY = r"(?<![\d/])(20\d\d)\s*(?:年|[-./_])\s*(\d{1,2})\s*(?:月|[-./_])\s*(\d{1,2})(?![\d/])"
_PUBLISHER = r"AI\s*(?:News|新闻|资讯|日报)"
_DATE_HEADING = re.compile(
    rf".{{0,10}}?(?:{_PUBLISHER}.{{0,16}}?{_DAY}|{_DAY}.{{0,16}}?{_PUBLISHER}).{{0,12}}",
    re.IGNORECASE,
)
_PATH_DAY = re.compile(r"(?<!\d)(20\d\d)[-._年/]?(\d\d)[-._月/]?(\d\d)(?!\d)")

_AMOUNT = (
    r"(?:今日|本日|当日|每日|昨日|本期|本周|十大|前十|十条|\d{1,2}\s*[大条个]|前\s*\d{1,2}|主要|重点|重要|热门"
    r"|精选|top|ten|the|today'?s|key|main|major|latest|\d{1,2})"
)
_NEWS = r"(?:新闻|资讯|要闻|头条|news|headlines?|stories)"
_TOOL = r"(?:开源|实用|新)?(?:工具|产品|应用|tools?|products?)"
_AND = r"\s*(?:与|和|及|/|、|&|and)?\s*"
_TAIL = (
    r"(?:要点|速览|摘要|汇总|概览|盘点|回顾|总结|推荐|更新|发布|stories|highlights?|summary|roundup"
    r"|updates?|takeaways?|points?|items?|releases?)"
)
_SECTION = re.compile(
    rf"(?:{_AMOUNT}\s*)*+(?:ai|人工智能)?\s*+(?:{_AMOUNT}\s*)*+"
    rf"(?:(?P<news>{_NEWS}(?:{_AND}{_NEWS})*)|(?P<tools>{_TOOL}(?:{_AND}{_TOOL})*))"
    rf"(?:\s*(?:{_TAIL}|{_AMOUNT}))*+",
    re.IGNORECASE,
)
_LOOSE = re.compile(rf"(?P<news>{_NEWS})|(?P<tools>{_TOOL})", re.IGNORECASE)
_STRONG = re.compile(r"十大|前十|要点|\btop\b", re.IGNORECASE)
_EMOJI = {"news": "📰🗞", "tools": "🛠🔧🧰🔨⚙"}
_REMARK = re.compile(r"\s*\([^()]*\)\s*$")
_ORDINAL = re.compile(
    r"(?:part\s*)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[.、:)]\s*", re.IGNORECASE
)
_END = re.compile(
    r"\W*(?:(?:推荐|延伸|相关|扩展|更多|拓展)阅读|往(?:日|期)|历史(?:新闻|归档|消息)"
    r"|(?:recommended|further|related)\s+reading|(?:past|previous)\s+(?:news|issues)|archive\b)",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"[*_\s]*(?:no\.?|第)?\s*[(【\[]?\s*(\d{1,3}|[一二三四五六七八九十]{1,3})\s*"
    r"(?:[)】\]]\s*[.、:]?|、|[.:](?!\d)|条\s*[.、:]?|(?=\s\[))\s*",  # but not 3.5 or 10:30
    re.IGNORECASE,
)
_KEYCAP = re.compile(r"(?:(\d)\ufe0f?\u20e3|🔟)\s*")
_CHINESE_DIGITS = {char: value for value, char in enumerate("一二三四五六七八九", start=1)}

_SOURCE = re.compile(
    r"[\s*_\-•·+🔗📎📌(【\[]*(?:"
    r"(?P<source>(?:信息|消息|新闻|资料|数据|内容|原始|主要|参考|相关|引用)?(?:来源|出处|信源)|sources?|references?)"
    r"|(?P<link>(?:原文|参考|相关|推文|帖子|论文|项目|官方)?(?:链接|网址|地址)|原文|links?|url|via)"
    r")[^:,.;!?，。；！？\n]{0,24}:",
    re.IGNORECASE,
)
_NO_SOURCE_LONGER_THAN = 120  # characters without an address: then it is a sentence
_SEPARATORS = re.compile(r"[\s\W]|和|及|与|以及|and|等", re.IGNORECASE)
_CLOSING = re.compile(
    r"[\s*_(【>-]*(?:(?:附|备)?注\d?\s*:|(?:说明|声明|提示|免责声明)\s*:|以上(?:内容|信息|新闻|摘要|为|是|均|所有)"
    r"|本(?:文|摘要|日报|期|简报|内容|总结)"
    r"|(?:所有|全部)(?:内容|新闻|信息|条目|来源|链接)|希望(?:这|以上|本)|如(?:需|果您)"
    r"|note\b|disclaimer|(?:all|the above)\s+(?:items|news|content|links))"
    r"|.{0,8}(?:来源|source)[^:]{0,12}:.{0,6}(?:以上|所有内容|全部内容|本摘要|本文|本日报|均)",
    re.IGNORECASE,
)


def half_width(text: str) -> str:
    """Full-width letters, digits and punctuation as half-width ones; the length stays the same."""
    return text.translate(_WIDTH)


def without_start(pattern: re.Pattern[str], text: str) -> str:
    """The text without what `pattern` matches at its very beginning (`sub` would search on)."""
    match = pattern.match(text)
    return text[match.end() :] if match else text


def day_of_heading(line: str) -> tuple[str, date | None] | None:
    """The plain text and the day of a heading such as `AINews - 2026-01-21`; None if it is not one.

    The day is None when the heading names one that does not exist.
    """
    if "20" not in half_width(line) or len(line) > 120 or line.lstrip().startswith((">", "-", "|")):
        return None
    words = plain_text(line.strip().lstrip("#").strip())
    match = _DATE_HEADING.fullmatch(half_width(words))
    if not match:
        return None
    return words, _day(*(group for group in match.groups() if group is not None))


def day_of_line(line: str) -> date | None:
    """The day of a heading without the publisher's name, or of a line that is labelled as a date."""
    if not re.match(r"\s*(?:#|[>*\s]*(?:日期|date))", line, re.IGNORECASE):
        return None
    match = re.search(_DAY, half_width(line))
    return _day(*match.groups()) if match else None


def day_of_path(path: str) -> date | None:
    """The last day that the path names, file name before folder."""
    days = [_day(*found) for found in _PATH_DAY.findall(path)]
    return next((day for day in reversed(days) if day), None)


def section_channel(markdown: str, is_heading: bool = True) -> str | None:
    """`news` or `tools` if the words are the name of that section, in Chinese or English.

    A line that is not marked as a heading must be more explicit, since a summary may begin with the
    word for news.
    """
    if len(markdown) > 80 or "](" in markdown:
        return None
    words = half_width(plain_text(markdown))
    emoji = next((c for c, signs in _EMOJI.items() if words[:1] and words[0] in signs), None)
    name = _REMARK.sub("", words).strip()
    name = without_start(_ORDINAL, re.sub(r"^\W+|\W+$", "", name))
    match = _SECTION.fullmatch(name)
    if not is_heading and not (match and (emoji or _STRONG.search(name))):
        return None
    return match.lastgroup if match else emoji


def loose_channel(markdown: str) -> str:
    """The channel of a heading that is known to be a section: by the word in it, else `other`."""
    words = {match.lastgroup for match in _LOOSE.finditer(plain_text(markdown))}
    return str(words.pop()) if len(words) == 1 else "other"


def is_named_section(markdown: str) -> bool:
    """Whether a section name is explicit enough (十大, Top, an emoji) to tell the whole format."""
    return section_channel(markdown, is_heading=False) is not None


def ends_digest(markdown: str) -> bool:
    """Whether a heading opens what stands after a digest on its page."""
    label = plain_text(markdown)
    return bool(_END.match(label) or re.fullmatch(_DAY, half_width(label)))


def split_number(markdown: str) -> tuple[int | None, str]:
    """The written number of an item, if it has one, and the rest of its heading."""
    if match := _KEYCAP.match(markdown):
        return int(match[1] or 10), markdown[match.end() :]
    match = _NUMBER.match(half_width(markdown))
    if not match:
        return None, markdown
    return _number(match[1]), markdown[match.end() :]


def is_source(line: str) -> bool:
    """Whether a line (without its quotation mark) only says where the item comes from."""
    match = _SOURCE.match(half_width(line))
    if match:
        if "://" in line:
            return True
        limit = _NO_SOURCE_LONGER_THAN if match["source"] else 40
        return len(line) <= limit and not line[match.end() :].strip(" *_").startswith(("“", '"'))
    return is_only_links(line)


def is_only_links(line: str) -> bool:
    """Whether nothing but addresses, linked or bare, stands in the line."""
    if "://" not in line:
        return False
    rest = LINK.sub("", line)
    for address in addresses(rest):
        rest = rest.replace(address, "")
    return not _SEPARATORS.sub("", rest)


def is_closing(line: str) -> bool:
    """Whether a line speaks about the digest as a whole, as a note at its end does."""
    return bool(_CLOSING.match(half_width(line)))


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _number(digits: str) -> int:
    if digits.isdigit():
        return int(digits)
    tens, ten, units = digits.rpartition("十")
    value = _CHINESE_DIGITS.get(units[:1], 0)
    return (_CHINESE_DIGITS.get(tens[:1], 1) * 10 if ten else 0) + value
