"""The labs and the words that name them, read from `labs_*.yml` and `labs.yml`.

In: the YAML files of this folder. Out: frozen `Lab`s, and the `LabRules` that hold for all of them.
Trap: a slip in a hand-written file must not silently lose mentions: an unknown key, a word given to
two labs, a rule without its test sentences or a pattern that does not compile stops the load, and
the error names the file, the id and the repair.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from warehouse.taxonomy.lab_model import CarefulWords, Held, Lab, LabRules

__all__ = [
    "CarefulWords",
    "Held",
    "Lab",
    "LabRules",
    "TaxonomyError",
    "load_lab_rules",
    "load_labs",
    "parse_labs",
    "read_yaml",
]

_TEXTS = frozenset({"bool", "int", "float"})
_BOOL = ("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"))


class TaxonomyError(ValueError):
    """A taxonomy file cannot be used as it stands."""


def read_yaml(text: str) -> Any:
    """The document in `text`; only true and false, dates and nothing at all are not texts.

    By the rules of YAML 1.1 the keys `yes` and `no` would be booleans and 3090 a number.
    """
    return yaml.load(text, Loader=_plain_loader())


@cache
def _plain_loader() -> Any:
    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C, where it was built
    resolvers = {
        first: [(tag, regexp) for tag, regexp in known if tag.split(":")[-1] not in _TEXTS]
        for first, known in base.yaml_implicit_resolvers.items()
    }
    plain = {**resolvers, "t": [_BOOL], "f": [_BOOL]}
    return type("PlainLoader", (base,), {"yaml_implicit_resolvers": plain})


@cache
def load_labs() -> tuple[Lab, ...]:
    """Every lab of the packaged taxonomy, in the order of the files; raises `TaxonomyError`."""
    documents = (
        (entry.name, read_yaml(entry.read_text(encoding="utf-8")))
        for entry in sorted(files(__package__).iterdir(), key=lambda e: e.name)
        if entry.name.startswith("labs_") and entry.name.endswith(".yml")
    )
    return parse_labs(documents, load_lab_rules().kinds)


@cache
def load_lab_rules() -> LabRules:
    """What `labs.yml` says for all labs together; raises `TaxonomyError`."""
    text = (files(__package__) / "labs.yml").read_text(encoding="utf-8")
    values = _checked("labs.yml", "(all labs)", read_yaml(text), LabRules)
    return LabRules(**values)


def parse_labs(documents: Iterable[tuple[str, Any]], kinds: Collection[str]) -> tuple[Lab, ...]:
    """Labs from (file name, parsed YAML) pairs; raises `TaxonomyError` on the first slip."""
    labs: dict[str, Lab] = {}
    file_of: dict[str, str] = {}
    for file, document in documents:
        if not isinstance(document, Mapping):
            raise TaxonomyError(
                f"{file}: not a mapping of lab ids; give each lab a block of its own"
            )
        for lab_id, block in document.items():
            if lab_id in labs:
                raise TaxonomyError(f"{file}: {lab_id} is in {file_of[lab_id]} too; keep one block")
            labs[lab_id] = _lab(file, str(lab_id), block, kinds)
            file_of[lab_id] = file
    _check_references(labs, file_of)
    _check_owners(labs, file_of)
    return tuple(labs.values())


def _lab(file: str, lab_id: str, block: Any, kinds: Collection[str]) -> Lab:
    values = _checked(file, lab_id, block, Lab)
    for key in ("name", "name_zh", "kind"):
        if not values.get(key):
            raise TaxonomyError(f"{file}: {lab_id} has no {key}; add `{key}: …`")
    if values["kind"] not in kinds:
        raise TaxonomyError(
            f"{file}: {lab_id} has kind {values['kind']!r}; use one of {', '.join(sorted(kinds))}"
        )
    if not values.get("yes"):
        raise TaxonomyError(f"{file}: {lab_id} has no test sentence; add one under `yes:`")
    if values.get("covers_parent") and not values.get("parent_id"):
        raise TaxonomyError(
            f"{file}: {lab_id} covers a parent it does not have; add `parent_id: …`"
        )
    _compiles(f"{file}: {lab_id}", "parent_too", values.get("parent_too", ""))
    careful = tuple(_careful(file, lab_id, entry) for entry in values.pop("careful", ()))
    held = tuple(_held(file, lab_id, entry) for entry in values.pop("held", ()))
    return Lab(id=lab_id, careful=careful, held=held, **values)


def _held(file: str, lab_id: str, entry: Any) -> Held:
    held = Held(**_checked(file, lab_id, entry, Held))
    if held.since is None and held.until is None:
        raise TaxonomyError(f"{file}: {lab_id} holds addresses without a day; add `since: …`")
    return held


def _careful(file: str, lab_id: str, entry: Any) -> CarefulWords:
    rule = CarefulWords(**_checked(file, lab_id, entry, CarefulWords))
    where = f"{file}: {lab_id}, careful {list(rule.words)}"
    if not rule.words:
        raise TaxonomyError(f"{file}: {lab_id} has a careful rule without words; add `words: […]`")
    if not rule.yes or not rule.no:
        raise TaxonomyError(f"{where} lacks test sentences; add `yes: […]` and `no: […]`")
    for key in ("before", "after", "not_before", "not_after"):
        _compiles(where, key, getattr(rule, key))
    return rule


def _compiles(where: str, key: str, pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise TaxonomyError(f"{where}: `{key}` is no regular expression: {error}") from error


def _checked(file: str, lab_id: str, block: Any, cls: type) -> dict[str, Any]:
    """The block's values by field name, lists as tuples; every key and type looked at."""
    if not isinstance(block, Mapping):
        raise TaxonomyError(f"{file}: {lab_id}: {block!r} is no block of `key: value` lines")
    known = {f.name: str(f.type) for f in fields(cls) if f.name != "id"}
    values: dict[str, Any] = {}
    for key, value in block.items():
        if key not in known:
            raise TaxonomyError(
                f"{file}: {lab_id} has an unknown key {key!r}; use one of {', '.join(known)}"
            )
        values[key] = _value(f"{file}: {lab_id}: `{key}`", known[key], value)
    return values


