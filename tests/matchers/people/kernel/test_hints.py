"""Four-byte words found in one pass."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.kernel.hints import hints, places

MARKS = (b"name", b"rank", b"aaaa")
KNOWN = hints(MARKS)


def found(text: bytes, room: int = 64) -> tuple[int, list[tuple[int, bytes]]]:
    held = np.zeros((2, room), dtype=np.int32)
    count = places(text, KNOWN, held)
    return count, [(at, MARKS[which]) for at, which in zip(*held[:, :count].tolist(), strict=True)]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from([*MARKS, b"NaMe", b"RANK", b"nam", b"a", b"R", b" ", b"\x00"]), max_size=30
    )
)
def test_every_word_is_found_where_it_stands(pieces: list[bytes]) -> None:
    """In capitals as well, and nothing else is, however words overlap."""
    text = b"".join(pieces)
    low = text.lower()
    expected = [(at, low[at : at + 4]) for at in range(len(low)) if low[at : at + 4] in MARKS]
    assert found(text) == (len(expected), expected)


def test_what_has_no_room_is_counted() -> None:
    assert found(b"name" * 5, room=2) == (5, [(0, b"name"), (4, b"name")])
