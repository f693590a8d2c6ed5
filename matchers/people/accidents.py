"""
How likely the numbers of a list's rows are those of the people named in them.

Given the names that stand there, what is left to chance is the numbers.
"""

from __future__ import annotations

import numpy as np

from matchers.people.kernel.arrays import Names, Numbers
from matchers.people.kernel.rows import Rows
from matchers.people.tables import Array
from watcher.api import Tally

PLACES = len(Tally.by_bits(()))


def in_rows(rows: Rows, names: Names, numbers: Numbers) -> Array:
    """For each row with a name of ours and numbers: people of that name × the chance of each number, summed."""
    count = int(rows.count[0])
    held = rows.name[:count]
    name = np.maximum(held, 0)
    people = np.where(held >= 0, names.stop[name] - names.start[name], 0)
    if not people.any():
        return np.zeros(0)
    each = np.append(0.0, np.cumsum(2.0 ** -numbers.bits[: numbers.count[0]]))
    chance = people * (each[rows.ids[1, :count]] - each[rows.ids[0, :count]])
    return np.asarray(chance[chance > 0])


def by_bits(chances: Array, share: float = 1.0) -> Array:
    """As `Tally.by_bits`, of many, each with this share of a record."""
    if not chances.size:
        return np.zeros(PLACES)
    place = np.clip((-np.log2(chances)).astype(np.int64), 0, PLACES - 1)
    return np.bincount(place, weights=share * chances, minlength=PLACES)
