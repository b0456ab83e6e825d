"""The English archive (2023-12 to 2026) and its Chinese translations → a typed digest.

In: an issue's text (front matter and Markdown) and its path, whose stem names the issue.
Out: `ParsedDigest`, or `Unreadable` when there is no front matter, no date, or only a stub body.

What an item is, the same in all years: a top-level bullet (or number) with its sub-bullets and
continuation lines as part of its text. Outside lists, a paragraph is an item if it has at least 80
letters (a Chinese character counts as three) or an address; a shorter one goes on with the
paragraph above it, or names the list below it (last part of `section`). A quotation goes on with
what stands above it. A heading or bold line of 80 letters with nothing under it is an item, too.
Title: of a Reddit post its title; else the bold lead (`**…**:`); else the first sentence, cut at
about 120 characters. Text: the rest, sub-bullets on lines of their own, so that title and text hold
every word once; it may be empty. Addresses: in order; of a Reddit post its thread first.
Which part a line stands in, and which lines are no news, `headings.yml` says. What was passed over
is counted in `notes`; what became of each line is kept in a `LineLedger`.

Traps: 538 issues of the public archive have a stub body here and the real one elsewhere; some files
of the translation are not translated at all, so the language is read from the text; the translator
worked on pieces and lost the indentation of their first lines, so that comments look like posts:
where posts have counters, a bullet without them goes on with the post above it.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePosixPath

from etl.parsers import blocks, front_matter
from etl.parsers.errors import Unreadable
from etl.parsers.headings import headings
from etl.parsers.issue_items import IssueItems
from etl.parsers.line_ledger import Kind, LineLedger
from etl.parsers.markdown import plain_text
from warehouse.model import ParsedDigest

FORMAT = "en_archive"
_HEAD_KEY = re.compile(r"^(?:title|date):", re.MULTILINE)
_SAMPLE = 20_000  # characters that are enough to tell the language
_LATIN = re.compile(r"[A-Za-z]+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def looks_like(text: str) -> bool:
    """Whether `text` opens with front matter that has a title or a date."""
    start = text[:100_000].lstrip("\ufeff \t\r\n")
    if not start.startswith("---"):
        return False
    end = start.find("\n---", 3)
    return _HEAD_KEY.search(start, 0, end if end > 0 else len(start)) is not None


def is_stub(text: str) -> bool:
    """Whether the body only says that the issue is kept elsewhere."""
    head = front_matter.split(text)
    return head is not None and headings().is_stub(head.body)


def parse(text: str, path: str) -> ParsedDigest:
    """Read one issue; raises Unreadable when it is none, has no date, or is a stub."""
    return read(text, path)[0]


def read(text: str, path: str) -> tuple[ParsedDigest, LineLedger]:
    """The same, with what became of each line."""
    head = front_matter.split(text)
    if head is None:
        raise Unreadable("not_front_matter", "line 1", text.lstrip()[:120])
    table = headings()
    if table.is_stub(head.body):
        raise Unreadable("stub_body", f"line {head.body_line}", head.body.strip())
    published_on = front_matter.day(head.fields.get("date"))
    if published_on is None:
        raise Unreadable("no_date", "front matter", front_matter.text(head.fields.get("date")))
    ledger = LineLedger.of_text(text)
    for number in head.lines:
        ledger.mark(number, number, Kind.heading)
    lines = head.body.replace("\r\n", "\n").split("\n")
    found = IssueItems(table, ledger)
    for block in blocks.read(lines, head.body_line, table.has_counter, ledger):
        found.take(block)
    found.finish()
    return _digest(found, head, published_on, PurePosixPath(path).stem), ledger


def _digest(
    found: IssueItems, head: front_matter.FrontMatter, published_on: date, slug: str
) -> ParsedDigest:
    notes = list(found.notes())
    if head.is_repaired:
        notes.append("front_matter_repaired")
    if not found.items:
        notes.append("empty_issue")
    return ParsedDigest(
        format=FORMAT,
        slug=slug,
        published_on=published_on,
        language=_language(head.body, found.table.chinese_share),
        title=plain_text(front_matter.text(head.fields.get("title"))) or slug,
        url=found.table.issue_url.format(slug=slug),
        original_url=None,
        items=tuple(found.items),
        coverage=found.ledger.coverage(),
        notes=tuple(notes),
        front_matter=head.fields,
    )


def _language(body: str, chinese_share: float) -> str:
    """The language of most of the body, from an even sample of its characters."""
    sample = body[:: max(1, len(body) // _SAMPLE)]
    chinese = sum(map(len, _CHINESE.findall(sample)))
    latin = sum(map(len, _LATIN.findall(sample)))
    return "zh" if chinese > chinese_share * (chinese + latin) else "en"
