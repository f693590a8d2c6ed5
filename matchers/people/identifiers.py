"""
Whom numbers and e-mail addresses mean.

A number is asked for in every role, whatever its heading says, in full and by
its digits. An address is asked for whole; at a force's own domain its local
part is read as a name or a number besides.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from matchers.people import mail, numbers
from matchers.people.judge import Judge, Reading
from matchers.people.lexicon import Lexicon, Word
from matchers.people.numbers import Number
from matchers.people.siphash import Kind, Tags, tags, tags_of
from matchers.people.tables import Array, Finder, view
from watcher.api import Family

NEIGHBOURS = 16  # numbers on each side that are asked for to see how dense it is here
FEWEST_DIGITS = 3  # of a number with letters in a local part
FORCE_BITS = 2.0  # added to a name by standing at the force's own domain


class NumberHit(NamedTuple):
    """Officers by role. `bits`: of the shape; `chance`: that an innocent number is enrolled."""

    officers: dict[str, tuple[int, ...]]
    bits: float
    chance: float


class MailHit(NamedTuple):
    """
    `force`: at a watched, enrolled or police domain. `whole`: the address itself is enrolled.

    `number`: what the local part spells at such a domain (`4471@`). It is that
    number once more, not a second kind of identifier. `field`: the roster's
    column that says so.
    """

    officers: tuple[int, ...]
    bits: float
    chance: float
    force: bool
    whole: bool
    number: Number | None = None
    field: str = "email"

    @property
    def family(self) -> Family:
        """Which evidence it is; two of one family never multiply."""
        return Family.MAIL if self.number is None else Family.NUMBER


ELSEWHERE = MailHit((), 0.0, 2**-mail.BITS, force=False, whole=False)


class Identifiers:
    """The number and mail tables."""

    def __init__(
        self, tables: dict[str, Array], key: tuple[int, int], lexicon: Lexicon, judge: Judge
    ) -> None:
        self._key = key
        self._lexicon, self._judge = lexicon, judge
        self._tags = Finder(tables["number_tag"], tables["number_start"], tables["number_officer"])
        self._officer = view(tables["number_officer"])
        self._role = view(tables["number_role"])
        self._mail = Finder(tables["mail_tag"], tables["mail_start"], tables["mail_officer"])
        self._domains = frozenset(tables["domain_tag"].tolist())
        self.shapes = numbers.Shapes(tables["shapes"])

    # ------------------------------------------------------------- numbers

    def numbered(self, found: Sequence[Number]) -> list[NumberHit | None]:
        """For each number, whom it means, or None."""
        distinct = list(dict.fromkeys(token for each in found for token in (each.full, each.core)))
        distinct = [token for token in distinct if token]
        places = self._tags.places(tags(Kind.NUMBER, distinct, self._key)).tolist()
        at = dict(zip(distinct, places, strict=True))
        known = {each: self._number(each, at) for each in dict.fromkeys(found)}
        return [known[each] for each in found]

    def _number(self, found: Number, at: dict[bytes, int]) -> NumberHit | None:
        whole = found.shape
        place = at.get(found.full, -1)
        if place < 0 and found.core:
            place = at.get(found.core, -1)
            whole = numbers.shape_of(0, len(found.core), 0)
        if place < 0:
            return None
        roles: dict[str, list[int]] = {}
        start, end = self._tags.slice(place)
        if end == start + 1:  # as most have it
            roles[numbers.ROLES[self._role[start]]] = [self._officer[start]]
            start = end
        for posting in range(start, end):
            role = numbers.ROLES[self._role[posting]]
            roles.setdefault(role, []).append(self._officer[posting])
        officers = {role: tuple(sorted(set(each))) for role, each in roles.items()}
        chance = self.shapes.density(found) or self.shapes.density(
            numbers.Number(found.core, found.core, whole)
        )
        return NumberHit(officers, self.shapes.bits(whole), chance)

    def crowded(self, found: Sequence[Number]) -> list[float]:
        """
        For each number the share of its neighbours that are enrolled.

        Numbers are given out in runs: inside one the chance of an accident is
        higher than over the whole span.
        """
        cores = {each.core for each in found if each.core}
        if not cores:
            return [0.0] * len(found)
        values = np.array([int(core) for core in cores], dtype=np.int64)
        steps = np.array([step for step in range(-NEIGHBOURS, NEIGHBOURS + 1) if step])
        around = np.maximum(0, values[:, None] + steps)
        distinct, where = np.unique(around.ravel(), return_inverse=True)
        known = (self._tags.places(self._tags_of(distinct)) >= 0)[where].reshape(around.shape)
        share = dict(zip(cores, known.mean(axis=1).tolist(), strict=True))
        share[b""] = 0.0
        return [share[each.core] for each in found]

    def _tags_of(self, values: Array) -> Tags:
        """The tags of plain numbers, none of them negative and in rising order."""
        spelled = values.astype("S")
        digits = spelled.view(np.uint8).reshape(values.size, spelled.itemsize)
        longest = len(str(values[-1]))
        cuts = np.searchsorted(values, [10**n for n in range(1, longest + 1)]).tolist()
        tables = [
            digits[start:end, : n + 1]
            for n, (start, end) in enumerate(zip([0, *cuts], cuts, strict=False))
        ]
        return np.concatenate(tags_of(Kind.NUMBER, tables, self._key))

    # ----------------------------------------------------------- addresses

    def addressed(self, found: Sequence[mail.Address]) -> list[MailHit]:
        """For each address, whom it means and whether it is at a force's domain."""
        distinct = {each.whole: each for each in found}
        places = self._mail.places(tags(Kind.MAIL, list(distinct), self._key)).tolist()
        domains = list(dict.fromkeys(each.domain for each in found))
        own = dict(zip(domains, self._are_force(domains), strict=True))
        local = {
            whole: mail.parts(each.local) for whole, each in distinct.items() if own[each.domain]
        }
        spelled = {
            whole: number
            for whole, parts in local.items()
            if (number := _spelled_number(distinct[whole].local, parts)) is not None
        }
        hits = dict(zip(spelled, self.numbered(list(spelled.values())), strict=True))
        words = self._lexicon.words(
            word
            for (whole, parts) in local.items()
            if whole not in spelled
            for word in _spellings(parts)
        )
        known: dict[bytes, MailHit] = {}
        for whole, place in zip(distinct, places, strict=True):
            if place >= 0:
                known[whole] = self._enrolled(place, spelled.get(whole), force=whole in local)
            elif whole in spelled:
                known[whole] = self._numeric(spelled[whole], hits[whole])
            elif whole in local:
                known[whole] = self._named(local[whole], words)
            else:
                known[whole] = ELSEWHERE
        return [known[each.whole] for each in found]

    def _are_force(self, domains: Sequence[bytes]) -> list[bool]:
        """For each: a watched or enrolled domain, one below it, or a police force's."""
        above = {
            domain: [domain.split(b".", start)[-1] for start in range(max(1, domain.count(b".")))]
            for domain in domains
        }
        asked = list(dict.fromkeys(each for names in above.values() for each in names))
        found = tags(Kind.MAIL, asked, self._key).tolist()
        ours = {name for name, tag in zip(asked, found, strict=True) if tag in self._domains}
        return [mail.is_police(each) or not ours.isdisjoint(above[each]) for each in domains]

    def _enrolled(self, place: int, number: Number | None, *, force: bool) -> MailHit:
        officers = tuple(sorted(set(self._mail.values(*self._mail.slice(place)))))
        return MailHit(officers, mail.BITS, 2**-mail.BITS, force, whole=True, number=number)

    def _named(self, parts: Sequence[bytes], words: dict[bytes, Word]) -> MailHit:
        judged = self._judge.judge(_readings(parts, words), shortest=1 << 30)
        if judged.officers:
            bits = self._judge.bits(judged.rule) + FORCE_BITS
            return MailHit(judged.officers, bits, judged.chance, force=True, whole=False)
        return ELSEWHERE._replace(chance=max(judged.chance, 2**-mail.BITS), force=True)

    def _numeric(self, number: Number, hit: NumberHit | None) -> MailHit:
        if hit is None:
            return ELSEWHERE._replace(chance=self.shapes.density(number), force=True, number=number)
        everybody = {each for role in hit.officers.values() for each in role}
        return MailHit(
            tuple(sorted(everybody)),
            hit.bits,
            hit.chance,
            force=True,
            whole=False,
            number=number,
            field=next(iter(hit.officers)),
        )


