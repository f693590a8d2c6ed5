"""Workbooks of gigabytes, of one long text in every cell, of rows without end, and in circles."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping

from tests.watcher.read.bombs.bomb import LINE, MIB, Bomb, told
from tests.watcher.read.compoundmade import SECTOR, compound
from tests.watcher.read.made import repacked, workbook
from tests.watcher.read.sheets import cell12, flat, ods, packed, record, row, row12, xls, xlsb

SHEET = "xl/worksheets/sheet1.xml"
_OPEN = b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
_SHUT = b"</sheetData></worksheet>"
_ROW = b"<row><c t='inlineStr'><is><t>Adebayo of Example Street</t></is></c><c><v>4400123</v></c></row>"
_LONG = "Adebayo of Example Street " * 1200  # 31,200 characters; a cell holds 32,767


def filled(package: bytes, members: Mapping[str, Iterable[bytes]]) -> bytes:
    """A package with these members, whose bytes come in pieces, in place of those with their names."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made,
    ):
        for info in old.infolist():
            if info.filename not in members:
                made.writestr(info.filename, old.read(info))
        for name, pieces in members.items():
            with made.open(name, "w", force_zip64=True) as member:
                for piece in pieces:
                    member.write(piece)
    return held.getvalue()


def rows(size: int = 72) -> bytes:
    """A sheet of so many MiB."""
    piece = _ROW * (MIB // len(_ROW))
    return filled(workbook(), {SHEET: [_OPEN, *[piece] * size, _SHUT]})


def spaces() -> bytes:
    return filled(workbook(), {SHEET: [_OPEN, *[b" " * MIB] * 72, _SHUT]})


def shared() -> bytes:
    """One text of 31,200 characters in half a million cells: 15 GB."""
    cells = b"<row>" + b"<c t='s'><v>0</v></c>" * 10 + b"</row>"
    strings = f"<sst><si><t>{_LONG}</t></si></sst>".encode()
    return filled(
        workbook(), {SHEET: [_OPEN, *[cells * 1000] * 50, _SHUT], "xl/sharedStrings.xml": [strings]}
    )


def sheets(number: int = 50_000) -> bytes:
    """So many sheets, all of one member."""
    book = "".join(f'<sheet name="s{at}" sheetId="{at + 1}" r:id="rId1"/>' for at in range(number))
    space = "http://schemas.openxmlformats.org/"
    head = f'<workbook xmlns="{space}spreadsheetml/2006/main" xmlns:r="{space}officeDocument/2006/relationships">'
    told = f"{head}<sheets>{book}</sheets></workbook>".encode()
    return repacked(workbook(), [("xl/workbook.xml", told)])


def laughing() -> bytes:
    said = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 30))
    head = f'<!DOCTYPE worksheet [<!ENTITY e0 "ha">{said}]>'.encode()
    body = _OPEN + _ROW.replace(b"Adebayo", b"&e29;") + _SHUT
    return repacked(workbook(), [(SHEET, head + body)])


def deep() -> bytes:
    return filled(workbook(), {SHEET: [_OPEN, *[b"<a>" * MIB] * 20]})


def binary() -> bytes:
    """One text of 31,200 characters in half a million cells of an XLSB."""
    one = b"".join(cell12(7, at, struct.pack("<I", 0)) for at in range(100))
    return xlsb({"Staff": (0, b"".join(row12(at) + one for at in range(1, 5000)))}, [_LONG])


def repeated() -> bytes:
    """A row of sixteen thousand equal cells, a million times; then ten thousand unlike."""

    def cells(document: object) -> None:
        import odf.table

        table = odf.table.Table(name="Staff")
        for at in range(500):
            made = row([f"Adebayo {at} {_LONG}"], numberrowsrepeated="1000000")
            made.firstChild.setAttribute("numbercolumnsrepeated", "16384")
            table.addElement(made)
        document.spreadsheet.addElement(table)  # type: ignore[attr-defined]  # odfpy has no types

    return packed(ods(cells))


def flat_repeated() -> bytes:
    def cells(document: object) -> None:
        import odf.table

        table = odf.table.Table(name="Staff")
        for at in range(2000):
            made = row([f"Adebayo {at}"] * 3, numberrowsrepeated="1000000")
            made.firstChild.setAttribute("numbercolumnsrepeated", "16384")
            table.addElement(made)
        document.spreadsheet.addElement(table)  # type: ignore[attr-defined]  # odfpy has no types

    return flat(ods(cells))


def old() -> bytes:
    """One text of 31,200 characters in all cells of an XLS."""

    def cells(book: object) -> None:
        sheet = book.add_sheet("Staff")  # type: ignore[attr-defined]  # xlwt has no types
        for at in range(20_000):
            sheet.write(at, 0, _LONG)

    return xls(cells)


def circle() -> bytes:
    """A compound file whose streams' sectors lead back to themselves (MS-CFB 2.3)."""
    body = bytearray(
        compound({"Workbook": record(0x809, bytes(16)) + LINE * 2000, "Other": LINE * 900})
    )
    (fat,) = struct.unpack_from("<I", body, 76)
    at = (fat + 1) * SECTOR
    for sector in (3, 9, 100):
        struct.pack_into("<I", body, at + 4 * sector, 1)
    return bytes(body)


def huge_streams() -> bytes:
    """A compound file whose streams say that they have 2**60 bytes."""
    body = bytearray(compound({"Workbook": LINE * 2000, "WordDocument": LINE * 900}))
    at = body.find("Workbook".encode("utf-16-le"))
    struct.pack_into("<Q", body, at + 120, 1 << 60)
    return bytes(body)


BOMBS = {
    "xlsx, 72 MiB of rows": Bomb(name="a.xlsx", make=rows, long=True),
    "xlsx, 72 MiB of spaces": Bomb(name="a.xlsx", make=spaces),
    "xlsx, a text in every cell": Bomb(name="a.xlsx", make=shared),
    "xlsx, a sheet 50,000 times": Bomb(name="a.xlsx", make=sheets),
    "xlsx, billion laughs": Bomb(name="a.xlsx", make=laughing),
    "xlsx, deep": Bomb(name="a.xlsx", make=deep, told=told("broken", "limit")),
    "xlsx, a last corner": Bomb(
        name="a.xlsx", make=lambda: workbook(sparse=True), told=frozenset()
    ),
    "xlsb, a text in every cell": Bomb(name="a.xlsb", make=binary),
    "ods, repeated": Bomb(name="a.ods", make=repeated, told=frozenset()),
    "flat ods, repeated": Bomb(name="a.fods", make=flat_repeated, told=frozenset()),
    "xls, a text in every cell": Bomb(name="a.xls", make=old),
    "xls, in circles": Bomb(name="a.xls", make=circle, told=told("broken", "limit", "unsupported")),
    "xls, streams of 2**60 bytes": Bomb(
        name="a.xls", make=huge_streams, told=told("broken", "limit", "unsupported")
    ),
}
