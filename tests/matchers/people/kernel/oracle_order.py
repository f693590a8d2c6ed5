"""
The readings of names in plain Python, to hold the kernel's against.

Written for clearness: words are bytes, names are tuples.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, product
from typing import NamedTuple

from matchers.people.words import PARTICLES, TITLES

MOST_UNITS = 6
MOST_PARTS = 4  # that hyphens join
MOST_INITIALS = 5
LONGEST = 24  # letters of a word in a name

_TOKEN = re.compile(rb"[a-z0-9]+")
_KEPT = frozenset({b"mc", b"mac"})  # never left out: McDonald is not Donald

Spelled = tuple[bytes, bytes]  # forename, surname


class Unit(NamedTuple):
    """One name: its parts, whether in capitals, and in which stretch between commas it stands."""

    parts: tuple[bytes, ...]
    capitals: bool
    segment: int
    kept: bool = False

    @property
    def joined(self) -> bytes:
        parts = self.parts
        return parts[0] if len(parts) == 1 else b"".join(parts)

    @property
    def is_letter(self) -> bool:
        parts = self.parts
        return len(parts) == 1 and len(parts[0]) == 1


class Readings(NamedTuple):
    """`main` ones decide who it is and how likely by chance; `narrowing` ones tell namesakes apart."""

    main: tuple[Spelled, ...]
    narrowing: tuple[Spelled, ...] = ()


NONE = Readings(())


def units(folded: bytes, text: str, dropped: frozenset[bytes] = TITLES) -> list[Unit]:
    """
    The names in this stretch of text; numbers, and titles beside two names, are left out.

    `folded` is its fold, offset by offset. Words with a digit among letters stay.
    """
    found: list[Unit] = []
    segment, end, whole = 0, 0, False
    for match in _TOKEN.finditer(folded):
        start, stop = match.span()
        gap = folded[end:start]
        joined = gap == b"-" and whole
        if gap != b" " and (b"," in gap or b";" in gap):
            segment += 1
        end = stop
        word = match.group()
        whole = not word.isdigit() and len(word) <= LONGEST * 2
        if not whole:
            continue
        capitals = text[start:end].isupper()
        if joined and found and found[-1].segment == segment and len(found[-1].parts) < MOST_PARTS:
            last = found[-1]
            found[-1] = Unit((*last.parts, word), last.capitals and capitals, segment)
        else:
            found.append(Unit((word,), capitals, segment))
    return without(found, dropped)


def without(found: list[Unit], dropped: frozenset[bytes] = TITLES) -> list[Unit]:
    """The names without titles, if two are left: `Ma` and `Ba` are names as well."""
    if not dropped:
        return found
    left = [unit for unit in found if unit.joined not in dropped]
    return left if len(left) >= 2 else found


def _merged(plain: Sequence[Unit]) -> list[Unit]:
    """Particles drawn to the name that follows them."""
    found: list[Unit] = []
    waiting: list[Unit] = []
    for unit in plain:
        if len(unit.parts) == 1 and unit.parts[0] in PARTICLES:
            waiting.append(unit)
            continue
        if waiting and waiting[0].segment == unit.segment:
            parts = tuple(part for each in waiting for part in each.parts)
            kept = parts[-1] in _KEPT
            found.append(Unit((*parts, *unit.parts), unit.capitals, unit.segment, kept))
        else:
            found.extend((*waiting, unit))
        waiting = []
    return [*found, *waiting]


def _as_forename(unit: Unit) -> list[bytes]:
    first = unit.parts[0]
    found = [first] if len(unit.parts) == 1 else [first, unit.joined]
    if unit.capitals and 2 <= len(first) <= 3 and len(unit.parts) == 1:
        found.append(first[:1])  # `JM` of `Smith JM`
    return found


def _as_surname(unit: Unit) -> list[bytes]:
    if len(unit.parts) == 1:
        return [unit.parts[0]]
    if unit.kept:
        return [unit.joined]
    ends = [b"".join(unit.parts[start:]) for start in range(1, len(unit.parts))]
    return [unit.joined, *ends, *(part for part in unit.parts[:-1] if part not in PARTICLES)]


def _pair(forename: Unit, surname: Unit) -> tuple[Spelled, ...]:
    """All readings of two names, each once."""
    if len(forename.parts) == 1 and len(surname.parts) == 1:  # as most have it
        first, last = forename.parts[0], surname.parts[0]
        if forename.capitals and 2 <= len(first) <= 3:
            return (first, last), (first[:1], last)  # as in `_as_forename`
        return ((first, last),)
    return tuple(dict.fromkeys(product(_as_forename(forename), _as_surname(surname))))


def _in_order(found: Sequence[Unit]) -> tuple[list[Spelled], list[Spelled]]:
    main: list[Spelled] = []
    narrowing: list[Spelled] = []
    count = len(found)
    loud = [unit for unit in found if _is_loud(unit)]
    if count >= 2 and 1 <= len(loud) < count and not (len(loud) == 1 and len(loud[0].joined) <= 3):
        quiet = [unit for unit in found if unit not in loud]
        for surname in loud:
            main.extend(_pair(quiet[0], surname))
            for other in quiet[1:]:
                narrowing.extend(_pair(other, surname))
        if len(loud) > 1:
            main.extend(
                (name, b"".join(unit.joined for unit in loud)) for name in _as_forename(quiet[0])
            )
        return main, narrowing
    if count == 2:
        main.extend((*_pair(found[0], found[1]), *_pair(found[1], found[0])))
    elif count > 2:
        for first, last in ((0, -1), (1, 0), (0, 1), (-1, 0)):
            main.extend(_pair(found[first], found[last]))
        for one, two in pairwise(found[1:]):
            main.append((found[0].parts[0], one.joined + two.joined))
        for other in found[1:-1]:
            narrowing.extend((*_pair(other, found[-1]), *_pair(other, found[0])))
    return main, narrowing


def _with_comma(left: Sequence[Unit], right: Sequence[Unit]) -> tuple[list[Spelled], list[Spelled]]:
    main: list[Spelled] = []
    narrowing: list[Spelled] = []
    for surname in reversed(left):
        main.extend(_pair(right[0], surname))
        for other in right[1:]:
            narrowing.extend(_pair(other, surname))
    if len(left) > 1:
        whole = b"".join(unit.joined for unit in left)
        main.extend((name, whole) for name in _as_forename(right[0]))
    return main, narrowing


def _initials_joined(found: Sequence[Unit]) -> list[Spelled]:
    """`J M Smith` as `jm` too: with a second initial fewer people are meant."""
    letters = [unit.parts[0] for unit in found if unit.is_letter]
    names = [unit for unit in found if not unit.is_letter]
    if len(letters) < 2 or not names:
        return []
    both = b"".join(letters[:3])
    return [
        (both[:size], name) for size in range(2, len(both) + 1) for name in _as_surname(names[-1])
    ]


def _of_two(one: Unit, two: Unit) -> Readings:
    """The commonest case, as the others would have it: nothing narrows it."""
    if one.segment != two.segment:
        return Readings(_pair(two, one))
    first, second = _is_loud(one), _is_loud(two)
    if first and not second and len(one.joined) > 3:
        return Readings(_pair(two, one))
    if second and not first and len(two.joined) > 3:
        return Readings(_pair(one, two))
    return Readings(tuple(dict.fromkeys((*_pair(one, two), *_pair(two, one)))))


def _is_loud(unit: Unit) -> bool:
    return unit.capitals and not unit.is_letter


def readings(plain: Sequence[Unit]) -> Readings:
    """How these names may be read as one person's; NONE if they cannot be."""
    if len(plain) == 2:
        return _of_two(*plain)
    main: dict[Spelled, None] = {}
    narrowing: dict[Spelled, None] = {}
    merged = _merged(plain)
    for found in (merged, plain) if len(merged) != len(plain) else (plain,):
        if not 2 <= len(found) <= MOST_UNITS:
            continue
        segments = sorted({unit.segment for unit in found})
        parts = [[unit for unit in found if unit.segment == segment] for segment in segments]
        if len(parts) == 1:
            chosen = [_in_order(found)]
        else:
            chosen = [_with_comma(parts[0], parts[1])]
            chosen.extend(_in_order(part) for part in parts if len(part) > 1)
        for one, other in chosen:
            main.update(dict.fromkeys(one))
            narrowing.update(dict.fromkeys(other))
        narrowing.update(dict.fromkeys(_initials_joined(found)))
    return Readings(
        tuple(main), tuple(pair for pair in narrowing if pair not in main and len(pair[0]) > 1)
    )


