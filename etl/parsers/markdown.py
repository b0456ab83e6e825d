"""Markdown as plain words and addresses: what every parser shares.

In: a piece of Markdown as it stands in a digest. Out: its words without marks, or its addresses.
Traps: brackets nest (`[FLUX.2 [dev]](…)`, `…/wiki/Rust_(language)`), Chinese punctuation touches
addresses (`https://a.b/c）。`), and an asterisk or underscore inside code or an address is no mark.
Every pattern is possessive or bounded: the functions run on hundreds of thousands of items.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

_LABEL = r"\[((?:[^\[\]]{1,1000}+|\[(?:[^\[\]]{1,300}+|\[[^\[\]]{0,100}+\]){0,10}+\]){0,40}+)\]"
_TARGET = r"((?:[^()\s<>]++|\((?:[^()\s<>]++|\([^()\s<>]*+\))*+\))*+)"
_TITLE = r"""(?:\s+(?:"[^"\n]*+"|'[^'\n]*+'))?"""
# The last alternative is a page that breaks off inside an address.
LINK = re.compile(rf"{_LABEL}\(\s*<?(?:{_TARGET}>?{_TITLE}\s*\)|(https?://\S*)\Z)")
_IMAGE = re.compile(rf"!{_LABEL}\(\s*<?{_TARGET}>?{_TITLE}\s*\)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|center|code|del|details|div|em|font|h[1-6]|hr|i|iframe|img|ins"
    r"|kbd|li|mark|ol|p|picture|pre|s|small|source|span|strong|sub|summary|sup|table|tbody|td|th"
    r"|thead|tr|u|ul|video)(?:\s[^<>]*+)?\s*+/?>",
    re.IGNORECASE,
)
_AUTOLINK = re.compile(r"<(https?://[^\s<>]++)>")
_FENCE = re.compile(r"^[ \t>]*(?:```|~~~)[^\n`]*$", re.MULTILINE)
_KEPT = re.compile(
    r"(`{1,2})(?!`)([^`\n]++)\1(?!`)"  # code
    r"|(https?://[^\s<>()\[\]`*\\]++)"
    r"|\\([!-/:-@\[-`{-~])"  # an escaped character
)
# Each mark has a pattern of its own too: most texts have stars only, and this runs 300,000 times.
_STAR_BOLD = re.compile(r"\*\*(?=\S)((?:[^*\n]|\*(?!\*))++)\*\*")
_BOLD = re.compile(_STAR_BOLD.pattern + r"|(?<!\w)__(?=\S)((?:[^_\n]|_(?!_))++)__(?!\w)")
# Bold inside bold leaves its outer marks behind; at the edge of a word they are never text.
_STRAY_BOLD = re.compile(r"(?<![0-9A-Za-z*])\*{2,4}(?=[^\s*])|(?<=[^\s*])\*{2,4}(?![0-9A-Za-z*])")
_STAR_ITALIC = re.compile(r"(?<![0-9A-Za-z*])\*(?=[^\s*])([^*\n]*+)(?<!\s)\*(?![0-9A-Za-z*])")
_ITALIC = re.compile(
    _STAR_ITALIC.pattern + r"|(?<![\w_])_(?=[^\s_])((?:[^_\n]|(?<=\w)_(?=\w))++)(?<!\s)_(?!\w)"
)
_STRUCK = re.compile(r"~~(?=\S)([^~\n]++)~~")
_STASHED = re.compile("\ue000(\\d+)\ue001")
_INVISIBLE = re.compile("[\ufeff\u200b\u2060\ue000\ue001]+")
_HEADING = re.compile(r"(?:(#{1,6})[ \t\u3000]+|(#{2,6})(?=[^#\s]))(.*?)[ \t]*#*[ \t]*\Z")

_ADDRESS = re.compile(
    r"https?://[^\s<>\"`|\\^{}\ue000\ue001]*(?:\\[_*~&#.\-][^\s<>\"`|\\^{}]*)*", re.IGNORECASE
)
_WIDE = frozenset("（）【】「」『』《》〈〉［］｛｝，。；：、！？“”‘’…—·～　")
# Where an address may end before its pattern does.
_MAY_END = re.compile(rf"[()\[\]{''.join(sorted(_WIDE))}\u2e80-\U0010ffff]")
# A host of these characters needs no closer look.
_PLAIN_HOST = re.compile(r"https?://[A-Za-z0-9.-]++(?=[/?#]|\Z)", re.IGNORECASE)
_TRAILING = ".,;:!?'*~…"
_OPENING = {")": "(", "]": "["}


def plain_text(markdown: str) -> str:
    """The words of `markdown`: a link is its label, marks and images are gone, spaces collapsed.

    A bare address stays; an address that is the whole label of a link goes with the link.
    """
    text = markdown if markdown.isascii() else _INVISIBLE.sub("", markdown)
    if "<!--" in text:
        text = _COMMENT.sub(" ", text)
    if "](" in text:
        text = _without_links(text)
    if "<" in text:
        text = _TAG.sub(" ", _AUTOLINK.sub(r"\1", text))
    if "`" in text or "~" in text or "*" in text or "_" in text or "\\" in text:
        text = _without_marks(text)
    if "&" in text:
        text = html.unescape(text)
    return " ".join(text.split())


def addresses(markdown: str) -> tuple[str, ...]:
    """All http(s) addresses of `markdown`, link targets and bare ones, in order, without repeats.

    Images and comments are decoration: their addresses are not what the text points to.
    """
    if "://" not in markdown:
        return ()
    if "<!--" in markdown:
        markdown = _COMMENT.sub(" ", markdown)
    if "![" in markdown:
        markdown = _IMAGE.sub("", markdown)
    return tuple(dict.fromkeys(_each_address(markdown)))


def heading(line: str) -> tuple[int, str] | None:
    """Level and Markdown text of an ATX heading, or None.

    Indentation is forgiven, and from level 2 on a missing space (`#1` may be a rank, `##1` is not).
    """
    match = _HEADING.match(line.strip())
    if not match or not match[3].strip():
        return None
    return len(match[1] or match[2]), match[3].strip()


def _without_links(text: str) -> str:
    if "![" in text:
        text = _IMAGE.sub("", text)
    text = LINK.sub(_label, text)
    return LINK.sub(_label, text) if "](" in text else text  # a label may hold a link of its own


def _label(match: re.Match[str]) -> str:
    label = match[1].strip()
    if label.startswith(("http://", "https://")) and not any(c.isspace() for c in label):
        return ""
    return match[1]


def _without_marks(text: str) -> str:
    """Take out emphasis and code marks, with code, addresses and escaped characters set aside."""
    kept: list[str] = []

    def stash(match: re.Match[str]) -> str:
        kept.append(match[2] or match[3] or match[4])
        return f"\ue000{len(kept) - 1}\ue001"

    if "```" in text or "~~~" in text:
        text = _FENCE.sub(" ", text)
    if "`" in text or "\\" in text or "://" in text:
        text = _KEPT.sub(stash, text)
    has_underscore = "_" in text
    if "**" in text or "__" in text:
        text = (_BOLD if "__" in text else _STAR_BOLD).sub(_inner, text)
        if "**" in text:
            text = _STRAY_BOLD.sub("", text)
    if "*" in text or has_underscore:
        text = (_ITALIC if has_underscore else _STAR_ITALIC).sub(_inner, text)
    if "~~" in text:
        text = _STRUCK.sub(_inner, text)
    return _STASHED.sub(lambda m: kept[int(m[1])], text) if kept else text


def _inner(match: re.Match[str]) -> str:
    return match[match.lastindex or 0]  # a mark has one group in each alternative


def _each_address(text: str) -> Iterator[str]:
    position = 0
    while match := _ADDRESS.search(text, position):
        start = match.start()
        is_target = text[max(start - 2, 0) : start] == "](" or text[start - 1 : start] == "<"
        found = _cut(match[0], is_target)
        position = start + max(len(found), len("https://"))
        address = _clean(found, is_target)
        if _has_host(address):
            yield address


def _cut(found: str, is_target: bool) -> str:
    """End an address at a bracket that it did not open, or at a character that cannot be in one."""
    open_brackets: list[str] = []
    for match in _MAY_END.finditer(found):
        index, char = match.start(), match[0]
        if char in "([":
            open_brackets.append(char)
        elif char in _OPENING:
            if not open_brackets or open_brackets.pop() != _OPENING[char]:
                return found[:index]
        elif char in _WIDE or (not is_target and ord(char) >= 0x2E80):
            return found[:index]
    return found


def _clean(found: str, is_target: bool) -> str:
    if "\\" in found:
        found = re.sub(r"\\([_*~&#.\-])", r"\1", found)
    if "&" in found:
        found = html.unescape(found)
    # A link target says where it ends; a bare address may be followed by the sentence's full stop.
    return found.rstrip(",;" if is_target else _TRAILING)


def _has_host(address: str) -> bool:
    if _PLAIN_HOST.match(address):
        return True
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:  # `http://[` and the like
        return False