def _spelled_number(local: bytes, parts: Sequence[bytes]) -> Number | None:
    """The number that a local part spells: `4471`, `c4471`; `js2` is initials and a digit."""
    if any(len(part) > 2 and part.isalpha() for part in parts):
        return None
    number = numbers.parse(local)
    return (
        number if number.core and (local.isdigit() or len(number.core) >= FEWEST_DIGITS) else None
    )


def _spellings(parts: Sequence[bytes]) -> list[bytes]:
    """Words that the parts of a local part may be: `jsmith` is also j and smith."""
    letters = [part for part in parts if part.isalpha()]
    found = list(letters)
    for part in letters:
        if len(part) > 3:
            found.extend((part[:1], part[1:], part[:-1], part[-1:]))
    if len(letters) > 2:
        found.append(b"".join(letters[1:]))
    return found


def _readings(parts: Sequence[bytes], words: dict[bytes, Word]) -> list[Reading]:
    letters = [part for part in parts if part.isalpha()]
    if len(letters) >= 2:
        pairs = [(letters[0], letters[-1]), (letters[-1], letters[0])]
        if len(letters) > 2:
            pairs.append((letters[0], b"".join(letters[1:])))
    elif letters and len(letters[0]) > 3:
        pairs = [(letters[0][:1], letters[0][1:]), (letters[0][-1:], letters[0][:-1])]
    else:
        return []
    return [(words[forename], words[surname]) for forename, surname in dict.fromkeys(pairs)]
