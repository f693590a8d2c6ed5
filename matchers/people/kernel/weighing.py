"""
How likely an innocent row's name meets one of ours, by the counts of the roster.

    max(LOO_surname, LOO_stratum, 1 − exp(−n_s · n_f / N))
"""

from __future__ import annotations

import math

from matchers.people.chance import STRATA, Rule
from matchers.people.kernel.arrays import Index, Words
from matchers.people.kernel.blocks import highest
from matchers.people.kernel.compile import i8, inlined

FULL, INITIAL, ONE_EDIT = int(Rule.FULL), int(Rule.INITIAL), int(Rule.ONE_EDIT)


@inlined
def _met(rate: float, pairs: float, people: float) -> float:
    """The greater of a rate and 1 − exp(−x), which is never more than x."""
    expected = pairs / people
    return max(rate, -math.expm1(-expected)) if expected > rate else rate


@inlined
def exact(index: Index, forename: int, length: int, surname: int) -> float:
    """The p of one reading, by the rule that its forename asks for; `forename` −1: nobody's."""
    rule = FULL
    if length == 1 or (forename >= 0 and index.fore_initial[forename]):
        rule = INITIAL
    rate = float(index.rate[rule, surname])
    if forename < 0:
        return rate
    carriers = float(index.sur_people[surname]) * float(index.fore_people[forename])
    return _met(rate, carriers, index.scale[0])


@inlined
def bare(index: Index, forename: int, surname: int) -> float:
    """
    The p that somebody is meant of whom no more than this initial is enrolled.

    The rate of initials, for the share of people of whom no more is known.
    """
    rate = index.scale[1] * float(index.rate[INITIAL, surname])
    carriers = float(index.sur_people[surname]) * float(index.fore_people[forename])
    return _met(rate, carriers, index.scale[0])


@inlined
def band(others: int) -> int:
    """The half-octave stratum of so many carriers, as `chance.stratum`."""
    if others < 2:
        return i8(0)
    return min(i8(STRATA - 1), highest(others * others))


@inlined
def edited(index: Index, words: Words, forename: int, surname: int) -> float:
    """The p of one reading, over all carriers within the edit."""
    first, last = words.forename[forename], words.surname[surname]
    n_f = i8(index.fore_people[first]) if first >= 0 else i8(0)
    n_s = i8(index.sur_people[last]) if last >= 0 else i8(0)
    near_f, near_s = words.fore_people[forename], words.sur_people[surname]
    if n_s + near_s == 0:
        return 0.0
    rate = float(words.near_rate[surname])
    if last >= 0:
        rate = max(rate, float(index.edit_rate[last]))
    rate = max(rate, float(index.edit_band[band(n_s + near_s)]))
    return _met(rate, float(near_s * n_f + n_s * near_f), index.scale[0])
