"""What is kept in memory: made once for all who ask, bounded, dropped when it is old."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.kept import Kept, frozen


def test_many_who_ask_at_once_get_one_thing_that_was_made_once() -> None:
    kept, together, made = Kept(5), Barrier(20), []

    def ask(_: int) -> object:
        together.wait(timeout=10)
        return kept.get("key", lambda: made.append(1) or object())

    with ThreadPoolExecutor(20) as pool:
        found = set(pool.map(ask, range(20)))
    assert (len(found), len(made)) == (1, 1)


def test_an_error_reaches_who_waits_and_the_next_one_tries_again() -> None:
    kept, begun, may_fail = Kept(5), Event(), Event()

    def fail() -> None:
        begun.set()
        may_fail.wait(timeout=10)
        raise ValueError("made")

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(kept.get, "key", fail)
        begun.wait(timeout=10)
        second = pool.submit(kept.get, "key", lambda: "never made")
        may_fail.set()
        with pytest.raises(ValueError, match="made"):
            first.result(timeout=10)
        # it either waited for the first or came after its end
        assert (
            isinstance(second.exception(timeout=10), ValueError) or second.result() == "never made"
        )
    assert kept.get("key", lambda: "again") in ("again", "never made")


@given(st.integers(1, 5), st.lists(st.integers(0, 9), max_size=40))
def test_only_the_last_used_are_kept(most: int, asked: list[int]) -> None:
    kept, used = Kept(most), list[int]()
    for key in asked:
        is_kept = key in used[-most:]
        made: list[int] = []
        assert kept.get(key, lambda key=key, made=made: made.append(key) or key) == key
        assert (made == []) == is_kept
        used = [k for k in used if k != key] + [key]
    assert len(kept) == min(most, len(used))


def test_what_is_old_is_dropped() -> None:
    kept = Kept(9)
    for key in (("old", 1), ("old", 2), ("new", 1)):
        kept.get(key, lambda key=key: key)
    kept.drop(lambda key: key[0] == "old")
    assert len(kept) == 1
    assert kept.get(("new", 1), lambda: "made again") == ("new", 1)


def test_lists_and_mappings_are_keys_by_their_values() -> None:
    one = frozen((["a", "b"], {"x": 1, "y": [2]}))
    assert hash(one) == hash(frozen((["a", "b"], {"y": [2], "x": 1})))
    assert one != frozen((["b", "a"], {"x": 1, "y": [2]}))
