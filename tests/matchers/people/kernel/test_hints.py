"""Four-byte words found in one pass."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.kernel import hints

MARKS = (b"name", b"rank", b"aaaa")
WORDS = np.array([int.from_bytes(mark, "big") for mark in MARKS], dtype=np.uint32)


def found(text: bytes, room: int = 64) -> tuple[int, list[tuple[int, bytes]]]:
    places = np.zeros((2, room), dtype=np.int32)
    low = np.frombuffer(text, dtype=np.uint8)
    count = hints.places(low, WORDS, hints.table(WORDS), places)
    held = places[:, : min(count, room)].tolist()
    return count, [(at, MARKS[which]) for at, which in zip(*held, strict=True)]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*MARKS, b"nam", b"a", b"r", b" ", b"\x00"]), max_size=30))
def test_every_word_is_found_where_it_stands(pieces: list[bytes]) -> None:
    """And nothing else is, however words overlap."""
    text = b"".join(pieces)
    expected = [(at, text[at : at + 4]) for at in range(len(text)) if text[at : at + 4] in MARKS]
    assert found(text) == (len(expected), expected)


def test_what_has_no_room_is_counted() -> None:
    assert found(b"name" * 5, room=2) == (5, [(0, b"name"), (4, b"name")])
