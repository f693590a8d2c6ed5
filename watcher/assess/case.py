"""
What a document says, put in order: its pieces, their rows, its lists.

Here the tally loses the order in which it was added up, the records of one
row become one row, and what a public officer may be seen with is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from watcher.assess.counted import Counted, Hush
from watcher.assess.identity import Identity, holding, identities
from watcher.assess.lists import Listed, judge
from watcher.assess.public import PRIVATE, PUBLISHED, mentioned, numbered, private, unhushed
from watcher.model import Family, Match, Officer, Record, Roll, Sign, Tally


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
    """
    One piece of a document, and its rows in order. `people`: rows that hold some identifier.

    `echo`: a second reading of bytes that another piece reads too.
    """

    where: str
    columns: tuple[str, ...] = ()
    cells: bool = False
    hidden: bool = False
    echo: bool = False
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

    `tried` and `accidents`: see Tally.
    `hushed`: mentions of public officers that were left out. `counted`: the
    rolls, by piece and family. `dropped`: records that were too many to keep.
    """

    officers: Sequence[Officer]
    pieces: Mapping[str, Piece]
    lists: tuple[Listed, ...]
    tried: int
    accidents: tuple[float, ...] | None
    hushed: int
    counted: Mapping[tuple[str, Family], Counted]
    dropped: int = 0

    @classmethod
    def of(cls, tally: Tally, officers: Sequence[Officer]) -> Case:
        """The same case whatever the order in which the tally was added up."""
        tally = Tally.total((tally,))
        public = frozenset(at for at in mentioned(tally, len(officers)) if officers[at].public)
        shown = dict(tally.signs)
        rolls: dict[str, list[Roll]] = {}
        for roll in tally.rolls:
            rolls.setdefault(roll.where, []).append(roll)
        columns = {
            where: max((roll.columns for roll in each), key=lambda c: (len(c), c))
            for where, each in rolls.items()
        }
        spared = {where for where in {*rolls, *shown} if private(where, shown, columns)}
        hushed: Counter[tuple[str, int, Family]] = Counter()
        kept: dict[str, dict[int, frozenset[int]]] = {}
        rows: dict[str, list[Row]] = {}
        for (where, number), records in _grouped(tally.records):
            matches = _united(records)
            signs = records[0].signs
            if len(records) > 1:
                signs = signs.union(*(record.signs for record in records))
            if public and where not in spared:
                loud = public if signs & PRIVATE else public & numbered(matches)
                if loud:
                    kept.setdefault(where, {})[number] = loud
                left = unhushed(matches, public - loud)
                for family in (Family.NAME, Family.MAIL):
                    if gone := _count(matches, family) - _count(left, family):
                        hushed[where, number, family] = gone
                matches = left
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
        counted = {}
        for roll in tally.rolls:
            quiet = public and roll.family in PUBLISHED and roll.where not in spared
            hush = Hush(public=public, kept=kept.get(roll.where, {})) if quiet else None
            each = counted[roll.where, roll.family] = Counted.of(roll, hush)
            for number in each.hushed:
                hushed.setdefault((roll.where, number, roll.family), 1)
        return cls(
            officers=officers,
            pieces=pieces,
            lists=judge(counted.values()),
            tried=max(1, tally.tried),
            accidents=tally.accidents,
            hushed=sum(hushed.values()),
            counted=counted,
            dropped=tally.dropped,
        )

    def rows(self) -> Iterable[Row]:
        """All rows, piece after piece."""
        for piece in self.pieces.values():
            yield from piece.rows

    def rows_of(self, listed: Listed) -> Iterable[Row]:
        """The rows of a list in which something matched."""
        for span in listed.spans:
            if span.where in self.pieces:
                among = None if listed.members is None else listed.members[span.where]
                for row in self.pieces[span.where].rows:
                    if span.first <= row.number <= span.last and (
                        among is None or row.number in among
                    ):
                        yield row

    def hits_of(self, listed: Listed) -> Iterable[tuple[str, Counted, NDArray[np.int64]]]:
        """Piece by piece, which hits of its roll stand in a list."""
        for span in listed.spans:
            counted = self.counted[span.where, listed.family]
            hits = counted.within(span.first, span.last)
            if listed.members is not None:
                members = list(listed.members[span.where])
                hits = hits[np.isin(counted.number[hits], members)]
            yield span.where, counted, hits

    def unrecorded(
        self, where: str, counted: Counted, hits: NDArray[np.int64]
    ) -> Iterable[tuple[int, frozenset[int]]]:
        """
        Row number and people of those hits that no record tells of, equal ones once.

        A record of the same row that means some of the same people tells of
        the hit, or narrows it. One that means others knows better if its row
        holds this one hit.
        """
        named = holding(counted.family)
        told: dict[int, frozenset[int]] = {}
        narrower: dict[int, frozenset[int]] = {}
        for row in self.pieces[where].rows:
            for each in row.identities:
                kind = told if each.kinds in named else narrower
                known = kind.setdefault(row.number, each.officers)
                if known is not each.officers:
                    kind[row.number] = known | each.officers
        alone = ~np.isin(counted.number[hits], [*told, *narrower])
        several = Counter(counted.number[hits[~alone]].tolist())
        _, once = np.unique(counted.key[hits[alone]], return_index=True)
        for number, officers in counted.people(np.sort(np.append(hits[~alone], hits[alone][once]))):
            known = told.get(number, frozenset())
            others = narrower.get(number, frozenset())
            if not known.isdisjoint(officers):
                continue
            if common := others.intersection(officers):
                yield number, common
            elif several[number] > 1 or not (known or others):
                yield number, frozenset(officers)

    def signs(self) -> frozenset[Sign]:
        """All that the document shows anywhere."""
        return frozenset[Sign]().union(*(piece.around() for piece in self.pieces.values()))


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


def _count(matches: Iterable[Match], family: Family) -> int:
    return sum(match.family == family for match in matches)


def _piece(
    where: str,
    rolls: Sequence[Roll],
    columns: tuple[str, ...],
    shown: Mapping[str, frozenset[Sign]],
    rows: Mapping[str, list[Row]],
) -> Piece:
    segments = [segment for roll in rolls for segment in roll.segments]
    return Piece(
        where=where,
        columns=columns,
        cells=any(roll.cells for roll in rolls),
        hidden=any(roll.hidden for roll in rolls),
        echo=any(roll.echo for roll in rolls),
        signs=shown.get(where, frozenset()),
        rows=tuple(rows.get(where, ())),
        people=max((roll.entries for roll in rolls), default=0),
        first=min((each.first for each in segments), default=0),
        last=max((each.last for each in segments), default=0),
    )
