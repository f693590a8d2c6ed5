"""
Which enrolled forenames and surnames a word read from a page may be.

Many words are asked for at once, and remembered: natural text repeats itself.
The memory is bounded; it holds words of documents and is never written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.people import edits
from matchers.people.names import BARE
from matchers.people.tables import Array, Finder, spread

FORENAME, SURNAME = 0, 1
REMEMBERED = 1 << 17  # words
LONGEST = 256  # bytes: what is longer is no name

_DIGITS_AS_LETTERS = (
    bytes.maketrans(b"0134578", b"oieastb"),
    bytes.maketrans(b"0134578", b"oleastb"),
)


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


class Near(NamedTuple):
    """Parallel arrays: place of the token asked for, role, id, least edits."""

    token: npt.NDArray[np.int64]
    role: Array
    id: Array
    edits: Array


class Lexicon:
    """The name tables, asked with words."""

    def __init__(self, tables: dict[str, Array], key: tuple[int, int]) -> None:
        self._key = key
        self._tags = Finder(tables["name_tag"], tables["name_start"], tables["post_token"])
        self._start = tables["name_start"].astype(np.int64)
        self._role, self._token = tables["post_role"], tables["post_token"]
        self._mask, self._cost = tables["post_mask"], tables["post_cost"]
        self._memory: dict[bytes, Word] = {}

    def near(self, tokens: Sequence[bytes], *, exact: bool = False) -> Near:
        """All enrolled tokens equal to, or (unless `exact`) one edit from, each of these."""
        asked = edits.ask(tokens, self._key, exact=exact)
        place = self._tags.places(asked.tag)
        found = np.flatnonzero(place >= 0)
        at = place[found]
        which, posting = spread(self._start[at], self._start[at + 1] - self._start[at])
        query = found[which]
        lengths = np.fromiter((len(token) for token in tokens), np.int64, len(tokens))
        distance = edits.meet(
            lengths[asked.token[query]], asked.mask[query], self._cost[posting], self._mask[posting]
        )
        keep = distance < 255
        token, role = asked.token[query][keep], self._role[posting][keep]
        ids, distance = self._token[posting][keep], distance[keep]
        order = np.lexsort((distance, ids, role, token))
        token, role, ids, distance = token[order], role[order], ids[order], distance[order]
        first = np.ones(token.size, dtype=bool)
        first[1:] = (token[1:] != token[:-1]) | (role[1:] != role[:-1]) | (ids[1:] != ids[:-1])
        return Near(token[first], role[first], ids[first], distance[first])

    def words(self, tokens: Iterable[bytes]) -> dict[bytes, Word]:
        """Each distinct token with what it may be."""
        memory = self._memory
        answer: dict[bytes, Word] = {}
        new: list[bytes] = []
        for token in set(tokens):
            known = memory.get(token)
            if known is None:
                new.append(token)
            else:
                answer[token] = known
        if new:
            fresh = self._look_up(new)
            if len(memory) + len(fresh) > REMEMBERED:
                self._memory = memory = {}  # other threads keep the one they hold
            if len(fresh) <= REMEMBERED:
                memory.update(fresh)
            answer.update(fresh)
        return answer

    def _look_up(self, tokens: list[bytes]) -> dict[bytes, Word]:
        spelled: list[bytes] = []
        owner: list[int] = []
        for place, token in enumerate(tokens):
            if len(token) > LONGEST or token.isdigit():
                continue
            readings = [token]
            if not token.isalpha():
                readings.extend({token.translate(table) for table in _DIGITS_AS_LETTERS})
            if token[:1].isalpha():
                readings.append(token[:1] + BARE)
            spelled.extend(readings)
            owner.extend([place] * len(readings))
        near = self.near(spelled)
        exact = ([-1] * len(tokens), [-1] * len(tokens))
        other: tuple[dict[int, list[int]], dict[int, list[int]]] = ({}, {})
        only = [-1] * len(tokens)
        for query, role, name, distance in zip(
            near.token.tolist(), near.role.tolist(), near.id.tolist(), near.edits.tolist(),
            strict=True,
        ):  # fmt: skip
            place = owner[query]
            if spelled[query].endswith(BARE):
                if not distance and role == FORENAME:
                    only[place] = name
            elif not distance:
                exact[role][place] = name
            else:
                other[role].setdefault(place, []).append(name)
        return {
            token: Word(
                len(token),
                exact[FORENAME][place],
                exact[SURNAME][place],
                tuple(other[FORENAME].get(place, ())),
                tuple(other[SURNAME].get(place, ())),
                only[place],
            )
            for place, token in enumerate(tokens)
        }
