"""
What bearers of a forename are called, and what a nickname may stand for.

The table of the package `nicknames` (English, maintained in public), and before
it `nicknames.txt` beside this file for what it does not have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

MOST = 20  # other forms of one forename that are enrolled
_FIRST = 4  # of them, that stand first in the table however rare they are

MOHAMMED = frozenset(
    """
    mohammed muhammad mohamed mohammad muhammed mohamad muhamad mohamud mehmood md mohd mhd
    mohammod muhammod mohamm mohamed mahomed
    """.split()  # noqa: SIM905  # reads better than forty quoted words
)
_MOHAMMED_SPELLINGS = (
    "mohammed",
    "muhammad",
    "mohamed",
    "mohammad",
    "muhammed",
    "md",
    "mohd",
    "mo",
)


@lru_cache(maxsize=1)
def _mentions() -> Counter[str]:
    """How often each name stands in the table: a measure of how common it is."""
    table = _table()
    return Counter(name for others in table.values() for name in others)


def _pairs() -> Iterator[tuple[str, str]]:
    """Formal and short names in one order for ever: the supplement's first."""
    text = resources.files(__package__).joinpath("nicknames.txt").read_text("ascii")
    for line in text.splitlines():
        if not line.startswith("#"):
            formal, *short = line.split()
            yield from ((formal, name) for name in short)
    # Loaded here: only who enrols needs it.
    from nicknames import name_triplets

    for each in name_triplets():
        yield each.name1, each.name2


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for formal, short in _pairs():
        if formal != short and formal.isalpha() and short.isalpha():
            found.setdefault(formal, {})[short] = None
    for formal, names in list(found.items()):
        for name in list(names)[:MOST]:
            found.setdefault(name, {})[formal] = None
    return {name: tuple(others) for name, others in found.items()}


@lru_cache(maxsize=1 << 12)  # of names in the table: no more than the public knows
def _ranked(forename: str) -> tuple[str, ...]:
    found = _table()[forename]
    ranked = sorted(found, key=lambda name: -_mentions()[name])
    return tuple(dict.fromkeys((*found[:_FIRST], *ranked)))[:MOST]


def others(forename: str) -> tuple[str, ...]:
    """
    Other forms of this folded forename, at most MOST: the table's first ones, then the commonest.

    The same for the same versions of the tables, whatever was asked before.
    """
    if forename in MOHAMMED:
        return tuple(each for each in _MOHAMMED_SPELLINGS if each != forename)
    return _ranked(forename) if forename in _table() else ()
