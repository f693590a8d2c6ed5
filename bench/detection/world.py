"""The world that documents are made of: a roster, and who is not on it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bench.detection.names import Name, Population, force
from bench.detection.roster import Member
from watcher.demo.roster import plain


@dataclass(frozen=True)
class World:
    """A roster, and who is not on it. What a form needs to make a document."""

    members: tuple[Member, ...]

    @cached_property
    def full_names(self) -> frozenset[tuple[str, str]]:
        """(forename, surname) as mail addresses have them, of all that a person goes by."""
        return frozenset(
            (plain(first), plain(last))
            for each in self.members
            for first in (*each.forename.split(), each.known_as, each.middle)
            for last in (each.surname, each.previous)
            if first and last
        )

    @cached_property
    def carriers(self) -> Counter[tuple[str, str]]:
        """How many have this forename and surname."""
        return Counter((plain(each.forename), plain(each.surname)) for each in self.members)

    @cached_property
    def surnames(self) -> Counter[str]:
        """How many have this surname."""
        return Counter(plain(each.surname) for each in self.members)

    @cached_property
    def initials(self) -> Counter[tuple[str, str]]:
        """How many have this initial and surname."""
        return Counter((each.forename[:1], plain(each.surname)) for each in self.members)

    @cached_property
    def _fitting(self) -> dict[object, tuple[Member, ...]]:
        return {}

    def fitting(self, key: object, fit: Callable[[Member], bool]) -> tuple[Member, ...]:
        """The private officers who fit; looked for once a key."""
        if key not in self._fitting:
            self._fitting[key] = tuple(each for each in self.private if fit(each))
        return self._fitting[key]

    @cached_property
    def private(self) -> tuple[Member, ...]:
        """Those who are neither public nor of a high-risk group."""
        return tuple(each for each in self.members if not each.public and not each.risk)

    def some(self, dice: random.Random, count: int) -> list[Member]:
        """Different officers, without the public ones."""
        found: dict[int, Member] = {}
        while len(found) < min(count, len(self.members) // 2):
            each = dice.choice(self.members)
            if not each.public:
                found[each.at] = each
        return list(found.values())

    def one(self, dice: random.Random, fit: Callable[[Member], bool] = lambda _: True) -> Member:
        """A private officer who fits. Raises LookupError where 50,000 tries find none."""
        for _ in range(50_000):
            each = dice.choice(self.private)
            if fit(each):
                return each
        raise LookupError("nobody of this roster fits")

    def strangers(
        self, dice: random.Random, count: int, population: Population | None = None
    ) -> list[Name]:
        """People of whom none has an enrolled forename and surname."""
        found: list[Name] = []
        while len(found) < count:
            drawn = (population or force()).draw(
                np.random.default_rng(dice.getrandbits(60)), count - len(found) + 8
            )
            found.extend(
                each
                for each in drawn
                if (plain(each.forename), plain(each.surname)) not in self.full_names
            )
        return found[:count]

    def anybody(
        self, dice: random.Random, count: int, population: Population | None = None
    ) -> list[Name]:
        """People drawn without a look at the roster: namesakes come by chance."""
        return (population or force()).draw(np.random.default_rng(dice.getrandbits(60)), count)
