"""
Words that no page spells as one: two joined (`mc donald`), or the first letter of one.

They are appended to the words of the text and remembered beside them, never
where a word of the text would be looked for.
"""

from __future__ import annotations

import numpy as np

from matchers.people.kernel.arrays import Words
from matchers.people.kernel.compile import i8, inlined, inner
from matchers.people.kernel.hashing import mixed
from matchers.people.kernel.remembering import spelled
from matchers.people.tables import Array

_LETTER = np.int64(1 << 30)  # and a place, in `joint` for the second word: one letter of the first


@inlined
def same(a: Array, b: Array, one: int, two: int) -> bool:
    """Whether two words are spelled alike, by `Words.a` and `b`: a joined one may be held twice."""
    return one == two or bool(a[one] == a[two] and b[one] == b[two])


@inlined
def joined(words: Words, one: int, two: int) -> int:
    """The word that two make; 0, and `words.full`, where there is no room."""
    at = _slot(words.joint, one, two)
    if words.joint[at, 0] == one and words.joint[at, 1] == two:
        return i8(words.joint[at, 2])
    return _made(words, at, one, two)


@inlined
def letter(words: Words, whole: int, place: int) -> int:
    """The word that is one letter of this one."""
    if words.length[whole] == 1:
        return whole
    return joined(words, whole, i8(_LETTER) + place)


@inner
def _made(words: Words, at: int, one: int, two: int) -> int:
    start, first, second = i8(words.start[one]), i8(words.length[one]), i8(0)
    if two < _LETTER:
        second = i8(words.length[two])
    else:
        start, first = i8(start + two - _LETTER), i8(1)
    word, begin = words.count[0], words.count[1]
    length = first + second
    if word >= words.a.size or begin + length > words.letters.size:
        words.full[0] = 1
        return i8(0)
    for i in range(first):
        words.letters[begin + i] = words.letters[start + i]
    for i in range(second):
        words.letters[begin + first + i] = words.letters[i8(words.start[two]) + i]
    words.count[0], words.count[1] = word + 1, begin + length
    words.start[word], words.length[word] = begin, length
    words.a[word], words.b[word] = spelled(words.letters, begin, length)
    words.flags[word] = 0  # in public it is none
    words.asked[word] = 0
    words.joint[at, 0], words.joint[at, 1], words.joint[at, 2] = one, two, word
    return i8(word)


@inlined
def _slot(joint: Array, one: int, two: int) -> int:
    return i8(mixed(np.uint64(one), np.uint64(two)) & np.uint64(joint.shape[0] - 1))
