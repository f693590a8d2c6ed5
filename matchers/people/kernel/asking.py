"""
One reading of one word, asked of the postings of names: the law of `edits`, on tags alone.

The whole reading meets whole names, transpositions and deletions; without a
letter it meets deletions of the same place and whole names.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matchers.people.edits import LONGEST as MOST_EDITED
from matchers.people.edits import SHORTEST, SHORTEST_READ, Cost
from matchers.people.kernel.compile import i8, inlined, inner
from matchers.people.kernel.deletions import SIDE_BY_SIDE, longer
from matchers.people.kernel.hashing import NONE, PACKED, neighbourhood, packed, sip
from matchers.people.kernel.nearby import SURNAME
from matchers.people.kernel.sieves import may
from matchers.people.siphash import Kind
from matchers.people.tables import Array

_NAME = int(Kind.NAME)
_WHOLE, _DELETION, _TRANSPOSITION = int(Cost.WHOLE), int(Cost.DELETION), int(Cost.TRANSPOSITION)


class Query(NamedTuple):
    """
    What asking needs of an index and of the words: a tuple of few arrays costs less to pass.

    `exact`: the forename and the surname that the word is, −1 while it is none.
    """

    key: Array
    bucket: Array
    tag: Array
    start: Array
    role: Array
    token: Array
    mask: Array
    cost: Array
    sieve: Array
    letters: Array
    near: Array
    exact: Array
    work: Array


@inlined
def read(
    query: Query, start: int, n: int, a: np.uint64, b: np.uint64, held: int, near: bool
) -> int:
    """
    Ask for the `n` letters from `start` on. How many near names are held then, −1: no room.

    `a` and `b`: the letters packed, if there are no more than PACKED. `near`: not
    only for what they are as a whole.
    """
    key, letters, sieve, tags = query.key, query.letters, query.sieve, query.work[2]
    most = n if near and SHORTEST <= n <= MOST_EDITED else i8(0)
    beside = i8(0)  # tags that are made side by side
    if most and n <= PACKED:
        neighbourhood(a, b, n, i8(_NAME), key, query.work)
        beside = most
    elif most and n <= SIDE_BY_SIDE:
        longer(letters, start, n, i8(_NAME), key, query.work)
        beside = most
    elif n <= PACKED:
        tags[0] = packed(a, b, n, _NAME, key[0], key[1])
    else:
        tags[0] = sip(letters, start, n, NONE, _NAME, key[0], key[1])
    some = np.uint64(0)  # those that may be there, as bits: seldom any
    for i in range(beside + 1):
        some |= np.uint64(may(sieve, tags[i])) << np.uint64(i)
    if beside == most and not some:
        return held
    for i in range(most + 1):
        tag = tags[0]
        if i <= beside:
            tag = tags[i]
            hit = bool(some >> np.uint64(i) & np.uint64(1))
        else:
            tag = sip(letters, start, n, i - 1, _NAME, key[0], key[1])
            hit = may(sieve, tag)
        if held < 0 or not hit:
            continue
        mask = np.uint64(0)
        if i:
            if i > 1 and letters[start + i - 1] == letters[start + i - 2]:
                continue  # the rest of a run: without it the word is the same
            mask = _run(letters, start, n, i - 1)
        held = _meet(query, n, tag, mask, held, near)
    return held


@inner
def _run(letters: Array, start: int, n: int, i: int) -> np.uint64:
    """The places, as bits, of the run of equal letters that begins at `i`."""
    mask = np.uint64(0)
    for j in range(i, n):
        if letters[start + j] != letters[start + i]:
            break
        mask |= np.uint64(1) << np.uint64(j)
    return mask


@inner
def _meet(query: Query, n: int, tag: np.uint64, mask: np.uint64, held: int, near: bool) -> int:
    """What the postings of one tag say; `mask`: positions of the letter left out, 0: none."""
    at = _place(query.bucket, query.tag, tag)
    if at < 0:
        return held
    for posting in range(i8(query.start[at]), i8(query.start[at + 1])):
        cost = query.cost[posting]
        role = i8(query.role[posting])
        name = i8(query.token[posting])
        if mask == 0:
            if cost == _WHOLE:
                if query.exact[role] < 0:
                    query.exact[role] = name
                    continue
            elif cost == _DELETION and (n < SHORTEST_READ or n > MOST_EDITED):
                continue
        elif cost == _DELETION:
            if not mask & query.mask[posting]:
                continue
        elif cost == _TRANSPOSITION or n <= SHORTEST:
            continue
        if not near or name == query.exact[role]:
            continue  # it is near itself without each letter
        if held >= query.near.size:
            return i8(-1)
        query.near[held] = name | SURNAME if role else name
        held += 1
    return held


@inner
def _place(bucket: Array, tags: Array, tag: np.uint64) -> int:
    """Where the tag stands among sorted ones, −1: nowhere."""
    shift = np.uint64(64)
    size = bucket.size - 1
    while size > 1:
        size >>= 1
        shift -= np.uint64(1)
    top = i8(tag >> shift)
    for at in range(i8(bucket[top]), i8(bucket[top + 1])):
        if tags[at] == tag:
            return i8(at)
    return i8(-1)
