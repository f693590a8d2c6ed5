"""
An open table of a written document: the cells of its row, and the rows that were closed.

Its first row is held back: a table of one row is layout, and its cells are paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from watcher.model import Part
from watcher.read.office.dialect import SEEN
from watcher.read.table import COLUMNS, Table

FULL = 1 << 20  # characters of a paragraph or a cell that are held
_ROW = 4 * FULL  # of a row
_REPEATED = 64  # cells that one of a row may stand for


@dataclass(slots=True)
class Box:
    """An open paragraph or cell: its texts by channel."""

    texts: dict[str, list[str]] = field(default_factory=dict, repr=False)
    size: int = 0

    def add(self, channel: str, text: str) -> None:
        """More text of a channel."""
        self.texts.setdefault(channel, []).append(text)
        self.size += len(text)

    def take(self, channel: str) -> str:
        """What a channel has, on one line."""
        return " ".join("".join(self.texts.pop(channel, ())).split())


class Grid:
    """One table, row by row."""

    def __init__(self, where: str, *, hidden: bool) -> None:
        self._where = where
        self._hidden = hidden
        self._number = 0
        self._first: list[str] | None = None
        self._row: list[Box] = []
        self._spread: list[int] = []
        self._held = 0  # characters of the cells before the last one
        self._table: Table | None = None

    @property
    def begun(self) -> bool:
        """Whether its row has cells."""
        return bool(self._row)

    def begin(self) -> None:
        """A row begins."""
        self._row, self._spread, self._held = [], [], 0

    def full(self, box: Box) -> bool:
        """Whether no more is held of the row of which this is the last cell."""
        return box.size >= FULL or self._held + box.size >= _ROW

    def cell(self) -> Box:
        """The next cell of the row; beyond the columns that there can be, the last one again."""
        if len(self._row) < COLUMNS:
            self._held += self._row[-1].size if self._row else 0
            self._row.append(Box())
            self._spread.append(1)
        return self._row[-1]

    def widen(self, more: int) -> None:
        """The last cell stands for so many."""
        if self._spread:
            self._spread[-1] = more

    def apart(self) -> Iterator[tuple[str, str]]:
        """What the row has in other channels than the one that is seen, a line for each."""
        for channel in dict.fromkeys(each for box in self._row for each in box.texts):
            if channel != SEEN:
                yield channel, "\t".join(box.take(channel) for box in self._row).strip("\t")

    def ended(self, *, repeat: bool) -> Iterator[Part]:
        """The row ends. `repeat`: a cell that stands for several says the same in each."""
        cells: list[str] = []
        for box, spread in zip(self._row, self._spread, strict=True):
            text = box.take(SEEN)
            cells.append(text)
            cells.extend([text if repeat else ""] * min(spread - 1, _REPEATED))
        self.begin()
        self._number += 1
        if self._number == 1:
            self._first = cells
            return
        if self._table is None:
            self._table = Table(self._where, hidden=self._hidden)
            if self._first is not None:
                yield from self._table.add(1, self._first)
                self._first = None
        yield from self._table.add(self._number, cells)

    def finish(self) -> Iterator[Part]:
        """The last window of its rows."""
        if self._table is not None:
            yield from self._table.finish()

    def layout(self) -> list[str]:
        """The cells of a table that has one row only."""
        return self._first or []
