"""
What of a sheet nobody sees: rows and columns hidden inside it, cells without a sign on them.

    Staff                    what is seen
    Staff (hidden rows)      rows that are hidden, filtered out, folded away or of no height
    Staff (hidden columns)   whole rows of which something stands in a hidden column
    Staff (hidden cells)     whole rows with text in the colour of its ground, or a format that
                             shows nothing

A record keeps together: where cells of a row are hidden the whole row is given
again as a second reading, and what is seen goes without them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from watcher.model import Part
from watcher.read.budget import Trouble
from watcher.read.table import Table

ROWS = " (hidden rows)"
COLUMNS = " (hidden columns)"
CELLS = " (hidden cells)"

LOW = 2.0  # points: a row of this height is a line
NARROW = 0.3  # characters: a column of this width is one too

Row = tuple[int, list[str]]


@dataclass(slots=True)
class Veil:
    """
    Rows by their numbers from 1, columns as spans from 0 (both ends in), cells by row and column.
    """

    rows: set[int] = field(default_factory=set)
    columns: list[tuple[int, int]] = field(default_factory=list)
    cells: dict[int, set[int]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.rows or self.columns or self.cells)

    def hide_columns(self, first: int, last: int) -> None:
        """Hide a span. Its many cells beyond the last that is filled cost nothing."""
        self.columns.append((first, last))

    def hide_cell(self, row: int, column: int) -> None:
        """Hide one cell."""
        self.cells.setdefault(row, set()).add(column)

    def parted(self, number: int, row: list[str]) -> tuple[list[str], str]:
        """What is seen of a row, and how the rest is hidden: "" where nothing is."""
        if number in self.rows:
            return [], ROWS
        seen: list[str] | None = None
        for first, last in self.columns:
            for at in range(first, min(last + 1, len(row))):
                if row[at]:
                    seen = list(row) if seen is None else seen
                    seen[at] = ""
        how = COLUMNS if seen is not None else ""
        for at in self.cells.get(number, ()):
            if at < len(row) and row[at]:
                seen = list(row) if seen is None else seen
                seen[at] = ""
                how = how or CELLS
        if seen is None:
            return row, ""
        while seen and not seen[-1]:
            seen.pop()
        return seen, how


def tabled(
    where: str, rows: Iterator[Row], veil: Veil | None = None, *, hidden: bool = False
) -> Iterator[Part]:
    """
    The rows of a sheet as tables. Raises Trouble where they end in it, after what was read.

    `veil`: asked row after row; it may grow meanwhile. A sheet that is hidden itself is one table.
    """
    hidden = hidden or where.endswith("hidden)")
    if veil is None or hidden:
        yield from _whole(Table(where, cells=True, hidden=hidden), rows)
        return
    seen = Table(where, cells=True, sparse=bool(veil.rows))
    others: dict[str, Table] = {}
    header: list[str] | None = None
    try:
        for number, row in rows:
            part, how = veil.parted(number, row)
            if part:
                yield from seen.add(number, part)
            if how:
                seen.sparse = seen.sparse or how == ROWS
                table = others.get(how)
                if table is None:
                    table = others[how] = Table(
                        where + how, cells=True, hidden=True, echo=how != ROWS, sparse=True
                    )
                    if header is not None:
                        table.headed(header)
                yield from table.add(number, row)
            if header is None:
                header = row
    except Trouble:
        yield from _finished(seen, others)
        raise
    yield from _finished(seen, others)


def _whole(table: Table, rows: Iterator[Row]) -> Iterator[Part]:
    try:
        for number, row in rows:
            yield from table.add(number, row)
    except Trouble:
        yield from table.finish()
        raise
    yield from table.finish()


def _finished(seen: Table, others: dict[str, Table]) -> Iterator[Part]:
    yield from seen.finish()
    for table in others.values():
        yield from table.finish()