def _value(where: str, type_: str, value: Any) -> Any:
    if type_.startswith("tuple[str"):
        if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
            raise TaxonomyError(f"{where} must be a list of texts, like [one, two]")
        return tuple(value)
    if type_.startswith("tuple"):
        if not isinstance(value, list):
            raise TaxonomyError(f"{where} must be a list of blocks; begin each with `- words:`")
        return tuple(value)
    expected = {"str": str, "bool": bool, "date | None": date, "str | None": str}[type_]
    if not isinstance(value, expected):
        raise TaxonomyError(f"{where} is {value!r}; write a {expected.__name__}")
    return value


def _check_references(labs: Mapping[str, Lab], file_of: Mapping[str, str]) -> None:
    for lab in labs.values():
        named = [lab.parent_id, *(rule.otherwise for rule in lab.careful)]
        for other in named:
            if other and other not in labs:
                raise TaxonomyError(
                    f"{file_of[lab.id]}: {lab.id} points to {other!r}, which is no lab; correct the id"
                )


def _check_owners(labs: Mapping[str, Lab], file_of: Mapping[str, str]) -> None:
    """Nothing may name two labs, except careful words, whose rules tell the labs apart."""
    owner: dict[str, str] = {}
    for lab in labs.values():
        for key in _sure_keys(lab):
            other = owner.setdefault(key, lab.id)
            if other != lab.id:
                raise TaxonomyError(
                    f"{file_of[lab.id]}: {lab.id} and {other} ({file_of[other]}) both have "
                    f"{key.split(':', 1)[1]!r}; keep one, or make both `careful`"
                )


def _sure_keys(lab: Lab) -> Iterator[str]:
    for kind, values in (
        ("phrase", (*lab.names, *lab.products, *lab.exact)),
        ("handle", lab.handles),
        ("address", (*lab.domains, *lab.paths)),
    ):
        for value in values:
            yield f"{kind}:{value.lower().rstrip('#*')}"
