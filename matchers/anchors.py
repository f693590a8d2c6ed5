"""
Where a long text may hold names of companies, without folding all of it for each of them.

Four letters of every name are looked for in one pass, the interpreter lock
released; only around them is the text read as `companies` reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from matchers.companies import LEGAL, SURE, Name
from matchers.people.kernel.folding import fold
from matchers.people.kernel.hints import hints, places
from matchers.people.kernel.solid import origins, solid
from matchers.people.tables import Array

_RARER = "etaoinshrdlucmfwypvbgkjqxz"  # letters of English, the most frequent first
_JOINED = (
    "ss",
    "ff",
    "fi",
    "fl",
    "st",
    "ij",
    "dz",
    "lj",
    "nj",
)  # which one character may stand for


class Anchors:
    r"""
    The anchors of these names.

    A name is missed whose four letters are not in the fold: where one character
    stands for several of them (`ofﬁce`), or a path reads as an escape (`C:\uface`).
    """

    def __init__(self, names: Sequence[Name]) -> None:
        by_anchor: dict[str, list[Name]] = {}
        for name in names:
            by_anchor.setdefault(name.anchor, []).append(name)
        self._anchors = [_Anchor.of(anchor, shared) for anchor, shared in by_anchor.items()]
        self._by_letters: dict[bytes, list[_Anchor]] = {}
        for each in self._anchors:
            if each.letters:
                self._by_letters.setdefault(each.letters, []).append(each)
        self._of = list(self._by_letters.values())
        self._hints = hints(tuple(self._by_letters))

    def stretches(self, text: str) -> list[tuple[int, int, tuple[Name, ...]]]:
        """Where (half open) names may stand, with those that may; in order, those of one anchor apart."""
        letters = solid(classes := fold(text))
        plain = letters.tobytes()
        found: list[tuple[int, int, tuple[Name, ...]]] = []
        for anchor, begun in self._met(letters, plain):
            near = origins(classes, begun)
            start = np.maximum(near - anchor.reach, 0)
            end = np.minimum(near + anchor.reach, len(text))
            begins = np.flatnonzero(np.append(True, start[1:] > end[:-1]))
            ends = np.append(begins[1:], near.size) - 1
            found += [
                (first, last, anchor.names)
                for first, last in zip(start[begins].tolist(), end[ends].tolist(), strict=True)
            ]
        return sorted(found, key=lambda one: one[0])

    def _met(self, letters: Array, plain: bytes) -> Iterator[tuple[_Anchor, Array]]:
        """The anchors that stand in the text, and where: rising."""
        at, which = places(letters, self._hints)
        for each in np.unique(which).tolist():
            for anchor in self._of[each]:
                begins = at[which == each] - anchor.at
                begins = begins[(begins >= 0) & (begins <= letters.size - anchor.text.size)]
                for place in range(anchor.text.size):
                    begins = begins[letters[begins + place] == anchor.text[place]]
                if begins.size:
                    yield anchor, begins
        for anchor in self._anchors:
            if not anchor.letters:
                short = re.compile(re.escape(anchor.text.tobytes()))
                begins = np.array([found.start() for found in short.finditer(plain)], np.int32)
                if begins.size:
                    yield anchor, begins


@dataclass(frozen=True, slots=True)
class _Anchor:
    """
    A word, as folded bytes (u1), and the names that have it.

    `letters`: the four of it that are looked for, from `at` on; none of a shorter
    word. `reach`: characters before and behind it in which all of each name stands.
    """

    text: Array
    names: tuple[Name, ...]
    letters: bytes
    at: int
    reach: int

    @classmethod
    def of(cls, anchor: str, names: Sequence[Name]) -> _Anchor:
        at = _rarest(anchor) if len(anchor) >= SURE else 0
        return cls(
            text=np.frombuffer(anchor.encode(), dtype=np.uint8),
            names=tuple(names),
            letters=anchor[at : at + SURE].encode() if len(anchor) >= SURE else b"",
            at=at,
            reach=4 * (max(each.before + len(each.text) for each in names) + len(anchor) + LEGAL),
        )


def _rarest(anchor: str) -> int:
    """Where its four rarest letters begin that stand together."""

    def rarity(at: int) -> tuple[bool, int]:
        letters = anchor[at : at + SURE]
        apart = not any(joined in letters for joined in _JOINED)
        return apart, sum(_RARER.find(letter) % (len(_RARER) + 1) for letter in letters)

    return max(range(len(anchor) - SURE + 1), key=rarity)
