"""
Workbooks: every sheet as a table, visible or not, and all else that a file may hide.

Rows come from calamine, which is quick and may take the process with it (a
panic, an abort, memory): each call is a step that the service hears of
first. After a loss, or where calamine fails, OOXML sheets are streamed from
their XML. Binary workbooks and OpenDocument have streaming readers of their
own.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from watcher.model import Part, Unread, Why
from watcher.read.archives.archive import opened
from watcher.read.budget import Budget
from watcher.read.office import package
from watcher.read.spreadsheets import opensheets, xlsb
from watcher.read.spreadsheets.careful import Careful, place, sheet_of, within
from watcher.read.spreadsheets.numberform import written
from watcher.read.stream import Item, Stream

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


def shown(value: Any) -> str:
    """A cell's value as a person would write it: whole numbers whole, dates as ISO 8601."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return written(value)
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


def _rows(
    sheet: CalamineSheet, digits: Mapping[int, Mapping[int, int]], budget: Budget
) -> Iterator[tuple[int, list[str]]]:
    if sheet.start is None:
        return
    lead = [""] * sheet.start[1]
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = list(map(shown, row))
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            cells = lead + cells
            if number in digits:
                for at, width in digits[number].items():
                    if len(lead) <= at < len(cells) and isinstance(row[at - len(lead)], float):
                        cells[at] = _filled(cells[at], width)
            budget.spend(sum(map(len, cells)) + len(cells))
            yield number, cells


def _filled(shown: str, width: int) -> str:
    return shown.zfill(width) if shown.isdecimal() else shown


def _sheets(
    body: bytes, budget: Budget, careful: Careful, *, heavy: bool = False
) -> Iterator[Part | Unread]:
    """The sheets of an OOXML workbook."""
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
        yield from careful.all(why)
        return
    for index, told in enumerate(book.sheets_metadata):
        if told.typ is not SheetTypeEnum.WorkSheet:
            # Said to be a chart, it may be a sheet all the same.
            yield from careful.read(index, Why.BROKEN)
            continue
        where = place(told.name, str(told.visible).rpartition(".")[2])
        if not within(budget):
            yield Unread(where="", why=Why.LIMIT)
            return
        why = Why.LOST
        if budget.dare():
            sheet, why = _sheet(book, index), Why.BROKEN
            budget.dared()
            if sheet is not None and sheet.start:
                said = careful.marks(index)
                yield from sheet_of(where, _rows(sheet, said.digits if said else {}, budget), said)
                careful.was_read(index)
                continue
        yield from careful.read(index, why)


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """A workbook in a ZIP package. Its sheets, then the rest of the package."""
    with opened(stream, budget) as archive:
        names = {name.lower() for name in archive.NameToInfo}
        done: Collection[int] = ()
        if "xl/workbook.bin" in names:
            binary = xlsb.Binary(archive, budget)
            yield from binary.read()
            done = binary.done
        elif "xl/workbook.xml" in names:
            infos = archive.infolist()
            heavy = sum(info.file_size for info in infos) > budget.bounds.held
            careful = Careful(archive, budget)
            yield from _sheets(stream.whole(budget.bounds.held), budget, careful, heavy=heavy)
            yield from careful.orphans()
            yield from careful.unused()
            done = careful.done
        else:
            done = set[int]()
            yield from opensheets.sheets(archive, budget, done)
        yield from package.rest(archive, budget, done=done, read=True)
