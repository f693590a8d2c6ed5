"""
Where a long text may hold names of companies, without folding all of it for each of them.

Four letters of every name are looked for in one pass, the interpreter lock
released; only around them is the text read as `companies` reads it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from matchers.companies import LEGAL, Name
from matchers.people.kernel.folding import fold
from matchers.people.kernel.hints import hints, places
from matchers.people.kernel.solid import origins, solid
from matchers.people.tables import Array

SIZE = 4  # letters of an anchor that are looked for
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
    """
    The anchors of these names.

    In a text where one character stands for several letters of an anchor
    (`ofﬁce`) a name is missed if these are the ones that are looked for.
    """

    def __init__(self, names: Sequence[Name]) -> None:
        self._short = [name for name in names if len(name.anchor) < SIZE]
        self._named: dict[bytes, list[tuple[Name, int]]] = {}
        for name in names:
            if len(name.anchor) >= SIZE:
                at = _rarest(name.anchor)
                letters = name.anchor[at : at + SIZE].encode()
                self._named.setdefault(letters, []).append((name, at))
        self._of = list(self._named.values())
        self._hints = hints(tuple(self._named))

    def stretches(self, text: str) -> list[tuple[int, int, Name]]:
        """Where (half open) each name may stand, with what tells whether it does; in order."""
        letters = solid(classes := fold(text))
        plain = letters.tobytes()
        met = [*self._met(letters, plain), *self._met_short(plain)]
        if not met:
            return []
        at = origins(classes, np.array([place for place, _ in met])).tolist()
        found: dict[int, list[tuple[int, int, Name]]] = {}
        for place, (_, name) in sorted(zip(at, met, strict=True), key=lambda each: each[0]):
            reach = 4 * (name.before + len(name.text) + len(name.anchor) + LEGAL)
            start, end = max(0, place - reach), min(len(text), place + reach)
            of_name = found.setdefault(id(name), [])
            if of_name and start <= of_name[-1][1]:
                start = of_name.pop()[0]
            of_name.append((start, end, name))
        return sorted(
            (each for all_of in found.values() for each in all_of), key=lambda one: one[0]
        )

    def _met(self, letters: Array, plain: bytes) -> Iterator[tuple[int, Name]]:
        for place, which in zip(
            *(each.tolist() for each in places(letters, self._hints)), strict=True
        ):
            for name, at in self._of[which]:
                if place >= at and plain.startswith(name.anchor.encode(), place - at):
                    yield place - at, name

    def _met_short(self, plain: bytes) -> Iterator[tuple[int, Name]]:
        for name in self._short:
            anchor = name.anchor.encode()
            place = plain.find(anchor)
            while place >= 0:
                yield place, name
                place = plain.find(anchor, place + 1)


def _rarest(anchor: str) -> int:
    """Where its four rarest letters begin that stand together."""

    def rarity(at: int) -> tuple[bool, int]:
        letters = anchor[at : at + SIZE]
        apart = not any(joined in letters for joined in _JOINED)
        return apart, sum(_RARER.find(letter) % (len(_RARER) + 1) for letter in letters)

    return max(range(len(anchor) - SIZE + 1), key=rarity)
