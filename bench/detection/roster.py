"""
A roster of invented officers.

Drawn from `names.force`. Pay numbers are a letter and seven digits, warrant
numbers six digits; collar numbers have one to five digits and are used again
in other divisions, as they are in large forces.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from bench.detection.names import force
from watcher.api import Person
from watcher.demo.roster import (
    HIGH_RISK,
    PUBLIC_RANKS,
    RANKS,
    STATIONS,
    UNITS,
    VETTING,
    names,
    plain,
)
from watcher.model import Officer

DOMAIN = "northshire.police.example"
FORCE = "Northshire Constabulary"
REUSED = 0.4  # of collar numbers in a force of more than 4,000


@dataclass(frozen=True, slots=True)
class Member:
    """One row of the roster."""

    at: int
    ref: str
    forename: str = field(repr=False)
    middle: str = field(repr=False)
    surname: str = field(repr=False)
    known_as: str = field(repr=False)
    previous: str = field(repr=False)
    rank: str = field(repr=False)
    pay: str = field(repr=False)
    warrant: str = field(repr=False)
    collar: str = field(repr=False)
    email: str = field(repr=False)
    vetting: str = field(repr=False)
    unit: str = field(repr=False)
    location: str = field(repr=False)
    community: str = field(repr=False)

    @property
    def risk(self) -> str:
        return HIGH_RISK.get(self.unit, "")

    @property
    def public(self) -> bool:
        return self.rank in PUBLIC_RANKS

    @property
    def initials(self) -> str:
        return self.forename[:1] + self.middle[:1]

    def person(self) -> Person:
        """As the matcher gets it."""
        return Person(
            ref=self.ref,
            forename=self.forename,
            middle=self.middle,
            surname=self.surname,
            known_as=self.known_as,
            previous_surname=self.previous,
            rank=self.rank,
            numbers=(
                ("pay_number", self.pay),
                ("warrant_number", self.warrant),
                ("collar_number", self.collar),
            ),
            emails=(self.email,),
            vetting=self.vetting,
            unit=self.unit,
            location=self.location,
            risk_group=self.risk,
            public=self.public,
        )

    def officer(self) -> Officer:
        """As the index remembers it."""
        return Officer(ref=self.ref, high_risk=bool(self.risk), public=self.public)


def members(seed: int, count: int) -> tuple[Member, ...]:
    """So many officers, the same for the same seed. Raises ValueError beyond 800,000."""
    if count > 800_000:
        raise ValueError(f"{count} people: warrant numbers end at 800,000")
    rng = np.random.default_rng((seed, count))
    population = force()
    drawn = population.draw(rng, count)
    middles = population.draw(rng, count)
    previous = population.draw(rng, count)
    dice = rng.random((count, 3))
    pay = rng.permutation(9_000_000)[:count] + 1_000_000
    warrant = rng.permutation(max(200_000, int(count * 1.2)))[:count] + 150_000
    collar = _collars(rng, count)
    picked = {
        name: rng.choice(
            list(weights), count, p=np.array(list(weights.values())) / sum(weights.values())
        )
        for name, weights in {
            "rank": RANKS,
            "unit": UNITS,
            "place": STATIONS,
            "vetting": VETTING,
        }.items()
    }
    nicknames = names().nicknames
    mailboxes: Counter[str] = Counter()
    found = []
    for at, name in enumerate(drawn):
        mailbox = f"{plain(name.forename.split()[0])}.{plain(name.surname)}"
        mailboxes[mailbox] += 1
        again = str(mailboxes[mailbox]) if mailboxes[mailbox] > 1 else ""
        middle = middles[at].forename.split()[-1] if dice[at, 0] < 0.4 else ""
        found.append(
            Member(
                at,
                f"N-{at + 1:06}",
                name.forename,
                middle if middle != name.forename else "",
                name.surname,
                nicknames.get(name.forename, "") if dice[at, 1] < 0.3 else "",
                previous[at].surname if dice[at, 2] < 0.05 else "",
                str(picked["rank"][at]),
                f"{'ABCDEFGH'[int(pay[at]) % 8]}{pay[at]}",
                str(warrant[at]),
                str(collar[at]),
                f"{mailbox}{again}@{DOMAIN}",
                str(picked["vetting"][at]),
                str(picked["unit"][at]),
                str(picked["place"][at]),
                name.community,
            )
        )
    return tuple(found)


def _collars(rng: np.random.Generator, count: int) -> list[int]:
    if count <= 4_000:
        return [int(each) + 1 for each in rng.permutation(9_900)[:count]]
    most = 99_999
    single = np.resize(rng.permutation(most) + 1, count)  # beyond 99,999 people, each again
    again = rng.integers(1, 10_000, count)
    return [
        int(few if reused else alone)
        for few, alone, reused in zip(again, single, rng.random(count) < REUSED, strict=True)
    ]


def persons(found: Sequence[Member]) -> list[Person]:
    return [each.person() for each in found]


def officers(found: Sequence[Member]) -> list[Officer]:
    return [each.officer() for each in found]
