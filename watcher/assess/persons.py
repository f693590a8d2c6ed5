"""
Persons: whether identifiers in one record point to one officer by more than accident.

    E = records that held two kinds × 2^−bits

is the number of such accidents to be expected in the document: `bits` sums
one match of each independent family (name or address; number; rank; place).
A record is sure by itself if E is small enough, and together with others of
its document if so many accidents are improbable enough: see `accident`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log2
from typing import NamedTuple

from watcher.assess import words
from watcher.assess.accident import Rates, joint
from watcher.assess.case import Case, Row
from watcher.assess.identity import Identity
from watcher.assess.places import places_of
from watcher.assess.signal import Reason, Signal, Topic, raised
from watcher.config.settings import Matching
from watcher.model import Family, Severity, Sign
from watcher.vocabulary import Field

SURE = 1e-6
SURE_IN_CONTEXT = 1e-3  # where the record itself speaks of police
CONTEXT = frozenset({Sign.POLICE, Sign.FORCE})
SEVERAL = 3  # persons that make a leak of a whole set likely
CARRIERS = 2  # people of one name, of whom rank and home data may still be said
RAREST = 1e9  # documents; beyond it a number says nothing more to a reader


class Named(NamedTuple):
    """
    One officer (or namesakes that share both) identified in a row.

    `chance` is E of the record by itself, `alone` whether that makes it sure;
    `expected` is how many such accidents the document lets expect (see
    `accident`). `sure`: alone or with others.
    """

    alone: bool
    chance: float
    expected: float
    identity: Identity
    row: Row
    sure: bool

    def better(self, other: Named) -> bool:
        """Whether this is the stronger of two records of the same people."""
        mine = (self.alone, -self.chance, len(self.identity.kinds))
        return mine > (other.alone, -other.chance, len(other.identity.kinds))


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
    for row in case.rows():
        spoken = not row.signs.isdisjoint(CONTEXT)
        bound = SURE_IN_CONTEXT if spoken else SURE
        for identity in row.identities:
            if identity.paired:
                chance: float = max(1e-300, case.tried * 2.0**-identity.bits)
                alone = chance <= bound
                expected = rates.expected(identity)
                each = Named(alone, chance, expected, identity, row, alone)
                known = anywhere.setdefault(identity.officers, each)
                if known is not each and each.better(known):
                    anywhere[identity.officers] = each
                if spoken:
                    known = in_context.setdefault(identity.officers, each)
                    if known is not each and each.better(known):
                        in_context[identity.officers] = each
    limit, bits = _joint(anywhere, SURE)
    limit_in_context, bits_in_context = _joint(in_context, SURE_IN_CONTEXT)
    best = {
        officers: each if each.alone or each.expected > limit else each._replace(sure=True)
        for officers, each in anywhere.items()
    }
    for officers, each in in_context.items():
        if each.expected <= limit_in_context and not best[officers].sure:
            best[officers] = each._replace(sure=True)
    found = [each for each in best.values() if each.sure or each.chance <= 1]
    found.sort(key=lambda each: (each.row.where, each.row.number))
    return found, max(bits, bits_in_context)


def _joint(people: _People, bound: float) -> tuple[float, float]:
    expected = [each.expected for each in people.values()]
    return joint(expected, list(people), least=-log2(bound))


def person_signals(case: Case, settings: Matching) -> Iterable[Signal]:
    """Persons on whom two identifiers agree, and names with a rank."""
    found, together = _judged(case)
    sure = [each for each in found if each.sure]
    if sure:
        yield _persons(case, sure, together, settings)
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
    yield from _ranked(case)


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
        fields=_fields((each.row, each.identity) for each in sure),
        places=places_of(case.pieces, [each.row for each in sure]),
    )


def _by_accident(bits: float) -> str:
    if bits >= log2(RAREST):
        return f"by accident in fewer than one of {RAREST:,.0f} such documents"
    return f"by accident in about one of {2**bits:,.0f} such documents"


def _ranked(case: Case) -> Iterable[Signal]:
    """Rank and name: with home data or a threat beside a rare name, or merely together."""
    spoken = [
        (row, identity)
        for row in case.rows()
        for identity in row.identities
        if identity.ranked and Family.NAME in identity.kinds and _has_rank(case, row, identity)
    ]
    home = [
        (row, identity)
        for row, identity in spoken
        if identity.carriers <= CARRIERS and not row.signs.isdisjoint(words.HOME)
    ]
    if home:
        signs = {sign for row, _ in home for sign in row.signs}
        data = [word for sign, word in words.HOME.items() if sign in signs]
        yield Signal(
            severity=Severity.HIGH,
            rule="person",
            title=f"Officer named with rank and {words.joined(data)}",
            reasons=(
                Reason(Topic.OTHER, f"rank and name with {words.joined(data)} in one record"),
            ),
            people=frozenset(identity.officers for _, identity in home),
            rows=len(home),
            fields=_fields(home) | {Field.RANK},
            places=places_of(case.pieces, [row for row, _ in home]),
        )
    mentioned = [row for row, _ in spoken if not row.signs.isdisjoint(CONTEXT)]
    if mentioned:
        yield Signal(
            severity=Severity.LOW,
            rule="mention",
            title="Rank and name of an officer",
            reasons=(Reason(Topic.OTHER, "rank and name together where police is spoken of"),),
            rows=len({(row.where, row.number) for row in mentioned}),
            fields=frozenset({Field.RANK, Field.NAME}),
            places=places_of(case.pieces, mentioned),
        )


def _has_rank(case: Case, row: Row, identity: Identity) -> bool:
    """
    Whether the rank that stands beside the name means one.

    One that is not the officer's own may be out of date, or no rank at all
    (`Eskmouth AC`): it counts where the piece speaks of police besides.
    """
    return Family.RANK in identity.kinds or not case.pieces[row.where].signs.isdisjoint(CONTEXT)


def _fields(found: Iterable[tuple[Row, Identity]]) -> frozenset[str]:
    """The identifiers that agree, and the kinds of data in their rows."""
    fields: set[str] = set()
    signs: set[frozenset[Sign]] = set()
    for row, identity in found:
        signs.add(row.signs)
        for match in row.matches:
            if match.field not in fields and match.family in identity.kinds:
                fields.add(match.field)
    shown = frozenset[Sign]().union(*signs)
    return frozenset(fields | {words.KINDS[sign] for sign in shown if sign in words.KINDS})
