"""
XML of written documents → paragraphs in order, tables, and what is hidden between them.

One walk serves OOXML (ECMA-376: WordprocessingML, DrawingML) and OpenDocument
(ISO/IEC 26300): paragraphs whose runs are joined, tables of rows of cells,
and channels beside the text that is seen: hidden, deleted, comments,
alternative texts. What a format calls these is its `Dialect`.

What is open is held, a paragraph and the cells of a row, each up to a limit
beyond which its text is given in lines: memory does not grow with a document.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from watcher.model import Part, Unread, Why
from watcher.read.budget import Budget, Trouble
from watcher.read.office.dialect import (
    COMMENTS,
    INSTEAD,
    NOTES,
    SEEN,
    SHOWN,
    Attributes,
    Dialect,
    local,
)
from watcher.read.office.grid import FULL, Box, Grid
from watcher.read.stream import Stream
from watcher.read.sweep import parsed, parser
from watcher.read.text import Windows


class Prose:
    """Paragraphs and tables as the parser meets them, to be taken as Parts."""

    def __init__(
        self, made: Any, dialect: Dialect, where: str = "", *, hidden: bool = False, tables: int = 0
    ) -> None:
        self._dialect = dialect
        self.where = where
        self.hidden = hidden
        self.tables = tables
        self._stack: list[str] = []
        self._channels: list[tuple[int, str]] = [(0, SEEN)]  # since which depth
        self._boxes: list[Box] = []  # open paragraphs and cells
        self._cells: list[tuple[int, Box]] = []  # open cells, and which box each is
        self._grids: list[Grid] = []
        self._away = 0
        self._out: list[Part] = []
        self._windows: dict[str, Windows] = {}
        made.StartElementHandler = self._start
        made.EndElementHandler = self._end
        made.CharacterDataHandler = self._data

    def switch(self, channel: str) -> None:
        """From here to the end of the element in hand, text goes there."""
        self._channels.append((len(self._stack), channel))

    def turn(self, where: str) -> None:
        """What follows has this address: another slide."""
        for each in self._windows.values():
            self._out.extend(each.finish())
        self._windows = {}
        self.where = where
        self.tables = 0

    def _start(self, name: str, attributes: Attributes) -> None:
        if self._away:
            self._away += 1
            return
        name, dialect = local(name), self._dialect
        if name in dialect.skipped:
            self._away = 1
            return
        channel = dialect.channel(self._stack, name, attributes)
        self._stack.append(name)
        if channel is not None:
            self._channels.append((len(self._stack), channel))
        if said := dialect.said(name, attributes):
            self._line(INSTEAD, "\t".join(" ".join(each.split()) for each in said))
        if name in dialect.paragraphs:
            self._boxes.append(Box())
        elif name in dialect.breaks:
            if self._boxes and len(self._stack) > 1 and self._stack[-2] in dialect.in_text:
                self._boxes[-1].add(self._channels[-1][1], dialect.breaks[name])
        elif name in dialect.tables:
            self._table()
        elif self._grids and name in dialect.rows:
            self._grids[-1].begin()
        elif self._grids and name in dialect.cells:
            box = self._grids[-1].cell()
            self._boxes.append(box)
            self._cells.append((len(self._boxes), box))
        if self._grids and (more := dialect.spread(name, attributes)) > 1:
            self._grids[-1].widen(more)

    def _end(self, _: str) -> None:
        if self._away:
            self._away -= 1
            return
        name, dialect = self._stack[-1], self._dialect
        if name in dialect.paragraphs and self._boxes:
            self._paragraph(self._boxes.pop())
        elif name in dialect.tables and self._grids:
            self._tabled(self._grids.pop())
        elif self._grids and name in dialect.rows:
            self._row(self._grids[-1])
        elif self._cells and name in dialect.cells and self._cells[-1][0] == len(self._boxes):
            self._cells.pop()
            self._boxes.pop()
        while len(self._channels) > 1 and self._channels[-1][0] >= len(self._stack):
            self._channels.pop()
        self._stack.pop()

    def _data(self, data: str) -> None:
        if self._away or not self._boxes:
            return
        texts = self._dialect.texts
        if texts is None or self._stack[-1] in texts:
            box = self._boxes[-1]
            box.add(self._channels[-1][1], data)
            if box.size > FULL:
                self._spill(box)

    def _spill(self, box: Box) -> None:
        """A box is full: what it holds is given before it ends, of a cell in lines."""
        if any(box is cell for _, cell in self._cells[-1:]):
            for channel, pieces in box.texts.items():
                self._line(channel, "".join(pieces))
        else:
            self._paragraph(box)
        box.texts, box.size = {}, 0

    def _paragraph(self, box: Box) -> None:
        for channel, pieces in box.texts.items():
            text = "".join(pieces)
            cell = None if channel in (COMMENTS, NOTES) or not self._cells else self._cells[-1][1]
            if cell is not None and not (self._grids and self._grids[-1].full(cell)):
                cell.add(channel, text + " ")
            else:
                for line in text.split("\n"):
                    self._line(channel, line)

    def _line(self, channel: str, text: str) -> None:
        text = text.strip(" \r")
        if not text.strip():
            return
        if channel not in self._windows:
            where = f"{self.where}, {channel}" if self.where and channel else channel or self.where
            hidden = self.hidden or channel not in SHOWN
            self._windows[channel] = Windows(where, hidden=hidden)
        self._out.extend(self._windows[channel].feed(text + "\n"))

    def _table(self) -> None:
        self.tables += 1
        name = f"table {self.tables}"
        self._grids.append(
            Grid(f"{self.where}, {name}" if self.where else name, hidden=self.hidden)
        )

    def _row(self, grid: Grid) -> None:
        for channel, said in grid.apart():
            self._line(channel, said)
        self._out.extend(grid.ended(repeat=self._dialect.texts is None))

    def _tabled(self, grid: Grid) -> None:
        self._out.extend(grid.finish())
        for cell in grid.layout():
            self._line(SEEN, cell)

    def taken(self) -> list[Part]:
        """The Parts that are full."""
        out, self._out = self._out, []
        return out

    def finish(self) -> Iterator[Part]:
        """What is left, of a torn file as well."""
        cells = {id(cell) for _, cell in self._cells}
        for box in self._boxes:
            if id(box) not in cells:
                self._paragraph_torn(box)
        while self._grids:
            grid = self._grids.pop()
            if grid.begun:
                self._row(grid)
            self._tabled(grid)
        yield from self.taken()
        for each in self._windows.values():
            yield from each.finish()

    def _paragraph_torn(self, box: Box) -> None:
        for channel, pieces in box.texts.items():
            self._line(channel, "".join(pieces))


def told(stream: Stream, made: Any, prose: Prose, budget: Budget) -> Iterator[Part | Unread]:
    """All that a member says. Where it ends early, an Unread after what was read."""
    why: Why | None = None
    try:
        for _ in parsed(stream, made):
            yield from prose.taken()
    except Trouble as trouble:
        why = trouble.why
    budget.spend(0)
    yield from prose.finish()
    if why:
        yield Unread(where=prose.where, why=why)


def begun(dialect: Dialect, where: str = "", *, hidden: bool = False) -> tuple[Any, Prose]:
    """A parser and what it fills."""
    made = parser()
    return made, Prose(made, dialect, where, hidden=hidden)
