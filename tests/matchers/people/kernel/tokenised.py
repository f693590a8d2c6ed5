"""Text cut into words by the kernel, for the tests of what words are."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from matchers.people.kernel import arrays
from matchers.people.kernel.folding import fold
from matchers.people.kernel.publics import public
from matchers.people.kernel.tokens import cut

WORDS = arrays.words(1 << 12, 1 << 17, 1 << 8)
TOKENS = arrays.tokens(1 << 14)


class Token(NamedTuple):
    """One word, spelled as it is remembered ("" for digits alone), and where it stands."""

    word: str
    start: int
    end: int
    shape: int
    gap: int


def spelling(words: arrays.Words, word: int) -> str:
    """The letters of a word."""
    start = int(words.start[word])
    return words.letters[start : start + int(words.length[word])].tobytes().decode("ascii")


def tokens(text: str, *left_out: tuple[int, int], how: Callable[..., None] = cut) -> list[Token]:
    """All tokens of a text, in order, as this function cuts them."""
    cls = fold(text)
    WORDS.count[:] = (1, 0, 0)
    WORDS.slot.fill(0)
    WORDS.place.fill(0)
    until = np.array(left_out, dtype=np.int32).reshape(len(left_out), 2)
    how(cls, cls.size, until, public(), WORDS, TOKENS)
    assert not WORDS.full[0]
    assert not TOKENS.full[0]
    columns = (TOKENS.word, TOKENS.start, TOKENS.end, TOKENS.shape, TOKENS.gap)
    rows = zip(*(column[: TOKENS.count[0]].tolist() for column in columns), strict=True)
    return [Token(spelling(WORDS, word), *rest) for word, *rest in rows]


def words(text: str, *left_out: tuple[int, int]) -> str:
    """The words of a text with spaces between them, digits as they stand."""
    return " ".join(each.word or text[each.start : each.end] for each in tokens(text, *left_out))
