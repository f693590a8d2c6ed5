"""
People: names, numbers and addresses of enrolled officers.

Both sides of hashing live here. `enrol` turns people into tables of keyed
tags, `load` turns the tables into a recogniser; one property guards the two:
*whatever is enrolled is found*.
"""

from __future__ import annotations

from collections.abc import Iterable

from matchers.people.engine import Engine
from matchers.people.enrolling import enrol
from matchers.people.recogniser import PeopleRecogniser
from matchers.people.siphash import halves
from matchers.people.warming import prepare
from watcher.api import Person, Recogniser, Tables, Watch

__all__ = ["People"]


class People:
    """Matches people by any identifier that the roster holds."""

    name = "people"

    def __init__(self, watch: Watch) -> None:
        self._domains = watch.domains

    def enrol(self, people: Iterable[Person], key: bytes) -> Tables:
        """
        The tables of these people; see `tables.COLUMNS`. Raises ValueError for a short key.

        Whoever enrols will read: the reading side is compiled here, once.
        """
        prepare()
        return enrol(list(people), halves(key), self._domains)

    def load(self, tables: Tables, key: bytes) -> Recogniser:
        """Raises ValueError if the tables are not those of this matcher, or the key is short."""
        return PeopleRecogniser(Engine(tables, key))
