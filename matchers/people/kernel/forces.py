"""Whether a domain is a force's: compiled `identifiers._are_force`."""

from __future__ import annotations

import numpy as np

from matchers.people.kernel.compile import inner
from matchers.people.kernel.hashing import NONE, sip
from matchers.people.tables import Array

MAIL = 3  # siphash.Kind
_DOT = ord(".")
_POLICE = tuple(b".police")
_LABELS = (tuple(b".uk"), tuple(b".je"))  # under which forces are registered


@inner
def _is_police(work: Array, start: int, end: int) -> bool:
    """`police.uk`, `police.je`, and all below them."""
    tail = len(_LABELS[0])
    if end - start < len(_POLICE) - 1 + tail:
        return False
    country = False
    for label in _LABELS:
        same = True
        for i in range(tail):
            same &= work[end - tail + i] == label[i]
        country |= same
    if not country:
        return False
    for i in range(1, len(_POLICE)):
        if work[end - tail - len(_POLICE) + i] != _POLICE[i]:
            return False
    before = end - tail - len(_POLICE)
    return before < start or work[before] == _DOT


@inner
def _is_watched(domains: Array, tag: np.uint64) -> bool:
    low, high = 0, domains.size
    while low < high:
        middle = (low + high) >> 1
        if domains[middle] < tag:
            low = middle + 1
        else:
            high = middle
    return bool(low < domains.size and domains[low] == tag)


@inner
def is_force(
    keys: Array, domains: Array, work: Array, start: int, end: int, tag: np.uint64
) -> bool:
    """
    Whether `work[start:end]` is a watched or enrolled domain, one below it, or a police force's.

    `domains`: tags, sorted; `tag`: that of the whole domain.
    """
    if _is_police(work, start, end) or _is_watched(domains, tag):
        return True
    if domains.size == 0:
        return False
    dots = 0
    for place in range(start, end):
        dots += work[place] == _DOT
    k0, k1 = keys[0], keys[1]
    for place in range(start, end):
        if work[place] != _DOT:
            continue
        dots -= 1
        if dots == 0:
            return False  # a country alone is nobody's
        above = sip(work, place + 1, end - place - 1, NONE, MAIL, k0, k1)
        if _is_watched(domains, above):
            return True
    return False
