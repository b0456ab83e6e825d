"""Whether readers may run SQL of their own on this server.

In: the option of the command, the environment, the address that the server listens on. Out: on or off. Trap:
what a browser says of itself (its host, its address) can be made up, so only the address that the server
listens on counts; a page that was started without `trends dashboard` does not know it, and is off.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from ipaddress import ip_address

VARIABLE = "TRENDS_SQL"
_WORDS = {"on": True, "1": True, "true": True, "off": False, "0": False, "false": False}


def is_loopback(address: str) -> bool:
    """Whether only this machine reaches that address; a name other than localhost is not looked up."""
    if address == "localhost":
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def wanted(option: bool | None, environment: Mapping[str, str], address: str) -> bool:
    """The option if given, else TRENDS_SQL, else on where nobody else can come.

    Raises ValueError if TRENDS_SQL is neither on nor off.
    """
    said = environment.get(VARIABLE, "").strip().lower()
    if said and said not in _WORDS:
        raise ValueError(f"{VARIABLE} is {said!r}; it may be on or off.")
    if option is not None:
        return option
    return _WORDS[said] if said else is_loopback(address)


def remember(is_on: bool) -> None:
    """Tell the pages of the server that this process is about to be."""
    os.environ[VARIABLE] = "on" if is_on else "off"


def is_on() -> bool:
    """What was decided when the server started."""
    return _WORDS.get(os.environ.get(VARIABLE, "").strip().lower(), False)
