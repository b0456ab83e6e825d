"""Every folder of tests/digests/ is a case: `input.md` is parsed, `expected.yml` says what comes out.

In: the folders, whatever their format. Out: one test a folder; a new variant is two files, no Python.
Keys of expected.yml: `path` (given to the parser), optionally `line_ends: crlf` and `bom: true` (how
the bytes are made from input.md); then either `unreadable: {reason}` or any field of ParsedDigest,
`items` (any field of ParsedItem each), `refusals` (any field each), `coverage` (any field of Coverage)
and `notes` (how many).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from etl.parsers import parse
from etl.parsers.errors import Unreadable
from warehouse.model import ParsedItem

CASES = Path(__file__).parents[1] / "digests"
REASONS = Path(__file__).parents[2] / "etl" / "parsers" / "reasons.yml"
READ_APART = {"path", "line_ends", "bom", "items", "refusals", "coverage", "notes"}
REQUIRED = {"format", "slug", "published_on", "original_url", "items", "refusals", "notes"}


def _text(folder: Path, expected: dict[str, Any]) -> str:
    text = (folder / "input.md").read_text(encoding="utf-8")
    if expected.get("line_ends") == "crlf":
        text = text.replace("\n", "\r\n")
    return "\ufeff" + text if expected.get("bom") else text


def _shown(row: object, keys: dict[str, Any]) -> dict[str, Any]:
    """The fields of `row` that the case speaks of, as YAML would write them."""
    return {key: _plain(getattr(row, key)) for key in keys}


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("folder", sorted(CASES.iterdir()), ids=lambda folder: folder.name)
def test_a_digest_is_read_as_its_case_says(folder: Path):
    expected = yaml.safe_load((folder / "expected.yml").read_text(encoding="utf-8"))
    text = _text(folder, expected)
    if "unreadable" in expected:
        with pytest.raises(Unreadable) as caught:
            parse(text, expected["path"])
        assert caught.value.reason == expected["unreadable"]["reason"]
        return
    assert expected.keys() >= REQUIRED, "a case says all of these"
    digest = parse(text, expected["path"])
    for key in expected.keys() - READ_APART:
        assert getattr(digest, key) == expected[key], key
    bytes_expected = expected.get("coverage", {})
    assert _shown(digest.coverage, bytes_expected) == bytes_expected
    seen = [_shown(item, keys) for item, keys in zip(digest.items, expected["items"], strict=False)]
    assert seen == expected["items"]
    assert len(digest.items) == len(expected["items"])
    _assert_positions_count_from_one(digest.items)
    assert len(digest.refusals) == len(expected["refusals"]), digest.refusals
    for refusal, keys in zip(digest.refusals, expected["refusals"], strict=True):
        assert _shown(refusal, keys) == keys
    assert len(digest.notes) == expected["notes"], digest.notes


def _assert_positions_count_from_one(items: Sequence[ParsedItem]) -> None:
    positions: dict[str, list[int]] = {}
    for item in items:
        positions.setdefault(item.channel, []).append(item.position)
    for channel, found in positions.items():
        assert found == list(range(1, len(found) + 1)), channel


def test_every_reason_has_a_sentence_in_both_languages():
    reasons = yaml.safe_load(REASONS.read_text(encoding="utf-8"))
    for code, sentences in reasons.items():
        assert set(sentences) == {"en", "zh"}, code
        assert all(sentence.strip() for sentence in sentences.values()), code


def _reasons_in_code() -> Iterator[tuple[str, str]]:
    """File and code of every reason that is written down on the way in."""
    for file in REASONS.parents[1].rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            place = {"Unreadable": 0, "Refusal": 1, "_refuse": 1}.get(name)
            if place is not None and len(call.args) > place:
                reason = call.args[place]
                if isinstance(reason, ast.Constant):
                    yield file.name, str(reason.value)


def test_only_listed_reasons_are_given():
    reasons = yaml.safe_load(REASONS.read_text(encoding="utf-8"))
    used = list(_reasons_in_code())
    assert len(used) >= 5
    for file, reason in used:
        assert reason in reasons, file
