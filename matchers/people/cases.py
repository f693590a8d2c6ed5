"""
Tables of crime reports: people, what is known of each, and each one's part in a crime.

Victims and witnesses are nobody's staff and nobody enrols them. What tells
their lists is that a row with a name and a birth date, an address or a phone
has the number of a crime as well, or says *victim*, *witness*, *suspect*.
"""

from __future__ import annotations

from collections.abc import Sequence

from matchers.people.columns import Columns, mostly
from watcher.api import Field, Sign

PARTIES = frozenset(
    """
    victim victims witness witnesses suspect suspects offender offenders aggrieved complainant
    accused defendant detainee arrested perpetrator injured informant bystander
    """.split()  # noqa: SIM905  # reads better than forty quoted words
)
"""Words that say what part somebody has in a crime, wherever in a cell they stand."""

MOSTLY = 0.6  # of a column's cells: some are `Other`, `Reporting person`, `Involved`
FEWEST = 5  # cells
LONGEST = 40  # characters of such a cell
_NAMES = frozenset({Field.NAME, Field.SURNAME})
_KNOWN = frozenset({Field.BIRTH_DATE, Field.ADDRESS, Field.POSTCODE, Field.PHONE})


def shown(columns: Columns, body: Sequence[Sequence[str]]) -> frozenset[Sign]:
    """
    What a table with these columns shows of crimes. `body`: a sample of its rows, plain.

    A crime reference and a part in it, both, are a police context of their own.
    """
    fields = frozenset(columns.of.values())
    if not (body and columns.headed) or fields.isdisjoint(_NAMES) or fields.isdisjoint(_KNOWN):
        return frozenset()
    numbered = any(
        any(at < len(row) and row[at].strip() for row in body)
        for at, field in columns.of.items()
        if field is Field.CRIME_REFERENCE
    )
    parted = any(map(_is_party, columns.headings)) or _has_parts(body)
    if numbered and parted:
        return frozenset({Sign.CRIME_REPORTS, Sign.POLICE_TABLE, Sign.POLICE})
    return frozenset({Sign.CRIME_REPORTS}) if numbered or parted else frozenset()


def _is_party(cell: str) -> bool:
    return len(cell) <= LONGEST and not PARTIES.isdisjoint(
        cell.casefold().replace("/", " ").split()
    )


def _has_parts(body: Sequence[Sequence[str]]) -> bool:
    """Whether a column mostly says what part each has."""
    for column in range(max(map(len, body))):
        cells = [cell for row in body if column < len(row) and (cell := row[column].strip())]
        if len(cells) >= FEWEST and mostly(cells, _is_party, MOSTLY):
            return True
    return False
