"""
A thread's own arrays: made once, used for each window, enlarged when a window does not fit.
"""

from __future__ import annotations

from collections.abc import Sequence

from matchers.people.kernel import arrays
from matchers.people.kernel.arrays import Index, Mails, Names, Numbers, Tokens, Words, Work

WORDS = 1 << 16
LETTERS = 12  # for each word, at first
NEAR = 4
TOKENS = 1 << 17
ROWS = 1 << 14
OFFICERS = 1 << 16
NUMBERS = 1 << 13
MAILS = 1 << 13


class Scratch:
    """The arrays of one thread, for one index."""

    words: Words
    tokens: Tokens
    names: Names
    numbers: Numbers
    mails: Mails
    work: Work

    def __init__(self, index: Index) -> None:
        self._enrolled = int(index.officers[0])
        self.words = arrays.words(WORDS, WORDS * LETTERS, WORDS * NEAR)
        self.tokens = arrays.tokens(TOKENS)
        self.names = arrays.names(ROWS, OFFICERS, self._enrolled)
        self.numbers = arrays.numbers(NUMBERS)
        self.mails = arrays.mails(MAILS)
        self.work = arrays.work()

    def begin(self) -> None:
        """Before a window: forget the words if more than half of the room for them is taken."""
        words = self.words
        held, letters, near = words.count.tolist()
        if (
            held * 2 > words.a.size
            or letters * 2 > words.letters.size
            or near * 2 > words.near.size
        ):
            forget(words)

    def grow(self) -> bool:
        """
        Double what was marked as full, and forget what was in it. Whether anything was.

        After True the window is read again from its beginning.
        """
        grown = False
        words, tokens, names = self.words, self.tokens, self.names
        if words.full[0]:
            self.words = arrays.words(
                *_more((words.a.size, words.letters.size, words.near.size), words.count.tolist())
            )
            grown = True
        if tokens.full[0]:
            self.tokens = arrays.tokens(2 * tokens.start.size)
            grown = True
        if names.full[0]:
            rows, officers = _more((names.chance.size, names.officer.size), names.count.tolist())
            self.names = arrays.names(rows, officers, self._enrolled)
            grown = True
        if self.numbers.full[0]:
            self.numbers = arrays.numbers(2 * self.numbers.start.size)
            grown = True
        if self.mails.full[0]:
            self.mails = arrays.mails(2 * self.mails.start.size)
            grown = True
        return grown


def _more(rooms: Sequence[int], held: Sequence[int]) -> list[int]:
    """Twice the rooms that are half full: of several arrays not all need to grow, but one must."""
    more = [2 * room if of * 2 >= room else room for room, of in zip(rooms, held, strict=True)]
    return more if more != list(rooms) else [2 * room for room in rooms]


def forget(words: Words) -> None:
    """No word is held any more."""
    words.count[:] = (1, 0, 0)
    words.full[0] = 0
    words.slot.fill(0)
    words.place.fill(0)
    words.joint.fill(0)
