"""Signs of an address, and the words for them."""

from __future__ import annotations

import numpy as np
import pytest

from matchers.people.kernel.compile import i8
from matchers.people.kernel.signs import MEANT, NO, PLAIN, SPOKEN, dot_after, dot_before, sign_at


def folded(text: str) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    return np.frombuffer(text.encode(), dtype=np.uint8)


@pytest.mark.parametrize(
    ("text", "sure"),
    [("a@b.c", PLAIN), ("a[at]b.c", MEANT), ("a (at) b.c", MEANT), ("a  { at } b.c", MEANT),
     ("a [@] b.c", MEANT), ("a<at>b.c", MEANT), ("a at b.c", SPOKEN), ("a_at_b.c", SPOKEN),
     ("a @ b.c", SPOKEN), ("a that b.c", NO), ("a (at b.c", NO), ("a@ b.c", NO), ("a-at-b", NO)],
)  # fmt: skip
def test_what_stands_for_an_at(text: str, sure: int) -> None:
    """And what lies on both sides of it."""
    cls = folded(text)
    place = text.index("@") if "@" in text else text.index("at")
    found, stop, begin = sign_at(cls, i8(place), i8(0), i8(cls.size))
    assert found == sure
    if sure != NO:
        assert (text[:stop], text[begin]) == ("a", "b")


@pytest.mark.parametrize(
    ("text", "sure"),
    [(".b", PLAIN), ("[dot]b", MEANT), (" (dot) b", MEANT), ("[.]b", MEANT), ("{ dot }b", MEANT),
     (" dot b", SPOKEN), ("_dot_b", SPOKEN), (" dotb", NO), (". b", NO), ("(dot b", NO), (" b", NO),
     ("_dot b", NO), ("-b", NO)],
)  # fmt: skip
def test_what_stands_for_a_dot(text: str, sure: int) -> None:
    """Read forwards; and backwards, but for a plain one, which is part of a word."""
    cls = folded("a" + text)
    n = i8(cls.size)
    found, there = dot_after(cls, i8(1), n)
    assert found == sure
    if sure != NO:
        assert there == cls.size - 1
    before = dot_before(cls, i8(cls.size - 1), i8(0), n)
    assert before == ((sure, 1) if sure > PLAIN else (NO, cls.size - 1))
