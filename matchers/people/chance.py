"""
How likely a stranger's name is one of ours, read off the roster itself.

Leave one out: the share of people whose own entry would match *another*
person estimates the chance that a stranger's does; for exact keys this is the
Good–Turing estimate 1 − N₁/N. It is taken by surname, shrunk to the share
among people whose surname has about as many other carriers (half-octave
strata). The person is left out, not the row: rows of one person are one.
"""

from __future__ import annotations

import enum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.people.tables import FORENAME, SURNAME, Array, Near, spread

STRATA = 48  # half octaves: up to 2^24 carriers of one surname
SHRINK = 20.0  # people's worth of the wider rate mixed into a narrower one
SAFETY = 1.25  # innocent rows are not drawn like the roster


class Rule(enum.IntEnum):
    """How a name was recognised."""

    FULL = 0
    INITIAL = 1
    ONE_EDIT = 2
    SURNAME = 3


# People, one of whom would match, added to the roster before a rate is taken:
# a small roster cannot show that a rate is small.
_PRIOR_RATE = {Rule.FULL: 1.0, Rule.INITIAL: 2.0, Rule.ONE_EDIT: 1.0}
_PRIOR_OTHERS = {Rule.FULL: 1.0, Rule.INITIAL: 10.0, Rule.ONE_EDIT: 3.0, Rule.SURNAME: 50.0}
_PRIOR_PEOPLE = 100.0


class Pairs(NamedTuple):
    """Distinct (pair, person): `key` sorted and distinct, `start` of its people, `person`."""

    key: npt.NDArray[np.uint64]
    start: npt.NDArray[np.int64]
    person: Array

    def places(self, keys: Array) -> Array:
        """Where each key stands, or −1."""
        if not self.key.size:
            return np.full(keys.shape, -1, dtype=np.int64)
        at = np.minimum(np.searchsorted(self.key, keys), self.key.size - 1)
        return np.where(self.key[at] == keys, at, -1)

    def people(self, keys: Array) -> Array:
        """How many people each key has."""
        at = self.places(keys)
        return np.where(at >= 0, self.start[at + 1] - self.start[at], 0)


class Printed(NamedTuple):
    """By person: ids of the forename, initial and surname as the roster prints them; −1: none."""

    forename: Array
    initial: Array
    surname: Array


class Rates(NamedTuple):
    """`surname`: (rules, surnames); `stratum`: (rules, STRATA); `others`: mean number by rule; `share` by rule."""

    surname: npt.NDArray[np.float32]
    stratum: npt.NDArray[np.float32]
    others: npt.NDArray[np.float64]
    share: npt.NDArray[np.float64]


def join(forename: Array, surname: Array) -> npt.NDArray[np.uint64]:
    """The key of a pair."""
    return forename.astype(np.uint64) << np.uint64(32) | surname.astype(np.uint64)


def stratum(others: Array) -> npt.NDArray[np.int64]:
    """The half-octave band of a number of other carriers."""
    band = np.floor(2 * np.log2(np.maximum(others, 1)) + 1e-9).astype(np.int64)
    return np.minimum(band, STRATA - 1)


def carriers(pairs: Pairs, role: int, size: int) -> tuple[Array, Array]:
    """
    Distinct (name, person) in this role: the name ids and the people, sorted by name.

    `size`: how many names there are.
    """
    name = pairs.key >> np.uint64(32) if role == FORENAME else pairs.key & np.uint64(0xFFFFFFFF)
    each = np.repeat(name, np.diff(pairs.start)).astype(np.uint64)
    both = np.unique(each << np.uint64(32) | pairs.person.astype(np.uint64))
    names = (both >> np.uint64(32)).astype(np.int64)
    assert not names.size or names[-1] < size
    return names, (both & np.uint64(0xFFFFFFFF)).astype(np.int64)


def _strata(rule: Rule, shared: Array, others: Array) -> Array:
    """The rate of each band, from people's flags and their numbers of other carriers."""
    some = others > 0
    overall = (shared[some].sum() + _PRIOR_RATE[rule]) / (some.sum() + SHRINK)
    band = stratum(others[some])
    count = np.bincount(band, minlength=STRATA)
    hits = np.bincount(band, weights=shared[some], minlength=STRATA)
    return np.asarray((hits + SHRINK * overall) / (count + SHRINK))


