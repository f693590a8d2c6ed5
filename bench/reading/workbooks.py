"""Workbooks of so many rows: made by xlsxwriter, xlwt and odfpy, multiplied where they take too long."""

from __future__ import annotations

import io
import struct
import zipfile
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from bench.reading.content import WIDTH, rows
from bench.reading.families import family

COUNT = 50_000
REACH = 1.5  # seconds for a sheet of 50,000 × 8


@cache
def xlsx(count: int) -> bytes:
    """A workbook of xlsxwriter with one sheet."""
    import xlsxwriter

    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    sheet = book.add_worksheet("Staff")
    for number, row in enumerate(rows(count)):
        sheet.write_row(number, 0, row)
    book.close()
    return held.getvalue()


@family("xlsx", "XLSX, 50,000 × 8", "calamine", "openpyxl", reach=REACH)
def _xlsx() -> bytes:
    return xlsx(COUNT)


@family("xls", "XLS, 50,000 × 8", "calamine", reach=REACH)
def _xls() -> bytes:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("Staff")
    for number, row in enumerate(rows(COUNT)):
        line = sheet.row(number)
        for at, value in enumerate(row):
            line.write(at, value)
        if number % 1_000 == 999:
            sheet.flush_row_data()
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


@family("xlsb", "XLSB, 50,000 × 8", "calamine", reach=REACH)
def _xlsb() -> bytes:
    # No library writes these: the tests' own maker, after MS-XLSB.
    from tests.watcher.read.sheets import cell12, row12, xlsb

    strings: dict[str, int] = {}
    cells: list[bytes] = []
    for number, row in enumerate(rows(COUNT), start=1):
        cells.append(row12(number))
        for at, value in enumerate(row):
            if isinstance(value, str):
                place = strings.setdefault(value, len(strings))
                cells.append(cell12(7, at, struct.pack("<I", place)))
            else:
                cells.append(cell12(5, at, struct.pack("<d", value)))
    return xlsb({"Staff": (0, b"".join(cells))}, list(strings))


def _told(document: Any) -> tuple[str, str, str]:
    """The XML of a document of odfpy before, of and behind its one row."""
    text = bytes(document.xml()).decode()
    start = text.index("<table:table-row")
    end = text.index("</table:table-row>") + len("</table:table-row>")
    return text[:start], text[start:end], text[end:]


def _sheet() -> Any:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    table = Table(name="Staff")
    row = TableRow()
    for at in range(WIDTH):
        number = {"valuetype": "float", "value": f"@{at}@"} if at in (0, 7) else {}
        cell = TableCell(**(number or {"valuetype": "string"}))
        cell.addElement(P(text=f"@{at}@"))
        row.addElement(cell)
    table.addElement(row)
    document.spreadsheet.addElement(table)
    return document


@cache
def _flat() -> str:
    """50,000 rows after the one that odfpy wrote: it takes a minute for all."""
    before, shape, behind = _told(_sheet())
    pieces = shape.split("@")  # text, number of a cell, text, …
    written: list[str] = []
    for row in rows(COUNT):
        shown = [escape(str(each)) for each in row]
        written.append(
            "".join(shown[int(each)] if at % 2 else each for at, each in enumerate(pieces))
        )
    for name in rows(0)[0]:
        written[0] = written[0].replace(f'"float" office:value="{name}"', '"string"')
    return before + "".join(written) + behind


@family("ods", "ODS, 50,000 × 8", "calamine", reach=REACH)
def _ods() -> bytes:
    made, held = io.BytesIO(), io.BytesIO()
    _sheet().write(made)
    with (
        zipfile.ZipFile(made) as before,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for info in before.infolist():
            body = before.read(info)
            if info.filename == "content.xml":
                told = body.decode()
                whole = _flat()
                first, last = whole.index("<table:table-row"), whole.rindex("</table:table-row>")
                start, end = told.index("<table:table-row"), told.rindex("</table:table-row>")
                body = (told[:start] + whole[first:last] + told[end:]).encode()
            after.writestr(info, body)
    return held.getvalue()


@family("fods", "flat ODS, 50,000 × 8", "lxml", reach=REACH)
def _fods() -> bytes:
    return _flat().encode()


@family("sheetml", "SpreadsheetML 2003, 50,000 × 8", "lxml", reach=REACH)
def _sheetml() -> bytes:
    head = (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">\n'
        '<Worksheet ss:Name="Staff"><Table>\n'
    )
    told = [head]
    for row in rows(COUNT):
        cells = (
            f'<Cell><Data ss:Type="{"String" if isinstance(each, str) else "Number"}">'
            f"{escape(str(each))}</Data></Cell>\n"
            for each in row
        )
        told.append(f"<Row>\n{''.join(cells)}</Row>\n")
    return "".join((*told, "</Table></Worksheet></Workbook>")).encode()
