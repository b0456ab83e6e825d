"""Measure the tags by issue, against the labels in the front matter of the English archive.

In: files of an archive. Out: lines of text: precision, recall and F1 of labs and of themes.

An issue's text is its title and its description; what the taggers find in it is compared with
- labs: those of its `companies` and the makers of its `models`, as far as they are traceable: the words
  of the slug (or without "ai", "labs" …, or a model's family: `claude` of `claude-3-opus`) stand in the
  text, of a host not only as a place ("on Hugging Face"). Children that cover their parent count as the
  parent on both sides, as in the marts.
- themes: those of its `topics`, by the 200 commonest slugs; an issue without one of these is left out.
  A description tells a dozen news one after the other, and themes are tagged by item: each sentence is
  read as an item of its own.
Trap: the labels were made by a machine and leave much out (of 60 disagreements read by hand, 72 % were
omissions of the front matter). So labs are measured twice: as it stands, and without the false alarms
that are omissions for certain, where the lab's own name stands in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from etl.parsers import front_matter
from etl.sources.archives import SourceFile, read_source
from etl.sources.decode import decode
from etl.tag.evaluate import Counts, bootstrap_f1, wilson
from etl.tag.labs import lab_tagger
from etl.tag.lines import tag_text
from warehouse.taxonomy.front_matter import front_matter_slugs
from warehouse.taxonomy.labs import Lab, load_labs

_SENTENCE_END = re.compile(r"""(?<=[.!?。！？])["”’)]*\s+""")
_PLACE = re.compile(r"\b(?:on|at|via|from|to|in|into|through)\W+(?:hugging\W?face|github)(?!'s)")
# Endings of company slugs that the text does not spell: mistral-ai, kyutai-labs, vllm-project.
_ENDINGS = ("ai", "labs", "lab", "research", "project", "hq", "inc", "org", "fair")


@dataclass(frozen=True)
class Issue:
    """What an issue's head says."""

    title: str
    description: str
    on: date | None
    companies: tuple[str, ...]
    models: tuple[str, ...]
    topics: tuple[str, ...]

    @property
    def text(self) -> str:
        """What is tagged: the title, a line below it the description."""
        return f"{self.title}\n{self.description}"


def issue_lines(source: str) -> list[str]:
    """The figures of the archive, folder or file `source`, as text; raises `UnusableSource`."""
    issues = read_issues(read_source(str(Path(source).expanduser())).files)
    if not issues:
        return [
            "labs and themes by issue: no issue with a description and labels in its front matter"
        ]
    found = [tag_text(issue.text, issue.on) for issue in issues]
    labs = [
        lab_counts(issue, {t.id for t in tags if t.kind == "lab"})
        for issue, tags in zip(issues, found, strict=True)
    ]
    themes = [theme_counts(issue, _themes_of_sentences(issue)) for issue in issues]
    return [
        f"{'by issue, against the front matter':<36}{'issues':>6}  "
        f"{'precision':<22}{'recall':<22}F1",
        _line("labs, as it stands", [strict for strict, _ in labs]),
        _line("labs, without certain omissions", [fair for _, fair in labs]),
        _line("themes", [c for c in themes if c is not None]),
    ]


def _themes_of_sentences(issue: Issue) -> set[str]:
    sentences = [issue.title, *_SENTENCE_END.split(issue.description)]
    return {t.id for s in sentences for t in tag_text(s, issue.on) if t.kind == "theme"}


def read_issues(files: Iterable[SourceFile]) -> list[Issue]:
    """The English issues that have a description and labels, each once (an archive may hold two)."""
    issues: dict[tuple[str, str], Issue] = {}
    for file in files:
        decoded = decode(file.data)
        head = front_matter.split(decoded[0]) if decoded else None
        if head is None or head.is_repaired:  # a repaired head is a translated one, without lists
            continue
        issue = Issue(
            front_matter.text(head.fields.get("title")),
            front_matter.text(head.fields.get("description")),
            front_matter.day(head.fields.get("date")),
            *(_slugs(head.fields.get(key)) for key in ("companies", "models", "topics")),
        )
        if issue.description and (issue.companies or issue.models):
            issues.setdefault((issue.title, issue.description), issue)
    return list(issues.values())


