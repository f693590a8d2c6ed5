"""
How many accidents a document may hold, and how surprising it is to see so many.

A name and a number of one officer stand together by accident in

    λ = tried · others · owner · 2^−(bits of rank and place)

records of the document: `others` is how many officers a name means in the
mean, `owner` the chance that a number is the one of a given officer. Both are
read off the roster, and off the records of the document in which nothing
agrees wherever that is more: names of one village, numbers out of one dense
series, have more accidents than the roster tells.

Given the names that stand there, only the numbers are accidents:

    λ = Σ p      over the records whose p is as small as this one's, or less

where p = alike · owner is the chance that the number is that of one of the
`alike` officers of the name: a rare name is worth what it is, and records of
weaker numbers do not count against it. The union bound holds: of all records
that could have been told with λ ≤ b, those that agree by accident are at most
b in the mean.

The number of agreements at most as likely as λ is a sum of independent
chances with a mean of at most WAYS · λ. From k ≥ mean + 1 on its tail is
below the Poisson distribution's (Hoeffding 1956; Anderson and Samuels 1967):

    P(X ≥ k) ≤ e^−μ μ^k / k! · (k + 1) / (k + 1 − μ)        μ = WAYS · λ

With the k-th least λ for every k at once, k has the share 1 / (k (k + 1)) of
what is risked: the shares sum to 1, so that the union bound holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from math import inf, lgamma, log, log2

import numpy as np

from watcher.assess.case import Case
from watcher.assess.identity import Identity, holding
from watcher.model import Family

# One record agrees in more than one way: its name as it stands or with an edit,
# its number in full or by its digits.
WAYS = 4.0
# The chance of an accident is taken twice: with the names, and given the names. What each
# is multiplied by, so that both together risk no more than one would; where police is
# spoken of nearly all is staked on the second, which needs no mean over names.
ELSEWHERE = (2.0, 2.0)
IN_CONTEXT = (8.0, 8 / 7)
ONE = (1.0, inf)  # where nobody counted what the second needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """
    `tried` records; `others` and `owner` as measured where nothing agrees, 0 where unknown.

    `accidents`: as in Case.
    """

    tried: int
    others: float = 0.0
    owner: float = 0.0
    accidents: tuple[float, ...] | None = None

    @classmethod
    def of(cls, case: Case) -> Rates:
        """The rates of this document."""
        named = holding(Family.NAME)
        # Each once: equal rows are one row of a list.
        paired = {
            identity.officers: identity.carriers if identity.kinds in named else 0
            for row in case.rows()
            for identity in row.identities
            if identity.paired
        }
        agreeing = len(paired)
        names = numbers = enrolled = 0
        carriers = -sum(paired.values())
        for (_, family), counted in case.counted.items():
            if family == Family.NAME:
                names += counted.rows
                carriers += len(counted.officers)
            elif family == Family.NUMBER:
                numbers += counted.rows
                enrolled += counted.hits
        share = max(0, enrolled - agreeing) / max(1, numbers - agreeing)
        return cls(
            tried=case.tried,
            accidents=case.accidents,
            others=max(0, carriers) / (names - agreeing) if names > agreeing else 0.0,
            owner=min(1.0, share) / max(1, len(case.officers)),
        )

    def expected(self, identity: Identity) -> float:
        """λ: how many agreements like this one, or less likely, the document holds by accident."""
        others: float = max(2.0**-identity.spoken, self.others)
        owner: float = max(2.0**-identity.numbered, self.owner)
        return self.tried * others * owner * _rest(identity)

    def given(self, identity: Identity) -> float:
        """The same, given the names that the document holds."""
        owner: float = max(1.0, self.owner * 2.0**identity.numbered)
        return owner * self._given(identity)

    def prices(self, *, spoken: bool) -> tuple[float, float]:
        """What the two tests cost; `spoken`: the record itself speaks of police."""
        if self.accidents is None:
            return ONE
        return IN_CONTEXT if spoken else ELSEWHERE

    def alone(self, identity: Identity, *, spoken: bool) -> float:
        """E: how many accidents at most as likely as this record by itself; two tests are paid for."""
        names, given = self.prices(spoken=spoken)
        chance: float = names * self.tried * 2.0**-identity.bits
        if given < inf:
            chance = min(chance, given * self._given(identity))
        return max(1e-300, chance)

    def _given(self, identity: Identity) -> float:
        each: float = identity.alike * 2.0**-identity.numbered
        if self.accidents is None:
            return inf
        like = max(
            each, sum(self.accidents[min(max(0, int(-log2(each))), len(self.accidents) - 1) :])
        )
        return like * _rest(identity)


def _rest(identity: Identity) -> float:
    """The chance that rank and place agree as well."""
    return float(2.0 ** (identity.spoken + identity.numbered - identity.bits))


def surprise(count: int, expected: float) -> float:
    """
    Bits by which so many distinct agreements, the likeliest of them λ = `expected`, cannot be accident.

    −log2 of the tail bound and of the share of `count`; 0 where accident explains it.
    """
    mean = max(WAYS * expected, 1e-300)  # a sum of bits may fall below what a float can hold
    if count < mean + 1:
        return 0.0
    tail = count * log(mean) - mean - lgamma(count + 1) - log(1 - mean / (count + 1))
    return max(0.0, -tail / log(2) - log2(count * (count + 1)))


def joint(
    expected: Sequence[float], officers: Sequence[frozenset[int]], *, least: float
) -> tuple[float, float]:
    """
    Up to which λ these agreements are no accident together, and by how many bits at most.

    `expected` holds the λ of each agreement and `officers` whom it means.
    Officers met before do not count again. (−inf, 0) if nowhere `least` bits
    are reached.
    """
    limit, most = -inf, 0.0
    if not expected:
        return limit, most
    likely = np.array(expected, dtype=np.float64)
    order = np.argsort(likely, kind="stable")
    values, starts = np.unique(likely[order], return_index=True)
    ends = np.append(starts[1:], len(order))  # equally likely ones are judged together
    counts = np.cumsum(_fresh(officers, order.tolist()))
    for value, count in zip(values.tolist(), counts[ends - 1].tolist(), strict=True):
        bits = surprise(count, value)
        if bits >= least:
            limit, most = value, max(most, bits)
    return limit, most


def _fresh(officers: Sequence[frozenset[int]], order: Sequence[int]) -> Sequence[bool]:
    """In this order, which of the groups has nobody met before."""
    if sum(map(len, officers)) == len(frozenset(chain.from_iterable(officers))):
        return [True] * len(order)
    seen: set[int] = set()
    fresh = []
    for at in order:
        fresh.append(seen.isdisjoint(officers[at]))
        seen |= officers[at]
    return fresh
