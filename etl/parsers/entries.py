"""One entry of an issue: its Markdown lines as title, text and addresses.

In: the lines of a bullet (its sub-bullets included) or paragraph. Out: plain title and text, which
together hold every word once, and the addresses, the main one first.
Traps: a bold lead may be a link, have four asterisks, or end in a full-width colon; the counters
behind a Reddit title belong to neither title nor text, but hold the address of the thread.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from etl.parsers.headings import Headings
from etl.parsers.markdown import addresses, plain_text

LONGEST_TITLE = 120  # of a title that is cut from running text
LONGEST_LEAD = 200  # a bold text beyond that is no title
LONGEST_SENTENCE = 160  # a whole sentence may be somewhat longer than that
SHORTEST_PARAGRAPH = 80  # letters
_SHORTEST_TITLE = 20
_CHINESE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")
_LEAD = re.compile(
    r"(\[?\*{2,4}(?!\s)(?:[^*\n]|\*(?!\*))+\*{2,4}(?:\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\))?)"
    r"(?:\s*[:：]\s*|\s+[-–—]{1,2}\s+|\s*\Z|(?<=[.!?:。！？：]\*\*)\s*)"
)
_SENTENCE_END = re.compile(r"[.!?][\"”')\]]*(?=\s)|[。！？][”’」）]*")
_CLAUSE_END = re.compile(r"[,;:](?=\s)|\s[-–—](?=\s)|[，；：、—]")
_COLON = " \t:：-–—"


# A number of a post's counters: 873, 1,234 or 1.2k.
_COUNT = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+(?=k))?)(k?)(?![\w.,]*\d)", re.IGNORECASE
)


@dataclass(frozen=True)
class Entry:
    """What an item says; `text` is empty when the title says it all."""

    title: str
    text: str
    urls: tuple[str, ...]
    activity: int | None = None
    comment_count: int | None = None


def read(lines: Sequence[str], table: Headings, is_post: bool = False) -> Entry | None:
    """Title, text and addresses of `lines`; None when they hold neither words nor addresses.

    `is_post`: it is a Reddit post with counters.
    """
    urls = addresses("\n".join(lines))
    first, counter = lines[0], table.counter(lines[0]) if is_post else None
    if counter is not None and counter.start() > 0:
        title = plain_text(first[: counter.start()])
        opening = plain_text(first[counter.end() :].lstrip(_COLON))
        urls = _thread_first(urls, first, table)
    else:
        title, opening = _lead(first) or cut(plain_text(first))
    rest = [plain_text(line) for line in lines[1:]] if len(lines) > 1 else []
    texts = [text for text in (opening, *rest) if text]
    if not title:
        title = texts.pop(0) if texts else next(iter(urls), "")
    if not title:
        return None
    return Entry(title, "\n".join(texts), urls, *_counts(counter[0] if counter else ""))


def _counts(counter: str) -> tuple[int | None, int | None]:
    """The numbers of `(Score: 873, Comments: 94)` or `(Activity: 1.2k)`: of the post, of comments."""
    found = [_number(m[1], m[2]) for m in _COUNT.finditer(counter.partition("](")[0])][:2]
    return (found[0] if found else None, found[1] if len(found) > 1 else None)


def _number(digits: str, thousands: str) -> int:
    """1,234 and 1.2k as whole numbers."""
    return (
        round(float(digits.replace(",", "")) * 1000) if thousands else int(digits.replace(",", ""))
    )


def carries_fact(lines: Sequence[str]) -> bool:
    """Whether a paragraph outside a list is an entry: it is long, or it points somewhere."""
    return bool(addresses("\n".join(lines))) or is_long(" ".join(map(plain_text, lines)))


def is_long(text: str) -> bool:
    """Whether plain text outside a list is long enough to carry a fact.

    A Chinese character says as much as three letters: so measured, translations agree with their
    originals.
    """
    return len(text) + 2 * len(_CHINESE.findall(text)) >= SHORTEST_PARAGRAPH


def _lead(markdown: str) -> tuple[str, str] | None:
    """The bold words that open a bullet as its title, and what follows them."""
    match = _LEAD.match(markdown)
    title = plain_text(match[1]).rstrip(_COLON) if match else ""
    if match is None or len(title) > LONGEST_LEAD:
        return None
    return title, plain_text(markdown[match.end() :])


def cut(text: str) -> tuple[str, str]:
    """A title from the beginning of running text, and what follows it.

    The first sentence; if that is too long, as much of it as fits, up to the end of a clause or
    else of a word.
    """
    if end := _SENTENCE_END.search(text, _SHORTEST_TITLE, LONGEST_SENTENCE + 1):
        return text[: end.end()], text[end.end() :].lstrip()
    if len(text) <= LONGEST_SENTENCE:
        return text, ""
    ends = [m.end() for m in _CLAUSE_END.finditer(text, LONGEST_TITLE // 2, LONGEST_TITLE)]
    border: int = ends[-1] if ends else _word_border(text)
    return text[:border].rstrip(), text[border:].lstrip()


def _word_border(text: str) -> int:
    """The last place up to LONGEST_TITLE that is no word or address, else the first one after."""
    back = range(LONGEST_TITLE, _SHORTEST_TITLE, -1)
    for index in chain(back, range(LONGEST_TITLE, len(text))):
        if text[index].isspace() or _is_chinese(text[index]) or _is_chinese(text[index - 1]):
            return index
    return len(text)


def _is_chinese(char: str) -> bool:
    return "\u2e80" <= char <= "\uffef"


def _thread_first(urls: tuple[str, ...], first: str, table: Headings) -> tuple[str, ...]:
    """A post's own thread stands on its first line, before or in the counters."""
    thread = next((url for url in addresses(first) if table.is_thread(url)), None)
    if thread is None or urls[:1] == (thread,):
        return urls
    return (thread, *(url for url in urls if url != thread))
