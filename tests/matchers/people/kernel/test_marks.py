"""Folded text read over its marks."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.kernel.folding import fold
from matchers.people.kernel.marks import ahead, at_place, back, char_at
from tests.matchers.people.kernel.windows import cleaned


@settings(deadline=None)  # the first call compiles
@given(st.text("abS s1'’.\u00ad\u200b", max_size=14))
def test_forwards_and_backwards_it_goes_where_clean_text_does(text: str) -> None:
    """Whatever marks there are, one after another, at the beginning and at the end."""
    cls = fold(text)
    n = cls.size
    _, places = cleaned(cls)
    forwards = []
    place = ahead(cls, 0, n)
    while place < n:
        forwards.append(place)
        place = ahead(cls, place + 1, n)
    backwards = []
    place = back(cls, n, 0, n)
    while place >= 0:
        backwards.append(place)
        place = back(cls, place, 0, n)
    assert forwards == places
    assert backwards[::-1] == places


def test_outside_there_is_nothing() -> None:
    cls = np.frombuffer(b"a\xc2", dtype=np.uint8)
    assert [char_at(cls, place, 0, 2) for place in (-1, 0, 1, 2)] == [0, 0x61, 0x42, 0]
    assert at_place(cls, 2, 2) == 0
    assert back(cls, 2, 2, 2) == 1
