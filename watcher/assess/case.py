"""
What a document says, put in order: its pieces, their rows, its lists.

Here the tally loses the order in which it was added up, the records of one
row become one row, and what a public officer may be seen with is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from watcher.assess.identity import Identity, identities
from watcher.assess.lists import Listed, judge
from watcher.model import Family, Match, Officer, Record, Roll, Sign, Tally
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row, line or window: what was matched in it by all matchers, and what stands around."""

    where: str
    number: int
    matches: tuple[Match, ...]
    signs: frozenset[Sign]
    identities: tuple[Identity, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of a document, and its rows in order. `people`: rows that hold some identifier."""

    where: str
    columns: tuple[str, ...] = ()
    cells: bool = False
    hidden: bool = False
    signs: frozenset[Sign] = frozenset()
    rows: tuple[Row, ...] = ()
    people: int = 0
    first: int = 0
    last: int = 0

    def around(self) -> frozenset[Sign]:
        """What the piece and any of its rows show."""
        return self.signs.union(*(row.signs for row in self.rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """
    A document as it is judged.

    `hushed`: mentions of public officers that were left out. `counted`: by
    family, how many rows its lists have and how many of them are ours.
    """

    officers: Sequence[Officer]
    pieces: Mapping[str, Piece]
    lists: tuple[Listed, ...]
    tried: int
    hushed: int
    counted: Mapping[Family, tuple[int, int]]

    @classmethod
    def of(cls, tally: Tally, officers: Sequence[Officer]) -> Case:
        """The same case whatever the order in which the tally was added up."""
        tally = Tally.total((tally,))
        public = frozenset(at for at, officer in enumerate(officers) if officer.public)
        shown = dict(tally.signs)
        rolls: dict[str, list[Roll]] = {}
        for roll in tally.rolls:
            rolls.setdefault(roll.where, []).append(roll)
        columns = {
            where: max((roll.columns for roll in each), key=lambda c: (len(c), c))
            for where, each in rolls.items()
        }
        hushed: dict[tuple[str, Family], dict[int, int]] = {}
        rows: dict[str, list[Row]] = {}
        for (where, number), records in _grouped(tally.records):
            matches = _united(records)
            signs = records[0].signs
            if len(records) > 1:
                signs = signs.union(*(record.signs for record in records))
            if public and not (
                signs & PRIVATE
                or Sign.VETTING in shown.get(where, ())
                or not PRIVATE_COLUMNS.isdisjoint(columns.get(where, ()))
            ):
                kept = _unhushed(matches, public)
                for family in {match.family for match in matches}:
                    gone = _count(matches, family) - _count(kept, family)
                    if gone:
                        hushed.setdefault((where, family), {})[number] = gone
                matches = kept
            if matches or signs:
                rows.setdefault(where, []).append(
                    Row(
                        where=where,
                        number=number,
                        matches=matches,
                        signs=signs,
                        identities=identities(matches),
                    )
                )
        pieces = {
            where: _piece(where, rolls.get(where, ()), columns.get(where, ()), shown, rows)
            for where in sorted({*rolls, *shown, *rows})
        }
        return cls(
            officers=officers,
            pieces=pieces,
            lists=judge(tally.rolls, hushed),
            tried=max(1, tally.tried),
            hushed=sum(
                sum(numbers.values())
                for (_, family), numbers in hushed.items()
                if family in (Family.NAME, Family.MAIL)
            ),
            counted=_counted(tally.rolls),
        )

    def rows(self) -> Iterable[Row]:
        """All rows, piece after piece."""
        for piece in self.pieces.values():
            yield from piece.rows

    def rows_of(self, listed: Listed) -> Iterable[Row]:
        """The rows of a list in which something matched."""
        for span in listed.spans:
            if span.where in self.pieces:
                for row in self.pieces[span.where].rows:
                    if span.first <= row.number <= span.last:
                        yield row

    def signs(self) -> frozenset[Sign]:
        """All that the document shows anywhere."""
        return frozenset[Sign]().union(*(piece.around() for piece in self.pieces.values()))


def _counted(rolls: Iterable[Roll]) -> dict[Family, tuple[int, int]]:
    counted: dict[Family, tuple[int, int]] = {}
    for roll in rolls:
        rows, hits = counted.get(roll.family, (0, 0))
        counted[roll.family] = (rows + len(roll.hit), hits + sum(roll.hit))
    return counted


def _grouped(records: Sequence[Record]) -> list[tuple[tuple[str, int], list[Record]]]:
    groups: dict[tuple[str, int], list[Record]] = {}
    for record in records:
        groups.setdefault((record.where, record.number), []).append(record)
    return sorted(groups.items(), key=lambda item: item[0])


def _united(records: Sequence[Record]) -> tuple[Match, ...]:
    """The matches of one row. Their order says nothing, and nothing that follows heeds it."""
    if len(records) == 1:
        return records[0].matches
    return tuple({match for record in records for match in record.matches})


def _unhushed(matches: tuple[Match, ...], public: frozenset[int]) -> tuple[Match, ...]:
    """The matches without the public officers in them, but for those whose number is there too."""
    numbered = {at for match in matches if match.family == Family.NUMBER for at in match.officers}
    silent = public - numbered
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


def _count(matches: Iterable[Match], family: Family) -> int:
    return sum(match.family == family for match in matches)


def _piece(
    where: str,
    rolls: Sequence[Roll],
    columns: tuple[str, ...],
    shown: Mapping[str, frozenset[Sign]],
    rows: Mapping[str, list[Row]],
) -> Piece:
    numbers = [
        number
        for roll in rolls
        if roll.numbers
        for number in (min(roll.numbers), max(roll.numbers))
    ]
    return Piece(
        where=where,
        columns=columns,
        cells=any(roll.cells for roll in rolls),
        hidden=any(roll.hidden for roll in rolls),
        signs=shown.get(where, frozenset()),
        rows=tuple(rows.get(where, ())),
        people=max((len(roll.hit) for roll in rolls), default=0),
        first=min(numbers, default=0),
        last=max(numbers, default=0),
    )
