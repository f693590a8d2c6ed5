"""
Officers who are met in public: what of them is nobody's secret.

Name, rank, unit and published contact of an officer flagged public say
nothing; any other field, or home data beside them, counts in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from watcher.model import Family, Match, Sign, Tally
from watcher.vocabulary import Field

# A public officer is met in public with these; a number is never among them.
PUBLISHED = frozenset({Family.NAME, Family.RANK, Family.PLACE, Family.MAIL})
# With any of these beside them they count like anybody else. A phone or a
# portrait is what a press page shows of a chief officer.
PRIVATE = frozenset(
    {
        Sign.VETTING,
        Sign.ADDRESS,
        Sign.POSTCODE,
        Sign.BIRTH,
        Sign.VEHICLE,
        Sign.INSURANCE,
        Sign.KIN,
        Sign.SECRET,
        Sign.THREAT,
    }
)
PRIVATE_COLUMNS = frozenset(
    {
        Field.VETTING,
        Field.ADDRESS,
        Field.POSTCODE,
        Field.BIRTH_DATE,
        Field.VEHICLE,
        Field.NATIONAL_INSURANCE,
        Field.NEXT_OF_KIN,
        Field.PASSWORD,
    }
)


def mentioned(tally: Tally, everybody: int) -> Iterable[int]:
    """Positions of all whom a tally may mean, or of `everybody` where it is longer than the roster."""
    if len(tally.records) + sum(roll.hits for roll in tally.rolls) > everybody:
        return range(everybody)
    people = {at for record in tally.records for match in record.matches for at in match.officers}
    for roll in tally.rolls:
        for segment in roll.segments:
            people.update(segment.officers)
    return people


def private(
    where: str,
    shown: Mapping[str, frozenset[Sign]],
    columns: Mapping[str, tuple[str, ...]],
) -> bool:
    """Whether a piece shows of everybody in it what is nobody's business."""
    return Sign.VETTING in shown.get(where, ()) or not PRIVATE_COLUMNS.isdisjoint(
        columns.get(where, ())
    )


def numbered(matches: Iterable[Match]) -> frozenset[int]:
    """Those whose number is there: it is never published."""
    return frozenset(
        at for match in matches if match.family == Family.NUMBER for at in match.officers
    )


def unhushed(matches: tuple[Match, ...], silent: frozenset[int]) -> tuple[Match, ...]:
    """The matches without these officers in what is published of them."""
    kept = []
    for match in matches:
        if match.family not in PUBLISHED or silent.isdisjoint(match.officers):
            kept.append(match)
            continue
        rest = tuple(at for at in match.officers if at not in silent)
        if rest:
            kept.append(
                Match(
                    officers=rest,
                    field=match.field,
                    family=match.family,
                    edits=match.edits,
                    bits=match.bits,
                )
            )
    return tuple(kept)
