"""Where in a table what stands, for the kernel and for a closer look at a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matchers.people.around import OF_COLUMN, OF_POLICE
from matchers.people.columns import IDS, WHO, Columns
from matchers.people.cutting import Cut, Sample
from matchers.people.kernel import grid
from matchers.people.tables import Array
from watcher.api import Field, Sign

_PLACES = (("unit", Field.UNIT), ("location", Field.LOCATION), ("vetting", Field.VETTING))
# What says nothing about where a table's rows come from.
_NO_GROUP = frozenset({*WHO, Field.MIDDLE, Field.INITIALS, Field.RANK, Field.VETTING, Field.PHONE, Field.ADDRESS,
                       Field.POSTCODE, Field.BIRTH_DATE, Field.NATIONAL_INSURANCE, Field.PASSWORD})  # fmt: skip
MOST_GROUPING = 3
FEWEST_CELLS = 8  # of a sample, from which a column that repeats itself is seen to


def _places(columns: Sequence[int]) -> Array:
    return np.array(columns, dtype=np.int32)


@dataclass(frozen=True, slots=True)
class Layout:
    """`kernel`: as the kernel takes it, with room for its cells in `starts` and `ends`."""

    kernel: grid.Layout
    starts: Array
    ends: Array
    ranks: tuple[int, ...]
    headed_ids: frozenset[int]
    places: tuple[tuple[str, int], ...]
    signs: tuple[tuple[int, Sign], ...]
    police: tuple[int, ...]
    free: tuple[int, ...]

    @classmethod
    def of(cls, columns: Columns, width: int, cut: Cut) -> Layout:
        """The layout of a table with these columns. `width`: cells of its longest row."""
        surname = columns.all(Field.SURNAME)
        forename = columns.all(Field.FORENAME, Field.KNOWN_AS, Field.INITIALS)
        whole = columns.all(Field.NAME)
        if not surname and forename and whole:
            surname, whole = whole[:1], whole[1:]
        initials = set(columns.all(Field.INITIALS))
        of = columns.of.items()
        last = max(columns.of, default=0)
        least = min(last + 1, cut.usual // 2 + 1) if cut.usual else 0
        kernel = grid.Layout(
            surname=_places(surname),
            forename=_places(forename),
            initials=np.array([at in initials for at in forename], dtype=np.uint8),
            middle=_places(columns.all(Field.MIDDLE)),
            whole=_places([*whole, *(() if forename else surname)]),
            number=_places([*columns.all(*IDS), *sorted(columns.guessed_ids)]),
            mail=_places([at for at, what in of if what in (Field.EMAIL, Field.NUMBER)]),
            ends=np.array([ord(cut.cell), ord(cut.row), cut.quoted, least], dtype=np.int64),
        )
        last = max((int(each.max()) for each in kernel[:7] if each.size), default=0)
        return cls(
            kernel=kernel,
            starts=np.zeros(last + 1, dtype=np.int32),
            ends=np.zeros(last + 1, dtype=np.int32),
            ranks=tuple(columns.all(Field.RANK)),
            headed_ids=frozenset(columns.all(*IDS)),
            places=tuple((name, at) for name, wanted in _PLACES for at in columns.all(wanted)),
            signs=tuple((at, OF_COLUMN[what]) for at, what in of if what in OF_COLUMN),
            police=tuple(at for at, what in of if what in OF_POLICE),
            free=tuple(at for at in range(width) if at not in columns.of),
        )


def grouping(columns: Columns, sample: Sample) -> tuple[int, ...]:
    """
    The columns whose values may tell one customer's rows from another's.

    They hold few different values, again and again; settled without looking
    anything up.
    """
    body = [plain for plain, _ in sample.rows[columns.body :]]
    found = []
    for column in range(sample.width):
        if columns.of.get(column) in _NO_GROUP or column in columns.guessed_ids:
            continue
        cells = [cell for row in body if column < len(row) and (cell := row[column].strip())]
        distinct = len(set(cells))
        if len(cells) >= FEWEST_CELLS and 2 <= distinct * 2 <= len(cells):
            found.append((columns.of.get(column) is not Field.UNIT, distinct, column))
    return tuple(column for _, _, column in sorted(found)[:MOST_GROUPING])
