"""Workbooks made by xlsxwriter, xlwt and odfpy, and what no such tool makes, for the tests of their readers."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import odf.opendocument
import odf.style
import odf.table
import odf.text
import xlsxwriter
import xlwt

from tests.watcher.read.made import archive

ROWS = [["Surname", "Pay no", "Rank"], ["Adebayo", 44123, "PC"], ["Quill", 44124, "Sgt"]]


def xlsx(filled: Callable[[Any], None]) -> bytes:
    """What `filled` does to a workbook of xlsxwriter."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    filled(book)
    book.close()
    return held.getvalue()


def xls(filled: Callable[[Any], None]) -> bytes:
    """What `filled` does to a workbook of xlwt."""
    held = io.BytesIO()
    book = xlwt.Workbook()
    filled(book)
    book.save(held)
    return held.getvalue()


def ods(filled: Callable[[Any], None]) -> Any:
    """A document of odfpy that `filled` has put tables into."""
    document = odf.opendocument.OpenDocumentSpreadsheet()
    filled(document)
    return document


def packed(document: Any) -> bytes:
    held = io.BytesIO()
    document.write(held)
    return held.getvalue()


def flat(document: Any) -> bytes:
    """The same document as one XML text."""
    return bytes(document.xml())


def row(cells: Sequence[Any], **more: Any) -> Any:
    """A row of odfpy; a cell is a text, a number, or (number, what is shown)."""
    made = odf.table.TableRow(**more)
    for each in cells:
        told = {} if isinstance(each, str) else {"valuetype": "float"}
        shown = each if isinstance(each, str) else str(each)
        if isinstance(each, tuple):
            told["value"], shown = str(each[0]), each[1]
        elif not isinstance(each, str):
            told["value"] = str(each)
        cell = odf.table.TableCell(**told)
        cell.addElement(odf.text.P(text=shown))
        made.addElement(cell)
    return made


def record12(kind: int, data: bytes) -> bytes:
    """A record of a binary workbook (MS-XLSB 2.1.4)."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, sizes = len(data), b""
    while True:
        sizes += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return head + sizes + data


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def cell12(kind: int, column: int, value: bytes, style: int = 0) -> bytes:
    return record12(kind, struct.pack("<II", column, style) + value)


def row12(number: int, *, hidden: bool = False) -> bytes:
    return record12(
        0, struct.pack("<IIHBB", number - 1, 0, 300, 0, 0x10 if hidden else 0) + bytes(5)
    )


def xlsb(sheets: Mapping[str, tuple[int, bytes]], strings: Sequence[str], **more: bytes) -> bytes:
    """A binary workbook: by name the state of each sheet and the records of its cells."""
    listed = b""
    relations = b""
    members: list[tuple[str, bytes]] = []
    for number, (name, (state, cells)) in enumerate(sheets.items(), start=1):
        listed += record12(
            156, struct.pack("<II", state, number) + wide(f"rId{number}") + wide(name)
        )
        relations += (
            b'<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            b'relationships/worksheet" Target="worksheets/sheet%d.bin"/>' % (number, number)
        )
        size = record12(148, struct.pack("<4I", 0, 99, 0, 9))
        body = (
            record12(129, b"")
            + size
            + record12(145, b"")
            + cells
            + record12(146, b"")
            + record12(130, b"")
        )
        members.append((f"xl/worksheets/sheet{number}.bin", body))
    book = (
        record12(131, b"") + record12(143, b"") + listed + record12(144, b"") + record12(132, b"")
    )
    shared = record12(159, struct.pack("<II", len(strings), len(strings)))
    shared += b"".join(record12(19, b"\0" + wide(each)) for each in strings) + record12(160, b"")
    told = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return archive(
        [
            ("[Content_Types].xml", b"<Types/>"),
            ("xl/workbook.bin", book),
            ("xl/_rels/workbook.bin.rels", told + relations + b"</Relationships>"),
            ("xl/sharedStrings.bin", shared),
            *members,
            *((f"xl/{name}.bin", data) for name, data in more.items()),
        ]
    )


_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams: Mapping[str, bytes]) -> bytes:
    """
    A compound file (MS-CFB) with these streams, padded to the size from which none is small.

    `VBA/Module1` lies in the storage VBA.
    """
    names = sorted({each for path in streams for each in _parents(path)})
    entries = ["", *names, *streams]
    sectors: list[bytes] = []
    fat: list[int] = []
    starts: dict[str, tuple[int, int]] = {}
    for path, data in streams.items():
        held = data.ljust(4096, b"\0")
        starts[path] = len(sectors), len(held)
        pieces = [held[at : at + 512].ljust(512, b"\0") for at in range(0, len(held), 512)]
        fat += [len(sectors) + number for number in range(1, len(pieces))] + [_END]
        sectors += pieces
    table = b""
    for path in entries:
        inner = [at for at, each in enumerate(entries) if each and each.rpartition("/")[0] == path]
        child = inner[0] if inner and path not in streams else _FREE
        beside = [each for each in entries if each and path and _kin(each, path)]
        place = beside.index(path) if path else 0
        after = entries.index(beside[place + 1]) if path and place + 1 < len(beside) else _FREE
        name = (path.rpartition("/")[2] or "Root Entry").encode("utf-16-le") + b"\0\0"
        start, size = starts.get(path, (0 if path else _END, 0))
        kind = 2 if path in streams else 1 if path else 5
        table += name.ljust(64, b"\0") + struct.pack(
            "<HBBIII", len(name), kind, 1, _FREE, after, child
        )
        table += bytes(36) + struct.pack("<IQ", start, size)
    table = table.ljust(-(-len(table) // 512) * 512, b"\0")
    directory = len(sectors)
    pieces = [table[at : at + 512] for at in range(0, len(table), 512)]
    fat += [directory + number for number in range(1, len(pieces))] + [_END]
    sectors += pieces
    needed = 1
    while needed * 128 < len(fat) + needed:
        needed += 1
    first = len(sectors)
    fat += [_FAT] * needed
    fat += [_FREE] * (needed * 128 - len(fat))
    packed = struct.pack(f"<{len(fat)}I", *fat)
    sectors += [packed[at : at + 512] for at in range(0, len(packed), 512)]
    places = [*range(first, first + needed)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, needed, directory, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<109I", *places, *[_FREE] * (109 - needed))
    return head + b"".join(sectors)


def _parents(path: str) -> list[str]:
    steps = path.split("/")[:-1]
    return ["/".join(steps[: number + 1]) for number in range(len(steps))]


def _kin(one: str, other: str) -> bool:
    return one.rpartition("/")[0] == other.rpartition("/")[0]


def record(kind: int, data: bytes) -> bytes:
    """A record of a workbook before 2007."""
    return struct.pack("<2H", kind, len(data)) + data
