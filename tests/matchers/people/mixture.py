"""
Small texts of every kind, ours and others' people in them, and what a tally says of them, in plain values.

For comparing one way of running the matcher with another.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from typing import TypeAlias

from tests.matchers.people.crowd import DOMAIN, people, recogniser
from watcher.api import CELL, ROW, Part, Person, Segment, Tally

CROWD = people(40, seed=6)
_OTHERS = (
    "Bruno Xyzzy",
    "Carlo Frobozz",
    "Dario Plugh",
    "Egon Quux",
    "Abel O’Plover-Quux",
    "Li Ng",
)
_FILLING = (
    "it was a bright cold day in April, and then", "In 1987 the price was £4,321 or 59 pounds;",
    "He went to the Dog Section.", "Det Sgt", "pc", "Ring PC", "call 0161 496 0000", "at 12:30 on 5/6/2021",
    "The custody sergeant", "a@b.example", "http://c.example/?id=5123456", "deadbeef1987", "S m i t h",
    "J. R.", "-----", "“", "\u200b", "&amp; \\u0041nn", "Address: 12 Low Road, LS6 2QT",
)  # fmt: skip

Floats: TypeAlias = list[float]
Plain: TypeAlias = tuple[list[object], Floats]


def _mistyped(dice: random.Random, word: str) -> str:
    at = dice.randrange(len(word))
    return word[:at] + dice.choice(("", "x", word[at] * 3, "\u00ad" + word[at])) + word[at + 1 :]


def _written(dice: random.Random) -> str:
    """Somebody, in some spelling."""
    person = dice.choice(CROWD)
    f, s = person.forename, person.surname
    pay, collar = (number for _, number in person.numbers)
    said = dice.choice((
        f"{f} {s}", f"{s.upper()}, {f}", f"{s} {f[:1]}", f"{f[:1]}. {s}", f"{s}, {f} {person.middle}",
        f"PC {collar} {f} {s}", f"Sgt {s} {collar}", f"{f} {s} {pay}", f"{s} {pay[:3]} {pay[3:]}",
        person.emails[0], f"{person.emails[0]}:hunter22", f"{f}.{s}@{DOMAIN}", f"{collar}@{DOMAIN}",
        f"{f} {s}".lower(), f"{f} {s} {person.emails[0]}", " ".join(f"{f} {s}"), pay, f"{f}{s}",
    ))  # fmt: skip
    return _mistyped(dice, said) if dice.random() < 0.3 else said


def _text(dice: random.Random) -> str:
    kind = dice.randrange(4)
    pieces = [
        dice.choice((_written(dice), dice.choice(_OTHERS), dice.choice(_FILLING)))
        for _ in range(dice.randrange(1, 12))
    ]
    if kind == 0:
        return " ".join(pieces)
    if kind == 1:
        return dice.choice(("; ", " | ", ", ")).join(pieces)
    return "\n".join(pieces) + dice.choice(("", "\n", "\r\n"))


def _cells(dice: random.Random, person: Person) -> tuple[str, ...]:
    return (
        person.surname, person.forename, dice.choice((person.numbers[0][1], "", "C5999999")),
        person.rank, person.unit, dice.choice((person.emails[0], "", "a@b.example")),
    )  # fmt: skip


def part(dice: random.Random) -> Part:
    """A text, a table as readers give it, or separated values with or without headings."""
    kind = dice.randrange(4)
    if kind < 2:
        text = _text(dice)
        return Part(where="w", text=text, first=dice.choice((1, 9)), overlap=dice.choice((0, len(text) // 3)))  # fmt: skip
    rows = [_cells(dice, dice.choice(CROWD)) for _ in range(dice.randrange(1, 9))]
    if dice.random() < 0.7:
        rows.insert(0, ("Surname", "Forename", "Pay No", "Rank", "Unit", "E-mail"))
    if kind == 2:
        text = "".join("".join(cell + CELL for cell in row) + ROW for row in rows)
        return Part(where="w", text=text, table=True)
    return Part(where="w", text="\n".join(dice.choice((",", ";", "\t")).join(row) for row in rows))


def _segment(segment: Segment, floats: Floats) -> list[object]:
    floats.extend(segment.chance)
    floats.append(segment.expected)
    whole = [segment.first, segment.last, segment.entries, segment.tail]
    held = (segment.keys, segment.numbers, segment.gaps, segment.starts, segment.officers)
    groups = [
        [group.column, list(group.values), sorted(zip(group.missed, group.misses, strict=True))]
        for group in segment.groups
    ]
    return [whole, [list(each) for each in held], groups]


def plain(tally: Tally) -> Plain:
    """All that a tally says: what must be equal, and what may differ in its last digits."""
    floats: Floats = []
    said: list[object] = [tally.tried, [[where, sorted(shown)] for where, shown in tally.signs]]
    for record in tally.records:
        floats.extend(match.bits for match in record.matches)
        said.append([
            record.where, record.number, sorted(record.signs),
            [[each.field, each.family, each.edits, each.carriers, list(each.officers)]
             for each in record.matches],
        ])  # fmt: skip
    for roll in tally.rolls:
        segments = [_segment(segment, floats) for segment in roll.segments]
        said.append([roll.family, list(roll.columns), list(roll.ungrouped), segments])
    floats.extend(tally.accidents or ())
    return said, floats


def tallies(count: int, seed: int) -> list[Plain]:
    """What the matcher says of as many texts."""
    reader, dice = recogniser(CROWD), random.Random(seed)
    return [plain(reader.match(part(dice))) for _ in range(count)]


def elsewhere(count: int, seed: int, timeout: int, **environment: str) -> list[Plain]:
    """The same from another process with another environment."""
    script = (
        "import json, numpy\n"
        f"from {__name__} import tallies\n"
        f"with numpy.errstate(over='ignore'): print(json.dumps(tallies({count}, {seed})))\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", script],
        check=True, stdout=subprocess.PIPE, timeout=timeout, env={**os.environ, **environment},
    )  # fmt: skip
    return [(said, floats) for said, floats in json.loads(found.stdout)]


def here(count: int, seed: int) -> list[Plain]:
    """The same from this process, as it comes out of another."""
    return [(said, floats) for said, floats in json.loads(json.dumps(tallies(count, seed)))]
