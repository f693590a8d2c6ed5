"""
Tables: one person a row.

Which column holds what is settled by headings and a sample of rows; the rows
are read by the kernel; of those worth a record the cells are looked at again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matchers.people import cases
from matchers.people.accidents import by_bits, in_rows
from matchers.people.around import OF_COLUMN, police, signs
from matchers.people.columns import Columns, find
from matchers.people.counting import Rolls, Values
from matchers.people.cutting import Cut, Sample, sampled
from matchers.people.desk import Desk
from matchers.people.details import Details, named
from matchers.people.engine import Engine
from matchers.people.gather import Held
from matchers.people.kernel import grid, values
from matchers.people.kernel.arrays import POLICE
from matchers.people.kernel.rolling import ANY
from matchers.people.kernel.rows import AGREES, MET
from matchers.people.layout import Layout, grouping
from matchers.people.said import NumberHit
from matchers.people.tables import Array
from matchers.people.words import clean
from watcher.api import Field, Part, Record, Sign, Tally, is_vetting, rank

RANK_CELLS = 20  # from which on a table of whatever headings is a police context
SPOKEN = 5  # rows that speak of police, from which on a table may be about it
HOME = frozenset({Sign.ADDRESS, Sign.POSTCODE, Sign.PHONE, Sign.VEHICLE, Sign.KIN})
IDS = frozenset({Field.PAY_NUMBER, Field.WARRANT_NUMBER, Field.COLLAR_NUMBER, Field.NUMBER})


@dataclass(frozen=True, slots=True)
class _Seen:
    part: Part
    text: str
    cut: Cut
    columns: Columns
    layout: Layout
    desk: Desk
    engine: Engine


def read(engine: Engine, part: Part, text: str, cut: Cut) -> tuple[Tally, str] | None:
    """
    What a table shows, of which `text` is the part's; None if no column of it names people.

    And the lines that are no rows of it, each where it stands, with empty lines
    in the place of the others; "" if there are none.
    """
    sample = sampled(text, cut, first=part.first == 1)
    columns = find(sample.rows, part.header, engine.lexicon)
    if not _is_worth(columns):
        return None
    layout = Layout.of(columns, sample.width, cut)
    desk = engine.desk()
    left = np.zeros((2, text.count(cut.row) + 1 if cut.usual else 0), dtype=np.int32)
    cls, others = desk.until_it_fits(lambda: _laid_out(desk, part, text, columns, layout, left))
    seen = _Seen(part, text, cut, columns, layout, desk, engine)
    grouped = grouping(columns, sample)
    rolls = Rolls(
        engine, desk, part, columns.names() if columns.headed else (), _values(seen, cls, grouped),
        np.array(part.numbers, dtype=np.int64) - part.first if part.numbers else None,
    )  # fmt: skip
    rolls.names(desk.rows)
    rolls.mails(desk.rows, one=True)
    chosen = _id_column(desk)
    rolls.numbers(desk.rows, desk.cells, ANY if chosen is None else chosen)
    held = desk.rows
    count = int(held.count[0])
    tried = (held.name[:count] >= 0) & (
        (held.ids[1, :count] > held.ids[0, :count])
        | (held.mails[1, :count] > held.mails[0, :count])
    )
    piece = _signs(seen, sample.rows[columns.body :], count)
    tally = Tally(
        records=tuple(_records(seen, everything=rolls.promising, ranked=_is_ranked(seen, sample))),
        rolls=rolls.found,
        tried=int(tried.sum()),
        accidents=tuple(by_bits(in_rows(desk.rows, desk.names, desk.cells)).tolist()),
        signs=((part.where, piece),) if piece else (),
    )
    return tally, _lines(text, cut, left[:, :others])


def _is_ranked(seen: _Seen, sample: Sample) -> bool:
    """Whether a column of police ranks stands beside home data."""
    if not seen.layout.ranks or HOME.isdisjoint(sign for _, sign in seen.layout.signs):
        return False
    cells = [
        cell
        for plain, _ in sample.rows[seen.columns.body :]
        for at in seen.layout.ranks
        if at < len(plain) and (cell := plain[at].strip())
    ]
    return sum(rank(cell) is not None for cell in cells) * 2 > len(cells)


def _is_worth(columns: Columns) -> bool:
    """
    Whether rows are read by these columns.

    Without headings one column of names must have been told from the others:
    rows of several, or of none, say more as lines.
    """
    fields = list(columns.of.values())
    if columns.headed:
        return columns.say_who or Field.VETTING in fields
    both = Field.SURNAME in fields and Field.FORENAME in fields
    return both or fields.count(Field.NAME) == 1 or Field.VETTING in fields


def _lines(text: str, cut: Cut, left: Array) -> str:
    found: list[str] = []
    line = 0
    for number, start in zip(*left.tolist(), strict=True):
        end = text.find(cut.row, start)
        found.append("\n" * (number - line) + text[start : None if end < 0 else end])
        line = number
    return "".join(found)


def _laid_out(
    desk: Desk, part: Part, text: str, columns: Columns, layout: Layout, left: Array
) -> tuple[Array, int]:
    cls = desk.lay_out(text, numbered=bool(layout.kernel.whole.size))
    others = grid.read(
        cls, cls.size, columns.body, part.overlap, layout.kernel, desk.index, desk.public,
        desk.words, desk.tokens, desk.numbers, desk.cells, desk.mails, layout.starts, layout.ends,
        desk.chosen, desk.rank, desk.wanted, desk.rows, left,
    )  # fmt: skip
    desk.ask()
    desk.settle(desk.cells)
    return cls, int(others)


def _values(seen: _Seen, cls: Array, columns: Sequence[int]) -> Values:
    """For each column that groups rows, the hash of every row's value."""
    desk, layout = seen.desk, seen.layout
    if not columns or not desk.rows.count[0]:
        return {}
    most = int(desk.rows.number[desk.rows.count[0] - 1]) + 1
    found = np.zeros((len(columns), most), dtype=np.uint64)
    width = max(columns) + 1
    starts, ends = np.zeros(width, dtype=np.int32), np.zeros(width, dtype=np.int32)
    values.values(
        cls, cls.size, layout.kernel.ends, np.array(columns, dtype=np.int32), desk.index.key,
        starts, ends, np.zeros(64, dtype=np.uint8), found,
    )  # fmt: skip
    return {column: found[at] for at, column in enumerate(columns)}


