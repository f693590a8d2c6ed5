"""Four-byte words found in one pass."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.kernel.hints import FEW, hints, places

MARKS = (b"name", b"rank", b"aaaa")


def found(text: bytes, marks: tuple[bytes, ...] = MARKS) -> list[tuple[int, bytes]]:
    at, which = places(np.frombuffer(text, dtype=np.uint8).copy(), hints(marks))
    return [(at, marks[which]) for at, which in zip(at.tolist(), which.tolist(), strict=True)]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from([*MARKS, b"nam", b"a", b"r", b" ", b"\x00"]), max_size=30),
)
def test_every_word_is_found_where_it_stands(pieces: list[bytes]) -> None:
    """And nothing else is, however words overlap."""
    text = b"".join(pieces)
    assert found(text) == [
        (at, text[at : at + 4]) for at in range(len(text)) if text[at : at + 4] in MARKS
    ]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.binary(min_size=4, max_size=4), min_size=1, max_size=300, unique=True))
def test_any_number_of_words(words: list[bytes]) -> None:
    """Words of one hash are told apart."""
    text = b"-".join(words)
    assert {word for _, word in found(text, tuple(words))} == set(words)


def test_there_is_room_for_all_places() -> None:
    assert len(found(b"name" * (FEW + 1))) == FEW + 1
