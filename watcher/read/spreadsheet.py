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
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from watcher.model import Part, Unread, Why
from watcher.read import package, sheetxml
from watcher.read.archive import opened
from watcher.read.budget import Budget, Trouble
from watcher.read.careful import Careful, place, tabled
from watcher.read.label import label
from watcher.read.stream import Item, Stream

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

# Not the indexes that stand beside the sheets.
_CODED = re.compile(r"xl/worksheets/(?!binaryIndex)[^/]*\.bin\Z", re.IGNORECASE)


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


def _sheets(
    body: bytes, budget: Budget, careful: Careful | None, *, heavy: bool = False
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
            # Said to be a chart, it may be a sheet all the same.
            yield from careful.read(index, Why.BROKEN) if careful else ()
            continue
        where = place(told.name, str(told.visible).rpartition(".")[2])
        why = Why.LOST
        if budget.dare():
            sheet, why = _sheet(book, index), Why.BROKEN
            budget.dared()
            if sheet is not None and (sheet.start or careful is None):
                yield from tabled(where, _rows(sheet, budget))
                if careful:
                    careful.was_read(index)
                continue
        yield from careful.read(index, why) if careful else (Unread(where=where, why=why),)


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """A workbook in a ZIP package: OOXML or OpenDocument. Its sheets, then the rest of the package."""
    with opened(stream, budget) as archive:
        infos = archive.infolist()
        names = {info.filename for info in infos}
        heavy = sum(info.file_size for info in infos) > budget.bounds.held
        careful = Careful(archive, budget) if "xl/workbook.xml" in names else None
        yield from _sheets(stream.whole(budget.bounds.held), budget, careful, heavy=heavy)
        if careful:
            yield from careful.orphans()
        elif "xl/workbook.bin" in names:
            yield from _coded_orphans(archive, budget)
        done = careful.done if careful else ()
        yield from package.rest(archive, budget, done=done, read=True)


def _coded_orphans(archive: zipfile.ZipFile, budget: Budget) -> Iterator[Unread]:
    """Worksheets of a binary workbook (MS-XLSB) that it does not name, and no library reads."""
    try:
        named = sheetxml.relations(archive, "xl/_rels/workbook.bin.rels", budget).values()
    except Trouble:
        named = {}.values()
    known = {name.lower() for name in named}
    for name in archive.namelist():
        if _CODED.match(name) and name.lower() not in known:
            yield Unread(where=label(name), why=Why.UNSUPPORTED)


def read_ole(stream: Stream, budget: Budget) -> Iterator[Part | Unread]:
    """A compound file (MS-CFB): an encrypted package, a workbook of 1997, or something unknown."""
    body = stream.whole(budget.bounds.held)
    if "EncryptedPackage".encode("utf-16-le") in body:
        yield Unread(where="", why=Why.ENCRYPTED)
    elif any(name.encode("utf-16-le") in body for name in ("Workbook", "Book\0")):
        yield from _sheets(body, budget, None)
    else:
        yield Unread(where="", why=Why.UNSUPPORTED)
