"""
A name with a rank, and no number: with home data or a threat beside a rare name, or merely together.
"""

from __future__ import annotations

from collections.abc import Iterable

from watcher.assess import words
from watcher.assess.beside import CONTEXT, fields_of
from watcher.assess.case import Case, Row
from watcher.assess.identity import Identity
from watcher.assess.places import places_of
from watcher.assess.signal import Reason, Signal, Topic, raised
from watcher.model import Family, Severity, Sign
from watcher.vocabulary import Field

CARRIERS = 2  # people of one name, of whom rank and home data may still be said
# Words that stand in any text. Beside a namesake of another rank they say nothing.
SOFT = frozenset({Sign.KIN, Sign.THREAT})


def mentions(case: Case) -> Iterable[Signal]:
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
        if identity.carriers <= CARRIERS
        and (shown := row.signs.intersection(words.HOME))
        and (Family.RANK in identity.kinds or shown - SOFT)
    ]
    if home:
        signs = {sign for row, _ in home for sign in row.signs}
        data = [word for sign, word in words.HOME.items() if sign in signs]
        hidden = any(case.pieces[row.where].hidden for row, _ in home)
        yield Signal(
            severity=raised(Severity.HIGH, hidden=hidden),
            rule="person",
            title=f"Officer named with rank and {words.joined(data)}",
            reasons=(
                Reason(Topic.OTHER, f"rank and name with {words.joined(data)} in one record"),
            ),
            people=frozenset(identity.officers for _, identity in home),
            rows=len(home),
            fields=fields_of(home) | {Field.RANK},
            places=places_of(case.pieces, [row for row, _ in home]),
            home=True,
        )
    mentioned = [each for each in spoken if not each[0].signs.isdisjoint(CONTEXT)]
    likely = [row for row, identity in mentioned if _is_likely(case, row, identity)]
    for severity, rows in ((Severity.LOW, likely), (Severity.INFO, [r for r, _ in mentioned])):
        if rows:
            yield Signal(
                severity=severity,
                rule="mention",
                title="Rank and name of an officer",
                reasons=(Reason(Topic.OTHER, _mentioned(severity)),),
                rows=len({(row.where, row.number) for row in rows}),
                fields=frozenset({Field.RANK, Field.NAME}),
                places=places_of(case.pieces, rows),
            )
            break


def _is_likely(case: Case, row: Row, identity: Identity) -> bool:
    """
    Whether rank and name mean the officer rather than a namesake of the same rank elsewhere.

    The rank is the officer's own, and unit or location is, or the piece names
    the watched force.
    """
    return Family.RANK in identity.kinds and (
        Family.PLACE in identity.kinds
        or Sign.FORCE in row.signs
        or Sign.FORCE in case.pieces[row.where].signs
    )


def _mentioned(severity: Severity) -> str:
    if severity == Severity.INFO:
        return "rank and name together where police is spoken of, which may be a namesake's"
    return "name and rank of an officer with the unit, or where the watched force is named"


def _has_rank(case: Case, row: Row, identity: Identity) -> bool:
    """
    Whether the rank that stands beside the name means one.

    One that is not the officer's own may be out of date, or no rank at all
    (`Eskmouth AC`): it counts where the piece speaks of police besides.
    """
    return Family.RANK in identity.kinds or not case.pieces[row.where].signs.isdisjoint(CONTEXT)
