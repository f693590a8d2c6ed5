"""
Runs of capitalised words in running text: what may be names there.

Found by the shape of the text alone, before anything is looked up: they are
the rows that a list in prose is counted by.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from matchers.people.around import ranks
from matchers.people.fold import fold_with_case
from matchers.people.judge import NOBODY, Judged
from matchers.people.order import NONE, Readings, in_run, units
from matchers.people.words import TITLES

# in the shape of a text: A a capital, a a small letter, 0 a digit
_RUN = re.compile(rb"A(?<![aA0]A)[aA]*(?:(?:[ \-]|(?<=[^aA]A)\. ?|(?<=AA), ?)A[aA]*){1,5}(?![aA0])")
_PARTICLE = re.compile(
    rb" (?:de la|de las|de los|van der|van den|van de|von der|de|del|della|da|dos|das|van|von|bin|ibn|al|el|ni|nic|ui|y)"
    rb"(?=[ \-][a-z])"
)
# Words that begin a sentence and are nobody's name.
_OPENERS = frozenset(
    b"""
    the a an in on at when while but and or if as it its this that these those then there here after
    before since for from with without by to of into over under he she we they you his her our their
    your my who what where why how yesterday today tomorrow meanwhile however also not no yes was is
    are were has had have will would can could may might must did does do dear hi hello thanks re fw
    fwd subject sent cc regards monday tuesday wednesday thursday friday saturday sunday
    """.split()
)
_DROPPED = TITLES | _OPENERS


@dataclass(slots=True)
class Run:
    """Its place, key (equal names have equal ones), readings, and the rank it begins with."""

    start: int
    end: int
    key: bytes
    spelled: Readings
    rank: str
    judged: Judged = NOBODY


def find(text: str, plain: bytes) -> list[Run]:
    """Runs of capitalised words; each is one row, whether anybody has that name or not."""
    _, upper = fold_with_case(text)
    codes = np.frombuffer(plain, dtype=np.uint8)
    shape = codes.copy()
    letters = (codes >= 0x61) & (codes <= 0x7A)
    shape[letters] = 0x61
    shape[letters & upper] = 0x41
    shape[(codes >= 0x30) & (codes <= 0x39)] = 0x30
    for match in _PARTICLE.finditer(plain):
        start, end = match.span()
        shape[start:end][letters[start:end]] = 0x41
    found: list[Run] = []
    memory: dict[tuple[bytes, bytes], tuple[Readings, bytes, str]] = {}
    shapes = shape.tobytes()
    for match in _RUN.finditer(shapes):
        start, end = match.span()
        look = (plain[start:end], match.group())
        known = memory.get(look)
        if known is None:
            known = memory[look] = _read_run(plain[start:end], text[start:end])
        spelled, key, rank = known
        if key:
            found.append(Run(start, end, key, spelled, rank))
    return found


def _read_run(folded: bytes, text: str) -> tuple[Readings, bytes, str]:
    """Readings, key and leading rank of one run; no key: no name is left."""
    found = units(folded, text, _DROPPED)
    found = [unit for unit in found if not any(char < 0x3A for char in unit.joined)]
    rank = ""
    for size in (4, 3, 2, 1):
        words = [part for unit in found[:size] for part in unit.parts]
        if all(len(word) == 1 for word in words):
            continue  # `D. S. Smith` has two initials
        if len(found) > size and (named := ranks(b" ".join(words))):
            if len(found) - size < 2 and size == 1 and len(words[0]) == 2:
                return NONE, b"", ""  # `DC Smith`: a rank, or initials; either way no full name
            found, rank = found[size:], named
            break
    if len(found) < 2 or all(unit.is_letter for unit in found):
        return NONE, b"", ""
    spelled = in_run(found)
    key = b" ".join(unit.joined for unit in found)
    if any(unit.capitals for unit in found) and any(unit.segment for unit in found):
        key += b","
    return spelled, key, rank
