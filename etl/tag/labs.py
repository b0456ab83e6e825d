"""Which labs an item names: by word, by official handle, by official address.

In: an item's plain text and its addresses. Out: one `Tag` a lab, with the words that made it.
Traps: a word inside an address, a handle or a community's name (r/LocalLLaMA) is not a name; the
longest phrase wins, so that "Google DeepMind" is not also Google; and a word with another meaning
(Cursor, MIT, Phi) counts only where the rule that the taxonomy gives for it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from etl.tag.matcher import OPEN, VERSIONED, Match, PhraseMatcher, fold, lower
from warehouse.model import Tag
from warehouse.taxonomy.labs import CarefulWords, Lab, LabRules, load_lab_rules, load_labs

_ADDRESS = re.compile(r"https?://[^\s<>\"'`()\[\]{}|，。；、）】」》]+", re.IGNORECASE | re.ASCII)
_HANDLE = re.compile(r"(?<![\w@/.])@(\w{2,30})(?:\b|_)", re.ASCII)
_SUBREDDIT = re.compile(r"(?<![\w/.])/?r/\w+", re.ASCII)
_VERSION = re.compile(r"[a-z]*(?:[- ]?v?\d[\w.]*(?:-[a-z]+\b)?)?", re.ASCII | re.IGNORECASE)
_SLUG_MARKS = re.compile(r"[-_.+]|%[0-9a-f]{2}")
_SLUG_LENGTH = 300
_DEPTH = 5  # no known place has more parts than this, while an address may have thousands
_TOUCHING = 40  # characters before and behind a careful word that its rule may look at


@dataclass(frozen=True)
class _Meaning:
    """What a phrase stands for; `None` as lab is a longer word that only contains a lab's."""

    lab_id: str | None
    phrase: str = ""
    exact: bool = False
    rule: _Rule | None = None

    def counts_as_spelled(self, text: str) -> bool:
        """Whether the letter case of the text will do."""
        return not self.exact or text == self.phrase.rstrip(VERSIONED + OPEN)


@dataclass(frozen=True)
class _Rule:
    """A careful rule, compiled."""

    words: CarefulWords
    needs: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    not_after: re.Pattern[str] | None


class LabTagger:
    """Finds labs by the taxonomy it was given; holds no state between items."""

    def __init__(self, labs: Sequence[Lab], rules: LabRules | None = None) -> None:
        """`rules` are those of the packaged taxonomy unless given."""
        rules = load_lab_rules() if rules is None else rules
        self._matcher = PhraseMatcher(_phrases(labs, rules), marks=True)
        self._handles = {h.lower(): lab.id for lab in labs for h in lab.handles}
        self._places: dict[str, str | None] = dict.fromkeys(rules.hosting)
        for lab in labs:
            self._places |= {place.lower(): lab.id for place in (*lab.domains, *lab.paths)}
        self._account_sites = frozenset(rules.account_sites)
        self._shelves = frozenset(rules.shelves)

    def tag(self, text: str, urls: Sequence[str] = (), on: date | None = None) -> list[Tag]:
        """The labs that the item names, ordered by lab id.

        Args:
            text: title, newline, plain text; handles stand in it as `@OpenAI`.
            urls: the item's addresses.
            on: the item's day, which decides who owned a product; today's owner without it.
        """
        found: dict[str, Tag] = {}
        masked = text
        if "://" in text:
            urls = (*urls, *_ADDRESS.findall(text))
            masked = _ADDRESS.sub(_blank, masked)
        handles: list[str] = []
        if "@" in masked:
            handles = _HANDLE.findall(masked)
            masked = _HANDLE.sub(_blank, masked)
        if "r/" in masked:
            masked = _SUBREDDIT.sub(_blank, masked)
        self._tag_names(text, masked, on, found)
        for handle in handles:
            _add(found, self._handles.get(handle.lower()), f"@{handle}", "handle")
        for url in urls:
            self._tag_address(url, found)
        return [found[lab_id] for lab_id in sorted(found)]

    def _tag_names(self, text: str, masked: str, on: date | None, found: dict[str, Tag]) -> None:
        folded = fold(masked)
        low = lower(folded)
        for match in self._matcher.find_folded(low):
            meaning: _Meaning = match.payload
            lab_id = meaning.lab_id
            if lab_id is None:
                continue
            if meaning.exact and not meaning.counts_as_spelled(folded[match.start : match.end]):
                continue
            if meaning.rule is not None:
                lab_id = _decide(meaning, match, low, on)
            if lab_id and lab_id not in found:
                words = text[match.start : _end_of_version(meaning, match, folded)]
                found[lab_id] = Tag("lab", lab_id, words, "name")

    def _tag_address(self, url: str, found: dict[str, Tag]) -> None:
        host, path = _host_and_path(url)
        if host in self._account_sites:
            account = path.partition("/")[0].removeprefix("@")
            _add(found, self._handles.get(account), url, "handle")
            return
        shelf, _, rest = path.partition("/")
        owner = self._owner(host, rest if f"{host}/{shelf}" in self._shelves else path)
        _add(found, owner, url, "address")
        slug = path.rpartition("/")[2][:_SLUG_LENGTH]
        if len(_SLUG_MARKS.findall(slug)) > 1:
            for match in self._matcher.find_folded(_SLUG_MARKS.sub(" ", slug)):
                if match.payload.rule is None and not match.payload.exact:
                    _add(found, match.payload.lab_id, url, "address")

    def _owner(self, host: str, path: str) -> str | None:
        """Whose address it is: the longest path known under the host, else under a wider host."""
        folder = path.rpartition("/")[0]
        for known_host in _wider(host):
            any_page = f"{known_host}/{folder}/*"
            if any_page in self._places:
                return self._places[any_page]
            for known in _shorter(f"{known_host}/{path}" if path else known_host):
                if known in self._places:
                    return self._places[known]
        return None


