"""What a lab is made of: the words, accounts and addresses that name it.

In: nothing. Out: frozen types that `labs.py` fills from YAML and `etl/tag/labs.py` matches.
Trap: the fields are the keys of the YAML; a new one is explained in the head of `labs.yml` too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class CarefulWords:
    """Words that name the lab only in the right company; every condition given must hold.

    `before` … `not_after` are regular expressions on the lower-case text that touches the word;
    `needs` and `unless` are beginnings of words that stand (must not stand) anywhere in the item.
    """

    words: tuple[str, ...]
    exact: bool = False  # only in the letter case given here
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    not_before: str = ""
    not_after: str = ""
    since: date | None = None  # the lab owns it from this day on
    until: date | None = None  # … or did up to this day
    otherwise: str = ""  # the lab that is meant when the company is not right
    yes: tuple[str, ...] = ()  # test sentences
    no: tuple[str, ...] = ()


@dataclass(frozen=True)
class Held:
    """Accounts and addresses that changed hands: they are the lab's from `since` to `until`."""

    handles: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Lab:
    """A lab, and what names it: see the head of `labs.yml` for the meaning of each list."""

    id: str
    name: str
    name_zh: str
    kind: str
    parent_id: str | None = None
    covers_parent: bool = False  # named beside its parent, the child alone is stored …
    parent_too: str = ""  # … unless this regular expression finds the parent's own part in it
    names: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    careful: tuple[CarefulWords, ...] = ()
    handles: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    joint_paths: tuple[str, ...] = ()  # pages that two labs share: github.com/THUDM
    held: tuple[Held, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True)
class LabRules:
    """What holds for every lab; each list is explained in `labs.yml`."""

    kinds: tuple[str, ...] = ()
    not_labs: tuple[str, ...] = ()
    hosting: tuple[str, ...] = ()
    account_sites: tuple[str, ...] = ()
    shelves: tuple[str, ...] = ()
