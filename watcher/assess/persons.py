"""
Persons: whether identifiers in one record point to one officer by more than accident.

    E = records that held two kinds × 2^−bits

is the number of such accidents to be expected in the document: `bits` sums
one match of each independent family (name or address; number; rank; place).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log2

from watcher.assess import words
from watcher.assess.case import Case, Row
from watcher.assess.identity import Identity
from watcher.assess.places import places_of
from watcher.assess.signal import Signal, raised
from watcher.config.settings import Matching
from watcher.model import Family, Severity, Sign
from watcher.vocabulary import Field

SURE = 1e-6
SURE_IN_CONTEXT = 1e-3  # where the record itself speaks of police
CONTEXT = frozenset({Sign.POLICE, Sign.FORCE})
SEVERAL = 3  # persons that make a leak of a whole set likely
CARRIERS = 2  # people of one name, of whom rank and home data may still be said


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One officer (or namesakes that share both) identified in a row; `chance` is E."""

    identity: Identity
    row: Row
    chance: float
    sure: bool

    def better(self, other: Named) -> bool:
        """Whether this is the stronger of two records of the same people."""
        mine = (self.sure, -self.chance, len(self.identity.kinds))
        return mine > (other.sure, -other.chance, len(other.identity.kinds))


def named(case: Case) -> tuple[Named, ...]:
    """
    Everybody on whom a number and a name or address agree, with E at most 1.

    Each person once, with the least E; in the order of the document.
    """
    best: dict[frozenset[int], Named] = {}
    for row in case.rows():
        bound = SURE if row.signs.isdisjoint(CONTEXT) else SURE_IN_CONTEXT
        for identity in row.identities:
            if not identity.paired:
                continue
            chance = case.tried * 2.0**-identity.bits
            if chance <= 1:
                each = Named(identity=identity, row=row, chance=chance, sure=chance <= bound)
                known = best.get(identity.officers)
                if known is None or each.better(known):
                    best[identity.officers] = each
    return tuple(sorted(best.values(), key=lambda each: (each.row.where, each.row.number)))


def person_signals(case: Case, settings: Matching) -> Iterable[Signal]:
    """Persons on whom two identifiers agree, and names with a rank."""
    found = named(case)
    sure = [each for each in found if each.sure]
    if sure:
        yield _persons(case, sure, settings)
    elif found:
        yield Signal(
            severity=Severity.INFO,
            rule="person",
            title="Name and number that may belong together",
            reasons=("a name and a number of one officer, which may be an accident",),
            rows=len(found),
            expected=sum(each.chance for each in found),
            places=places_of(case.pieces, [each.row for each in found]),
        )
    yield from _ranked(case)


def _persons(case: Case, sure: Sequence[Named], settings: Matching) -> Signal:
    bits = sum(-log2(each.chance) for each in sure)
    risk = any(all(case.officers[at].high_risk for at in each.identity.officers) for each in sure)
    severity = Severity.HIGH
    if risk or (len(sure) >= SEVERAL and bits >= settings.list_bits):
        severity = Severity.CRITICAL
    hidden = [p for each in sure if (p := case.pieces[each.row.where]).hidden]
    spoken = any(Family.NAME in each.identity.kinds for each in sure)
    who = "Officer" if len(sure) == 1 else f"{len(sure):,} officers"
    subject = "a name" if spoken else "a mail address"
    reasons = [
        f"{subject} and a number belong to the same officer"
        if len(sure) == 1
        else f"{subject} and a number belong to the same officer in {len(sure):,} records",
        f"by accident in about one of {min(1e9, 1 / max(each.chance for each in sure)):,.0f} such documents",
    ]
    if risk:
        reasons.append("an officer of a high-risk group")
    reasons += [words.is_hidden(piece) for piece in hidden[:1]]
    return Signal(
        severity=raised(severity, hidden=bool(hidden)),
        rule="person",
        title=f"{who} {'named' if spoken else 'shown by mail address'} with number{words.whereabouts(next(iter(hidden), None))}",
        reasons=tuple(reasons),
        people=frozenset(each.identity.officers for each in sure),
        rows=len(sure),
        expected=sum(each.chance for each in sure),
        bits=bits,
        fields=_fields((each.row, each.identity) for each in sure),
        places=places_of(case.pieces, [each.row for each in sure]),
    )


def _ranked(case: Case) -> Iterable[Signal]:
    """Rank and name: with home data or a threat beside a rare name, or merely together."""
    spoken = [
        (row, identity)
        for row in case.rows()
        for identity in row.identities
        if identity.ranked and Family.NAME in identity.kinds
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
            reasons=(f"rank and name with {words.joined(data)} in one record",),
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
            reasons=("rank and name together where police is spoken of",),
            rows=len({(row.where, row.number) for row in mentioned}),
            fields=frozenset({Field.RANK, Field.NAME}),
            places=places_of(case.pieces, mentioned),
        )


def _fields(found: Iterable[tuple[Row, Identity]]) -> frozenset[str]:
    """The identifiers that agree, and the kinds of data in their rows."""
    fields: set[str] = set()
    for row, identity in found:
        fields.update(match.field for match in row.matches if match.family in identity.kinds)
        fields.update(words.KINDS[sign] for sign in row.signs if sign in words.KINDS)
    return frozenset(fields)
