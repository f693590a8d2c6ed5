"""
Which rows of a roster are one person.

Rows that share a pay or warrant number or an address; or a collar number, and
forename or surname as well (collar numbers are used again, and by several
divisions at once); or full name, rank and unit. Somebody enrolled twice must
not make every rate of chance look larger.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from matchers.people import mail, numbers
from matchers.people.names import Names
from matchers.people.words import phrase
from watcher.api import Person


def distinct(people: Sequence[Person], named: Sequence[Names]) -> npt.NDArray[np.int64]:
    """By row: the number of its person, counted from 0 in the order of first rows."""
    parent = list(range(len(people)))

    def root(row: int) -> int:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    first: dict[tuple[object, ...], int] = {}
    spelled = cache(phrase)  # few ranks, units and names for many people
    for row, (person, name) in enumerate(zip(people, named, strict=True)):
        for trait in _traits(person, name, spelled):
            other = first.setdefault(trait, row)
            low, high = sorted((root(row), root(other)))
            parent[high] = low
    number: dict[int, int] = {}
    return np.array(
        [number.setdefault(root(row), len(number)) for row in range(len(people))], dtype=np.int64
    )


def _traits(
    person: Person, name: Names, phrase: Callable[[str], bytes]
) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for role, value in person.numbers:
        full = numbers.number(value).full
        if full and role != "collar_number":
            found.append((role, full))
        elif full:
            found.extend((role, full, each) for each in (name.first, name.surname) if each)
    found.extend(("email", each) for text in person.emails if (each := mail.address(text)))
    rank, unit = phrase(person.rank), phrase(person.unit)
    if name.first and name.surname and rank and unit:
        found.append((phrase(person.forename), phrase(person.surname), rank, unit))
    return found
