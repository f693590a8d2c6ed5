"""
Which enrolled forenames and surnames given words may be, asked for many at once.

For what is not done in the kernel: telling columns apart, and counting who is
near whom at enrolment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from matchers.people.kernel import arrays
from matchers.people.kernel.arrays import Index, Words
from matchers.people.kernel.compile import compiled, i8
from matchers.people.kernel.lookup import ask
from matchers.people.kernel.opening import names_opened, opened
from matchers.people.kernel.remembering import spelled
from matchers.people.tables import FORENAME, SURNAME, Array, Near

AT_ONCE = 1 << 12  # words
LONGEST = 255  # letters: what is longer is no name
_NEAR = 64  # names near each of these words, at first


class Word(NamedTuple):
    """
    Ids of the forenames and surnames that a word is (−1: none) or is one edit from.

    `only`: id of the forename of those of whom no more than this word's first
    letter is enrolled.
    """

    length: int
    forename: int = -1
    surname: int = -1
    forenames: tuple[int, ...] = ()
    surnames: tuple[int, ...] = ()
    only: int = -1


class Lexicon:
    """The name tables, asked with words. Nothing is remembered."""

    def __init__(self, tables: dict[str, Array], key: tuple[int, int]) -> None:
        self._index = opened(tables, key)

    @classmethod
    def of(cls, index: Index) -> Lexicon:
        """The same over an index that is open already."""
        lexicon = cls.__new__(cls)
        lexicon._index = index
        return lexicon

    def words(self, tokens: Iterable[bytes]) -> dict[bytes, Word]:
        """Each distinct token with what it may be."""
        distinct = list(dict.fromkeys(tokens))
        answer = {token: Word(len(token)) for token in distinct}
        named = [token for token in distinct if _may_be_name(token)]
        for start in range(0, len(named), AT_ONCE):
            some = named[start : start + AT_ONCE]
            asked = _asked(self._index, some)
            columns = zip(
                some, *(getattr(asked, name)[1:].tolist() for name in _FIELDS), strict=True
            )
            near = asked.near.tolist()
            for token, forename, surname, only, begin, fore, sur in columns:
                middle = begin + fore
                answer[token] = Word(
                    len(token),
                    forename,
                    surname,
                    tuple(near[begin:middle]),
                    tuple(near[middle : middle + sur]),
                    only,
                )
        return answer


_FIELDS = ("forename", "surname", "only", "near_start", "near_fore", "near_sur")


def _may_be_name(token: bytes) -> bool:
    return (
        len(token) <= LONGEST and token.isalnum() and token.islower()  # digits alone are not
    )


def near(
    tables: dict[str, Array], key: tuple[int, int], tokens: Sequence[bytes], role: int
) -> Near:
    """
    The enrolled names of this role that each of these enrolled tokens is, or is one edit from.

    `tables`: those of names, as `enrolling` makes them.
    """
    asked = _asked(names_opened(tables, key), tokens)
    exact = asked.forename[1:] if role == FORENAME else asked.surname[1:]
    start = asked.near_start[1:].astype(np.int64)
    count = (asked.near_fore if role == FORENAME else asked.near_sur)[1:].astype(np.int64)
    if role == SURNAME:
        start = start + asked.near_fore[1:]
    owner = np.repeat(np.arange(len(tokens)), count)
    place = np.arange(owner.size) - np.repeat(np.cumsum(count) - count, count) + start[owner]
    known = np.flatnonzero(exact >= 0)
    token = np.concatenate([known, owner])
    ids = np.concatenate([exact[known], asked.near[place]]).astype(np.int64)
    edits = np.concatenate([np.zeros(known.size, np.uint8), np.ones(owner.size, np.uint8)])
    order = np.lexsort((ids, token))
    return Near(token[order], np.full(token.size, role, np.uint8), ids[order], edits[order])


def _asked(index: Index, tokens: Sequence[bytes]) -> Words:
    """These words, looked up: word i + 1 is token i."""
    letters = np.frombuffer(b"".join(tokens), dtype=np.uint8)
    length = np.fromiter(map(len, tokens), np.int64, len(tokens))
    room = _NEAR * (len(tokens) + 1)
    while True:
        words = arrays.words(len(tokens) + 1, letters.size + 4 * (LONGEST + 1), room)
        words.letters[: letters.size] = letters
        words.length[1:] = length
        words.start[1:] = np.cumsum(length) - length
        words.asked[1:] = 0
        words.count[:] = (len(tokens) + 1, letters.size, 0)
        _ask_all(index, words)
        if not words.full[0]:
            return words
        room *= 2


@compiled
def _ask_all(index: Index, words: Words) -> None:
    for word in range(1, words.count[0]):
        words.a[word], words.b[word] = spelled(
            words.letters, i8(words.start[word]), i8(words.length[word])
        )
        ask(index, words, word)
        if words.full[0]:
            return
