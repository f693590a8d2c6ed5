"""
An opened index, and what every way of reading it needs.

Safe in threads: the index is only read, and each thread has a desk of its own.
"""

from __future__ import annotations

import threading

import numpy as np

from matchers.people.desk import Desk
from matchers.people.gather import Gatherer
from matchers.people.kernel.opening import opened
from matchers.people.kernel.publics import public
from matchers.people.lexicon import Lexicon
from matchers.people.siphash import halves
from matchers.people.tables import Array, check
from watcher.api import Tables


class Engine:
    """The tables of one index, ready to be asked. Raises ValueError if these are not ours."""

    def __init__(self, tables: Tables, key: bytes) -> None:
        self.key = halves(key)
        ours = check(tables)
        self.index = opened(ours, self.key)
        self.public = public()
        # by rule: −log2 of the mean number of other people whom a stranger's name means
        self.bits: Array = -np.log2(ours["mean_others"])
        self.lexicon = Lexicon.of(self.index)
        self.gatherer = Gatherer(ours, self.key, self.bits)
        self._own = threading.local()

    def desk(self) -> Desk:
        """The arrays of the thread that asks."""
        found: Desk | None = getattr(self._own, "desk", None)
        if found is None:
            found = self._own.desk = Desk(self.index, self.public)
        return found
