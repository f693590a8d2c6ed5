"""
What cuts a text into rows and cells, and a sample of its rows.

A table comes with separators of its own; lines cut by one and the same
character into the same number of cells are a table as well.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from matchers.people.columns import HEADING_ROWS
from matchers.people.words import clean
from watcher.api import CELL, ROW, headings

SEPARATORS = "\t;|,"
FEWEST_ROWS = 3
EVEN = 0.8  # share of lines that have the same number of separators
FEWEST_NAMED = 6  # lines of two names without headings
LOOKED_AT = 100  # lines that tell whether there are cells
SAMPLE = 100  # rows that tell what a column holds
SAMPLE_LATER = 25


@dataclass(frozen=True, slots=True)
class Cut:
    """
    The characters that end a cell and a row, and whether cells may stand in quotes.

    `usual`: how many cells most rows have, 0 where all rows are rows of a table.
    """

    cell: str
    row: str
    quoted: bool
    usual: int = 0

    def cells(self, row: str) -> list[str]:
        """The cells of one row."""
        if self.quoted and '"' in row:
            try:
                return next(csv.reader(io.StringIO(row), delimiter=self.cell), [""])
            except csv.Error:  # a field beyond the module's limit
                return row.split(self.cell)
        cells = row.split(self.cell)
        if self.cell == CELL and len(cells) > 1 and not cells[-1].strip():
            cells.pop()  # each cell ends with its separator
        return cells


TABLE = Cut(CELL, ROW, quoted=False)


@dataclass(frozen=True, slots=True)
class Sample:
    """Some rows, plain and folded cells, the first ones all of them; `width`: cells of the longest."""

    rows: Sequence[tuple[list[str], list[bytes]]]
    width: int


def spread(text: str, end: str, first: int, more: int) -> list[str]:
    """The first so many rows, and about so many more, evenly spread over the text."""
    found: list[str] = []
    at, size = 0, len(text)
    while at < size and len(found) < first:
        stop = text.find(end, at)
        stop = size if stop < 0 else stop
        found.append(text[at:stop])
        at = stop + 1
    step = max(1, (size - at) // max(1, more))
    while at < size:
        stop = text.find(end, at)
        stop = size if stop < 0 else stop
        found.append(text[at:stop])
        if stop + 1 >= size:
            break
        # from there the next row that begins a step further on
        leap = max(stop, at + step - 1)
        at = text.find(end, leap) + 1
        if not at:
            break
    return found


def sampled(text: str, cut: Cut, *, first: bool = True) -> Sample:
    """Rows that tell what the columns of this text hold; fewer of what is not its `first` window."""
    more = SAMPLE if first else SAMPLE_LATER
    plain = [cut.cells(row) for row in spread(text, cut.row, HEADING_ROWS, more)]
    while plain and not any(cell.strip() for cell in plain[-1]):
        plain.pop()
    rows = [(cells, [clean(cell)[1] for cell in cells]) for cells in plain]
    return Sample(rows, max(map(len, plain), default=0))


def separator(text: str) -> Cut | None:
    """What cuts most lines into the same number (at least two) of cells; None if nothing does."""
    lines = [line for line in spread(text, "\n", HEADING_ROWS, LOOKED_AT) if line.strip()]
    if len(lines) < 2:
        return None
    for each in SEPARATORS:
        if sum(each in line for line in lines) < EVEN * len(lines):
            continue
        cut = Cut(each, "\n", quoted=True)
        counts = Counter(_cuts(line, cut) for line in lines)
        cuts, often = counts.most_common(1)[0]
        if cuts < 1 or often < EVEN * len(lines):
            continue
        headed = bool(headings(cut.cells(lines[0])))
        least = 1 if each == "\t" or _are_names(lines, cut) else 2
        if headed or (len(lines) >= FEWEST_ROWS and cuts >= least):
            return replace(cut, usual=cuts + 1)
    return None


def _are_names(lines: Sequence[str], cut: Cut) -> bool:
    """Whether two columns without headings hold a name each: `Jane,Smith`, not `SMITH, Jane`."""
    if len(lines) < FEWEST_NAMED:
        return False
    cells = [cut.cells(line) for line in lines]
    fitting = sum(
        len(row) == 2
        and all(cell.istitle() and cell == cell.strip() and len(cell) > 2 for cell in row)
        for row in cells
    )
    return fitting >= EVEN * len(lines)


def _cuts(line: str, cut: Cut) -> int:
    if '"' in line:
        return len(cut.cells(line)) - 1
    return line.count(cut.cell)
