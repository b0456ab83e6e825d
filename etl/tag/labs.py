"""Which labs an item names: by word, by official handle, by official address.

In: an item's plain text and its addresses. Out: one `Tag` a lab, with the words that made it.
Traps: a word inside an address, a handle or a community's name (r/LocalLLaMA) is not a name; the
longest phrase wins, so that "Google DeepMind" is not also Google; a child that covers its parent
(DeepMind) leaves the parent out, since the marts count it there too; and a word with another meaning
(Cursor, MIT, Phi) counts only where the rule that the taxonomy gives for it holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from etl.tag.hosts import host_and_path, shorter, wider
from etl.tag.lab_rules import Meaning, Owner, decide, families, is_owned, meanings
from etl.tag.matcher import OPEN, VERSIONED, PhraseMatcher, fold, lower
from warehouse.model import Tag
from warehouse.taxonomy.labs import Held, Lab, LabRules, load_lab_rules, load_labs

_ADDRESS = re.compile(r"https?://[^\s<>\"'`()\[\]{}|，。；、）】」》]+", re.IGNORECASE | re.ASCII)
_HANDLE = re.compile(r"(?<![\w@/.])@(\w{2,30})(?:\b|_)", re.ASCII)
_SUBREDDIT = re.compile(r"(?<![\w/.])/?r/\w+", re.ASCII)
_VERSION = re.compile(r"[a-z]*(?:[- ]?v?\d[\w.]*(?:-[a-z]+\b)?)?", re.ASCII | re.IGNORECASE)
_SLUG_MARKS = re.compile(r"[-_.+]|%[0-9a-f]{2}")
_SLUG_LENGTH = 300
# A parent named within so many characters of its child is the same mention (measured: in all items of
# the labelled sets but one, where readers leave the parent out, it stands within 209).
_NEAR = 250


class LabTagger:
    """Finds labs by the taxonomy it was given; holds no state between items."""

    def __init__(self, labs: Sequence[Lab], rules: LabRules | None = None) -> None:
        """`rules` are those of the packaged taxonomy unless given."""
        rules = load_lab_rules() if rules is None else rules
        self._matcher = PhraseMatcher(meanings(labs, rules), marks=True)
        self._handles: dict[str, tuple[Owner, ...]] = {}
        self._places: dict[str, tuple[Owner, ...]] = dict.fromkeys(rules.hosting, ())
        for lab in labs:
            always = Held(lab.handles, lab.domains, (*lab.paths, *lab.joint_paths))
            for held in (always, *lab.held):
                owner = Owner(lab.id, held.since, held.until)
                for handle in map(str.lower, held.handles):
                    self._handles[handle] = (*self._handles.get(handle, ()), owner)
                for place in map(str.lower, (*held.domains, *held.paths)):
                    self._places[place] = (*self._places.get(place, ()), owner)
        self._account_sites = frozenset(rules.account_sites)
        self._shelves = frozenset(rules.shelves)
        self._covering = [
            (lab.id, lab.parent_id, re.compile(lab.parent_too) if lab.parent_too else None)
            for lab in labs
            if lab.covers_parent and lab.parent_id
        ]
        self._families = families(labs)

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
        handles: list[tuple[str, int]] = []
        if "@" in masked:
            handles = [(h[1], h.start()) for h in _HANDLE.finditer(masked)]
            masked = _HANDLE.sub(_blank, masked)
        if "r/" in masked:
            masked = _SUBREDDIT.sub(_blank, masked)
        low, starts = self._tag_names(text, masked, on, found)
        for handle, start in handles:
            for lab_id in _on_day(self._handles.get(handle.lower(), ()), on):
                _add(found, lab_id, f"@{handle}", "handle")
                starts.append((lab_id, start))
        for url in urls:
            self._tag_address(url, on, found)
        self._drop_covered(low, starts, found)
        return [found[lab_id] for lab_id in sorted(found)]

    def knows_words(self, words: str) -> bool:
        """Whether a phrase of the taxonomy stands in `words`, in whatever company it would count."""
        return bool(self._matcher.find(words))

    def knows_address(self, url: str) -> bool:
        """Whether a lab owns the place, or it is one where other people's things lie."""
        host, path = host_and_path(url)
        return host in self._account_sites or any(
            known in self._places
            for known_host in wider(host)
            for known in shorter(f"{known_host}/{path}" if path else known_host)
        )

    def _tag_names(
        self, text: str, masked: str, on: date | None, found: dict[str, Tag]
    ) -> tuple[str, list[tuple[str | None, int]]]:
        """Add the labs that words name; returns the text as searched, and where each lab stands."""
        starts: list[tuple[str | None, int]] = []
        folded = fold(masked)
        low = lower(folded)
        for start, end, meaning in self._matcher.found(low):
            lab_id = meaning.lab_id
            if lab_id is None or (lab_id in found and meaning.is_settled_by_one):
                continue
            if meaning.exact and not meaning.counts_as(folded[start:end]):
                continue
            if meaning.rule is not None:
                lab_id = decide(meaning, start, end, low, on)
            if lab_id in self._families:
                starts.append((lab_id, start))
            if lab_id and lab_id not in found:
                words = text[start : _end_of_version(meaning, end, folded)]
                found[lab_id] = Tag("lab", lab_id, words, "name")
        return low, starts

    def _drop_covered(
        self, low: str, starts: list[tuple[str | None, int]], found: dict[str, Tag]
    ) -> None:
        """Take out a parent that is only named around a child which covers it."""
        for child, parent, parent_too in self._covering:
            if child not in found or parent not in found:
                continue
            near = [start for lab_id, start in starts if lab_id == child]
            is_far = near and any(
                min(abs(start - other) for other in near) > _NEAR
                for lab_id, start in starts
                if lab_id == parent
            )
            if not is_far and not (parent_too and parent_too.search(low)):
                del found[parent]

    def _tag_address(self, url: str, on: date | None, found: dict[str, Tag]) -> None:
        host, path = host_and_path(url)
        if host in self._account_sites:
            account = path.partition("/")[0].removeprefix("@")
            for lab_id in _on_day(self._handles.get(account, ()), on):
                _add(found, lab_id, url, "handle")
            return
        shelf, _, rest = path.partition("/")
        owners = self._owners(host, rest if f"{host}/{shelf}" in self._shelves else path)
        for lab_id in _on_day(owners, on):
            _add(found, lab_id, url, "address")
        slug = path.rpartition("/")[2][:_SLUG_LENGTH]
        if len(_SLUG_MARKS.findall(slug)) > 1:
            for match in self._matcher.find_folded(_SLUG_MARKS.sub(" ", slug)):
                if match.payload.rule is None and not match.payload.exact:
                    _add(found, match.payload.lab_id, url, "address")

    def _owners(self, host: str, path: str) -> tuple[Owner, ...]:
        """Whose address it is: the longest path known under the host, else under a wider host."""
        folder = path.rpartition("/")[0]
        for known_host in wider(host):
            any_page = f"{known_host}/{folder}/*"
            if any_page in self._places:
                return self._places[any_page]
            for known in shorter(f"{known_host}/{path}" if path else known_host):
                if known in self._places:
                    return self._places[known]
        return ()


@cache
def lab_tagger() -> LabTagger:
    """The tagger of the packaged taxonomy, built once."""
    return LabTagger(load_labs(), load_lab_rules())


def _end_of_version(meaning: Meaning, end: int, folded: str) -> int:
    """The end of the words, with the version that follows: GPT-4o rather than GPT."""
    more = _VERSION.match(folded, end) if meaning.phrase.endswith((VERSIONED, OPEN)) else None
    return end + len(more[0].rstrip(".-")) if more else end


def _on_day(owners: tuple[Owner, ...], on: date | None) -> list[str]:
    return [owner.lab_id for owner in owners if is_owned(owner, on)]


def _add(found: dict[str, Tag], lab_id: str | None, evidence: str, kind: str) -> None:
    """The first evidence of a lab stays: names before handles before addresses."""
    if lab_id and lab_id not in found:
        found[lab_id] = Tag("lab", lab_id, evidence, kind)


def _blank(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())
