"""
One row of a table taken apart: who it names, with which numbers and addresses.

Which columns say what is settled once for a table; ranks, units and names
repeat themselves down a column, so each distinct cell is taken apart once. The
memory lives as long as one part is read. Nothing is looked up here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

from matchers.people import mail, numbers
from matchers.people.around import OF_COLUMN, OF_POLICE
from matchers.people.columns import IDS, Columns
from matchers.people.identifiers import MailHit, NumberHit
from matchers.people.judge import NOBODY, Judged
from matchers.people.lines import Line, parse
from matchers.people.order import NONE, Readings, Unit, in_columns, letters_of, readings, units
from watcher.api import Field, Sign, rank

_NO_TITLES: frozenset[bytes] = frozenset()  # `MS` is a title beside a name, initials in a column
_PLACES = (("unit", Field.UNIT), ("location", Field.LOCATION), ("vetting", Field.VETTING))


@dataclass(slots=True)
class Row:
    """`plain` and `folded` cells, what they say, and whom it turns out to mean."""

    number: int
    plain: list[str]
    folded: list[bytes]
    spelled: Readings = NONE
    key: bytes = b""
    rank: str = ""
    ids: list[tuple[int, numbers.Number]] = field(default_factory=list)
    addresses: list[mail.Address] = field(default_factory=list)
    name: Judged = NOBODY
    hits: Sequence[NumberHit | None] = ()  # one for each of `ids`
    mails: Sequence[MailHit] = ()  # one for each of `addresses`

    def text(self, column: int) -> str:
        return self.plain[column].strip() if column < len(self.plain) else ""

    def fold(self, column: int) -> bytes:
        return self.folded[column] if column < len(self.folded) else b""


class Layout:
    """Where in a table what stands: `columns` asked once. `width`: cells of the longest row."""

    def __init__(self, columns: Columns, width: int) -> None:
        surname = columns.all(Field.SURNAME)
        forename = columns.all(Field.FORENAME, Field.KNOWN_AS, Field.INITIALS)
        whole = columns.all(Field.NAME)
        if not surname and forename and whole:
            surname, whole = whole[:1], whole[1:]
        self.surname, self.forename = surname, forename
        self.in_columns = bool(surname and forename)
        self.in_one_cell = [*whole, *(() if forename else surname)]
        self.middle = columns.all(Field.MIDDLE)
        self.initials = frozenset(columns.all(Field.INITIALS))
        self.ranks = columns.all(Field.RANK)
        self.headed_ids = frozenset(columns.all(*IDS))
        self.ids = [*columns.all(*IDS), *columns.guessed_ids]
        self.mails = [
            column for column, what in columns.of.items() if what in (Field.EMAIL, Field.NUMBER)
        ]
        self.places = [(name, column) for name, wanted in _PLACES for column in columns.all(wanted)]
        self.signs: list[tuple[int, Sign]] = [
            (column, OF_COLUMN[what]) for column, what in columns.of.items() if what in OF_COLUMN
        ]
        self.police = [column for column, what in columns.of.items() if what in OF_POLICE]
        self.free = [column for column in range(width) if column not in columns.of]


class RowReader:
    """Takes the rows of one table apart."""

    def __init__(self, layout: Layout, shapes: numbers.Shapes) -> None:
        self._layout = layout
        self._shapes = shapes
        self._units: dict[str, list[Unit]] = {}
        self._lines: dict[str, Line] = {}

    def row(self, number: int, plain: list[str], folded: list[bytes]) -> Row:
        """What one row says."""
        row = Row(number, plain, folded)
        layout, width = self._layout, len(plain)
        if layout.in_columns:
            self._in_columns(row)
        for column in layout.in_one_cell:
            if not row.spelled.main and row.text(column):
                self._in_one_cell(row, column)
        for column in layout.ranks:
            said = row.text(column)
            if said and (not row.rank or (rank(said) and not rank(row.rank))):
                row.rank = said  # of `Job title` and `Rank`, whichever names one
        for column in layout.ids:
            if column < width and (cell := folded[column]):
                parsed = numbers.parse(cell)
                if parsed is not numbers.NONE:
                    row.ids.append((column, parsed))
        for column in layout.mails:
            if column < width:
                row.addresses.extend(mail.find(folded[column]))
        return row

    def _in_columns(self, row: Row) -> None:
        layout = self._layout
        last = self._all(row, layout.surname)
        if not last:
            return
        named: list[Readings] = []
        for column in layout.forename:
            given = self._of(row, column)
            if not given:
                continue
            if column in layout.initials:
                given = letters_of(given)
            elif layout.middle:
                middle = self._all(row, layout.middle)
                given = [*given, *(unit for unit in middle if not unit.is_letter)]
            each = in_columns(last, given)
            if each.main:
                named.append(each)
        if not named:
            return
        row.key = b"|".join([row.fold(column) for column in chain(layout.surname, layout.forename)])
        if len(named) == 1:
            row.spelled = named[0]
            return
        # Forename and known-as are two names for one row; initials are no third.
        told = [each for each in named if any(len(name) > 1 for name, _ in each.main)] or named[:1]
        row.spelled = Readings(
            tuple(dict.fromkeys(pair for each in told for pair in each.main)),
            tuple(dict.fromkeys(pair for each in named for pair in each.narrowing)),
        )

    def _all(self, row: Row, columns: Sequence[int]) -> Sequence[Unit]:
        if len(columns) == 1:
            return self._of(row, columns[0])
        return [unit for column in columns for unit in self._of(row, column)]

    def _of(self, row: Row, column: int) -> list[Unit]:
        if column >= len(row.plain):
            return []
        text = row.plain[column]
        found = self._units.get(text)
        if found is None:
            found = units(row.folded[column], text, _NO_TITLES) if text.strip() else []
            self._units[text] = found
        return found

    def _in_one_cell(self, row: Row, column: int) -> None:
        text = row.plain[column]
        line = self._lines.get(text)
        if line is None:
            line = self._lines[text] = parse(row.folded[column], text, self._shapes)
        if line.is_name:
            row.spelled = readings(line.units)
            row.key = b" ".join([unit.joined for unit in line.units])
        row.rank = row.rank or line.rank
        row.ids.extend((column, found.number) for found in line.numbers if not found.weak)
        row.addresses.extend(line.addresses)
