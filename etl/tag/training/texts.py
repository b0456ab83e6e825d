"""Find the texts behind labels in an archive, and each text's translation.

In: the files of a source. Out: texts by hash, and pairs of an English bullet and its translation.
A labelled text is a bullet of any depth, as it stands in the file, or a digest item (title, text).
Trap: a translation has no ids; the bullets of both files stand in the same order, but some are missing,
so a bullet belongs to the next one that shares enough of what no translator changes: addresses, names
and figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from etl.parsers import Unreadable, parse
from etl.parsers.zh_digest import looks_like as looks_like_digest
from etl.sources.archives import SourceFile
from etl.sources.decode import decode
from etl.tag.training.labels import content_key

_BULLET = re.compile(r"^\s*[-*•]\s+(.*)$")
_KEPT = re.compile(r"https?://[^\s)\]>]+|[A-Za-z][A-Za-z0-9.\-]{2,}|\d[\d.]+")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_LEAST_CHINESE = 4  # characters; untranslated lines are no translation
_BACK, _AHEAD = 3, 25  # bullets around the expected place
_ALIKE = 0.3  # shared of all kept words, when the files differ in length
_SHARED = 0.34  # shared of the shorter one's, when they don't


@dataclass
class Texts:
    """What was found: texts by key, and by key the key of the same text in the other language.

    `pairs`: (English, translation, issue), each once, in order of the issues.
    """

    by_key: dict[str, str] = field(default_factory=dict)
    twin: dict[str, str] = field(default_factory=dict)
    pairs: list[tuple[str, str, str]] = field(default_factory=list)


def find_texts(files: Iterable[SourceFile]) -> Texts:
    """All bullets and digest items of `files`; of two files of one name the one with more bullets."""
    english: dict[str, list[str]] = {}
    chinese: dict[str, list[str]] = {}
    found = Texts()
    for file in files:
        decoded = decode(file.data)
        if decoded is None:
            continue
        text = decoded[0]
        if looks_like_digest(text):
            found.by_key.update((content_key(t), t) for t in _digest_items(text, file.path))
            continue
        lines = bullets(text)
        name = PurePosixPath(file.path).name
        side = chinese if _is_chinese(lines) else english
        if len(lines) > len(side.get(name, ())):
            side[name] = lines
    for name in sorted({*english, *chinese}):
        originals, translated = english.get(name, []), chinese.get(name, [])
        found.by_key.update((content_key(t), t) for t in (*originals, *translated))
        for one, other in translations(originals, translated):
            found.pairs.append((one, other, name.removesuffix(".md")))
            found.twin.setdefault(content_key(one), content_key(other))
            found.twin.setdefault(content_key(other), content_key(one))
    return found


def bullets(markdown: str) -> list[str]:
    """The bullets of every depth, without their mark."""
    return [m.group(1).strip() for line in markdown.splitlines() if (m := _BULLET.match(line))]


def translations(originals: Sequence[str], translated: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of an original and its translation, in order."""
    ours = [_kept(line) for line in originals]
    theirs = [_kept(line) for line in translated]
    if len(ours) == len(theirs):
        pairs: Iterable[tuple[int, int]] = zip(range(len(ours)), range(len(ours)), strict=True)
    else:
        pairs = _in_order(ours, theirs)
    for i, j in pairs:
        shorter = min(len(ours[i]), len(theirs[j]))
        shared = len(ours[i] & theirs[j]) / shorter if shorter else float(len(ours) == len(theirs))
        if shared >= _SHARED and len(_CHINESE.findall(translated[j])) >= _LEAST_CHINESE:
            yield originals[i], translated[j]


def _in_order(
    ours: Sequence[frozenset[str]], theirs: Sequence[frozenset[str]]
) -> Iterator[tuple[int, int]]:
    expected = 0
    for i, mine in enumerate(ours):
        best, place = 0.0, -1
        for j in range(max(0, expected - _BACK), min(len(theirs), expected + _AHEAD)):
            shared = len(mine & theirs[j])
            if shared >= 2 and shared / len(mine | theirs[j]) > best:
                best, place = shared / len(mine | theirs[j]), j
        if best > _ALIKE:
            yield i, place
            expected = place + 1


def _kept(line: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _KEPT.findall(line))


def _is_chinese(lines: Sequence[str]) -> bool:
    return sum(len(_CHINESE.findall(line)) >= _LEAST_CHINESE for line in lines) > len(lines) / 2


def _digest_items(text: str, path: str) -> Iterator[str]:
    try:
        digest = parse(text, path)
    except Unreadable:
        return
    for item in digest.items:
        yield f"{item.title}\n{item.text}" if item.title else item.text


def keys_with_twins(keys: Iterable[str], twin: Mapping[str, str]) -> list[tuple[str, str]]:
    """(key, key of its translation) for the keys that have one."""
    return [(key, twin[key]) for key in keys if key in twin]