def _by_surname(
    names: Array, shared: Array, people: Array, strata: Array
) -> npt.NDArray[np.float32]:
    """Each surname's share, shrunk to the band of a stranger who meets all its carriers."""
    size = people.size
    count = np.bincount(names, minlength=size)
    hits = np.bincount(names, weights=shared, minlength=size)
    rate = (hits + SHRINK * strata[stratum(people)]) / (count + SHRINK)
    return np.asarray(rate, dtype=np.float32)


def _edited(pairs: Pairs, printed: Printed, near: tuple[Near, Near]) -> Array:
    """
    By person: how many other people carry a name one edit from his or hers.

    `near`: for forenames and surnames, which names each name is near.
    """
    named = np.flatnonzero((printed.forename >= 0) & (printed.surname >= 0))
    count = np.zeros(printed.forename.size, dtype=np.int64)
    found: list[npt.NDArray[np.uint64]] = []
    for role, mine in ((FORENAME, printed.forename), (SURNAME, printed.surname)):
        ids = near[role].id[near[role].edits == 1].astype(np.int64)
        owner = near[role].token[near[role].edits == 1]
        order = np.argsort(owner, kind="stable")
        ids, owner = ids[order], owner[order]
        start = np.searchsorted(owner, mine[named])
        end = np.searchsorted(owner, mine[named], side="right")
        which, at = spread(start, end - start)
        other = printed.surname if role == FORENAME else printed.forename
        keys = (
            join(ids[at], other[named][which])
            if role == FORENAME
            else join(other[named][which], ids[at])
        )
        place = pairs.places(keys)
        hit = np.flatnonzero(place >= 0)
        group, member = spread(
            pairs.start[place[hit]], pairs.start[place[hit] + 1] - pairs.start[place[hit]]
        )
        owner_person = named[which[hit]][group].astype(np.uint64)
        found.append(owner_person << np.uint64(32) | pairs.person[member].astype(np.uint64))
    both = np.unique(np.concatenate(found))
    mine, theirs = both >> np.uint64(32), both & np.uint64(0xFFFFFFFF)
    return np.asarray(
        count + np.bincount(mine[mine != theirs].astype(np.int64), minlength=count.size)
    )


def rates(
    pairs: Pairs, printed: Printed, near: tuple[Near, Near], *, forenames: int, surnames: int
) -> Rates:
    """All rates of a roster of `len(printed.surname)` distinct people."""
    people = printed.surname.size
    names, persons = carriers(pairs, SURNAME, surnames)
    n_s = np.bincount(names, minlength=surnames)
    by_surname = np.zeros((3, surnames), dtype=np.float32)
    by_stratum = np.zeros((3, STRATA), dtype=np.float32)
    others = np.zeros(4)
    share = np.zeros(4)

    def note(rule: Rule, count: Array) -> None:
        others[rule] = (count.sum() + _PRIOR_OTHERS[rule]) / (people + _PRIOR_PEOPLE)
        share[rule] = (count > 0).mean() if count.size else 0.0

    for rule, first in ((Rule.FULL, printed.forename), (Rule.INITIAL, printed.initial)):
        named = np.flatnonzero((first >= 0) & (printed.surname >= 0))
        mine = pairs.people(join(first[named], printed.surname[named])) - 1
        note(rule, mine)
        met = n_s[printed.surname[named]] - 1
        by_stratum[rule] = _strata(rule, mine > 0, met)
        has = first[persons] >= 0
        again = pairs.people(join(first[persons[has]], names[has])) > 1
        by_surname[rule] = _by_surname(names[has], again, n_s, by_stratum[rule])

    named = np.flatnonzero((printed.forename >= 0) & (printed.surname >= 0))
    count = _edited(pairs, printed, near)[named]
    note(Rule.ONE_EDIT, count)
    wide = within(near[SURNAME], n_s)
    by_stratum[Rule.ONE_EDIT] = _strata(Rule.ONE_EDIT, count > 0, wide[printed.surname[named]] - 1)
    by_surname[Rule.ONE_EDIT] = _by_surname(
        printed.surname[named], count > 0, wide, by_stratum[Rule.ONE_EDIT]
    )
    note(Rule.SURNAME, np.maximum(n_s[printed.surname[printed.surname >= 0]] - 1, 0))
    return Rates(by_surname, by_stratum, others, share)


def within(near: Near, people: Array) -> Array:
    """People who carry each name or one an edit from it."""
    total = people.astype(np.int64).copy()
    edited = near.edits == 1
    np.add.at(total, near.token[edited], people[near.id[edited]])
    return total
