"""
The words of a text, each held once as long as there is room, with what they are in public.

Two memories: `slot` is small and direct-mapped, for the words that come again
and again (96 of 100 in natural text); `place` finds every word held.
"""

from __future__ import annotations

import numpy as np

from matchers.people.kernel.arrays import Words
from matchers.people.kernel.compile import i8, inlined, inner
from matchers.people.kernel.hashing import mixed
from matchers.people.kernel.publics import Public, flags_of
from matchers.people.tables import Array

PACKED = 16  # letters that `Words.a` and `Words.b` hold
LONGEST = 256  # letters of a word that are looked at: what is longer is no name


@inner
def spelled(letters: Array, start: int, length: int) -> tuple[np.uint64, np.uint64]:
    """
    What stands in `Words.a` and `Words.b` for these letters.

    Two words of one length and the same pair are the same: surely up to PACKED
    letters, and but for an accident of 2⁻¹²⁸ beyond.
    """
    a, b = np.uint64(0), np.uint64(0)
    for i in range(min(length, PACKED)):
        letter = np.uint64(letters[start + i])
        if i < 8:
            a |= letter << np.uint64(8 * i)
        else:
            b |= letter << np.uint64(8 * (i - 8))
    for i in range(PACKED, length):
        letter = np.uint64(letters[start + i])
        a = mixed(a, letter)
        b = mixed(b ^ letter, a)
    return a, b


@inlined
def _is(words: Words, word: int, a: np.uint64, b: np.uint64, length: int) -> bool:
    return bool(words.a[word] == a and words.b[word] == b and words.length[word] == length)


@inlined
def remember(public: Public, words: Words, a: np.uint64, b: np.uint64, length: int) -> int:
    """
    The id of the word whose letters stand at `words.letters[words.count[1]:]`, not yet counted in.

    `a` and `b` as by `spelled`. 0, and `words.full`, where there is no room.
    """
    turned = mixed(a, b)
    last = i8(words.place.size - 1)
    # Above a word's number, in what its place has left, is a sign of its letters:
    # another word is told by it, and not fetched.
    sign = i8(turned >> np.uint64(33)) & ~last
    at = i8(turned & np.uint64(words.slot.size - 1))
    held = i8(words.slot[at])
    word = held & last
    if held - word == sign and _is(words, word, a, b, length):
        return word
    place = i8(turned >> np.uint64(16)) & last
    held = i8(words.place[place])
    while held:
        word = held & last
        if held - word == sign and _is(words, word, a, b, length):
            words.slot[at] = held
            return word
        place = (place + 1) & last
        held = i8(words.place[place])
    word = i8(words.count[0])
    if word >= words.a.size or words.count[1] + length > words.letters.size:
        words.full[0] = 1
        return i8(0)
    words.place[place] = words.slot[at] = word | sign
    words.a[word] = a
    words.b[word] = b
    words.length[word] = length
    words.start[word] = words.count[1]
    words.flags[word] = flags_of(public, a, b, length)
    words.asked[word] = 0
    words.count[0] = word + 1
    words.count[1] += length
    return word


@inner
def remembered(public: Public, words: Words, a: np.uint64, b: np.uint64, length: int) -> int:
    """As `remember`, for those who do not ask for every word of a text."""
    return remember(public, words, a, b, length)