@cache
def lab_tagger() -> LabTagger:
    """The tagger of the packaged taxonomy, built once."""
    return LabTagger(load_labs(), load_lab_rules())


def _phrases(labs: Sequence[Lab], rules: LabRules) -> Iterator[tuple[str, _Meaning]]:
    for phrase in rules.not_labs:
        yield phrase, _Meaning(None)
    for lab in labs:
        for phrase in dict.fromkeys((*lab.names, *lab.products)):
            yield phrase, _Meaning(lab.id, phrase)
        for phrase in lab.exact:
            yield phrase, _Meaning(lab.id, phrase, exact=True)
        for words in lab.careful:
            rule = _compile(words)
            for phrase in words.words:
                yield phrase, _Meaning(lab.id, phrase, words.exact, rule)


def _compile(words: CarefulWords) -> _Rule:
    def company(beginnings: tuple[str, ...]) -> re.Pattern[str] | None:
        if not beginnings:
            return None
        any_of = "|".join(re.escape(lower(fold(b))) for b in beginnings)
        return re.compile(rf"(?<![a-z0-9])(?:{any_of})")

    def touching(pattern: str, end: str = "") -> re.Pattern[str] | None:
        return re.compile(f"(?:{pattern}){end}") if pattern else None

    return _Rule(
        words,
        company(words.needs),
        company(words.unless),
        touching(words.before, r"\Z"),
        touching(words.after),
        touching(words.not_before, r"\Z"),
        touching(words.not_after),
    )


def _decide(meaning: _Meaning, match: Match, low: str, on: date | None) -> str | None:
    """The lab that a careful word stands for here, or None."""
    rule = meaning.rule
    if rule is None or (_is_owned(rule.words, on) and _holds(rule, match, low)):
        return meaning.lab_id
    return rule.words.otherwise if _is_owned(rule.words, on) else None


def _end_of_version(meaning: _Meaning, match: Match, folded: str) -> int:
    """The end of the words, with the version that follows: GPT-4o rather than GPT."""
    more = _VERSION.match(folded, match.end) if meaning.phrase.endswith((VERSIONED, OPEN)) else None
    return match.end + len(more[0].rstrip(".-")) if more else match.end


def _is_owned(words: CarefulWords, on: date | None) -> bool:
    if on is None:
        return words.until is None
    return (words.since is None or words.since <= on) and (words.until is None or on <= words.until)


def _holds(rule: _Rule, match: Match, low: str) -> bool:
    head = low[max(0, match.start - _TOUCHING) : match.start]
    tail = low[match.end : match.end + _TOUCHING]
    if rule.not_after and rule.not_after.match(tail):
        return False
    if rule.not_before and rule.not_before.search(head):
        return False
    if rule.after and not rule.after.match(tail):
        return False
    if rule.before and not rule.before.search(head):
        return False
    if rule.unless and rule.unless.search(low):
        return False
    return not (rule.needs and not rule.needs.search(low))


def _add(found: dict[str, Tag], lab_id: str | None, evidence: str, kind: str) -> None:
    """The first evidence of a lab stays: names before handles before addresses."""
    if lab_id and lab_id not in found:
        found[lab_id] = Tag("lab", lab_id, evidence, kind)


def _host_and_path(url: str) -> tuple[str, str]:
    address = re.split(r"[?#]", url.partition("://")[2].lower(), maxsplit=1)[0]
    host, _, path = address.partition("/")
    host = host.rpartition("@")[2].partition(":")[0].removeprefix("www.").removeprefix("m.")
    return host, path.rstrip("/")


def _blank(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())


def _wider(host: str) -> Iterator[str]:
    """a.b.c → a.b.c, b.c"""
    parts = host.split(".")[-_DEPTH:]
    for first in range(len(parts) - 1):
        yield ".".join(parts[first:])


def _shorter(address: str) -> Iterator[str]:
    """a/b/c → a/b/c, a/b, a"""
    parts = address.split("/")[:_DEPTH]
    for last in range(len(parts), 0, -1):
        yield "/".join(parts[:last])
