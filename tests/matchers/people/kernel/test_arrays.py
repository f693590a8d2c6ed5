"""What the kernel works on."""

from __future__ import annotations

import pytest

from matchers.people.kernel import arrays


@pytest.mark.parametrize("held", [1, 2, 1000, 1024])
def test_words_begin_with_none(held: int) -> None:
    """Word 0 is none, has been asked and is no name; the table of places is never full."""
    words = arrays.words(held, 64, 8)
    assert words.count.tolist() == [1, 0, 0]
    assert (words.length[0], words.flags[0], words.asked[0]) == (0, 0, 1)
    assert words.forename[0] == words.surname[0] == words.only[0] == -1
    assert words.place.size >= 2 * held
    assert words.place.size & (words.place.size - 1) == 0


def test_everything_else_begins_empty() -> None:
    for held in (arrays.tokens(8), arrays.names(8, 8, 8), arrays.numbers(8), arrays.mails(8)):
        assert not held.count.any()
        assert not held.full[0]
    assert not arrays.pairs().count.any()
