"""
Which column of a table holds what: by its headings, else by what is in it.

Settled before anything is looked up, except that without headings the columns
of single-word names are told apart by how many known forenames and surnames
they hold.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from matchers.people import mail, numbers
from matchers.people.lexicon import Lexicon
from matchers.people.words import cut
from watcher.api import Field, heading, headings, is_vetting, rank

HEADING_ROWS = 15
SAMPLE = 200  # rows looked at to tell what a column holds
MOSTLY = 0.8
FEWEST_CELLS = 5
FEWEST_ALIKE = 12  # cells, from which on it is seen that they repeat themselves
ALIKE = 4  # cells to one value, of what is no list of people
MOST_WORDS = 5  # of a rank and a name
IDS = (Field.PAY_NUMBER, Field.WARRANT_NUMBER, Field.COLLAR_NUMBER, Field.NUMBER)
WHO = frozenset({
    *IDS, Field.NAME, Field.SURNAME, Field.FORENAME, Field.KNOWN_AS, Field.EMAIL,
})  # fmt: skip

NAMED = frozenset({Field.NAME, Field.SURNAME})

_FINE = 1e-9  # a share of a whole number is hardly ever one itself
_C = TypeVar("_C")

Table = Sequence[tuple[list[str], list[bytes]]]  # rows of plain and of folded cells


@dataclass(slots=True)
class Columns:
    """`of`: column → field; `headed`: said by `headings`; `body`: the first row after them."""

    of: dict[int, Field] = field(default_factory=dict)
    headed: bool = False
    headings: Sequence[str] = ()
    body: int = 0
    guessed_ids: set[int] = field(default_factory=set)

    def all(self, *fields: Field) -> list[int]:
        """The columns of these fields, in their order, fields first."""
        return [column for wanted in fields for column, each in self.of.items() if each is wanted]

    @property
    def say_who(self) -> bool:
        """Whether any column is known to name people, by whatever identifier."""
        return bool(self.guessed_ids) or any(field in WHO for field in self.of.values())

    def names(self) -> tuple[str, ...]:
        """The fields in order, "" for unknown columns."""
        width = max(self.of, default=-1) + 1
        return tuple(str(self.of.get(column, "")) for column in range(width))


def find(rows: Table, header: tuple[str, ...], lexicon: Lexicon) -> Columns:
    """The columns of a table, of which `header` is the first row if this is a later window."""
    found = Columns()
    if header and (of := headings(list(header))):
        found.of, found.headed, found.headings = of, True, header
    else:
        for index, (plain, _) in enumerate(rows[:HEADING_ROWS]):
            if of := headings(plain):
                found.of, found.headed, found.body = of, True, index + 1
                found.headings = plain
                break
    body = rows[found.body :]
    step = max(1, len(body) // SAMPLE)
    _guess(found, body[::step], lexicon)
    if not found.headed:
        _mend(found, rows, header)
    return found


def _guess(found: Columns, sample: Table, lexicon: Lexicon) -> None:
    width = max((len(plain) for plain, _ in sample), default=0)
    single: list[tuple[int, list[bytes]]] = []
    for column in range(width):
        plain = [row[0][column].strip() for row in sample if column < len(row[0])]
        folded = [row[1][column].strip() for row in sample if column < len(row[1])]
        plain = [cell for cell in plain if cell]
        folded = [cell for cell in folded if cell]
        if not plain or not folded:
            continue
        if len(plain) >= FEWEST_CELLS and mostly(plain, is_vetting):
            found.of[column] = Field.VETTING  # rarely found in any other data
            continue
        if column in found.of:
            continue
        if mostly(folded, lambda cell: bool(mail.find(cell))):
            found.of[column] = Field.EMAIL
        elif mostly(plain, lambda cell: rank(cell) is not None):
            found.of[column] = Field.RANK
        elif mostly(folded, _is_number):
            found.guessed_ids.add(column)
        elif not found.headed and len(plain) * 2 >= len(sample):
            words = [cut(cell) for cell in folded]
            if mostly(words, _is_full_name) and not _repeats(folded):
                found.of[column] = Field.NAME
            elif mostly(words, lambda each: len(each) in (1, 2) and _letters(each)):
                single.append((column, [each[0] for each in words if each]))
    if not found.headed and not found.all(Field.NAME):
        _tell_apart(found, single, lexicon)


def _mend(found: Columns, rows: Table, header: tuple[str, ...]) -> None:
    """
    What was guessed, as far as one heading or a better column leaves it standing.

    Two columns that may be the names leave none: rows are then read as lines, with all that they hold.
    """
    if Field.SURNAME in found.of.values():
        return
    guessed = [column for column, field in found.of.items() if field is Field.NAME]
    one = _one_heading(rows, header)
    if one is None:
        others = [each for each in range(_width(rows)) if each not in guessed]
        if guessed and any(_is_told(rows, column) for column in others):
            for column in guessed:
                del found.of[column]
        return
    column, field, at = one
    if field in NAMED and [each for each in guessed if each != column]:
        for each in guessed:
            del found.of[each]
        return
    found.of[column], found.headed, found.body = field, True, at + 1
    found.headings = header if at < 0 else rows[at][0]
    found.guessed_ids.discard(column)


def _one_heading(rows: Table, header: tuple[str, ...]) -> tuple[int, Field, int] | None:
    """
    (column, field, row) where one heading says who, and what stands below bears it out.

    The headings are the `header` (row −1) or the first row that is more than a
    title; no cell of them is data.
    """
    candidates = [(-1, header)] if header else enumerate(row for row, _ in rows[:HEADING_ROWS])
    for at, plain in candidates:
        cells = {column: cell.strip() for column, cell in enumerate(plain) if cell.strip()}
        if len(cells) < 2:
            continue
        said = [(place, each) for place, cell in cells.items() if (each := heading(cell)) in WHO]
        if len(said) != 1 or any(map(_is_value, cells.values())):
            return None
        column, field = said[0]
        below = [
            folded[column].strip()
            for plain, folded in rows[at + 1 :]
            if column < len(folded) and plain[column].strip()
        ]
        own = cells[column].casefold().encode("ascii", "replace")
        fits = below and own not in below and mostly(below, _FITS.get(field, _is_number))
        return (column, field, at) if fits else None
    return None


def _is_value(cell: str) -> bool:
    return "@" in cell or any(map(str.isdigit, cell))


def _is_told(rows: Table, column: int) -> bool:
    """Whether a column mostly holds a name with a number: `PC 4471 Una Nobody`."""
    cells = [each for _, row in rows if column < len(row) and (each := row[column].strip())]
    return len(cells) * 2 >= len(rows) and mostly(cells, _is_numbered)


def _is_numbered(cell: bytes) -> bool:
    words = cut(cell)
    return 2 <= sum(map(bytes.isalpha, words)) <= MOST_WORDS and any(map(bytes.isdigit, words))


def _names_somebody(cell: bytes) -> bool:
    return 1 <= sum(map(bytes.isalpha, cut(cell))) <= MOST_WORDS


def _width(rows: Table) -> int:
    return max((len(plain) for plain, _ in rows), default=0)


def _tell_apart(
    found: Columns, single: Sequence[tuple[int, list[bytes]]], lexicon: Lexicon
) -> None:
    """The forename and surname columns among those of single words."""
    if len(single) < 2:
        return
    scores: list[tuple[int, float, float]] = []
    for column, tokens in single:
        words = lexicon.words(tokens)
        count = len(tokens)
        forenames = sum(words[token].forename >= 0 for token in tokens) / count
        surnames = sum(words[token].surname >= 0 for token in tokens) / count
        scores.append((column, forenames, surnames))
    pairs = [
        (one[1] + two[2], one[0], two[0]) for one in scores for two in scores if one[0] != two[0]
    ]
    score, forename, surname = max(pairs)
    if score > 0.1:
        found.of[forename], found.of[surname] = Field.FORENAME, Field.SURNAME


def mostly(cells: Sequence[_C], holds: Callable[[_C], object], share: float = MOSTLY) -> bool:
    """
    Whether this holds for so many of the cells; False where there are none.

    As soon as too many have failed no other is looked at: most columns are not most things.
    """
    left = len(cells) - math.ceil(share * len(cells) - _FINE)
    for cell in cells:
        if not holds(cell):
            left -= 1
            if left < 0:
                return False
    return bool(cells)


def _letters(words: Sequence[bytes]) -> bool:
    return all(word.isalpha() for word in words)


def _is_full_name(words: Sequence[bytes]) -> bool:
    return 2 <= len(words) <= 4 and _letters(words)


def _repeats(cells: Sequence[bytes]) -> bool:
    """Whether a column holds few values again and again: `written warning`, `no action`."""
    return len(cells) >= FEWEST_ALIKE and len(set(cells)) * ALIKE <= len(cells)


def _is_number(cell: bytes) -> bool:
    """`C 5480123`, but not `Marcus: C5480123`, which holds a name as well."""
    if len(cell) > 24 or b"@" in cell or any(w.isalpha() and len(w) > 3 for w in cut(cell)):
        return False
    return numbers.parse(cell) is not numbers.NONE


# What a cell must be under a heading that stands alone; others hold numbers.
_FITS: dict[Field, Callable[[bytes], bool]] = {
    Field.NAME: _names_somebody,
    Field.SURNAME: _names_somebody,
    Field.FORENAME: _names_somebody,
    Field.KNOWN_AS: _names_somebody,
    Field.EMAIL: lambda cell: bool(mail.find(cell)),
}
