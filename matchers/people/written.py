"""
Text that is no table: lines of lists, and running text between them.

Lists are read by lines, everything else by runs of capitalised words and by
whatever stands beside a number or an address. All are rows of the same rolls.
"""

from __future__ import annotations

import numpy as np

from matchers.people.accidents import by_bits, in_rows
from matchers.people.chance import Rule
from matchers.people.counting import Rolls
from matchers.people.desk import Desk
from matchers.people.engine import Engine
from matchers.people.kernel import beside, lines, rows, runs
from matchers.people.kernel.arrays import WEAK
from matchers.people.kernel.rolling import ANY
from matchers.people.kernel.spoken import spoken
from matchers.people.kernel.whose import CLOSE
from matchers.people.listing import list_records, strange_records
from matchers.people.running import prose_records
from matchers.people.tables import Array
from matchers.people.window import Written
from watcher.api import Part, Record, Sign, Tally

# For each officer this share of the numbers in English text has the name beside it in
# small letters: measured 0.36 % at 10,000 officers and 1.2 % at 47,000.
SMALL = 4e-7


def read(engine: Engine, part: Part, text: str) -> Tally:
    """What a window of text shows; `text` is the part's, as long as it."""
    desk = engine.desk()
    seen = desk.until_it_fits(lambda: _laid_out(engine, desk, part, text))
    rolls = Rolls(engine, desk, part, lines=seen.lines)
    rolls.names(desk.rows, desk.runs)
    rolls.mails(desk.rows)
    rolls.numbers(desk.rows, desk.numbers, ANY)
    police, talks = _spoken(desk)
    found: list[Record] = list_records(seen, everything=rolls.promising)
    found += prose_records(seen, everything=rolls.promising)
    found += strange_records(seen)
    return Tally(
        records=tuple(sorted(found, key=lambda record: record.number)),
        rolls=rolls.found,
        tried=_tried(seen),
        accidents=_accidents(seen, police),
        signs=_signs(seen, talks=talks),
    )


def _laid_out(engine: Engine, desk: Desk, part: Part, text: str) -> Written:
    cls = desk.lay_out(text)
    pieces, places = desk.pieces(cls)
    chosen, behind = desk.chosen[0], part.overlap
    words, tokens, numbers, mails = desk.words, desk.tokens, desk.numbers, desk.mails
    lines.shapes(pieces, words, tokens, desk.public, numbers, mails, chosen, desk.rank, desk.wanted)
    lines.listed(pieces)
    lines.paired(pieces, desk.wanted, chosen)
    lines.read(pieces, behind, tokens, numbers, mails, desk.wanted, desk.rows)
    lines.addresses(pieces, behind, mails, desk.rows)
    runs.read(pieces, behind, desk.public, words, tokens, chosen, desk.wanted, desk.runs)
    desk.ask()
    desk.settle(numbers)
    held = desk.rows
    agree = (held.shown[: held.count[0]] & (rows.AGREES | rows.RUNNING)) == rows.AGREES
    pieces.member[held.number[: held.count[0]][agree]] = lines.TOLD
    runs.settle(desk.public, words, tokens, desk.names, desk.wanted, desk.runs)
    beside.look(
        pieces, behind, desk.index, desk.public, words, tokens, numbers, mails, desk.runs,
        desk.chosen, desk.wanted, desk.names, desk.beside,
    )  # fmt: skip
    desk.ask()
    count = int(desk.beside.count[0])
    request = desk.beside.name[:count]
    desk.beside.name[:count] = np.where(request >= 0, desk.wanted.found[request], -1)
    return Written(part, text, cls, pieces.start, places, pieces.member, desk, engine)


def _tried(seen: Written) -> int:
    """How often a name and a number, or an address, stood together."""
    held = seen.desk.rows
    count = int(held.count[0])
    both = (held.shown[:count] & rows.NAMED) != 0
    with_id = (held.ids[1, :count] > held.ids[0, :count]) | (
        held.mails[1, :count] > held.mails[0, :count]
    )
    return int((both & with_id).sum()) + int(seen.desk.beside.count[1])


def _spoken(desk: Desk) -> tuple[Array, bool]:
    """Where police words and ranks stand; and whether there is a police word."""
    places = np.empty(int(desk.tokens.count[0]), dtype=np.int32)
    count, talks = spoken(desk.words, desk.tokens, places)
    return places[:count], talks


def _accidents(seen: Written, police: Array) -> tuple[float, ...]:
    """
    The chances that numbers are those of the people named beside them; see Tally.

    And of surnames alone that may stand beside a number after a police word,
    and of names in small letters, which are looked for only beside numbers that are enrolled.
    """
    desk, names = seen.desk, seen.desk.names
    found = [in_rows(desk.rows, names, desk.numbers)]
    count = int(desk.runs.count[0])
    name = desk.runs.name[:count]
    ours = np.flatnonzero(names.stop[name] > names.start[name])
    starts, people = desk.runs.start[ours], (names.stop - names.start)[name[ours]]
    numbered = int(desk.numbers.count[0])
    counts = np.flatnonzero(
        (desk.numbers.weak[:numbered] != WEAK) & (desk.numbers.end[:numbered] > seen.part.overlap)
    )
    start, end = desk.numbers.start[counts], desk.numbers.end[counts]
    each = 2.0 ** -desk.numbers.bits[counts]
    if ours.size:
        low = np.searchsorted(starts, start - beside.WINDOW)
        high = np.searchsorted(starts, end + beside.WINDOW, side="right")
        found += [
            people[low[at] : high[at]] * each[at] for at in np.flatnonzero(high > low).tolist()
        ]
    if police.size:
        near = np.searchsorted(police, start) > np.searchsorted(police, start - 2 * CLOSE)
        found.append(2.0 ** -seen.engine.bits[Rule.SURNAME] * each[near])
    small = by_bits(each, min(1.0, SMALL * int(desk.index.officers[0])))
    return tuple((by_bits(np.concatenate(found)) + small).tolist())


def _signs(seen: Written, *, talks: bool) -> tuple[tuple[str, frozenset[Sign]], ...]:
    desk = seen.desk
    shown: set[Sign] = set()
    if desk.mails.force[: desk.mails.count[0]].any():
        shown.update((Sign.FORCE, Sign.POLICE))
    elif talks:
        shown.add(Sign.POLICE)
    return ((seen.part.where, frozenset(shown)),) if shown else ()