def _id_column(desk: Desk) -> int | None:
    """
    The one column of numbers that is counted: that whose shapes say most.

    Two numbers of one person are not independent: they were given out together.
    """
    count = int(desk.cells.count[0])
    columns = desk.rows.column[:count]
    held = columns >= 0
    if not held.any():
        return None
    return int(np.bincount(columns[held], weights=desk.cells.bits[:count][held]).argmax())


# -------------------------------------------------------------------- records


def _records(seen: _Seen, *, everything: bool, ranked: bool) -> list[Record]:
    held = seen.desk.rows
    shown = held.shown[: held.count[0]]
    wanted = (shown & (MET | AGREES if everything else AGREES)) != 0
    if ranked:  # rank, name and home data of one of ours are worth telling in any table
        wanted |= (shown & MET) != 0
    chosen = np.flatnonzero(wanted)
    details = Details(seen.desk, seen.engine.bits)
    found = (_record(seen, details, row) for row in chosen.tolist())
    return [record for record in found if record is not None]


def _record(seen: _Seen, details: Details, row: int) -> Record | None:
    desk, layout = seen.desk, seen.layout
    held_rows = desk.rows
    cells = seen.cut.cells(seen.text[int(held_rows.start[row]) : int(held_rows.end[row])])
    ranks = [cells[column].strip() for column in layout.ranks if column < len(cells)]
    said = next((each for each in ranks if each and rank(each)), next(filter(None, ranks), ""))
    said = said or seen.text[int(held_rows.rank[0, row]) : int(held_rows.rank[1, row])]
    name = named(desk.names, int(held_rows.name[row]))
    alone = named(desk.names, int(held_rows.alone[row]))
    held = Held(name=name, surnames=alone.officers if alone else (), rank=said)
    shown = details.mails(
        int(held_rows.mails[0, row]), int(held_rows.mails[1, row]), held, seen.text
    )
    known = {*held.surnames, *(name.officers if name else ())}
    known.update(officer for hit in held.addresses for officer in hit.officers)
    for at in range(int(held_rows.ids[0, row]), int(held_rows.ids[1, row])):
        hit = details.number(desk.cells, at)
        if hit is None:
            continue
        same = hit.among(known)
        if same:
            held.numbers.append((NumberHit(same, hit.bits), False))
        elif int(held_rows.column[at]) in layout.headed_ids:
            held.numbers.append((hit, False))
    if not (held.name or held.numbers or held.addresses):
        return None
    for place, column in layout.places:
        if column < len(cells) and (value := cells[column].strip()):
            held.places[place] = value
    if _tells_no_secret(seen.columns):
        shown.discard(Sign.SECRET)
    held.signs = shown | _row_signs(layout, cells, said)
    at, part = int(held_rows.number[row]), seen.part
    number = part.numbers[at] if part.numbers else part.first + at
    return seen.engine.gatherer.record(part.where, number, held)