def lab_counts(issue: Issue, found: set[str]) -> tuple[Counts, Counts]:
    """Counts of one issue's labs, as it stands and without the certain omissions."""
    text = issue.text.lower()
    named = {lab_of(slug, "companies") for slug in issue.companies if _traceable(slug, text)} | {
        lab_of(slug, "models") for slug in issue.models if _traceable(slug, text, is_model=True)
    }
    wanted, got = _rolled(named - {None}), _rolled(found)
    hits, alarms, misses = len(wanted & got), got - wanted, len(wanted - got)
    omitted = {lab_id for lab_id in alarms if _is_spelled(lab_id, text)}
    return Counts(hits, len(alarms), misses), Counts(hits, len(alarms - omitted), misses)


def theme_counts(issue: Issue, found: set[str]) -> Counts | None:
    """Counts of one issue's themes; None when none of its topics is known."""
    known = front_matter_slugs().topics
    if not any(topic in known for topic in issue.topics):
        return None
    wanted = {theme for topic in issue.topics for theme in known.get(topic, ())}
    return Counts(len(wanted & found), len(found - wanted), len(wanted - found))


@cache
def lab_of(slug: str, kind: str) -> str | None:
    """The lab that a slug of `companies` or `models` stands for, or None."""
    exceptions: Mapping[str, str] = getattr(front_matter_slugs(), kind)
    if slug in exceptions:
        return exceptions[slug]
    plain, table = _plain(slug), _slug_table()
    for ending in ("", *_ENDINGS):
        if plain.endswith(ending) and plain.removesuffix(ending) in table:
            return table[plain.removesuffix(ending)]
    for words in (slug, slug.replace("-", " "), slug.replace("-", " ").title()):
        tags = lab_tagger().tag(words)
        if tags:
            return tags[0].id
    return None


@cache
def _slug_table() -> dict[str, str]:
    """Names, handles and organisation pages of all labs, by their letters and digits."""
    table: dict[str, str] = {}
    for lab in load_labs():
        pages = (path.rpartition("/")[2] for path in lab.paths)
        for name in (lab.id, lab.name, *lab.names, *lab.exact, *lab.handles, *pages):
            table.setdefault(_plain(name), lab.id)
    return table


def _traceable(slug: str, text: str, is_model: bool = False) -> bool:
    parts = _parts(slug)
    if not parts:
        return False
    if slug in front_matter_slugs().hosts:
        text = _PLACE.sub(" ", text)
    if _stands(parts, text):
        return True
    if is_model:
        family = re.match(r"[a-z]{3,}", parts[0])
        return bool(family and re.search(rf"(?<![a-z0-9]){family[0]}", text))
    stem = [part for part in parts if part not in _ENDINGS]
    return bool(stem) and stem != parts and _stands(stem, text)


def _is_spelled(lab_id: str, text: str) -> bool:
    """Whether the lab's own name, not only a product's, stands in the text."""
    lab: Lab = _labs()[lab_id]
    return any(_stands(_parts(name), text) for name in (lab.id, lab.name, *lab.names, *lab.exact))


def _parts(name: str) -> list[str]:
    return [part for part in re.split(r"[^a-z0-9]+", name.lower()) if part]


def _stands(parts: Sequence[str], text: str) -> bool:
    words = "[^a-z0-9]*".join(map(re.escape, parts))
    return bool(parts) and re.search(rf"(?<![a-z0-9]){words}(?![a-z0-9])", text) is not None


@cache
def _labs() -> dict[str, Lab]:
    return {lab.id: lab for lab in load_labs()}


def _rolled(ids: Iterable[str | None]) -> set[str]:
    """Ids with each child that covers its parent as the parent."""
    labs = _labs()
    return {labs[i].parent_id or i if i in labs and labs[i].covers_parent else i for i in ids if i}


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _slugs(value: object) -> tuple[str, ...]:
    return tuple(str(v).lower() for v in value) if isinstance(value, list) else ()


def _line(name: str, per_issue: Sequence[Counts]) -> str:
    c = sum(per_issue, Counts())
    precision = wilson(c.hits, c.hits + c.false_alarms)
    recall = wilson(c.hits, c.hits + c.misses)
    cells = "".join(f"{cell:<22}" for cell in _cells(c, precision, recall, bootstrap_f1(per_issue)))
    return f"{name:<36}{len(per_issue):>6}  {cells}".rstrip()


def _cells(counts: Counts, *intervals: tuple[float, float]) -> Iterator[str]:
    values = (counts.precision, counts.recall, counts.f1)
    for value, (low, high) in zip(values, intervals, strict=True):
        yield f"{value:.3f} ({low:.3f}–{high:.3f})"
