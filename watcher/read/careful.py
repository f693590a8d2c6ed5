"""
Worksheets of an OOXML package read the careful way, named by its workbook or not.

A worksheet that the workbook does not name is shown by no program and read by
no library. It stays in the file all the same.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress

from watcher.model import Part, Unread, Why
from watcher.read import sheetxml
from watcher.read.budget import Budget, Trouble
from watcher.read.label import label
from watcher.read.table import Table

_STATES = {
    "hidden": " (hidden)",
    "veryhidden": " (very hidden)",
}
_NAME = 80
_NO_ROWS = ("xl/chartsheets/", "xl/dialogsheets/")
_SHEET = re.compile(r"/?xl/worksheets/[^/]*\.xml\Z", re.IGNORECASE)


def place(name: str, state: str) -> str:
    """The address of a sheet of this name and state in its workbook."""
    return label(name, _NAME) + _STATES.get(state.lower(), "")


def tabled(
    where: str, rows: Iterator[tuple[int, list[str]]], *, hidden: bool = False
) -> Iterator[Part]:
    """The rows of a sheet as a table. Raises Trouble where they end in it, after what was read."""
    table = Table(where, cells=True, hidden=hidden or where.endswith("hidden)"))
    try:
        for number, row in rows:
            yield from table.add(number, row)
    except Trouble:
        yield from table.finish()
        raise
    yield from table.finish()


class Careful:
    """
    Sheets streamed from the package's XML.

    `done`: where in the archive those members begin whose rows have been given.
    """

    def __init__(self, archive: zipfile.ZipFile, budget: Budget) -> None:
        self.done: set[int] = set()
        self._archive = archive
        self._budget = budget
        self._sheets: list[sheetxml.Sheet] | None = None
        self._shared: list[str] | None = None
        # Of several members with one name, libraries read the last.
        self._starts = {each.filename.lower(): each.header_offset for each in archive.infolist()}

    def sheets(self) -> list[sheetxml.Sheet]:
        """The sheets that the workbook names, in its order. Raises Trouble."""
        if self._sheets is None:
            self._sheets = sheetxml.sheets(self._archive, self._budget)
        return self._sheets

    def _strings(self) -> list[str]:
        if self._shared is None:
            self._shared = []  # without them a sheet is read as far as it goes
            self._shared = sheetxml.shared(self._archive, self._budget)
        return self._shared

    def was_read(self, index: int) -> None:
        """The rows of this sheet have been given by other means."""
        with suppress(IndexError, Trouble):
            member = self.sheets()[index].member.lower()
            if member in self._starts:
                self.done.add(self._starts[member])

    def read(self, index: int, why: Why) -> Iterator[Part | Unread]:
        """One sheet. `why`: what is said where this fails as well."""
        where = ""
        try:
            sheet = self.sheets()[index]
            where = place(sheet.name, sheet.state)
            if sheet.member.startswith(_NO_ROWS):
                return
            self.was_read(index)
            rows = sheetxml.rows(self._archive, sheet.member, self._strings(), self._budget)
            yield from tabled(where, rows)
        except IndexError:
            yield Unread(where=where, why=why)
        except Trouble as trouble:
            yield Unread(where=where, why=Why.LIMIT if trouble.why is Why.LIMIT else why)

    def all(self, why: Why) -> Iterator[Part | Unread]:
        """Every sheet, where the list of them can be had."""
        try:
            number = len(self.sheets())
        except Trouble as trouble:
            yield Unread(where="", why=Why.LIMIT if trouble.why is Why.LIMIT else why)
            return
        for index in range(number):
            yield from self.read(index, why)

    def orphans(self) -> Iterator[Part | Unread]:
        """The worksheets in the package that nobody has read so far."""
        for info in self._archive.infolist():
            if not _SHEET.match(info.filename) or info.header_offset in self.done:
                continue
            self.done.add(info.header_offset)
            where = label(info.filename)
            try:
                self._budget.member()
                rows = sheetxml.rows(self._archive, info, self._strings(), self._budget)
                yield from tabled(where, rows, hidden=True)
            except Trouble as trouble:
                yield Unread(where=where, why=trouble.why)
