"""A thread's own arrays."""

from __future__ import annotations

import numpy as np

from matchers.people.kernel.folding import fold
from matchers.people.kernel.publics import public
from matchers.people.kernel.scratch import TOKENS, WORDS, Scratch, forget
from matchers.people.kernel.tokens import cut
from tests.matchers.people.kernel.filed import index

INDEX = index([b"smith"])
NONE = np.zeros((0, 2), dtype=np.int32)


def read(scratch: Scratch, text: str) -> int:
    """How many words a text has, with as much room as it takes."""
    cls = fold(text)
    while True:
        cut(cls, cls.size, NONE, public(), scratch.words, scratch.tokens)
        if not scratch.grow():
            return int(scratch.tokens.count[0])


def test_what_does_not_fit_is_read_again_with_more() -> None:
    """Whatever ran out: tokens, words, or their letters."""
    scratch = Scratch(INDEX)
    count = TOKENS + 10
    assert read(scratch, "aa " * count) == count
    assert scratch.words.a.size == WORDS
    letters = [chr(97 + i) for i in range(26)]
    many = [a + b + c + d for a in letters for b in letters for c in letters for d in "stuvwxy"]
    assert len(many) > WORDS
    assert read(scratch, " ".join(many)) == len(many)
    assert scratch.words.count[0] > len(many)
    assert not scratch.grow()


def test_words_are_forgotten_before_a_window_when_half_the_room_is_taken() -> None:
    scratch = Scratch(INDEX)
    read(scratch, "some words of a text")
    scratch.begin()
    assert scratch.words.count[0] == 6
    scratch.words.count[0] = scratch.words.a.size // 2 + 1
    scratch.begin()
    assert scratch.words.count.tolist() == [1, 0, 0]
    assert read(scratch, "some words") == 2
    assert scratch.words.count[0] == 3


def test_forgetting_leaves_nothing_behind() -> None:
    scratch = Scratch(INDEX)
    read(scratch, "some words of a text")
    scratch.words.joint[0] = (1, 2, 3)
    forget(scratch.words)
    assert not scratch.words.slot.any()
    assert not scratch.words.place.any()
    assert not scratch.words.joint.any()
