"""The side of the law of one edit that reads, written plainly: what a token asks for, and which meetings count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.people.edits import LONGEST, SHORTEST, SHORTEST_READ, Cost, Ints, without
from matchers.people.siphash import Kind, Rows, Tags, by_length, matrix, tags_of


class Asked(NamedTuple):
    """Parallel arrays: `token`, tag, mask; a whole-token query has mask 0."""

    token: Ints
    tag: Tags
    mask: Tags


def ask(tokens: Sequence[bytes], key: tuple[int, int], *, exact: bool = False) -> Asked:
    """All queries of these tokens, read from a page; with `exact` the whole ones alone."""
    spelled: list[Rows] = []
    parts: list[tuple[Ints, Tags]] = []
    for length, where in by_length(tokens).items():
        rows = matrix([tokens[position] for position in where])
        positions = np.array(where, dtype=np.int64)
        spelled.append(rows)
        parts.append((positions, np.zeros(len(where), dtype=np.uint64)))
        if exact or not SHORTEST <= length <= LONGEST:
            continue
        for chosen, mask, rest in without(rows):
            spelled.append(rest[chosen])
            parts.append((positions[chosen], mask[chosen]))
    if not parts:
        empty = np.zeros(0, dtype=np.uint64)
        return Asked(np.zeros(0, dtype=np.int64), empty, empty)
    token, mask = (np.concatenate(each) for each in zip(*parts, strict=True))
    return Asked(token, np.concatenate(tags_of(Kind.NAME, spelled, key)), mask)


def meet(
    length: Ints, asked: Tags, cost: npt.NDArray[np.uint8], filed: Tags
) -> npt.NDArray[np.uint8]:
    """
    Edits of each meeting of a query with a posting of the same tag; 255: they do not count.

    `length` of the token read, `asked` its mask (0: whole), `cost` and `filed` of the posting.
    """
    whole = asked == 0
    edits = np.full(length.shape, 255, dtype=np.uint8)
    edits[whole & (cost == Cost.WHOLE)] = 0
    edits[whole & (cost == Cost.TRANSPOSITION)] = 1
    edits[whole & (cost == Cost.DELETION) & (length >= SHORTEST_READ) & (length <= LONGEST)] = 1
    edits[~whole & (cost == Cost.DELETION) & ((asked & filed) != 0)] = 1
    edits[~whole & (cost == Cost.WHOLE) & (length >= SHORTEST + 1)] = 1
    return edits
