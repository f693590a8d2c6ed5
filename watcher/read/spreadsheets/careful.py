"""
Worksheets of an OOXML package read the careful way, named by its workbook or not.

A worksheet that the workbook does not name is shown by no program and read by
no library. It stays in the file all the same.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import suppress

from watcher.model import Part, Unread, Why
from watcher.read.budget import Budget, Trouble
from watcher.read.label import label
from watcher.read.spreadsheets import sheetxml
from watcher.read.spreadsheets.sheetmarks import SHEET, Marks, marks
from watcher.read.spreadsheets.sheetstyle import Styles, styles
from watcher.read.spreadsheets.veil import tabled
from watcher.read.text import windows

_STATES = {
    "hidden": " (hidden)",
    "veryhidden": " (very hidden)",
}
_NAME = 80
_NO_ROWS = ("xl/chartsheets/", "xl/dialogsheets/")


def place(name: str, state: str) -> str:
    """The address of a sheet of this name and state in its workbook."""
    return label(name, _NAME) + _STATES.get(state.lower(), "")


def sheet_of(
    where: str,
    rows: Iterator[tuple[int, list[str]]],
    said: Marks | None,
    *,
    hidden: bool = False,
) -> Iterator[Part]:
    """The tables of a sheet, and the strings in its formulas. Raises Trouble, see `tabled`."""
    yield from tabled(where, rows, said.veil if said else None, hidden=hidden)
    if said and said.said:
        lines = (" ".join(each.split()) + "\n" for each in said.said)
        yield from windows(lines, f"{where} (formulas)", hidden=True)


def within(budget: Budget) -> bool:
    """Whether another sheet may be read: a workbook can name one member a million times."""
    try:
        budget.member()
    except Trouble:
        return False
    return True


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
        self._styles: Styles | None = None
        self._used: set[int] = set()
        self._marked: set[int] = set()
        # Of several members with one name, libraries read the last.
        self._starts = {each.filename.lower(): each.header_offset for each in archive.infolist()}

    def sheets(self) -> list[sheetxml.Sheet]:
        """The sheets that the workbook names, in its order. Raises Trouble."""
        if self._sheets is None:
            self._sheets = sheetxml.sheets(self._archive, self._budget, self._told)
        return self._sheets

    def _told(self, properties: dict[str, str]) -> None:
        self.styles().since_1904 = properties.get("date1904", "") in ("1", "true", "on")

    def styles(self) -> Styles:
        """How cells look by their styles."""
        if self._styles is None:
            self._styles = styles(self._archive, self._budget)
        return self._styles

    def marks(self, index: int) -> Marks | None:
        """What this sheet's XML says beside its values; None where it is not to be found."""
        with suppress(IndexError, Trouble):
            member = self.sheets()[index].member
            info = self._archive.NameToInfo.get(member)
            return self._marks(info) if info else None
        return None

    def _marks(self, info: zipfile.ZipInfo) -> Marks:
        found = marks(self._archive, info, self.styles(), self._budget)
        self._used |= found.used
        found.used.clear()
        self._marked.add(info.header_offset)
        return found

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
            rows = sheetxml.rows(
                self._archive, sheet.member, self._strings(), self._budget, self.styles()
            )
            yield from sheet_of(where, rows, self.marks(index))
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
            if not within(self._budget):
                yield Unread(where="", why=Why.LIMIT)
                return
            yield from self.read(index, why)

    def orphans(self) -> Iterator[Part | Unread]:
        """The worksheets in the package that nobody has read so far."""
        for info in self._archive.infolist():
            if not SHEET.match(info.filename) or info.header_offset in self.done:
                continue
            self.done.add(info.header_offset)
            where = label(info.filename)
            try:
                self._budget.member()
                said = self._marks(info)
                rows = sheetxml.rows(
                    self._archive, info, self._strings(), self._budget, self.styles()
                )
                yield from sheet_of(where, rows, said, hidden=True)
            except Trouble as trouble:
                yield Unread(where=where, why=trouble.why)

    def unused(self) -> Iterator[Part]:
        """The shared strings that no cell refers to: what was deleted, and kept by the program."""
        sheets = {
            info.header_offset for info in self._archive.infolist() if SHEET.match(info.filename)
        }
        if not sheets <= self._marked:
            return  # a sheet that was not looked through may use them
        number = sheetxml.shared_number(self._archive, self._budget)
        if len(self._used) >= number > max(self._used, default=0):
            return
        with suppress(Trouble):
            strings = self._strings()
            left = (each for at, each in enumerate(strings) if at not in self._used)
            lines = (line + "\n" for each in left if (line := " ".join(each.split())))
            yield from windows(lines, f"{sheetxml.SHARED} (unused)", hidden=True)
