"""Propose labs: names that occur often and that the taxonomy does not know.

In: an open snapshot, and perhaps the front matter of an archive. Out: `Proposal`s: handles, organisation
pages, hosts, front-matter slugs and capitalised words, by the number of items that name them.
Traps: most handles are people and most hosts are media, which propose.yml leaves out; a capital letter
at the beginning of a sentence or in a heading names nothing, so only texts count, inside sentences, and
only words that are seldom written small.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from etl.tag.by_issue import Issue, lab_of
from etl.tag.labs import lab_tagger
from warehouse.connect import Snapshot
from warehouse.queries import statement
from warehouse.taxonomy.labs import read_yaml

EXAMPLES = 2
_LONGEST = 3  # words of a name
# A word that is written small in more than this share of its occurrences is an everyday word.
_SMALL = 0.2
_WORD = re.compile(r"[A-Za-z][\w.+-]*\w", re.ASCII)
_NAME = re.compile(
    rf"(?<=[a-z0-9,;)’'\"]\s)[A-Z][\w+-]*\w(?:\s[A-Z][\w+-]*\w){{0,{_LONGEST - 1}}}", re.ASCII
)


@dataclass
class Proposal:
    """A name, and where it occurs."""

    kind: str  # handle, organisation, domain, slug or words
    name: str
    items: int = 0
    first_on: date | None = None
    last_on: date | None = None
    examples: list[str] = field(default_factory=list)  # "item id: its title"


def proposals(snap: Snapshot, least: int, issues: Sequence[Issue] = ()) -> list[Proposal]:
    """Unknown names that at least `least` items (of slugs: issues) have, the commonest first."""
    found = [
        *_accounts(snap, least),
        *_slugs(issues, least),
        *word_proposals(_rows(snap), least),
    ]
    return sorted(found, key=lambda p: (-p.items, p.kind, p.name))


def proposal_lines(found: Sequence[Proposal]) -> list[str]:
    """The proposals as a table."""
    lines = [f"{'kind':<13}{'name':<34}{'items':>6}  {'first':<11}{'last':<11}examples"]
    for p in found:
        examples = " | ".join(p.examples)
        days = "".join(f"{day.isoformat() if day else '':<11}" for day in (p.first_on, p.last_on))
        lines.append(f"{p.kind:<13}{p.name:<34}{p.items:>6}  {days}{examples}".rstrip())
    return lines


def _accounts(snap: Snapshot, least: int) -> Iterator[Proposal]:
    frame = snap.frame(statement("answers", "named_accounts"), {"least": least})
    for row in frame.to_dict("records"):
        kind, name = row["kind"], row["name"]
        if name in _left_out(kind) or _is_known(kind, name):
            continue
        first, last = row["first_on"].date(), row["last_on"].date()
        examples = [_example(e["item_id"], e["title"]) for e in row["examples"]]
        yield Proposal(kind, name, int(row["items"]), first, last, examples)


def _is_known(kind: str, name: str) -> bool:
    if kind == "handle":
        return bool(lab_tagger().tag(f"@{name}"))
    return lab_tagger().knows_address(f"https://{name}")


def _slugs(issues: Sequence[Issue], least: int) -> Iterator[Proposal]:
    by_slug: dict[tuple[str, str], list[Issue]] = {}
    for issue in issues:
        for kind in ("companies", "models"):
            for slug in getattr(issue, kind):
                by_slug.setdefault((kind, slug), []).append(issue)
    for (kind, slug), mine in by_slug.items():
        if len(mine) < least or slug in _left_out("slug") or lab_of(slug, kind):
            continue
        days = sorted(i.on for i in mine if i.on)
        first, last = (days[0], days[-1]) if days else (None, None)
        yield Proposal(
            "slug", slug, len(mine), first, last, [i.title[:60] for i in mine[:EXAMPLES]]
        )


def word_proposals(rows: Sequence[tuple[str, date, str, str]], least: int) -> Iterator[Proposal]:
    """Names of capitalised words; `rows`: item id, day, title, text, oldest first."""
    counts: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for _, _, _, text in rows:
        counts.update(capitalised(text))
        small.update({w for w in _WORD.findall(text) if w[0].islower()})
    kept = {
        name: Proposal("words", name)
        for name, count in counts.items()
        if count >= least and _is_name(name, count, small) and not lab_tagger().knows_words(name)
    }
    for item_id, day, title, text in rows:
        for name in capitalised(text) & kept.keys():
            proposal = kept[name]
            proposal.items += 1
            proposal.first_on = proposal.first_on or day
            proposal.last_on = day
            if len(proposal.examples) < EXAMPLES:
                proposal.examples.append(_example(item_id, title or text))
    yield from kept.values()


def capitalised(text: str) -> set[str]:
    """Runs of one to three capitalised words inside the sentences of a text, each once."""
    return set(_NAME.findall(text))


def _is_name(name: str, count: int, small: Counter[str]) -> bool:
    words = name.split()
    if name.lower() in _left_out("words") or all(w.lower() in _left_out("words") for w in words):
        return False
    return any(small[word.lower()] <= _SMALL * count for word in words)


def _rows(snap: Snapshot) -> list[tuple[str, date, str, str]]:
    frame = snap.frame(statement("answers", "item_texts"))
    days = (day.date() for day in frame["published_on"])
    return list(zip(frame["item_id"], days, frame["title"], frame["text"], strict=True))


def _example(item_id: str, title: str) -> str:
    return f"{item_id}: {' '.join(title.split())[:60]}"


@cache
def _left_out(kind: str) -> Collection[str]:
    """Names of a kind that are no lab, from propose.yml; lower-case."""
    lists: dict[str, Iterable[Any]] = read_yaml(
        (files("etl.tag") / "propose.yml").read_text("utf-8")
    )
    return frozenset(str(name).lower() for name in lists.get(kind, ()))
