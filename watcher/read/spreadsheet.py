"""
Workbooks: every sheet as a table, visible or not, and all else that a file may hide.

Rows come from calamine, which is quick and may take the process with it (a
panic, an abort, memory): each call is a step that the service hears of
first. After a loss, or where calamine fails, OOXML sheets are streamed from
their XML. Rows and columns hidden inside a visible sheet are read like the
others and not marked.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from watcher.model import Part, Unread, Why
from watcher.read import package, sheetxml
from watcher.read.archive import opened
from watcher.read.budget import Budget, Trouble
from watcher.read.label import label
from watcher.read.stream import Item, Stream
from watcher.read.table import Table

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_STATES = {
    "hidden": " (hidden)",
    "veryhidden": " (very hidden)",
}
_NAME = 80
_NO_ROWS = ("xl/chartsheets/", "xl/dialogsheets/")


def _where(name: str, state: str) -> str:
    return label(name, _NAME) + _STATES.get(state.lower(), "")


def shown(value: Any) -> str:
    """A cell's value as a person would write it: whole numbers whole, dates as ISO 8601."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e17 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, int | timedelta) else ""


class Fault(Exception):
    """calamine cannot read this workbook or sheet."""

    def __init__(self, *, encrypted: bool = False) -> None:
        super().__init__()
        self.encrypted = encrypted


def _guarded(call: Callable[[], Any]) -> Any:
    """What calamine answers. Raises Fault: it panics past Exception, as a class of its own."""
    from python_calamine import CalamineError, PasswordError

    try:
        return call()
    except PasswordError:
        raise Fault(encrypted=True) from None
    except (CalamineError, OSError, ValueError, MemoryError):
        raise Fault from None
    except BaseException as problem:
        if type(problem).__name__ == "PanicException":
            raise Fault from None
        raise


def _book(body: bytes) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook

    made: CalamineWorkbook = _guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(body)))
    return made


def _sheet(book: CalamineWorkbook, index: int) -> CalamineSheet | None:
    try:
        sheet: CalamineSheet = _guarded(lambda: book.get_sheet_by_index(index))
    except Fault:
        return None
    return sheet


def _rows(sheet: CalamineSheet, budget: Budget) -> Iterator[tuple[int, list[str]]]:
    if sheet.start is None:
        return
    lead = [""] * sheet.start[1]
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [shown(each) for each in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            budget.spend(sum(map(len, cells)) + len(cells))
            yield number, lead + cells


def _table(where: str, rows: Iterator[tuple[int, list[str]]]) -> Iterator[Part]:
    table = Table(where, cells=True, hidden=where.endswith("hidden)"))
    try:
        for number, row in rows:
            yield from table.add(number, row)
    except Trouble:
        yield from table.finish()
        raise
    yield from table.finish()


class _Careful:
    """Sheets streamed from the package's XML."""

    def __init__(self, archive: zipfile.ZipFile, budget: Budget) -> None:
        self._archive = archive
        self._budget = budget
        self._sheets: list[sheetxml.Sheet] | None = None
        self._strings: list[str] = []

    def sheets(self) -> list[sheetxml.Sheet]:
        if self._sheets is None:
            self._sheets = sheetxml.sheets(self._archive, self._budget)
            self._strings = sheetxml.shared(self._archive, self._budget)
        return self._sheets

    def read(self, index: int, why: Why) -> Iterator[Part | Unread]:
        """One sheet. `why`: what is said where this fails as well."""
        where = ""
        try:
            sheet = self.sheets()[index]
            where = _where(sheet.name, sheet.state)
            if not sheet.member.startswith(_NO_ROWS):
                rows = sheetxml.rows(self._archive, sheet, self._strings, self._budget)
                yield from _table(where, rows)
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


def _sheets(
    body: bytes, budget: Budget, careful: _Careful | None, *, heavy: bool = False
) -> Iterator[Part | Unread]:
    """The sheets of a workbook of any format; only OOXML has a careful way."""
    from python_calamine import SheetTypeEnum

    why = Why.LIMIT if heavy else Why.LOST
    book: CalamineWorkbook | None = None
    if not heavy and budget.dare():
        try:
            book = _book(body)
        except Fault as fault:
            why = Why.ENCRYPTED if fault.encrypted else Why.BROKEN
        budget.dared()
    if book is None:
        yield from careful.all(why) if careful else (Unread(where="", why=why),)
        return
    for index, told in enumerate(book.sheets_metadata):
        if told.typ is not SheetTypeEnum.WorkSheet:
            continue
        where = _where(told.name, str(told.visible).rpartition(".")[2])
        why = Why.LOST
        if budget.dare():
            sheet, why = _sheet(book, index), Why.BROKEN
            budget.dared()
            if sheet is not None:
                yield from _table(where, _rows(sheet, budget))
                continue
        yield from careful.read(index, why) if careful else (Unread(where=where, why=why),)


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """A workbook in a ZIP package: OOXML or OpenDocument. Its sheets, then the rest of the package."""
    with opened(stream, budget) as archive:
        infos = archive.infolist()
        names = {info.filename for info in infos}
        heavy = sum(info.file_size for info in infos) > budget.bounds.held
        careful = _Careful(archive, budget) if "xl/workbook.xml" in names else None
        yield from _sheets(stream.whole(budget.bounds.held), budget, careful, heavy=heavy)
        yield from package.rest(archive, budget)


def read_ole(stream: Stream, budget: Budget) -> Iterator[Part | Unread]:
    """A compound file (MS-CFB): an encrypted package, a workbook of 1997, or something unknown."""
    body = stream.whole(budget.bounds.held)
    if "EncryptedPackage".encode("utf-16-le") in body:
        yield Unread(where="", why=Why.ENCRYPTED)
    elif any(name.encode("utf-16-le") in body for name in ("Workbook", "Book\0")):
        yield from _sheets(body, budget, None)
    else:
        yield Unread(where="", why=Why.UNSUPPORTED)
