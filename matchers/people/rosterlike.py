"""
Lists in plain text: one person, one number or one address a line.

Whether text is a list is seen from its lines before anything is looked up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from matchers.people.around import police, signs
from matchers.people.gather import Held
from matchers.people.identifiers import MailHit, NumberHit
from matchers.people.judge import NOBODY, Judged
from matchers.people.lines import LONGEST, Line, parse
from matchers.people.numbers import Found, Number, Shapes
from matchers.people.order import NONE, Readings, readings, surnames_of
from matchers.people.rolls import Count
from matchers.people.tools import Tools
from watcher.api import Family, Part, Record, Roll, Sign, Tally

SAMPLE = 200  # lines looked at to tell a list from prose
FEWEST = 3  # lines of a list
MOST_ALONE = 4  # names that may be one surname: `de la Cruz`, `Smith Jones`
SHORTEST = 3  # letters of a mistyped name on a line of its own (G of the law)


@dataclass(slots=True)
class _Row:
    number: int
    text: str
    folded: bytes
    line: Line
    # what they turn out to be
    spelled: Readings = NONE
    name: Judged = NOBODY
    hits: Sequence[tuple[Found, NumberHit | None]] = ()
    mails: Sequence[MailHit] = ()
    surnames: tuple[int, ...] = ()  # carriers of a surname that stands alone beside a rank


def _is_entry(line: Line) -> bool:
    if line.addresses or (not line.units and line.numbers):
        return True
    if not line.is_name and not (line.units and line.numbers and line.rank):
        return False
    return len(line.units) <= 3 or bool(line.rank or line.numbers)


def _looks_written(text: str, line: Line) -> bool:
    """Names have capitals, all of them or none at all on lines that hold nothing else."""
    letters = [char for char in text if char.isalpha()]
    if not any(char.isupper() for char in letters):
        return len(line.units) <= 2 or bool(line.numbers or line.addresses)
    words = [
        word for word in text.replace("-", " ").replace(",", " ").split() if word[:1].isalpha()
    ]
    lower = [word for word in words if word[0].islower() and "@" not in word]
    return len(lower) * 3 <= len(words)


def is_list(text: str, lines: Sequence[bytes], shapes: Shapes) -> bool:
    """Whether most of the lines that are not empty hold one entry each. `lines`: the text's, folded."""
    places: list[tuple[int, bytes]] = []
    at = 0
    for line in lines:
        if line and not line.isspace():
            places.append((at, line))
        at += len(line) + 1
    if len(places) < FEWEST:
        return False
    sample = places[:: max(1, len(places) // SAMPLE)]
    short = [(text[at : at + len(line)], line) for at, line in sample if len(line) <= LONGEST]
    if len(short) * 2 < len(sample):
        return False
    entries = 0
    for plain, folded in short:
        parsed = parse(folded, plain, shapes)
        entries += _is_entry(parsed) and (bool(parsed.addresses) or _looks_written(plain, parsed))
    return entries * 2 >= len(sample)


class ListReader:
    """Reads text of which `is_list` holds."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def read(self, part: Part, lines: Sequence[tuple[str, bytes]], overlap: int) -> Tally:
        """`lines`: all of them, clean, in order, the empty ones too."""
        rows: list[_Row] = []
        end = 0
        for index, (text, folded) in enumerate(lines):
            end += len(text) + 1
            if end > overlap and folded and not folded.isspace() and len(text) <= 4 * LONGEST:
                line = parse(folded, text, self._tools.identifiers.shapes)
                rows.append(_Row(part.first + index, text, folded, line))
        self._look_up(rows)
        piece: set[Sign] = set()
        if any(hit.force for row in rows for hit in row.mails):
            piece.update((Sign.FORCE, Sign.POLICE))
        if any(police(row.folded) for row in rows):
            piece.add(Sign.POLICE)
        records = [record for row in rows if (record := self._record(part, row)) is not None]
        return Tally(
            records=tuple(records),
            rolls=self._rolls(part, rows),
            tried=sum(bool(row.line.units) and bool(row.hits or row.mails) for row in rows),
            signs=((part.where, frozenset(piece)),) if piece else (),
        )

    def _look_up(self, rows: Sequence[_Row]) -> None:
        """All names, numbers and addresses of the list, together."""
        for row in rows:
            row.spelled = readings(row.line.units) if row.line.is_name else NONE
        names = self._tools.named([row.spelled for row in rows], shortest=SHORTEST)
        found = [each.number for row in rows for each in row.line.numbers]
        hits = iter(self._tools.identifiers.numbered(found))
        addresses = [each for row in rows for each in row.line.addresses]
        mails = iter(self._tools.identifiers.addressed(addresses))
        for row, name in zip(rows, names, strict=True):
            row.name = name
            if row.line.numbers:
                row.hits = [(each, next(hits)) for each in row.line.numbers]
            if row.line.addresses:
                row.mails = [next(mails) for _ in row.line.addresses]
        self._surnames_alone(rows)

    def _surnames_alone(self, rows: Sequence[_Row]) -> None:
        """Whose surname stands beside a rank, where a number or an address may mean one of them."""
        ranked = [
            (row, surnames_of(row.line.units))
            for row in rows
            if row.line.rank
            and 0 < len(row.line.units) <= MOST_ALONE
            and (any(hit for _, hit in row.hits) or any(hit.officers for hit in row.mails))
        ]
        alone = self._tools.lexicon.words(name for _, names in ranked for name in names)
        for row, names in ranked:
            carriers = [
                self._tools.judge.carriers(alone[name].surname)
                for name in names
                if alone[name].surname >= 0
            ]
            row.surnames = tuple(chain.from_iterable(carriers))

    def _record(self, part: Part, row: _Row) -> Record | None:
        name = row.name if row.name.officers else None
        if name is None and not row.hits and not row.mails:
            return None
        held = Held(name=name, surnames=row.surnames, rank=row.line.rank)
        held.addresses = [hit for hit in row.mails if hit.officers]
        known = {*row.name.officers, *row.surnames}
        known.update(officer for hit in held.addresses for officer in hit.officers)
        for found, hit in row.hits:
            if hit is None:
                continue
            same = {role: each for role, each in hit.officers.items() if known.intersection(each)}
            weak = found.weak and not row.line.rank
            if same:
                held.numbers.append((NumberHit(same, hit.bits, hit.chance), weak))
            elif not row.line.units and not weak and (len(row.hits) == 1 or row.line.rank):
                held.numbers.append((hit, weak))
        numbered = {
            officer for hit, _ in held.numbers for each in hit.officers.values() for officer in each
        }
        if name and numbered and not numbered.intersection(name.officers):
            held.name = None  # `Con Smith 1234` was a rank and a surname after all
        if not (held.name or held.numbers or held.addresses):
            return None
        held.signs = set(signs(row.folded))
        if row.line.rank or police(row.folded):
            held.signs.add(Sign.POLICE)
        if any(hit.force for hit in row.mails):
            held.signs.update((Sign.FORCE, Sign.POLICE))
        if any(each.until > each.end for each in row.line.addresses):
            held.signs.add(Sign.SECRET)
        return self._tools.gatherer.record(part.where, row.number, held)

    def _rolls(self, part: Part, rows: Sequence[_Row]) -> tuple[Roll, ...]:
        shapes = self._tools.identifiers.shapes
        name, mailbox = Count(Family.NAME), Count(Family.MAIL)
        ids: list[tuple[Number, float | None, int]] = []  # the chance of a hit
        for row in rows:
            if row.line.is_name:
                spelled = b" ".join(unit.joined for unit in row.line.units)
                name.add(spelled, row.name.chance, row.number, hit=bool(row.name.officers))
            strong = [
                (found.number, hit.chance if hit else None)
                for found, hit in row.hits
                if row.line.rank or not found.weak
            ]
            for address, mailed in zip(row.line.addresses, row.mails, strict=True):
                if mailed.number is None:
                    mailbox.add(address.whole, mailed.chance, row.number, hit=bool(mailed.officers))
                else:
                    strong.append((mailed.number, mailed.chance if mailed.officers else None))
            if strong:  # one a line: the one whose shape says most, whether enrolled or not
                found, hit_chance = max(strong, key=lambda pair: shapes.bits(pair[0].shape))
                ids.append((found, hit_chance, row.number))
        crowded = self._tools.identifiers.crowded(
            [found for found, hit, _ in ids if hit is not None]
        )
        share = iter(crowded)
        number = Count(Family.NUMBER)
        for found, hit_chance, place in ids:
            chance = shapes.density(found)
            if hit_chance is not None:
                chance = min(0.98, max(hit_chance, next(share), 1e-9))
            number.add(found.full, chance, place, hit=hit_chance is not None)
        rolls = (name.roll(part, self._tools.key), mailbox.roll(part, self._tools.key),
                 number.roll(part, self._tools.key))  # fmt: skip
        return tuple(roll for roll in rolls if roll is not None)
