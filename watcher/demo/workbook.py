"""
An Excel workbook from nothing but zip and XML.

The smallest package that spreadsheet programs open: ECMA-376 part 1 (§18.2.20
for `state="hidden"`), inline strings (§18.3.1.53), no styles. Numbers are
written as numbers, so a service number looks as a personnel system exports it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

CONTENT_TYPE = f"{KIND}.sheet"

Cell = str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One worksheet. `state` is `visible`, `hidden` or `veryHidden`."""

    title: str
    rows: Sequence[Sequence[Cell]] = field(repr=False)
    state: str = "visible"


def workbook(*sheets: Sheet) -> bytes:
    """These sheets as an .xlsx file; the same bytes each time."""
    members = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _book(sheets),
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"worksheets/sheet{number}.xml") for number, _ in _counted(sheets)]
        ),
    }
    for number, sheet in _counted(sheets):
        members[f"xl/worksheets/sheet{number}.xml"] = _sheet(sheet)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            # a ZipInfo of its own carries 1980-01-01, not the clock
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def column(number: int) -> str:
    """The letters of a column, counted from 1: 27 → `AA`."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _counted(sheets: Sequence[Sheet]) -> list[tuple[int, Sheet]]:
    return list(enumerate(sheets, start=1))


def _content_types(count: int) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{KIND}.worksheet+xml"/>'
        for n in range(1, count + 1)
    )
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>{sheets}</Types>'
    )


def _relations(targets: list[tuple[str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'


def _book(sheets: Sequence[Sheet]) -> str:
    each = "".join(
        f'<sheet name={quoteattr(sheet.title)} sheetId="{number}" state="{sheet.state}" r:id="rId{number}"/>'
        for number, sheet in _counted(sheets)
    )
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{each}</sheets></workbook>'
    )


def _sheet(sheet: Sheet) -> str:
    rows = "".join(
        f'<row r="{number}">'
        + "".join(_cell(f"{column(place)}{number}", value) for place, value in enumerate(row, 1))
        + "</row>"
        for number, row in enumerate(sheet.rows, start=1)
    )
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def _cell(address: str, value: Cell) -> str:
    if isinstance(value, int):
        return f'<c r="{address}"><v>{value}</v></c>'
    return (
        f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    )
