"""Words that no page spells as one."""

from __future__ import annotations

import numpy as np
import pytest

from matchers.people.kernel import arrays
from matchers.people.kernel.joining import joined, letter, same
from tests.matchers.people.kernel.pages import held


def spelling(words: arrays.Words, word: int) -> bytes:
    start = int(words.start[word])
    return words.letters[start : start + int(words.length[word])].tobytes()


@pytest.mark.parametrize(
    ("one", "two"),
    [(b"mc", b"donald"), (b"o", b"neill"), (b"featherstone", b"haugh"), (b"abcdefgh", b"ijklmnop")],
)
def test_a_joined_word_is_the_word(one: bytes, two: bytes) -> None:
    """Equal to the same word of the text, short or long, and made once."""
    words = arrays.words(64, 640, 64)
    first, second = held(words, one), held(words, two)
    both = joined(words, first, second)
    assert spelling(words, both) == one + two
    assert joined(words, first, second) == both
    assert both != held(words, one + two)  # of which more is known in public
    assert same(words.a, words.b, both, held(words, one + two))
    assert not same(words.a, words.b, both, first)
    assert not words.asked[both]


def test_a_letter_of_a_word() -> None:
    words = arrays.words(64, 640, 64)
    word = held(words, b"jmk")
    assert [spelling(words, letter(words, word, place)) for place in range(3)] == [b"j", b"m", b"k"]
    alone = held(words, b"q")
    assert letter(words, alone, 0) == alone


@pytest.mark.parametrize(("room", "letters"), [(3, 640), (64, 12)])
def test_without_room_it_says_so(room: int, letters: int) -> None:
    """Nothing is written beyond what there is."""
    words = arrays.words(room, letters, 64)
    one, two = held(words, b"mc"), held(words, b"donald")
    before = np.array(words.count)
    assert joined(words, one, two) == 0
    assert words.full[0]
    assert (words.count == before).all()
