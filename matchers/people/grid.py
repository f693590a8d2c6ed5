"""Tables: one person a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from matchers.people import numbers
from matchers.people.around import OF_COLUMN, police, signs
from matchers.people.columns import IDS, Columns, Table, find
from matchers.people.gather import Held
from matchers.people.identifiers import NumberHit
from matchers.people.rolls import Count
from matchers.people.rows import Layout, Row, RowReader
from matchers.people.tools import Tools
from matchers.people.words import clean
from watcher.api import CELL, ROW, Family, Field, Part, Record, Roll, Sign, Tally, is_vetting, rank

SHORTEST = 3  # letters of a mistyped name in a cell (G of the law)
RANK_CELLS = 20  # from which on a table of whatever headings is a police context
CROWDED = 0.98

_ROW = re.compile(ROW)


def split(part: Part, text: str, folded: bytes) -> tuple[list[int], Table]:
    """The end of each row in the part's text, and the rows of its clean `text` and fold."""
    plain_rows, folded_rows = text.split(ROW), folded.split(ROW.encode())
    if plain_rows and not plain_rows[-1].strip():
        plain_rows.pop()
        folded_rows.pop()
    cut = CELL.encode()
    rows = []
    for plain, fold in zip(plain_rows, folded_rows, strict=True):
        one, other = plain.split(CELL), fold.split(cut)
        if len(one) > 1 and not one[-1].strip():
            one.pop()
            other.pop()
        rows.append((one, other))
    ends = [match.end() for match in _ROW.finditer(part.text)]
    ends.extend([len(part.text)] * (len(rows) - len(ends)))
    return ends, rows


class GridReader:
    """Reads parts that are tables."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def read(self, part: Part) -> Tally | None:
        """What the table shows; None if no column of it names people."""
        text, folded_text = clean(part.text)
        ends, table = split(part, text, folded_text)
        columns = find(table, part.header, self._tools.lexicon)
        if not columns.say_who and Field.VETTING not in columns.of.values():
            return None
        layout = Layout(columns, max((len(plain) for plain, _ in table), default=0))
        reader = RowReader(layout, self._tools.identifiers.shapes)
        rows = [
            reader.row(part.first + index, plain, folded)
            for index, (plain, folded) in enumerate(table)
            if index >= columns.body and ends[index] > part.overlap
        ]
        self._look_up(rows)
        records = [
            record for row in rows if (record := self._record(part, layout, row)) is not None
        ]
        tried = sum(bool(row.spelled.main) and bool(row.ids or row.addresses) for row in rows)
        piece = self._signs(part, folded_text, columns, rows)
        return Tally(
            records=tuple(records),
            rolls=self._rolls(part, columns, rows),
            tried=tried,
            signs=((part.where, piece),) if piece else (),
        )

    def _look_up(self, rows: Sequence[Row]) -> None:
        """All names, numbers and addresses of the table, together."""
        names = self._tools.named([row.spelled for row in rows], shortest=SHORTEST)
        hits = self._tools.identifiers.numbered([each for row in rows for _, each in row.ids])
        mails = self._tools.identifiers.addressed([each for row in rows for each in row.addresses])
        number = address = 0
        for row, name in zip(rows, names, strict=True):
            row.name = name
            if row.ids:
                row.hits = hits[number : number + len(row.ids)]
                number += len(row.ids)
            if row.addresses:
                row.mails = mails[address : address + len(row.addresses)]
                address += len(row.addresses)

    # ---------------------------------------------------------------- a row

    def _record(self, part: Part, layout: Layout, row: Row) -> Record | None:
        held = Held(name=row.name if row.name.officers else None, rank=row.rank)
        held.addresses = [hit for hit in row.mails if hit.officers]
        if any(row.hits):
            known = {*row.name.officers, *(each for hit in held.addresses for each in hit.officers)}
            for (column, _), hit in zip(row.ids, row.hits, strict=True):
                if hit is None:
                    continue
                same = {role: who for role, who in hit.officers.items() if known.intersection(who)}
                if same:
                    held.numbers.append((NumberHit(same, hit.bits, hit.chance), False))
                elif column in layout.headed_ids:
                    held.numbers.append((hit, False))
        if not (held.name or held.numbers or held.addresses):
            return None
        for place, column in layout.places:
            if said := row.text(column):
                held.places[place] = said
        held.signs = self._row_signs(layout, row)
        return self._tools.gatherer.record(part.where, row.number, held)

    def _row_signs(self, layout: Layout, row: Row) -> set[Sign]:
        width = len(row.folded)
        free = [
            cell
            for column in layout.free
            if column < width and (cell := row.folded[column]) and not cell.isspace()
        ]
        found = set(signs(b" ; ".join(free)[:4000])) if free else set()
        for column, sign in layout.signs:
            if row.text(column):
                found.add(sign)
        if any(row.fold(column).strip() for column in layout.police) or (
            row.rank and rank(row.rank)
        ):
            found.add(Sign.POLICE)
        if any(hit.force for hit in row.mails):
            found.update((Sign.FORCE, Sign.POLICE))
        if any(each.until > each.end for each in row.addresses):
            found.add(Sign.SECRET)
        if Sign.POLICE not in found and free and police(b" ".join(free)[:4000]):
            found.add(Sign.POLICE)
        return found

    # ------------------------------------------------------------ the table

    def _signs(
        self, part: Part, whole: bytes, columns: Columns, rows: Sequence[Row]
    ) -> frozenset[Sign]:
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
            police(clean(" ".join(part.header))[1]) or police(headed) or police(whole)
        ):
            found.add(Sign.POLICE)
        return frozenset(found)

    def _rolls(self, part: Part, columns: Columns, rows: Sequence[Row]) -> tuple[Roll, ...]:
        name, mailbox, number = Count(Family.NAME), Count(Family.MAIL), Count(Family.NUMBER)
        chosen = self._id_column(rows)
        counted: list[tuple[int, numbers.Number, float | None]] = []  # the chance of a hit
        for row in rows:
            if row.spelled.main:
                name.add(row.key, row.name.chance, row.number, hit=bool(row.name.officers))
            for address, mailed in zip(row.addresses[:1], row.mails[:1], strict=True):
                if mailed.number is None:
                    mailbox.add(address.whole, mailed.chance, row.number, hit=bool(mailed.officers))
                elif chosen is None:
                    chance = mailed.chance if mailed.officers else None
                    counted.append((row.number, mailed.number, chance))
            for (column, each), hit in zip(row.ids, row.hits, strict=True):
                if column == chosen:
                    counted.append((row.number, each, hit.chance if hit else None))
        share = iter(
            self._tools.identifiers.crowded(
                [found for _, found, chance in counted if chance is not None]
            )
        )
        for place, found, hit_chance in counted:
            chance = self._tools.identifiers.shapes.density(found)
            if hit_chance is not None:
                chance = min(CROWDED, max(hit_chance, next(share), 1e-9))
            number.add(found.full, chance, place, hit=hit_chance is not None)
        names = columns.names() if columns.headed else ()
        rolls = (count.roll(part, self._tools.key, names) for count in (name, mailbox, number))
        return tuple(roll for roll in rolls if roll is not None)

    def _id_column(self, rows: Sequence[Row]) -> int | None:
        """
        The one column of numbers that is counted: that whose shapes say most.

        Two numbers of one person are not independent: they were given out together.
        """
        bits: dict[int, list[float]] = {}
        for column, found in chain.from_iterable(row.ids for row in rows):
            bits.setdefault(column, []).append(self._tools.identifiers.shapes.bits(found.shape))
        return max(bits, key=lambda column: (sum(bits[column]), -column), default=None)
