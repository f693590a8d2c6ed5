"""
What a window counted, as rolls: names, addresses and numbers, each a list of its own.

A window *promises* a list where its own rows already say more than chance
would: then every row that is ours is told with all that stands in it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matchers.people import segments
from matchers.people.desk import Desk
from matchers.people.engine import Engine
from matchers.people.kernel import rolling
from matchers.people.kernel.arrays import Numbers
from matchers.people.kernel.rolling import Counted
from matchers.people.kernel.rows import Rows
from matchers.people.mail import BITS
from matchers.people.tables import Array
from watcher.api import Family, Group, Part, Roll

MOST_VALUES = 1 << 12  # of a column by which rows are grouped, in one window
PROMISING = 2.0  # bits: innocent lists of every community stay below one

Values = dict[int, "np.ndarray[tuple[int], np.dtype[np.uint64]]"]  # by column, a hash for each row


class Rolls:
    """
    The rolls of one window.

    `columns`: the fields of its table; `values`: what its rows are grouped by;
    `lines`: by the number of a row the line it stands in, where that is another.
    """

    def __init__(
        self,
        engine: Engine,
        desk: Desk,
        part: Part,
        columns: Sequence[str] = (),
        values: Values | None = None,
        lines: Array | None = None,
    ) -> None:
        self._engine, self._desk, self._part = engine, desk, part
        self._columns, self._values, self._lines = tuple(columns), values or {}, lines
        self._found: list[Roll] = []
        self._most = -np.inf

    @property
    def found(self) -> tuple[Roll, ...]:
        """The rolls counted so far."""
        return tuple(self._found)

    @property
    def promising(self) -> bool:
        """Whether any of them says more than chance would."""
        return bool(self._most >= PROMISING)

    def names(self, *rows: Rows) -> None:
        """Count the names of these rows, in the order of their lines."""
        desk = self._desk
        counted = desk.counted
        counted.count[0] = 0
        for each in rows:
            rolling.count_names(each, desk.names, counted)
        self._keep(Family.NAME)

    def mails(self, rows: Rows, *, one: bool = False) -> None:
        """Count the addresses of these rows; `one`: the first of each."""
        desk = self._desk
        rolling.count_mails(rows, desk.mails, desk.names, desk.local, 2.0**-BITS, one, desk.counted)
        self._keep(Family.MAIL)

    def numbers(self, rows: Rows, numbers: Numbers, column: int) -> None:
        """Count the numbers of these rows that stand in this column (rolling.ANY: anywhere)."""
        desk = self._desk
        rolling.count_numbers(
            rows, desk.index, numbers, desk.cells, desk.local, column, desk.counted
        )
        self._keep(Family.NUMBER)

    def _keep(self, family: Family) -> None:
        desk = self._desk
        entries = int(desk.counted.count[0])
        if not entries:
            return
        _in_order(desk.counted)
        room = 1 << max(4, (2 * entries - 1).bit_length())
        while not rolling.keep(
            desk.counted, desk.index, desk.names, desk.seen[:room], desk.first, desk.kept
        ):
            desk.kept = rolling.kept(desk.kept.key.size, 2 * desk.kept.officer.size)
        self._most = max(self._most, float(rolling.promise(desk.kept)))
        groups = (self._group(column, values) for column, values in self._values.items())
        self._found.append(
            segments.roll(
                self._part,
                family,
                desk.counted,
                desk.kept,
                self._lines,
                columns=self._columns,
                groups=tuple(group for group in groups if group is not None),
            )
        )

    def _group(
        self, column: int, values: np.ndarray[tuple[int], np.dtype[np.uint64]]
    ) -> Group | None:
        """The entries by their value in a column; None if it has too many different ones."""
        desk = self._desk
        entries = int(desk.counted.count[0])
        of_entry = values[desk.counted.number[:entries]]
        slots = np.zeros(MOST_VALUES * 2, dtype=np.uint64)
        misses = np.zeros(MOST_VALUES * 2, dtype=np.uint32)
        if rolling.grouped(desk.counted, desk.first, of_entry, slots, misses) < 0:
            return None
        used = slots != 0
        return Group(
            column=column,
            values=segments.of("Q", of_entry[desk.kept.taken[: desk.kept.count[0]]]),
            missed=segments.of("Q", slots[used]),
            misses=segments.of("I", misses[used]),
        )


def _in_order(counted: Counted) -> None:
    """Put entries of rows of lists and of running text in the order of their lines."""
    count = int(counted.count[0])
    if (counted.number[1:count] >= counted.number[: count - 1]).all():
        return
    order = np.argsort(counted.number[:count], kind="stable")
    for each in (counted.key, counted.chance, counted.number, counted.source, counted.at):
        each[:count] = each[:count][order]
