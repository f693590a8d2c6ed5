"""
Whom a name means and with what chance, in plain Python, to hold the kernel's judgement against.

Written for clearness: tables are lists and dictionaries, readings are pairs of words.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from matchers.people.chance import STRATA, Rule
from matchers.people.tables import Array

MOST = 0.9999
SAFETY = 1.25
EXACT_SHARE = 0.9


class Word(NamedTuple):
    """
    Ids of the forenames and surnames that a word is (−1: none) or is one edit from.

    `only`: id of the forename of those of whom no more than this word's first
    letter is enrolled.
    """

    length: int
    forename: int = -1
    surname: int = -1
    forenames: tuple[int, ...] = ()
    surnames: tuple[int, ...] = ()
    only: int = -1


Reading = tuple[Word, Word]


class Judged(NamedTuple):
    """`officers` is empty without a match; `chance` is that of an innocent row like this."""

    officers: tuple[int, ...]
    chance: float
    edits: int = 0
    rule: Rule = Rule.FULL


def _band(others: int) -> int:
    return min(STRATA - 1, int(2 * math.log2(others) + 1e-9)) if others > 1 else 0


class Judge:
    """The pair table and the counts, asked with readings."""

    def __init__(self, tables: dict[str, Array]) -> None:
        starts = tables["pair_start"].tolist()
        officers = tables["pair_officer"].tolist()
        self._pairs: dict[int, list[int]] = {
            key: officers[start:end]
            for key, start, end in zip(
                tables["pair_key"].tolist(), starts[:-1], starts[1:], strict=True
            )
        }
        self._initial: list[int] = tables["fore_initial"].tolist()
        self._n_f: list[int] = tables["fore_people"].tolist()
        self._n_s: list[int] = tables["sur_people"].tolist()
        self._surname: list[list[float]] = tables["loo_surname"].tolist()
        self._stratum: list[list[float]] = tables["loo_stratum"].tolist()
        self._people = max(1, int(tables["report_distinct_people"][0]))
        bare = int(tables["fore_people"][tables["fore_initial"] == 2].sum())
        self._share_bare: float = min(1.0, bare / self._people)

    def officers(self, forename: int, surname: int) -> list[int]:
        """All who are filed under this pair of names."""
        return self._pairs.get(forename << 32 | surname, []) if min(forename, surname) >= 0 else []

    def _rate(self, rule: Rule, surname: int) -> float:
        """The greater of a surname's own rate and its stratum's."""
        wide = self._stratum[rule][_band(self._n_s[surname])]
        return max(self._surname[rule][surname], wide)

    def _exact(self, forename: int, length: int, surname: int) -> float:
        """The p of one reading, by the rule that its forename asks for."""
        initial = length == 1 or (forename >= 0 and self._initial[forename])
        rate = self._rate(Rule.INITIAL if initial else Rule.FULL, surname)
        return rate if forename < 0 else max(rate, self._met(forename, surname))

    def _bare(self, forename: int, surname: int) -> float:
        """
        The p that somebody is meant of whom no more than this initial is enrolled.

        The rate of initials, for the share of people of whom no more is known.
        """
        rate = self._share_bare * self._rate(Rule.INITIAL, surname)
        return max(rate, self._met(forename, surname))

    def _met(self, forename: int, surname: int) -> float:
        return -math.expm1(-self._n_s[surname] * self._n_f[forename] / self._people)

    def _edited(self, forename: Word, surname: Word) -> float:
        """The p of one reading, over all carriers within the edit."""
        n_s = self._n_s[surname.surname] if surname.surname >= 0 else 0
        n_f = self._n_f[forename.forename] if forename.forename >= 0 else 0
        near_s = sum(self._n_s[each] for each in surname.surnames)
        rates = self._surname[Rule.ONE_EDIT]
        rate = max((rates[each] for each in surname.surnames), default=0.0)
        near_f = sum(self._n_f[each] for each in forename.forenames)
        if not n_s + near_s:
            return 0.0
        if surname.surname >= 0:
            rate = max(rate, rates[surname.surname])
        return max(
            rate,
            self._stratum[Rule.ONE_EDIT][_band(n_s + near_s)],
            -math.expm1(-(near_s * n_f + n_s * near_f) / self._people),
        )

    def judge(
        self, readings: Sequence[Reading], narrowing: Sequence[Reading] = (), *, shortest: int
    ) -> Judged:
        """
        Whom these readings of one row mean together.

        `narrowing` readings only tell apart people whom the others found.
        `shortest`: letters of a read word that may be mistyped (G of the law).
        """
        chance = 0.0
        found: set[int] = set()
        rule = Rule.INITIAL
        whole = False
        for forename, surname in readings:
            last = surname.surname
            if last < 0:
                continue
            name, length = forename.forename, forename.length
            whole |= length > 1
            chance += self._exact(name, length, last)
            if name >= 0 and (hit := self.officers(name, last)):
                found.update(hit)
                if length > 1 and not self._initial[name]:
                    rule = Rule.FULL
            if length > 1 and forename.only >= 0:  # a plain letter means them already
                chance += self._bare(forename.only, last)
                found.update(self.officers(forename.only, last))
        if found:
            for forename, surname in narrowing:
                if forename.forename >= 0 and surname.surname >= 0:
                    hit = self.officers(forename.forename, surname.surname)
                    found = found.intersection(hit) or found
            officers = tuple(sorted(found))
            # an initial is never read with an edit: all of the alternative is its own
            share = EXACT_SHARE if whole else 1.0
            return Judged(officers, min(MOST, SAFETY * chance / share), 0, rule)
        return self._by_one_edit(readings, chance, shortest)

    def _by_one_edit(self, readings: Sequence[Reading], chance: float, shortest: int) -> Judged:
        found: set[int] = set()
        edited = 0.0
        for forename, surname in readings:
            if forename.length == 1:  # an initial and a mistyped surname say nothing
                continue
            last = surname.surnames if surname.length >= shortest else ()
            first = forename.forenames if forename.length >= shortest else ()
            if not last and (surname.surname < 0 or not first):
                continue
            edited += self._edited(forename, surname)
            if forename.forename >= 0 and not self._initial[forename.forename]:
                for name in last:
                    found.update(self.officers(forename.forename, name))
            if surname.surname >= 0:
                for name in first:
                    found.update(self.officers(name, surname.surname))
        if found:
            weighed = SAFETY * edited / (1 - EXACT_SHARE)
            return Judged(tuple(sorted(found)), min(MOST, weighed), 1, Rule.ONE_EDIT)
        return Judged((), min(MOST, SAFETY * (chance + edited)))
