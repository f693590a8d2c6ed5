"""The words of a text, each held once."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.kernel import arrays
from matchers.people.kernel.publics import public
from matchers.people.kernel.remembering import PACKED, remembered, spelled
from tests.matchers.people.kernel.tokenised import spelling

tokens = st.lists(st.text("abcz019", min_size=1, max_size=40), max_size=40)


def hold(words: arrays.Words, text: str) -> int:
    """The id of a word."""
    start = int(words.count[1])
    words.letters[start : start + len(text)] = np.frombuffer(text.encode(), dtype=np.uint8)
    a, b = spelled(words.letters, start, len(text))
    return int(remembered(public(), words, np.uint64(a), np.uint64(b), len(text)))


@settings(max_examples=100, deadline=None)
@given(tokens)
def test_equal_words_have_one_number_and_others_another(texts: list[str]) -> None:
    """Also where the small memory has forgotten them."""
    words = arrays.words(64, 4096, 8)
    first = {text: hold(words, text) for text in texts}
    words.slot.fill(0)
    assert [hold(words, text) for text in texts] == [first[text] for text in texts]
    assert sorted(set(first.values())) == list(range(1, len(first) + 1))
    assert all(spelling(words, word) == text for text, word in first.items())


@settings(max_examples=100, deadline=None)
@given(st.text("abc", min_size=1, max_size=30))
def test_up_to_sixteen_letters_stand_in_full(text: str) -> None:
    a, b = spelled(np.frombuffer(text.encode(), dtype=np.uint8), 0, len(text))
    whole = int(a).to_bytes(8, "little") + int(b).to_bytes(8, "little")
    assert (whole.rstrip(b"\0") == text.encode()) == (len(text) <= PACKED)


def test_without_room_there_is_no_word() -> None:
    words = arrays.words(2, 4096, 8)
    assert hold(words, "one") == 1
    assert hold(words, "two") == 0
    assert words.full[0]
