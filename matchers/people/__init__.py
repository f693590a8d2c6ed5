"""
People: names, numbers and addresses of enrolled officers.

Both sides of hashing live here. `enrol` turns people into tables of keyed
tags, `load` turns the tables into a recogniser; one property guards the two:
*whatever is enrolled is found*.
"""

from __future__ import annotations

from collections.abc import Iterable

from matchers.people.enrolling import enrol
from matchers.people.numbers import Shapes
from matchers.people.recogniser import PeopleRecogniser
from matchers.people.siphash import halves
from matchers.people.tables import check
from matchers.people.tools import Tools
from watcher.api import Person, Recogniser, Tables, Watch

__all__ = ["People"]


class People:
    """Matches people by any identifier that the roster holds."""

    name = "people"

    def __init__(self, watch: Watch) -> None:
        self._domains = watch.domains

    def enrol(self, people: Iterable[Person], key: bytes) -> Tables:
        """The tables of these people; see `tables.COLUMNS`. Raises ValueError for a short key."""
        return enrol(list(people), halves(key), self._domains)

    def load(self, tables: Tables, key: bytes) -> Recogniser:
        """Raises ValueError if the tables are not those of this matcher, or the key is short."""
        return PeopleRecogniser(Tools.open(tables, key))

    def describe(self, tables: Tables) -> dict[str, float | int | list[str]]:
        """
        What `enrol` reports, in numbers: people, distinct people, variants per
        person, the shares of strangers drawn alike whose name matches, and the
        shapes of numbers (`A999999 × 2000`), commonest first.
        """
        ours = check(tables)
        shapes = Shapes(ours["shapes"]).counts()
        return {
            "people": int(ours["report_people"][0]),
            "distinct_people": int(ours["report_distinct_people"][0]),
            "variants": float(ours["report_variants"][0]),
            "chance_full": float(ours["report_chance_full"][0]),
            "chance_initial": float(ours["report_chance_initial"][0]),
            "chance_one_edit": float(ours["report_chance_one_edit"][0]),
            "shapes": [f"{shape} × {count}" for shape, count in shapes.items()],
        }
