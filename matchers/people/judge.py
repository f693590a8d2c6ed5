"""
Whom a name means, and how likely that is an accident.

A name-shaped row is judged by *readings*: pairs of a word taken as forename
and a word taken as surname. Its chance is fixed by its words and the counts of
the roster, not by whether it matched:

    p = 0 if nobody enrolled carries the surname, else
    min(.98, 1.25 · max(LOO_surname, LOO_stratum, 1 − exp(−n_s · n_f / N)))

A row may match exactly, or else by one edit. For the sum of evidence to stay an
e-value the alternative is divided between the two: an exact match is weighed
with p / 0.9, one by an edit with its own p / 0.1. A row with an initial alone
matches exactly or not at all, and is weighed with its p.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from matchers.people.chance import STRATA, Rule
from matchers.people.lexicon import Word
from matchers.people.tables import Array, Finder, view

MOST = 0.98
SAFETY = 1.25
REMEMBERED = 1 << 14  # groups of surnames an edit apart
EXACT_SHARE = 0.9

Reading = tuple[Word, Word]


class Judged(NamedTuple):
    """`officers` is empty without a match; `chance` is that of an innocent row like this."""

    officers: tuple[int, ...]
    chance: float
    edits: int = 0
    rule: Rule = Rule.FULL


NOBODY = Judged((), 0.0)


def _band(others: int) -> int:
    return min(STRATA - 1, int(2 * math.log2(others) + 1e-9)) if others > 1 else 0


class Judge:
    """The pair table and the counts, asked with readings."""

    def __init__(self, tables: dict[str, Array]) -> None:
        self._pairs = Finder(tables["pair_key"], tables["pair_start"], tables["pair_officer"])
        self._carriers = view(tables["sur_officer"])
        self._carriers_start = view(tables["sur_start"])
        self._initial: list[int] = tables["fore_initial"].tolist()
        self._n_f: list[int] = tables["fore_people"].tolist()
        self._n_s: list[int] = tables["sur_people"].tolist()
        self._surname: list[list[float]] = tables["loo_surname"].tolist()
        self._stratum: list[list[float]] = tables["loo_stratum"].tolist()
        band = {count: _band(count) for count in set(self._n_s)}
        # by rule and surname: the greater of its own rate and its stratum's
        self._rate: list[list[float]] = [
            [max(own, wide[band[count]]) for own, count in zip(rates, self._n_s, strict=True)]
            for rates, wide in zip(self._surname, self._stratum, strict=True)
        ]
        self._wide: dict[tuple[int, ...], tuple[int, float]] = {}
        self._people = max(1, int(tables["report_distinct_people"][0]))
        bare = int(tables["fore_people"][tables["fore_initial"] == 2].sum())
        self._share_bare: float = min(1.0, bare / self._people)
        self._others: list[float] = tables["mean_others"].tolist()

    def bits(self, rule: Rule) -> float:
        """−log2 of the mean number of other people whom a stranger's name of this rule means."""
        return -math.log2(self._others[rule])

    def officers(self, forename: int, surname: int) -> tuple[int, ...]:
        """All who are filed under this pair of names."""
        return tuple(self._pairs.get(forename << 32 | surname))

    def carriers(self, surname: int) -> tuple[int, ...]:
        """All who are filed under this surname."""
        return tuple(
            self._carriers[self._carriers_start[surname] : self._carriers_start[surname + 1]]
        )

    def _exact(self, forename: int, length: int, surname: int) -> float:
        """The p of one reading, by the rule that its forename asks for."""
        initial = length == 1 or (forename >= 0 and self._initial[forename])
        rate = self._rate[Rule.INITIAL if initial else Rule.FULL][surname]
        return rate if forename < 0 else max(rate, self._met(forename, surname))

    def _bare(self, forename: int, surname: int) -> float:
        """
        The p that somebody is meant of whom no more than this initial is enrolled.

        The rate of initials, for the share of people of whom no more is known.
        """
        rate = self._share_bare * self._rate[Rule.INITIAL][surname]
        return max(rate, self._met(forename, surname))

    def _met(self, forename: int, surname: int) -> float:
        return -math.expm1(-self._n_s[surname] * self._n_f[forename] / self._people)

    def _edited(self, forename: Word, surname: Word) -> float:
        """The p of one reading, over all carriers within the edit."""
        n_s = self._n_s[surname.surname] if surname.surname >= 0 else 0
        n_f = self._n_f[forename.forename] if forename.forename >= 0 else 0
        near_s, rate = self._around(surname.surnames)
        near_f = sum(self._n_f[each] for each in forename.forenames)
        if not n_s + near_s:
            return 0.0
        if surname.surname >= 0:
            rate = max(rate, self._surname[Rule.ONE_EDIT][surname.surname])
        return max(
            rate,
            self._stratum[Rule.ONE_EDIT][_band(n_s + near_s)],
            -math.expm1(-(near_s * n_f + n_s * near_f) / self._people),
        )

    def _around(self, surnames: tuple[int, ...]) -> tuple[int, float]:
        """How many people carry one of these surnames, and the greatest rate of one edit among them."""
        known = self._wide.get(surnames)
        if known is None:
            rates = self._surname[Rule.ONE_EDIT]
            known = (
                sum(self._n_s[each] for each in surnames),
                max((rates[each] for each in surnames), default=0.0),
            )
            if len(self._wide) >= REMEMBERED:
                self._wide = {}
            self._wide[surnames] = known
        return known

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
            if name >= 0 and (hit := self._pairs.get(name << 32 | last)):
                found.update(hit)
                if length > 1 and not self._initial[name]:
                    rule = Rule.FULL
            if length > 1 and forename.only >= 0:  # a plain letter means them already
                chance += self._bare(forename.only, last)
                found.update(self._pairs.get(forename.only << 32 | last))
        if found:
            for forename, surname in narrowing:
                if forename.forename >= 0 and surname.surname >= 0:
                    hit = self._pairs.get(forename.forename << 32 | surname.surname)
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
                    found.update(self._pairs.get(forename.forename << 32 | name))
            if surname.surname >= 0:
                for name in first:
                    found.update(self._pairs.get(name << 32 | surname.surname))
        if found:
            weighed = SAFETY * edited / (1 - EXACT_SHARE)
            return Judged(tuple(sorted(found)), min(MOST, weighed), 1, Rule.ONE_EDIT)
        return Judged((), min(MOST, SAFETY * (chance + edited)))
