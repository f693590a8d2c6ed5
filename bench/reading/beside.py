"""The plain libraries doing the same job: all text out of a file, as anybody would write it."""

from __future__ import annotations

import base64
import csv
import io
import json
import sqlite3
import tarfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any


def _cells(rows: Iterable[Iterable[Any]]) -> int:
    return sum(len(str(cell)) for row in rows for cell in row if cell is not None)


def _decode(path: Path) -> int:
    body = path.read_bytes()
    try:
        return len(body.decode())
    except UnicodeDecodeError:
        return len(body.decode("cp1252", "replace"))


def _csv(path: Path) -> int:
    with path.open(newline="", encoding="utf-8") as file:
        return _cells(csv.reader(file))


def _json(path: Path) -> int:
    return _said(json.loads(path.read_bytes()))


def _said(value: Any) -> int:
    if isinstance(value, dict):
        return sum(map(_said, value.values()))
    if isinstance(value, list):
        return sum(map(_said, value))
    return len(str(value))


def _json_lines(path: Path) -> int:
    with path.open(encoding="utf-8") as file:
        return sum(_said(json.loads(line)) for line in file)


def _json_workbook(path: Path) -> int:
    told = json.loads(path.read_bytes())
    return sum(_workbook(base64.b64decode(each["content"])) for each in told["files"])


def _workbook(body: bytes) -> int:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(body), read_only=True)
    return sum(_cells(sheet.iter_rows(values_only=True)) for sheet in book.worksheets)


def _openpyxl(path: Path) -> int:
    return _workbook(path.read_bytes())


def _calamine(path: Path) -> int:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(path))
    return sum(_cells(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)


def _sqlite(path: Path) -> int:
    base = sqlite3.connect(path)
    names = [name for (name,) in base.execute("select name from sqlite_master where type='table'")]
    return sum(_cells(base.execute(f"select * from {name}")) for name in names)


def _pyarrow(path: Path) -> int:
    import pyarrow.parquet

    return sum(
        _cells(zip(*(column.to_pylist() for column in batch.columns), strict=True))
        for batch in pyarrow.parquet.ParquetFile(path).iter_batches()
    )


def _lxml(path: Path) -> int:
    from lxml import etree

    size = 0
    for _, element in etree.iterparse(path):
        size += len(element.text or "") + len(element.tail or "")
        size += sum(map(len, element.attrib.values()))
        element.clear()
    return size


def _page(body: bytes) -> int:
    from bs4 import BeautifulSoup

    return len(BeautifulSoup(body, "lxml").get_text())


def _bs4(path: Path) -> int:
    return _page(path.read_bytes())


def _docx(path: Path) -> int:
    import docx

    document = docx.Document(str(path))
    size = sum(len(each.text) for each in document.paragraphs)
    return size + sum(
        _cells([cell.text for cell in row.cells] for row in table.rows) for table in document.tables
    )


def _odfpy(path: Path) -> int:
    from odf import teletype
    from odf.opendocument import load
    from odf.text import P

    document = load(str(path))
    return sum(len(teletype.extractText(each)) for each in document.getElementsByType(P))


def _pptx(path: Path) -> int:
    import pptx

    return sum(
        len(shape.text_frame.text)
        for slide in pptx.Presentation(str(path)).slides
        for shape in slide.shapes
        if shape.has_text_frame
    )


def _pypdf(path: Path) -> int:
    import pypdf

    return sum(len(page.extract_text()) for page in pypdf.PdfReader(path).pages)


def _book(path: Path) -> int:
    with zipfile.ZipFile(path) as book:
        return sum(_page(book.read(name)) for name in book.namelist() if name.endswith(".xhtml"))


def _email(path: Path) -> int:
    import email
    import email.policy

    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    return _message(message)


def _message(message: Any) -> int:
    size = 0
    for part in message.walk():
        if part.get_content_maintype() == "text":
            size += len(part.get_payload(decode=True).decode(errors="replace"))
        elif part.get_filename():
            size += _workbook(part.get_payload(decode=True))
    return size


def _mailbox(path: Path) -> int:
    import mailbox

    return sum(map(_message, mailbox.mbox(path)))


def _msg(path: Path) -> int:
    import olefile

    size = 0
    with olefile.OleFileIO(str(path)) as file:
        for name in file.listdir():
            body = file.openstream(name).read()
            if name[-1].endswith("001F"):
                size += len(body.decode("utf-16-le", "replace"))
            elif body.startswith(b"PK"):
                size += _workbook(body)
    return size


def _zipfile(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        return sum(
            len(archive.read(info).decode("utf-8", "replace")) for info in archive.infolist()
        )


def _py7zr(path: Path) -> int:
    import py7zr
    from py7zr.io import BytesIOFactory

    held = BytesIOFactory(1 << 30)
    with py7zr.SevenZipFile(path) as archive:
        archive.extractall(factory=held)
    return sum(len(each.read().decode("utf-8", "replace")) for each in held.products.values())


def _tarfile(path: Path) -> int:
    with tarfile.open(path) as archive:
        return _members(archive)


def _members(archive: tarfile.TarFile) -> int:
    size = 0
    for info in archive:
        if file := archive.extractfile(info):
            size += len(file.read().decode("utf-8", "replace"))
    return size


def _zstd(path: Path) -> int:
    from backports import zstd

    with zstd.open(path) as file, tarfile.open(fileobj=file, mode="r|") as archive:
        return _members(archive)


def _rarfile(path: Path) -> int:
    import rarfile

    with rarfile.RarFile(path) as archive:
        return sum(
            len(archive.read(info).decode("utf-8", "replace")) for info in archive.infolist()
        )


def _photos(path: Path) -> int:
    from PIL import Image

    size = 0
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            with Image.open(io.BytesIO(archive.read(info))) as photo:
                size += sum(len(str(each)) for each in photo.getexif().values())
    return size


BESIDE: dict[str, Callable[[Path], int]] = {
    "decode": _decode,
    "csv": _csv,
    "json": _json,
    "json lines": _json_lines,
    "json and openpyxl": _json_workbook,
    "openpyxl": _openpyxl,
    "calamine": _calamine,
    "sqlite3": _sqlite,
    "pyarrow": _pyarrow,
    "lxml": _lxml,
    "bs4 with lxml": _bs4,
    "python-docx": _docx,
    "odfpy": _odfpy,
    "python-pptx": _pptx,
    "pypdf": _pypdf,
    "zipfile and bs4": _book,
    "email and openpyxl": _email,
    "mailbox": _mailbox,
    "olefile and openpyxl": _msg,
    "zipfile": _zipfile,
    "py7zr": _py7zr,
    "tarfile": _tarfile,
    "zstd and tarfile": _zstd,
    "rarfile": _rarfile,
    "zipfile and pillow": _photos,
}