def _tells_no_secret(columns: Columns) -> bool:
    """Whether headings say that what stands behind an address is something else than a password."""
    beside = [columns.of.get(at + 1) for at in columns.all(Field.EMAIL)]
    return columns.headed and bool(beside) and not {None, Field.PASSWORD}.intersection(beside)


def _row_signs(layout: Layout, cells: Sequence[str], said: str) -> set[Sign]:
    free = [cells[at] for at in layout.free if at < len(cells) and cells[at].strip()]
    folded = clean(" ; ".join(free)[:4000])[1] if free else b""
    found = set(signs(folded)) if folded else set()
    for column, sign in layout.signs:
        if column < len(cells) and cells[column].strip():
            found.add(sign)
    if any(at < len(cells) and cells[at].strip() for at in layout.police) or (said and rank(said)):
        found.add(Sign.POLICE)
    if Sign.POLICE not in found and folded and police(folded):
        found.add(Sign.POLICE)
    return found


# ------------------------------------------------------------------ the table


def _often(sample: Sequence[tuple[list[str], list[bytes]]], rows_read: int) -> bool:
    """Whether three of ten rows, SPOKEN at least, speak of police: of a sample fewer may by accident."""
    spoken = sum(police(b" ; ".join(cells)) for _, cells in sample)
    return spoken * 10 >= len(sample) * 3 and spoken * rows_read >= SPOKEN * max(1, len(sample))


def _signs(
    seen: _Seen, sample: Sequence[tuple[list[str], list[bytes]]], rows_read: int
) -> frozenset[Sign]:
    columns, desk = seen.columns, seen.desk
    plain = [row for row, _ in sample]

    def said(column: int) -> list[str]:
        return [cell for row in plain if column < len(row) and (cell := row[column].strip())]

    found = {OF_COLUMN[what] for at, what in columns.of.items() if what in OF_COLUMN and said(at)}
    fields = set(columns.of.values())
    kinds = sum((
        bool(fields.intersection(IDS)), Field.RANK in fields,
        Field.UNIT in fields, Field.VETTING in fields,
    ))  # fmt: skip
    if columns.headed and fields & {Field.NAME, Field.SURNAME} and kinds >= 2 and rows_read:
        found.add(Sign.STAFF_LIST)
    if desk.mails.force[: desk.mails.count[0]].any():
        found.update((Sign.FORCE, Sign.POLICE))
    if not any(is_vetting(cell) for at in columns.all(Field.VETTING) for cell in said(at)):
        found.discard(Sign.VETTING)  # a heading alone, with other things below it
    ranked = sum(rank(cell) is not None for at in columns.all(Field.RANK) for cell in said(at))
    talks = desk.says(POLICE)
    if (
        (ranked and ranked * max(1, rows_read) >= RANK_CELLS * max(1, len(plain)))
        or fields & {Field.WARRANT_NUMBER, Field.COLLAR_NUMBER}
        or police(clean(" ".join(seen.part.header))[1])
        or (talks and _often(sample, rows_read))
    ):
        found.update((Sign.POLICE_TABLE, Sign.POLICE))
    if talks:
        found.add(Sign.POLICE)
    return frozenset(found) | cases.shown(columns, plain)
