"""Workbooks of the scenarios, as the programs of others write them: xlsxwriter, openpyxl, xlwt, odfpy."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import odf.style
import odf.table
import openpyxl
from openpyxl.packaging.relationship import Relationship
from openpyxl.pivot.cache import (
    CacheDefinition,
    CacheField,
    CacheSource,
    SharedItems,
    WorksheetSource,
)
from openpyxl.pivot.fields import Text
from openpyxl.pivot.record import Record, RecordList
from openpyxl.pivot.table import Location, TableDefinition
from openpyxl.workbook.external_link import external

from tests.journey.people import Row
from tests.watcher.read.sheets import ods, packed, row, xls, xlsx

Table = Sequence[Sequence[str]]


def strength(rows: Sequence[Row]) -> list[list[str]]:
    """What was asked for: how many of each rank."""
    counts = Counter(each["rank"] for each in rows)
    return [["Rank", "Headcount"], *([rank, str(count)] for rank, count in counts.items())]


def value(text: str) -> str | int:
    """Numbers are numbers in a workbook."""
    return int(text) if text.isdigit() else text


def fill(sheet: Any, rows: Table, *style: Any) -> None:
    for at, cells in enumerate(rows):
        for column, text in enumerate(cells):
            sheet.write(at, column, value(text), *style)


def excel(
    visible: Table,
    hidden: Table,
    hide: Callable[[Any], None] = lambda sheet: sheet.hide(),
) -> bytes:
    """Two sheets; the second is hidden as told."""

    def filled(book: Any) -> None:
        fill(book.add_worksheet("Strength"), visible)
        sheet = book.add_worksheet("Download (2)")
        fill(sheet, hidden)
        hide(sheet)

    return xlsx(filled)


def staff(rows: Table) -> bytes:
    """One sheet with all that it holds in sight."""
    return xlsx(lambda book: fill(book.add_worksheet("Staff"), rows))


def excel97(visible: Table, hidden: Table) -> bytes:
    """The same before 2007."""

    def filled(book: Any) -> None:
        fill(book.add_sheet("Strength"), visible)
        sheet = book.add_sheet("Download (2)")
        fill(sheet, hidden)
        sheet.visibility = 1

    return xls(filled)


def opendocument(visible: Table, hidden: Table) -> bytes:
    """The same of another office."""

    def filled(document: Any) -> None:
        style = odf.style.Style(name="gone", family="table")
        style.addElement(odf.style.TableProperties(display="false"))
        document.automaticstyles.addElement(style)
        for name, rows, more in (
            ("Strength", visible, {}),
            ("Download (2)", hidden, {"stylename": style}),
        ):
            sheet = odf.table.Table(name=name, **more)
            for cells in rows:
                sheet.addElement(row([value(text) for text in cells]))
            document.spreadsheet.addElement(sheet)

    return packed(ods(filled))


def behind_pivot(visible: Table, source: Table) -> bytes:
    """Counts in the sheet; the rows that were counted only in the cache of their pivot table."""
    heads, *rows = source
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Summary"
    for cells in visible:
        sheet.append(list(cells))
    cache = CacheDefinition(
        cacheSource=CacheSource(
            type="worksheet",
            worksheetSource=WorksheetSource(ref=f"A1:F{len(source)}", sheet="Data"),
        ),
        cacheFields=[CacheField(name=head, sharedItems=SharedItems()) for head in heads],
        id="rId1",
    )
    cache.records = RecordList(
        r=[Record(_fields=[Text(v=text) for text in cells]) for cells in rows]
    )
    pivot = TableDefinition(
        name="PivotTable1",
        cacheId=1,
        dataCaption="Values",
        location=Location(ref="A1:B8", firstHeaderRow=1, firstDataRow=1, firstDataCol=1),
    )
    pivot.cache = cache
    sheet.add_pivot(pivot)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def tucked(rows: Table) -> dict[str, bytes]:
    """The same list where a sheet does not show it: rows, columns, white on white, a note, another book."""
    told = "\n".join(", ".join(cells) for cells in rows)

    def out_of_sight(tuck: Callable[[Any, Any], None]) -> bytes:
        def filled(book: Any) -> None:
            sheet = book.add_worksheet("Figures")
            sheet.write("L1", "Asked for")
            tuck(book, sheet)

        return xlsx(filled)

    def hidden_rows(_: Any, sheet: Any) -> None:
        fill(sheet, rows)
        for at in range(1, len(rows)):
            sheet.set_row(at, None, None, {"hidden": True})

    def hidden_columns(_: Any, sheet: Any) -> None:
        fill(sheet, rows)
        sheet.set_column("A:F", None, None, {"hidden": True})

    def white(book: Any, sheet: Any) -> None:
        fill(sheet, rows, book.add_format({"font_color": "#FFFFFF"}))

    return {
        "rows": out_of_sight(hidden_rows),
        "columns": out_of_sight(hidden_columns),
        "white": out_of_sight(white),
        "note": out_of_sight(lambda _, sheet: sheet.write_comment("B2", told)),
        "link": linked(rows),
    }


def linked(rows: Table) -> bytes:
    """A sheet that takes its figures from another book, of which Excel keeps the cells that it saw."""
    book = openpyxl.Workbook()
    seen = [
        external.ExternalRow(
            r=at,
            cell=[
                external.ExternalCell(r=f"{'ABCDEF'[n]}{at}", t="str", v=text)
                for n, text in enumerate(cells)
            ],
        )
        for at, cells in enumerate(rows, start=1)
    ]
    other = external.ExternalBook(
        sheetNames=external.ExternalSheetNames(sheetName=("Staff",)),
        sheetDataSet=external.ExternalSheetDataSet(
            sheetData=[external.ExternalSheetData(sheetId=0, row=seen)]
        ),
        id="rId1",
    )
    link = external.ExternalLink(externalBook=other)
    link.file_link = Relationship(
        type="externalLinkPath", Target="staff.xlsx", TargetMode="External"
    )
    book._external_links.append(link)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
