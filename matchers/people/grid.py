"""Tables: one person a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

from matchers.people import mail, numbers
from matchers.people.around import OF_COLUMN, OF_POLICE, police, signs
from matchers.people.columns import IDS, Columns, Table, find
from matchers.people.gather import Held
from matchers.people.identifiers import MailHit, NumberHit
from matchers.people.judge import NOBODY, Judged
from matchers.people.lines import parse
from matchers.people.order import NONE, Readings, Unit, in_columns, letters_of, readings, units
from matchers.people.rolls import Count
from matchers.people.tools import Tools
from matchers.people.words import clean
from watcher.api import CELL, ROW, Family, Field, Part, Record, Roll, Sign, Tally, is_vetting, rank

SHORTEST = 3  # letters of a mistyped name in a cell (G of the law)
RANK_CELLS = 20  # from which on a table of whatever headings is a police context
CROWDED = 0.98


@dataclass(slots=True)
class _Row:
    number: int
    plain: list[str]
    folded: list[bytes]
    spelled: Readings
    key: bytes
    rank: str
    ids: list[tuple[int, numbers.Number]]
    addresses: list[mail.Address]
    # what they turn out to be
    name: Judged = NOBODY
    hits: list[tuple[int, numbers.Number, NumberHit | None]] = field(default_factory=list)
    mails: list[MailHit] = field(default_factory=list)

    def text(self, column: int) -> str:
        return self.plain[column].strip() if column < len(self.plain) else ""

    def fold(self, column: int) -> bytes:
        return self.folded[column] if column < len(self.folded) else b""


def split(part: Part) -> list[tuple[int, list[str], list[bytes]]]:
    """(offset of its end in the text given, plain cells, folded cells) of each row, clean."""
    text, folded = clean(part.text)
    plain_rows, folded_rows = text.split(ROW), folded.split(ROW.encode())
    if plain_rows and not plain_rows[-1].strip():
        plain_rows.pop()
        folded_rows.pop()
    ends = _ends(part.text)
    rows = []
    for index, (plain, fold) in enumerate(zip(plain_rows, folded_rows, strict=True)):
        one, other = plain.split(CELL), fold.split(CELL.encode())
        if len(one) > 1 and not one[-1].strip():
            one.pop()
            other.pop()
        rows.append((ends[index] if index < len(ends) else len(part.text), one, other))
    return rows


def _ends(text: str) -> list[int]:
    ends, at = [], text.find(ROW)
    while at >= 0:
        ends.append(at + 1)
        at = text.find(ROW, at + 1)
    return ends


class GridReader:
    """Reads parts that are tables."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def read(self, part: Part) -> Tally | None:
        """What the table shows; None if no column of it names people."""
        raw = split(part)
        table: Table = [(plain, folded) for _, plain, folded in raw]
        columns = find(table, part.header, self._tools.lexicon)
        if not columns.say_who and Field.VETTING not in columns.of.values():
            return None
        rows = [
            self._row(columns, part.first + index, plain, folded)
            for index, (end, plain, folded) in enumerate(raw)
            if index >= columns.body and end > part.overlap
        ]
        self._look_up(rows)
        records = [
            record for row in rows if (record := self._record(part, columns, row)) is not None
        ]
        tried = sum(bool(row.spelled.main) and bool(row.ids or row.addresses) for row in rows)
        piece = self._signs(part, columns, rows)
        return Tally(
            records=tuple(records),
            rolls=self._rolls(part, columns, rows),
            tried=tried,
            signs=((part.where, piece),) if piece else (),
        )

    def _look_up(self, rows: Sequence[_Row]) -> None:
        """All names, numbers and addresses of the table, together."""
        words = self._tools.words(row.spelled for row in rows)
        hits = iter(self._tools.identifiers.numbered([each for row in rows for _, each in row.ids]))
        mails = iter(
            self._tools.identifiers.addressed([each for row in rows for each in row.addresses])
        )
        for row in rows:
            row.name = self._tools.judged(row.spelled, words, shortest=SHORTEST)
            row.hits = [(column, each, next(hits)) for column, each in row.ids]
            row.mails = [next(mails) for _ in row.addresses]

    # ---------------------------------------------------------------- a row

    def _row(self, columns: Columns, number: int, plain: list[str], folded: list[bytes]) -> _Row:
        row = _Row(number, plain, folded, NONE, b"", "", [], [])
        surname = columns.all(Field.SURNAME)
        forename = columns.all(Field.FORENAME, Field.KNOWN_AS, Field.INITIALS)
        whole = columns.all(Field.NAME)
        if not surname and forename and whole:
            surname, whole = whole[:1], whole[1:]
        if surname and forename:
            self._in_columns(columns, row, surname, forename)
        for column in chain(whole, () if forename else surname):
            if not row.spelled.main and row.text(column):
                self._in_one_cell(row, column)
        for column in columns.all(Field.RANK):
            said = row.text(column)
            if said and (not row.rank or (rank(said) and not rank(row.rank))):
                row.rank = said  # of `Job title` and `Rank`, whichever names one
        for column in chain(columns.all(*IDS), columns.guessed_ids):
            parsed = numbers.parse(row.fold(column))
            if parsed is not numbers.NONE:
                row.ids.append((column, parsed))
        for column, what in columns.of.items():
            if what in (Field.EMAIL, Field.NUMBER):
                row.addresses.extend(mail.find(row.fold(column)))
        return row

    def _in_columns(
        self, columns: Columns, row: _Row, surname: list[int], forename: list[int]
    ) -> None:
        last = [unit for column in surname for unit in self._units(row, column)]
        first: list[Readings] = []
        for column in forename:
            given = self._units(row, column)
            if not given:
                continue
            if columns.of.get(column) is not Field.INITIALS:
                middle = [each for c in columns.all(Field.MIDDLE) for each in self._units(row, c)]
                given = [*given, *(unit for unit in middle if not unit.is_letter)]
            else:
                given = letters_of(given)
            first.append(in_columns(last, given))
        named = [each for each in first if each.main]
        if named:
            # Forename and known-as are two names for one row; initials are no third.
            told = named[:1] if len(named) == 1 else [
                each for each in named if any(len(name) > 1 for name, _ in each.main)
            ] or named[:1]  # fmt: skip
            row.spelled = Readings(
                tuple(dict.fromkeys(pair for each in told for pair in each.main)),
                tuple(dict.fromkeys(pair for each in named for pair in each.narrowing)),
            )
            row.key = b"|".join(row.fold(column) for column in (*surname, *forename))

    def _units(self, row: _Row, column: int) -> list[Unit]:
        # `MS` is a title beside a name, and initials in a column of them
        if not row.text(column):
            return []
        return units(row.folded[column], row.plain[column], frozenset())

    def _in_one_cell(self, row: _Row, column: int) -> None:
        line = parse(row.folded[column], row.plain[column], self._tools.identifiers.shapes)
        if line.is_name:
            row.spelled = readings(line.units)
            row.key = b" ".join(unit.joined for unit in line.units)
        row.rank = row.rank or line.rank
        row.ids.extend((column, found.number) for found in line.numbers if not found.weak)
        row.addresses.extend(line.addresses)

    def _record(self, part: Part, columns: Columns, row: _Row) -> Record | None:
        held = Held(name=row.name if row.name.officers else None, rank=row.rank)
        held.addresses = [hit for hit in row.mails if hit.officers]
        known = {*row.name.officers, *(each for hit in held.addresses for each in hit.officers)}
        for column, _, hit in row.hits:
            if hit is None:
                continue
            headed = columns.of.get(column) in IDS
            same = {role: each for role, each in hit.officers.items() if known.intersection(each)}
            if same:
                held.numbers.append((hit._replace(officers=same), False))
            elif headed:
                held.numbers.append((hit, False))
        if not (held.name or held.numbers or held.addresses):
            return None
        for place, wanted in (
            ("unit", Field.UNIT),
            ("location", Field.LOCATION),
            ("vetting", Field.VETTING),
        ):
            for column in columns.all(wanted):
                if row.text(column):
                    held.places[place] = row.text(column)
        held.signs = self._row_signs(columns, row)
        return self._tools.gatherer.record(part.where, row.number, held)

    def _row_signs(self, columns: Columns, row: _Row) -> set[Sign]:
        free = [
            cell
            for column, cell in enumerate(row.folded)
            if column not in columns.of and cell.strip()
        ]
        found = set(signs(b" ; ".join(free)[:4000]))
        for column, what in columns.of.items():
            if what in OF_COLUMN and row.text(column):
                found.add(OF_COLUMN[what])
            if what in OF_POLICE and row.fold(column).strip():
                found.add(Sign.POLICE)
        if row.rank and rank(row.rank):
            found.add(Sign.POLICE)
        if any(hit.force for hit in row.mails):
            found.update((Sign.FORCE, Sign.POLICE))
        if any(each.until > each.end for each in row.addresses):
            found.add(Sign.SECRET)
        if Sign.POLICE not in found and police(b" ".join(free)[:4000]):
            found.add(Sign.POLICE)
        return found

    # ------------------------------------------------------------ the table

    def _signs(self, part: Part, columns: Columns, rows: Sequence[_Row]) -> frozenset[Sign]:
        found: set[Sign] = set()
        for column, what in columns.of.items():
            if what in OF_COLUMN and any(row.text(column) for row in rows):
                found.add(OF_COLUMN[what])
        fields = set(columns.of.values())
        kinds = sum((
            bool(fields.intersection(IDS)), Field.RANK in fields,
            Field.UNIT in fields, Field.VETTING in fields,
        ))  # fmt: skip
        if columns.headed and fields & {Field.NAME, Field.SURNAME} and kinds >= 2 and rows:
            found.add(Sign.STAFF_LIST)
        if any(hit.force for row in rows for hit in row.mails):
            found.update((Sign.FORCE, Sign.POLICE))
        ranked = sum(rank(row.rank) is not None for row in rows if row.rank)
        vetted = any(
            is_vetting(row.text(column)) for column in columns.all(Field.VETTING) for row in rows
        )
        if Field.VETTING in fields and not vetted:
            found.discard(Sign.VETTING)  # a heading alone, with other things below it
        headed = b" ".join(cell for row in rows[:1] for cell in row.folded)
        if ranked >= RANK_CELLS or fields & {Field.WARRANT_NUMBER, Field.COLLAR_NUMBER}:
            found.add(Sign.POLICE)
        if Sign.POLICE not in found and (
            police(clean(" ".join(part.header))[1]) or police(headed) or police(clean(part.text)[1])
        ):
            found.add(Sign.POLICE)
        return frozenset(found)

    def _rolls(self, part: Part, columns: Columns, rows: Sequence[_Row]) -> tuple[Roll, ...]:
        name, mailbox, number = Count(Family.NAME), Count(Family.MAIL), Count(Family.NUMBER)
        chosen = self._id_column(rows)
        counted: list[tuple[int, numbers.Number, NumberHit | None]] = []
        for row in rows:
            if row.spelled.main:
                name.add(row.key, row.name.chance, row.number, hit=bool(row.name.officers))
            for address, mailed in zip(row.addresses[:1], row.mails[:1], strict=True):
                mailbox.add(address.whole, mailed.chance, row.number, hit=bool(mailed.officers))
            counted.extend((row.number, each, hit) for at, each, hit in row.hits if at == chosen)
        share = iter(
            self._tools.identifiers.crowded([found for _, found, hit in counted if hit is not None])
        )
        for place, found, number_hit in counted:
            chance = self._tools.identifiers.shapes.density(found)
            if number_hit is not None:
                chance = min(CROWDED, max(number_hit.chance, next(share), 1e-9))
            number.add(found.full, chance, place, hit=number_hit is not None)
        names = columns.names() if columns.headed else ()
        rolls = (count.roll(part, self._tools.key, names) for count in (name, mailbox, number))
        return tuple(roll for roll in rolls if roll is not None)

    def _id_column(self, rows: Sequence[_Row]) -> int | None:
        """
        The one column of numbers that is counted: that whose shapes say most.

        Two numbers of one person are not independent: they were given out together.
        """
        bits: dict[int, list[float]] = {}
        for column, found, _ in chain.from_iterable(row.hits for row in rows):
            bits.setdefault(column, []).append(self._tools.identifiers.shapes.bits(found.shape))
        return max(bits, key=lambda column: (sum(bits[column]), -column), default=None)
