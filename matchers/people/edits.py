"""
One edit, exactly, on hashes alone.

Optimal string alignment distance (insertion, deletion, substitution,
neighbouring transposition) of at most one, decided without plain text: an
enrolled token files itself, itself without each letter, and its neighbouring
transpositions; a token read from a page asks for itself and itself without
each letter. Which meetings count:

    edits 0 iff w = t; edits 1 iff OSA(t, w) = 1 and |t| ≥ 4 and |w| ≥ G;
    G = 4 in prose, 3 in a cell or beside a second identifier.

Every position of a run of equal letters is kept, on both sides, as a bit mask,
or substitutions inside runs would be lost (Bocek, Hunt and Stiller's FastSS,
2007, keeps positions one by one). Tokens of more than 64 letters: exact only.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.people.siphash import Kind, Rows, Tags, by_length, matrix, tags_of

SHORTEST = 4  # letters of an enrolled token that may be mistyped
SHORTEST_READ = 3  # letters of what may be a mistyped token, in a cell
LONGEST = 64

Ints = npt.NDArray[np.int64]


class Cost(enum.IntEnum):
    """How a posting came to be."""

    WHOLE = 0
    DELETION = 1
    TRANSPOSITION = 2


class Filed(NamedTuple):
    """Parallel arrays: `token` (position in the list given), tag, mask of positions, cost."""

    token: Ints
    tag: Tags
    mask: Tags
    cost: npt.NDArray[np.uint8]


def without(rows: Rows) -> list[tuple[npt.NDArray[np.bool_], Tags, Rows]]:
    """
    For each position: which rows to delete it in, the mask of its run, and the rest.

    A run of equal letters is handled once, at its first position.
    """
    length = rows.shape[1]
    starts = np.ones(rows.shape, dtype=bool)
    starts[:, 1:] = rows[:, 1:] != rows[:, :-1]
    masks = np.zeros(rows.shape, dtype=np.uint64)
    running = np.zeros(rows.shape[0], dtype=np.uint64)
    for i in range(length - 1, -1, -1):
        running = running | np.uint64(1 << i)
        masks[:, i] = running
        running = np.where(starts[:, i], np.uint64(0), running)
    return [(starts[:, i], masks[:, i], np.delete(rows, i, axis=1)) for i in range(length)]


def file(tokens: Sequence[bytes], key: tuple[int, int]) -> Filed:
    """All postings of these enrolled tokens, which must be distinct."""
    spelled: list[Rows] = []
    parts: list[tuple[Ints, Tags, Cost]] = []
    for length, where in by_length(tokens).items():
        rows = matrix([tokens[position] for position in where])
        positions = np.array(where, dtype=np.int64)
        none = np.zeros(len(where), dtype=np.uint64)
        spelled.append(rows)
        parts.append((positions, none, Cost.WHOLE))
        if not SHORTEST <= length <= LONGEST:
            continue
        for chosen, mask, rest in without(rows):
            spelled.append(rest[chosen])
            parts.append((positions[chosen], mask[chosen], Cost.DELETION))
        for i in range(length - 1):
            chosen = rows[:, i] != rows[:, i + 1]
            turned = rows[chosen].copy()
            turned[:, [i, i + 1]] = turned[:, [i + 1, i]]
            spelled.append(turned)
            parts.append((positions[chosen], none[chosen], Cost.TRANSPOSITION))
    if not parts:
        empty = np.zeros(0, dtype=np.uint64)
        return Filed(np.zeros(0, dtype=np.int64), empty, empty, np.zeros(0, dtype=np.uint8))
    return Filed(
        np.concatenate([part[0] for part in parts]),
        np.concatenate(tags_of(Kind.NAME, spelled, key)),
        np.concatenate([part[1] for part in parts]),
        np.concatenate([np.full(part[0].size, part[2], dtype=np.uint8) for part in parts]),
    )