def in_run(found: Sequence[Unit]) -> Readings:
    """
    The readings of a run of capitalised words in prose.

    Words that are no names may stand before and after, so every two
    neighbours are read as well.
    """
    whole = readings(found)
    main = dict.fromkeys(whole.main)
    if len(found) > 2:
        for forename, surname in pairwise(found):
            main.update(dict.fromkeys(_pair(forename, surname)))
    return Readings(tuple(main), tuple(pair for pair in whole.narrowing if pair not in main))


def surnames_of(found: Sequence[Unit]) -> list[bytes]:
    """What may be the surname where no forename stands: each name, and all of them together."""
    whole = b"".join(unit.joined for unit in found)
    each = [name for unit in found if not unit.is_letter for name in _as_surname(unit)]
    return list(dict.fromkeys((whole, *each)))


def letters_of(initials: Sequence[Unit]) -> list[Unit]:
    """What a column of initials holds, letter by letter: `JM`, `J.M.` and `J M` are one."""
    whole = b"".join(unit.joined for unit in initials)
    if len(whole) > MOST_INITIALS:
        return list(initials)
    return [Unit((whole[i : i + 1],), capitals=True, segment=0) for i in range(len(whole))]


def in_columns(surname: Sequence[Unit], forename: Sequence[Unit]) -> Readings:
    """The readings of a row that says which is which."""
    if not surname or not forename or len(surname) + len(forename) > 2 * MOST_UNITS:
        return NONE  # a cell that long holds no name
    if len(surname) == 1 and len(forename) == 1:
        return Readings(_pair(forename[0], surname[0]))
    whole = forename[0].is_letter
    main: dict[Spelled, None] = {}
    names = list(dict.fromkeys(name for unit in surname for name in _as_surname(unit)))
    if len(surname) > 1:
        merged = b"".join(unit.joined for unit in surname)
        names = [merged, *(name for name in names if name not in PARTICLES and name != merged)]
    if surname[0].parts[0] in _KEPT and len(surname) > 1:
        names = [b"".join(unit.joined for unit in surname)]
    main.update(dict.fromkeys(product(_as_forename(forename[0]), names)))
    firsts = [name for unit in forename[1:] for name in _as_forename(unit)]
    if len(forename) > 1:
        firsts.append(b"".join(unit.joined for unit in forename))
    if whole:
        letters = b"".join(unit.parts[0] for unit in forename if unit.is_letter)
        firsts = [letters[:size] for size in range(2, min(3, len(letters)) + 1)]
    narrowing = [pair for pair in product(firsts, names) if pair not in main and len(pair[0]) > 1]
    return Readings(tuple(main), tuple(narrowing))
