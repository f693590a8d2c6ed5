"""
Which column of a table holds what: by its headings, else by what is in it.

Settled before anything is looked up, except that without headings the columns
of single-word names are told apart by how many known forenames and surnames
they hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from matchers.people import mail, numbers
from matchers.people.lexicon import Lexicon
from matchers.people.words import cut
from watcher.api import Field, headings, is_vetting, rank

HEADING_ROWS = 15
SAMPLE = 200  # rows looked at to tell what a column holds
MOSTLY = 0.8
FEWEST_CELLS = 5
IDS = (Field.PAY_NUMBER, Field.WARRANT_NUMBER, Field.COLLAR_NUMBER, Field.NUMBER)
WHO = frozenset({
    *IDS, Field.NAME, Field.SURNAME, Field.FORENAME, Field.KNOWN_AS, Field.EMAIL,
})  # fmt: skip

Table = Sequence[tuple[list[str], list[bytes]]]  # rows of plain and of folded cells


@dataclass(slots=True)
class Columns:
    """`of`: column → field; `headed`: said by headings; `body`: the first row after them."""

    of: dict[int, Field] = field(default_factory=dict)
    headed: bool = False
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
        found.of, found.headed = of, True
    else:
        for index, (plain, _) in enumerate(rows[:HEADING_ROWS]):
            if of := headings(plain):
                found.of, found.headed, found.body = of, True, index + 1
                break
    body = rows[found.body :]
    step = max(1, len(body) // SAMPLE)
    _guess(found, body[::step], lexicon)
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
        if len(plain) >= FEWEST_CELLS and _share(plain, is_vetting) >= MOSTLY:
            found.of[column] = Field.VETTING  # rarely found in any other data
            continue
        if column in found.of:
            continue
        if _share(folded, lambda cell: bool(mail.find(cell))) >= MOSTLY:
            found.of[column] = Field.EMAIL
        elif _share(plain, lambda cell: rank(cell) is not None) >= MOSTLY:
            found.of[column] = Field.RANK
        elif _share(folded, _is_number) >= MOSTLY:
            found.guessed_ids.add(column)
        elif not found.headed and len(plain) * 2 >= len(sample):
            words = [cut(cell) for cell in folded]
            if _share(words, _is_full_name) >= MOSTLY:
                found.of[column] = Field.NAME
            elif _share(words, lambda each: len(each) in (1, 2) and _letters(each)) >= MOSTLY:
                single.append((column, [each[0] for each in words if each]))
    if not found.headed and not found.all(Field.NAME):
        _tell_apart(found, single, lexicon)


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


def _share(cells: Sequence[object], holds: object) -> float:
    assert callable(holds)
    return sum(bool(holds(cell)) for cell in cells) / len(cells) if cells else 0.0


def _letters(words: Sequence[bytes]) -> bool:
    return all(word.isalpha() for word in words)


def _is_full_name(words: Sequence[bytes]) -> bool:
    return 2 <= len(words) <= 4 and _letters(words)


def _is_number(cell: bytes) -> bool:
    """`C 5480123`, but not `Marcus: C5480123`, which holds a name as well."""
    if len(cell) > 24 or b"@" in cell or any(w.isalpha() and len(w) > 3 for w in cut(cell)):
        return False
    return numbers.parse(cell) is not numbers.NONE
