"""
Persons: whether identifiers in one record point to one officer by more than accident.

    E = min(a · records that held two kinds × 2^−bits,
            b · records that held a name of ours × its carriers × 2^−(bits without the name's))

is the number of such accidents to be expected in the document: `bits` sums
one match of each independent family (name or address; number; rank; place);
a and b are what two tests cost (1/a + 1/b = 1).
A record is sure by itself if E is small enough, and together with others of
its document if so many accidents are improbable enough: see `accident`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from math import inf, log2
from typing import NamedTuple

from watcher.assess import words
from watcher.assess.accident import Rates, joint
from watcher.assess.beside import CONTEXT, apart, fields_of
from watcher.assess.case import Case, Row
from watcher.assess.identity import Identity
from watcher.assess.mentions import mentions
from watcher.assess.places import places_of
from watcher.assess.signal import Reason, Signal, Topic, raised
from watcher.config.settings import Matching
from watcher.model import Family, Severity

SURE = 1e-6
SURE_IN_CONTEXT = 1e-3  # where the record itself speaks of police
SEVERAL = 3  # persons that make a leak of a whole set likely
RAREST = 1e9  # documents; beyond it a number says nothing more to a reader


class Named(NamedTuple):
    """
    One officer (or namesakes that share both) identified in a row.

    `chance` is E of the record by itself, `alone` whether that makes it sure;
    `expected` is how many such accidents the document lets expect, `given` the
    same given its names (see `accident`). `sure`: alone or with others.
    `proper`: not in a second reading of what was read before.
    """

    alone: bool
    chance: float
    expected: float
    given: float
    identity: Identity
    row: Row
    sure: bool
    proper: bool

    def better(self, other: Named) -> bool:
        """Whether this is the stronger of two records of the same people."""
        return self._strength() > other._strength()

    def _strength(self) -> tuple[bool, bool, float, bool, int]:
        """Of two that are sure the first reading is told, where a reader can look it up."""
        first = self.alone and self.proper
        return (self.alone, first, -self.chance, self.proper, len(self.identity.kinds))


_People = dict[frozenset[int], Named]


def named(case: Case) -> tuple[Named, ...]:
    """
    Everybody on whom a number and a name or address agree and who is sure, or has E at most 1.

    Each person once, by the strongest record; in the order of the document.
    """
    return tuple(_judged(case)[0])


def _judged(case: Case) -> tuple[list[Named], float]:
    """The same, and by how many bits those who are sure together are no accident."""
    rates = Rates.of(case)
    anywhere: _People = {}
    in_context: _People = {}
    answers: dict[tuple[float, ...], tuple[float, float, float]] = {}
    for row in case.rows():
        spoken = not row.signs.isdisjoint(CONTEXT)
        bound = SURE_IN_CONTEXT if spoken else SURE
        for identity in row.identities:
            if identity.paired:
                # Rows of a list say much the same: a handful of answers for thousands of rows.
                said = (identity.bits, identity.spoken, identity.numbered, identity.alike)
                kind = (*said, spoken)
                answer = answers.get(kind)
                if answer is None:
                    answer = answers[kind] = (
                        rates.alone(identity, spoken=spoken),
                        rates.expected(identity),
                        rates.given(identity),
                    )
                alone = answer[0] <= bound
                proper = not case.pieces[row.where].echo
                each = Named(alone, *answer, identity, row, alone, proper)
                known = anywhere.setdefault(identity.officers, each)
                if known is not each and each.better(known):
                    anywhere[identity.officers] = each
                if spoken:
                    known = in_context.setdefault(identity.officers, each)
                    if known is not each and each.better(known):
                        in_context[identity.officers] = each
    together = _joint(anywhere, SURE, rates.prices(spoken=False))
    together_in_context = _joint(in_context, SURE_IN_CONTEXT, rates.prices(spoken=True))
    best = {
        officers: each if each.alone or not together.holds(each) else each._replace(sure=True)
        for officers, each in anywhere.items()
    }
    for officers, each in in_context.items():
        if together_in_context.holds(each) and not best[officers].sure:
            best[officers] = each._replace(sure=True)
    found = [each for each in best.values() if each.sure or each.chance <= 1]
    found.sort(key=lambda each: (each.row.where, each.row.number))
    return found, max(together.bits, together_in_context.bits)


class _Together(NamedTuple):
    """Up to which λ of each kind records are sure together, and by how many bits."""

    expected: float
    given: float
    bits: float

    def holds(self, each: Named) -> bool:
        """Whether this record is among them."""
        return each.expected <= self.expected or each.given <= self.given


def _joint(people: _People, bound: float, prices: tuple[float, float]) -> _Together:
    officers = list(people)
    names, given = (log2(price) for price in prices)
    expected, some = joint(
        [each.expected for each in people.values()], officers, least=names - log2(bound)
    )
    if given == inf:
        return _Together(expected, -inf, some)
    limit, others = joint(
        [each.given for each in people.values()], officers, least=given - log2(bound)
    )
    return _Together(expected, limit, max(0.0, some - names, others - given))


def person_signals(
    case: Case, settings: Matching, published: Collection[str] = ()
) -> Iterable[Signal]:
    """
    Persons on whom two identifiers agree, and names with a rank.

    Those of `published` pieces are told apart from all others.
    """
    found, together = _judged(case)
    sure = [each for each in found if each.sure]
    if sure:
        shown, rest = _apart(case, sure, published)
        for people in (shown, rest):
            if people:
                yield _persons(case, people, together, settings)
    elif found:
        yield Signal(
            severity=Severity.INFO,
            rule="person",
            title="Name and number that may belong together",
            reasons=(
                Reason(Topic.OTHER, "a name and a number of one officer, which may be an accident"),
            ),
            rows=len(found),
            expected=max(each.chance for each in found),
            places=places_of(case.pieces, [each.row for each in found]),
        )
    yield from mentions(case)


def _apart(
    case: Case, sure: Sequence[Named], published: Collection[str]
) -> tuple[list[Named], list[Named]]:
    """Those whom the published pieces show, by records there, and the rest."""
    if not published:
        return [], list(sure)
    places = apart(case, {each.identity.officers for each in sure}, published)
    shown: list[Named] = []
    rest: list[Named] = []
    for each in sure:
        row, there = places.get(each.identity.officers, (each.row, False))
        (shown if there else rest).append(each._replace(row=row))
    return shown, rest


def _persons(case: Case, sure: Sequence[Named], together: float, settings: Matching) -> Signal:
    bits = max(together, sum(-log2(each.chance) for each in sure if each.alone))
    risk = any(all(case.officers[at].high_risk for at in each.identity.officers) for each in sure)
    severity = Severity.HIGH
    if risk or (len(sure) >= SEVERAL and bits >= settings.list_bits):
        severity = Severity.CRITICAL
    hidden = [p for each in sure if (p := case.pieces[each.row.where]).hidden]
    spoken = any(Family.NAME in each.identity.kinds for each in sure)
    who = "Officer" if len(sure) == 1 else f"{len(sure):,} officers"
    subject = "a name" if spoken else "a mail address"
    return Signal(
        severity=raised(severity, hidden=bool(hidden)),
        rule="person",
        title=f"{who} {'named' if spoken else 'shown by mail address'} with number{words.whereabouts(next(iter(hidden), None))}",
        reasons=(
            Reason(
                Topic.BESIDE,
                f"{subject} and a number belong to the same officer"
                if len(sure) == 1
                else f"{subject} and a number belong to the same officer in {len(sure):,} records",
                frozenset({Family.NUMBER}),
            ),
            Reason(Topic.CONTEXT, _by_accident(bits)),
            *(Reason(Topic.HIDDEN, words.is_hidden(piece)) for piece in hidden[:1]),
        ),
        people=frozenset(each.identity.officers for each in sure),
        rows=len({(each.row.where, each.row.number) for each in sure}),
        expected=max(each.chance for each in sure),
        bits=bits,
        fields=fields_of((each.row, each.identity) for each in sure),
        places=places_of(case.pieces, [each.row for each in sure]),
    )


def _by_accident(bits: float) -> str:
    if bits >= log2(RAREST):
        return f"by accident in fewer than one of {RAREST:,.0f} such documents"
    return f"by accident in about one of {2**bits:,.0f} such documents"
