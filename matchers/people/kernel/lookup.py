"""
Which enrolled forenames and surnames a word is, or is one edit from: the law of `edits`.

A word is read as it stands; with digits for letters undone (`sm1th`: i and l),
if it has both; with long runs of a letter shortened (`smiiith`) to two and to
one; and with every letter written twice undone. The first reading that is a
name says which; all of them say what is near.
"""

from __future__ import annotations

import numpy as np

from matchers.people.kernel.arrays import NEAR, Index, Words
from matchers.people.kernel.asking import Query, read
from matchers.people.kernel.compile import apart, i8, inlined, inner
from matchers.people.kernel.nearby import close
from matchers.people.kernel.remembering import PACKED, spelled
from matchers.people.kernel.respelling import is_odd, made, respelled
from matchers.people.tables import Array

LONGEST = 255  # letters: what is longer is no name
_A, _Z = ord("a"), ord("z")


@inlined
def ask(index: Index, words: Words, w: int) -> None:
    """
    Fill in all that the enrolled names say of word `w`, once: see `arrays.Words`.

    Without room `words.full` is marked and the word stays unasked.
    """
    if words.asked[w] < NEAR:
        words.exact[0] = w
        ask_each(index, words, words.exact, i8(1), i8(NEAR))


@inner
def ask_each(index: Index, words: Words, which: Array, count: int, depth: int) -> None:
    """The same for the first of several words, as far as `depth`: one call costs as much as a word."""
    apart()
    for at in range(count):
        w = i8(which[at])
        if words.asked[w] < depth:
            _fill(index, words, w, depth)
        if words.full[0]:
            return


@inlined
def _fill(index: Index, words: Words, w: int, depth: int) -> None:
    words.forename[w] = words.surname[w] = words.only[w] = -1
    words.near_fore[w] = words.near_sur[w] = 0
    words.fore_people[w] = words.sur_people[w] = 0
    words.near_rate[w] = 0
    words.asked[w] = depth
    begin = i8(words.count[2])
    words.near_start[w] = begin
    n = i8(words.length[w])
    if n == 0 or n > LONGEST:
        return
    query = Query(
        index.key, index.bucket, index.tag, index.tag_start, index.post_role, index.post_token,
        index.post_mask, index.post_cost, index.name_sieve, words.letters, words.near, words.exact,
        words.work,
    )  # fmt: skip
    query.exact[0] = query.exact[1] = -1
    start = i8(words.start[w])
    first = i8(query.letters[start])
    if _A <= first <= _Z:
        words.only[w] = index.bare[first - _A]
    held = _readings(query, start, n, words.a[w], words.b[w], i8(words.count[1]), begin, depth)
    if held < 0:
        words.full[0] = 1
        words.asked[w] = 0
        return
    words.forename[w], words.surname[w] = query.exact[0], query.exact[1]
    if held > begin:
        words.count[2] = close(
            query.near, query.exact, index.fore_people, index.sur_people, index.edit_rate,
            begin, held, w, words.near_fore, words.near_sur, words.fore_people, words.sur_people,
            words.near_rate,
        )  # fmt: skip


@inner
def _readings(
    query: Query, start: int, n: int, a: np.uint64, b: np.uint64, free: int, held: int, depth: int
) -> int:
    """Ask for all readings of a word. How many near names are held then, −1: no room."""
    letters = query.letters
    odd, most, twice = False, 0, False
    others = 0
    if is_odd(a, b, n):
        odd, most, twice, others = made(letters, start, n)
        if others and free + 2 * n > letters.size:
            return i8(-1)
    for which in range(others + 1):
        at, size = start, n
        if which:
            size = respelled(letters, start, n, free, which, odd, most, twice)
            if not size:
                continue
            at = free + n
            a, b = np.uint64(0), np.uint64(0)
            if size <= PACKED:
                a, b = spelled(letters, at, size)
        held = read(query, at, size, a, b, held, depth == NEAR)
    return held
