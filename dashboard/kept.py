"""What was asked once and is kept for every reader, in memory: answers, figures.

In: a key and how to make what it stands for. Out: that, made once. Traps: when a snapshot is published all
open pages ask the same at once, so the first makes it and the others wait; a page must not see what another
did to a frame, so nothing that comes out may be changed.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Any


class Kept:
    """At most `most` things, those used longest ago are dropped first; for any number of threads."""

    def __init__(self, most: int) -> None:
        """Nothing yet."""
        self._most = most
        self._things: OrderedDict[Hashable, Future[Any]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """The thing of this key; an error of `make` reaches all who wait for it and is not kept."""
        with self._lock:
            found = self._things.get(key)
            is_mine = found is None
            if found is None:
                found = self._things[key] = Future()
                while len(self._things) > self._most:
                    self._things.popitem(last=False)
            else:
                self._things.move_to_end(key)
        if is_mine:
            try:
                found.set_result(make())
            except BaseException as problem:
                with self._lock:
                    self._things.pop(key, None)
                found.set_exception(problem)
                raise
        return found.result()

    def drop(self, is_old: Callable[[Any], bool]) -> None:
        """Forget all whose key is old; who holds such a thing keeps it."""
        with self._lock:
            for key in [key for key in self._things if is_old(key)]:
                del self._things[key]

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._things)


def frozen(value: Any) -> Hashable:
    """A value as part of a key: lists and mappings as tuples."""
    if isinstance(value, (list, tuple)):
        return tuple(frozen(v) for v in value)
    if isinstance(value, dict):
        return tuple((key, frozen(v)) for key, v in sorted(value.items()))
    return value  # type: ignore[no-any-return]
