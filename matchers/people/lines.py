"""
What one line, or one cell, holds: names in some order, a rank, numbers, addresses.

    PC 1234 John Smith · T/DS Smith 1234 · SMITH, John (Sgt) <j.smith@…> 4321
"""

from __future__ import annotations

from itertools import chain
from typing import NamedTuple

from matchers.people import mail, numbers
from matchers.people.around import ends_rank, ranks
from matchers.people.order import MOST_UNITS, Unit, units, without

# What may stand before a number, and is nobody's name then.
LABELS = frozenset(
    b"""
    pay payroll warrant collar shoulder epaulette no number num nr id ref staff service employee badge
    force officer fin card serial personnel
    """.split()
)
LONGEST = 160  # characters of a line that may be one person's


class Line(NamedTuple):
    """
    `units`: the names that are left when rank, titles, numbers and addresses
    are taken out. `leading`: the rank stood before them.
    """

    units: tuple[Unit, ...]
    rank: str
    numbers: tuple[numbers.Found, ...]
    addresses: tuple[mail.Address, ...]

    @property
    def is_name(self) -> bool:
        """Whether one person's name may be what is left."""
        if not 2 <= len(self.units) < MOST_UNITS:
            return False
        return len(self.units[0].joined) > 1 or any(not unit.is_letter for unit in self.units)


def masked(folded: bytes, addresses: tuple[mail.Address, ...]) -> bytes:
    """The text with addresses, and the secrets beside them, blanked out."""
    if not addresses:
        return folded
    blank = bytearray(folded)
    for each in addresses:
        blank[each.start : each.until] = b" " * (each.until - each.start)
    return bytes(blank)


def _is_name_word(unit: Unit) -> bool:
    word = unit.joined
    if word.isalpha():
        return True
    digits = sum(char < 0x3A for char in word)  # digits stand before letters in ASCII
    return digits == 0 or (digits * 3 <= len(word) and word[:1].isalpha())


def _without_rank(found: list[Unit]) -> tuple[list[Unit], str]:
    """The names without the first phrase that is a rank, and that rank."""
    ends = [ends_rank(unit.parts[-1]) for unit in found]
    if True not in ends:
        return found, ""
    for size in (4, 3, 2, 1):
        for start in range(len(found) - size + 1):
            if not ends[start + size - 1]:
                continue
            words = list(chain.from_iterable(unit.parts for unit in found[start : start + size]))
            if all(len(word) == 1 for word in words):
                continue  # `D. S. Smith` has two initials
            rank = ranks(b" ".join(words))
            if rank is None:
                continue
            rest = [*found[:start], *found[start + size :]]
            if len(rest) >= 2:
                return rest, rank
            # `Smith DC` are initials, `John Constable` is a name, `Con Smith` may be
            # either; `DC Smith` and `Sergeant Smith` are neither.
            if start == 0:
                either = len(b"".join(words)) <= 3 and not found[0].capitals
                return (found if either else rest), rank
    return found, ""


def parse(folded: bytes, text: str, shapes: numbers.Shapes) -> Line:
    """Take a clean line (see `words.clean`) apart."""
    addresses = tuple(mail.find(folded))
    plain = masked(folded, addresses)
    numbered = tuple(numbers.find(plain, shapes))
    names = [unit for unit in units(plain, text, frozenset()) if _is_name_word(unit)]
    if numbered:
        left = [unit for unit in names if unit.joined not in LABELS]
        names = names if len(left) == 1 else left  # `Badge` may be somebody's name
    names, rank = _without_rank(names) if len(names) <= MOST_UNITS + 4 else (names, "")
    return Line(tuple(without(names)), rank, numbered, addresses)
