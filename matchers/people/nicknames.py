"""
What bearers of a forename are called, and what a nickname may stand for.

The public table is `nicknames.txt` beside this file.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from importlib import resources

MOST = 20  # other forms of one forename that are enrolled

MOHAMMED = frozenset(
    """
    mohammed muhammad mohamed mohammad muhammed mohamad muhamad mohamud mehmood md mohd mhd
    mohammod muhammod mohamm mohamed mahomed
    """.split()  # noqa: SIM905  # reads better than forty quoted words
)
_MOHAMMED_SPELLINGS = ("mohammed", "muhammad", "mohamed", "mohammad", "muhammed", "md", "mohd")


@lru_cache(maxsize=1)
def _mentions() -> Counter[str]:
    """How often each name stands in the table: a measure of how common it is."""
    table = _table()
    return Counter(name for others in table.values() for name in others)


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, ...]]:
    text = resources.files(__package__).joinpath("nicknames.txt").read_text("ascii")
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        formal, *short = line.split()
        for name in short:
            found.setdefault(formal, []).append(name)
    for formal, short in list(found.items()):
        for name in short[:MOST]:
            if formal not in found.setdefault(name, []):
                found[name].append(formal)
    return {name: tuple(dict.fromkeys(others)) for name, others in found.items()}


def others(forename: str) -> tuple[str, ...]:
    """Other forms of this folded forename, at most MOST: a line's first ones, then the commonest."""
    if forename in MOHAMMED:
        return tuple(each for each in _MOHAMMED_SPELLINGS if each != forename)
    found = _table().get(forename, ())
    ranked = sorted(found, key=lambda name: -_mentions()[name])
    return tuple(dict.fromkeys((*found[:4], *ranked)))[:MOST]
