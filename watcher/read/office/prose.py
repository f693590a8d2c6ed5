"""
XML of written documents → paragraphs in order, tables, and what is hidden between them.

One walk serves OOXML (ECMA-376: WordprocessingML, DrawingML) and OpenDocument
(ISO/IEC 26300): paragraphs whose runs are joined, tables of rows of cells,
and channels beside the text that is seen: hidden, deleted, comments,
alternative texts. What a format calls these is its `Dialect`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from watcher.model import Part, Unread, Why
from watcher.read.budget import Budget, Trouble
from watcher.read.stream import Stream
from watcher.read.sweep import parsed, parser
from watcher.read.table import Table
from watcher.read.text import Windows

SEEN = ""
HIDDEN = "hidden text"
DELETED = "deleted text"
COMMENTS = "comments"
INSTEAD = "alternative texts"
CODES = "field codes"
NOTES = "notes"
_SHOWN = (SEEN, INSTEAD)

Attributes = dict[str, str]
_REPEATED = 64  # cells that one of a row may stand for
_FULL = 1 << 20  # characters of a paragraph that are held


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """
    What the elements of a format are, by their local names.

    `texts`: elements whose characters count, None for all in a paragraph.
    `breaks`: what stands for an element's place, if its parent is one of `in_text`.
    `channel`: where the text inside an element goes, None for where it went before.
    `said`: texts that an element carries in its attributes. `repeated`: how
    often a cell stands. `skipped`: elements left out with all they hold.
    """

    paragraphs: frozenset[str]
    tables: frozenset[str]
    rows: frozenset[str]
    cells: frozenset[str]
    texts: frozenset[str] | None
    breaks: dict[str, str]
    in_text: frozenset[str]
    skipped: frozenset[str]
    channel: Callable[[list[str], str, Attributes], str | None]
    said: Callable[[str, Attributes], list[str]]
    spread: Callable[[str, Attributes], int]


def local(name: str) -> str:
    """The name of an element or attribute without its prefix."""
    return name.rpartition(":")[2]


@dataclass(slots=True)
class _Box:
    """An open paragraph or cell: its texts by channel."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    size: int = 0

    def add(self, channel: str, text: str) -> None:
        self.texts.setdefault(channel, []).append(text)
        self.size += len(text)


@dataclass(slots=True)
class _Grid:
    """An open table. Its first row is held: a table of one row is layout."""

    where: str
    number: int = 0
    first: list[str] | None = None
    row: list[_Box] = field(default_factory=list)
    spread: list[int] = field(default_factory=list)
    table: Table | None = None


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
        self._boxes: list[_Box] = []  # open paragraphs and cells
        self._cells: list[tuple[int, _Box]] = []  # open cells, and which box each is
        self._grids: list[_Grid] = []
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
            self._boxes.append(_Box())
        elif name in dialect.breaks:
            if self._boxes and len(self._stack) > 1 and self._stack[-2] in dialect.in_text:
                self._boxes[-1].add(self._channels[-1][1], dialect.breaks[name])
        elif name in dialect.tables:
            self._table()
        elif self._grids and name in dialect.rows:
            self._grids[-1].row, self._grids[-1].spread = [], []
        elif self._grids and name in dialect.cells:
            box = _Box()
            self._boxes.append(box)
            self._cells.append((len(self._boxes), box))
            self._grids[-1].row.append(box)
            self._grids[-1].spread.append(1)
        if self._grids and self._grids[-1].spread:
            more = dialect.spread(name, attributes)
            if more > 1:
                self._grids[-1].spread[-1] = more

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
            if box.size > _FULL and not any(box is cell for _, cell in self._cells[-1:]):
                self._paragraph(box)
                box.texts, box.size = {}, 0

    def _paragraph(self, box: _Box) -> None:
        for channel, pieces in box.texts.items():
            text = "".join(pieces)
            if channel not in (COMMENTS, NOTES) and self._cells:
                self._cells[-1][1].add(channel, text + " ")
            else:
                for line in text.split("\n"):
                    self._line(channel, line)

    def _line(self, channel: str, text: str) -> None:
        text = text.strip(" \r")
        if not text.strip():
            return
        if channel not in self._windows:
            where = f"{self.where}, {channel}" if self.where and channel else channel or self.where
            hidden = self.hidden or channel not in _SHOWN
            self._windows[channel] = Windows(where, hidden=hidden)
        self._out.extend(self._windows[channel].feed(text + "\n"))

    def _table(self) -> None:
        self.tables += 1
        name = f"table {self.tables}"
        self._grids.append(_Grid(f"{self.where}, {name}" if self.where else name))

    def _row(self, grid: _Grid) -> None:
        cells: list[str] = []
        for box, spread in zip(grid.row, grid.spread, strict=True):
            text = " ".join("".join(box.texts.pop(SEEN, ())).split())
            cells.append(text)
            cells.extend([text if self._dialect.texts is None else ""] * min(spread - 1, _REPEATED))
        for channel in dict.fromkeys(each for box in grid.row for each in box.texts):
            said = (" ".join("".join(box.texts.get(channel, ())).split()) for box in grid.row)
            self._line(channel, "\t".join(said).strip("\t"))
        grid.row, grid.spread = [], []
        grid.number += 1
        if grid.number == 1:
            grid.first = cells
            return
        if grid.table is None:
            grid.table = Table(grid.where, hidden=self.hidden)
            if grid.first is not None:
                self._out.extend(grid.table.add(1, grid.first))
                grid.first = None
        self._out.extend(grid.table.add(grid.number, cells))

    def _tabled(self, grid: _Grid) -> None:
        if grid.table is not None:
            self._out.extend(grid.table.finish())
        for cell in grid.first or ():
            self._line(SEEN, cell)

    def taken(self) -> list[Part]:
        """The Parts that are full."""
        out, self._out = self._out, []
        return out

    def finish(self) -> Iterator[Part]:
        """What is left, of a torn file as well."""
        for box in self._boxes:
            self._paragraph_torn(box)
        while self._grids:
            grid = self._grids.pop()
            if grid.row:
                self._row(grid)
            self._tabled(grid)
        yield from self.taken()
        for each in self._windows.values():
            yield from each.finish()

    def _paragraph_torn(self, box: _Box) -> None:
        if any(box is cell for _, cell in self._cells):
            return
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
