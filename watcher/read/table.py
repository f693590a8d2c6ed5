"""
Rows of cells → table Parts of about a million characters.

A table is text as well: cells end with CELL, rows with ROW, the offsets of
the rows stand beside it. Windows are cut between rows; where row numbers jump
(a sparse sheet) a new window begins instead of a desert of empty rows.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator, Sequence
from itertools import accumulate, count

from watcher.model import CELL, ROW, Part
from watcher.read.text import WINDOW, windows

ROWS = 1 << 16  # rows in one window
GAP = 16  # so many missing rows are written as empty ones
COLUMNS = 16_384  # of a spreadsheet at most; beyond it a column has no address to keep
HEADER = 1 << 16  # characters of a first row that are repeated
_END = CELL + ROW
_MARKS = {ord(CELL): " ", ord(ROW): " "}


class Table:
    """
    Collects the rows of one table, numbered from 1.

    `sparse`: rows between others stand elsewhere; each keeps its own number.
    """

    def __init__(
        self,
        where: str = "",
        *,
        cells: bool = False,
        hidden: bool = False,
        echo: bool = False,
        sparse: bool = False,
    ) -> None:
        self._where = where
        self._cells = cells
        self._hidden = hidden
        self._echo = echo
        self.sparse = sparse  # of the rows that are yet to come
        self._header: tuple[str, ...] = ()
        self._begun = False
        self._next = 1  # the number after the last row added
        self._forget()

    def _forget(self) -> None:
        self._texts: list[str] = []
        self._rows: list[int] = []
        self._numbers: list[int] = []
        self._size = 0
        self._first = 0

    @property
    def empty(self) -> bool:
        """Whether no row was taken so far."""
        return not self._header and not self._rows and not self._begun

    def headed(self, header: Sequence[str]) -> None:
        """A table that is yet empty goes on under the first row of another."""
        if sum(map(len, header)) <= HEADER:
            self._header = tuple(header)
            self._begun = True

    def extend(self, number: int, rows: Sequence[Sequence[str]]) -> Iterator[Part]:
        """Take rows that follow one another, of which the first has this number."""
        text = _END.join(map(CELL.join, rows)) + _END
        plain = text.count(ROW) == len(rows) and text.count(CELL) == sum(
            len(row) or 1 for row in rows
        )
        if plain:
            yield from self.fill(number, text)
            return
        for at, row in enumerate(rows, start=number):
            yield from self.add(at, row)

    def fill(self, number: int, text: str) -> Iterator[Part]:
        """Take rows that are table text already, of which the first has this number."""
        rows = text.split(ROW)
        rows.pop()
        if not rows or len(text) > WINDOW // 2 or len(rows) > ROWS:
            for at, row in enumerate(rows, start=number):
                yield from self.add(at, row.split(CELL)[:-1])
            return
        full = self._size + len(text) > WINDOW or len(self._rows) + len(rows) > ROWS
        if self._rows and (full or number != self._next):
            yield self._window()
        if not self._rows:
            self._first = number
        # Each row's offset is the length of those before it and of their ROW marks.
        self._rows.extend(
            map(operator.add, accumulate(map(len, rows[:-1]), initial=self._size), count())
        )
        self._texts.append(text)
        self._size += len(text)
        self._next = number + len(rows)
        if not self._header and len(rows[0]) <= HEADER:
            self._header = tuple(rows[0].split(CELL)[:-1])

    def add(self, number: int, row: Sequence[str]) -> Iterator[Part]:
        """Take one more row; the windows that this fills."""
        text = CELL.join(row) + _END
        if text.count(CELL) != (len(row) or 1) or text.count(ROW) != 1:
            row = [each.translate(_MARKS) for each in row]
            text = CELL.join(row) + _END
        missing = number - self._next
        full = self._size + len(text) > WINDOW or len(self._rows) >= ROWS
        if self._rows and (full or missing < 0 or (missing > GAP and not self.sparse)):
            yield self._window()
        if self._rows and self.sparse:
            if missing and not self._numbers:
                self._numbers.extend(range(self._first, self._next))
            if self._numbers:
                self._numbers.append(number)
        elif self._rows:
            for _ in range(missing):
                self._append(_END)
        else:
            self._first = number
        self._next = number + 1
        if len(text) > WINDOW:
            yield from self._long(number, row)
        else:
            self._append(text)
        if not self._header and len(text) <= HEADER:
            self._header = tuple(row)

    def finish(self) -> Iterator[Part]:
        """The last window, if anything is left."""
        if self._rows:
            yield self._window()

    def _append(self, text: str) -> None:
        self._rows.append(self._size)
        self._texts.append(text)
        self._size += len(text)

    def _window(self) -> Part:
        part = self._part("".join(self._texts), tuple(self._rows), self._first)
        self._forget()
        return part

    def _part(self, text: str, rows: tuple[int, ...], first: int) -> Part:
        header = self._header if self._begun else ()
        self._begun = True
        return Part(
            where=self._where,
            text=text,
            table=True,
            rows=rows,
            header=header,
            first=first,
            cells=self._cells,
            hidden=self._hidden,
            echo=self._echo,
            numbers=tuple(self._numbers) if len(self._numbers) == len(rows) else (),
        )

    def _long(self, number: int, row: Sequence[str]) -> Iterator[Part]:
        """A row beyond a window: windows of one row each, its cells in their columns."""
        at = 0
        while at < len(row):
            lead = CELL * at if at < COLUMNS else ""
            if len(row[at]) > WINDOW // 2:
                for piece in windows([row[at]]):
                    yield self._part(lead + piece.text + CELL + ROW, (0,), number)
                at += 1
                continue
            texts: list[str] = []
            size = len(lead) + 1
            while at < len(row) and size + len(row[at]) < WINDOW and len(row[at]) <= WINDOW // 2:
                texts.append(row[at] + CELL)
                size += len(row[at]) + 1
                at += 1
            yield self._part(lead + "".join(texts) + ROW, (0,), number)
