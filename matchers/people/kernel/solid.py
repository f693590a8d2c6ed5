"""Folded text as if nothing in it were skipped: small letters side by side."""

from __future__ import annotations

import numpy as np

from matchers.people.fold import APOSTROPHE, SKIP
from matchers.people.kernel.compile import compiled, i8
from matchers.people.tables import Array

_LOW = np.uint8(0x7F)  # without the bit of capitals


def solid(classes: Array) -> Array:
    """What is left (u1) of a folded text without capitals, apostrophes, and what is skipped in words."""
    found = np.empty_like(classes)
    return found[: _solid(classes, found)]


def origins(classes: Array, places: Array) -> Array:
    """The offsets in the folded text of these offsets in what is left of it."""
    low = classes & _LOW
    kept: Array = np.flatnonzero((low != SKIP) & (low != APOSTROPHE))[places]
    return kept


@compiled
def _solid(classes: Array, found: Array) -> int:
    """How many characters are left."""
    count = i8(0)
    for at in range(classes.size):
        char = classes[at] & _LOW
        found[count] = char
        count += char != SKIP and char != APOSTROPHE
    return count
