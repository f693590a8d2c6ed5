"""Where numbers begin and end."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.kernel.compile import i8
from matchers.people.kernel.extents import beginning, is_simple, joined_end, word_end
from tests.matchers.people.kernel.oracle_numbers import extents


def read(text: str) -> list[tuple[int, int]]:
    """The extents that the kernel finds, digit by digit."""
    cls = np.frombuffer(text.encode(), dtype=np.uint8)
    n = i8(cls.size)
    found = []
    done = 0
    for first in range(n):
        if first < done or not text[first].isdigit():
            continue
        start, _, letters = beginning(cls, i8(first), i8(0), n)
        if start < 0:
            continue
        end, place, may_be = word_end(cls, i8(first), i8(letters), n)
        joined = joined_end(cls, i8(end), i8(place), n) if may_be else -1
        done = end if joined < 0 else joined
        if joined >= 0:
            found.append((start, joined))
    return found


@settings(deadline=None, max_examples=400)  # the first call compiles
@given(
    st.text("ab01-/.@ ", max_size=16)
    | st.from_regex(r"[ab]{18,22}[01]{1,3}[ab]{18,22}-1{6,10}/[ab]{3,6}", fullmatch=True)
)
def test_as_the_pattern_finds_them(text: str) -> None:
    """Joined by dashes and slashes, glued to letters, before an @, behind a point."""
    assert read(text) == extents(text.encode())


@pytest.mark.parametrize(
    ("text", "simple"),
    [("C123", True), (" 123,", True), (" 123 a", True), (" 123 4", False), (" 123-", False),
     ("/123", False), (".123", False), ("1\x012", False), ("\x03123", False), ("1,234", False),
     ("12345,6", True), ("123@", False), ("123456 7", False), ("1234567 8", True)],
)  # fmt: skip
def test_a_simple_number_is_all_of_its_token(text: str, simple: bool) -> None:
    """Nothing joined to it, no groups after it, no marks in or beside it."""
    cls = np.frombuffer(text.lower().encode(), dtype=np.uint8)
    start = next(at for at, char in enumerate(text) if char.isalnum())
    end = start
    while end < len(text) and (text[end].isalnum() or text[end] == "\x01"):
        end += 1
    assert bool(is_simple(cls, start, end, 0, cls.size)) is simple
