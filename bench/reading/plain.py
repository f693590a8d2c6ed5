"""Files of text and data: prose, tables, JSON, XML, pages, dumps, databases."""

from __future__ import annotations

import base64
import csv
import io
import json
import sqlite3
import tempfile
from html import escape
from pathlib import Path

from bench.reading.content import HEAD, paragraphs, prose, rows
from bench.reading.families import family
from bench.reading.workbooks import xlsx

MB = 1_000_000


@family("text", "text", "decode")
def _text() -> bytes:
    return prose(20 * MB).encode()


@family("latin", "text in Windows-1252", "decode")
def _latin() -> bytes:
    return prose(10 * MB).replace("a", "á", 20_000).encode("cp1252", "replace")


@family("csv", "CSV, 200,000 rows", "csv")
def _csv() -> bytes:
    return _delimited(200_000, csv.QUOTE_MINIMAL)


@family("quoted", "CSV, every cell quoted", "csv")
def _quoted() -> bytes:
    return _delimited(150_000, csv.QUOTE_ALL)


def _delimited(count: int, quoting: csv._QuotingType) -> bytes:
    text = io.StringIO()
    csv.writer(text, quoting=quoting).writerows(rows(count))
    return text.getvalue().encode()


@family("json", "JSON, one array", "json")
def _json() -> bytes:
    return json.dumps([dict(zip(HEAD, row, strict=True)) for row in rows(80_000)[1:]]).encode()


@family("lines", "JSON Lines", "json lines")
def _lines() -> bytes:
    found = (json.dumps(dict(zip(HEAD, row, strict=True))) for row in rows(80_000)[1:])
    return "\n".join(found).encode()


@family("base64", "workbook in base64 in JSON", "json and openpyxl")
def _base64() -> bytes:
    name = {"name": "list.xlsx", "content": base64.b64encode(xlsx(10_000)).decode()}
    return json.dumps({"files": [name], "note": "see below"}).encode()


@family("sql", "SQL dump", "decode")
def _sql() -> bytes:
    base = sqlite3.connect(":memory:")
    _filled(base, 80_000)
    return "\n".join(base.iterdump()).encode()


def _filled(base: sqlite3.Connection, count: int) -> None:
    base.execute(f"create table people ({', '.join(HEAD)})")
    base.executemany("insert into people values (?,?,?,?,?,?,?,?)", rows(count)[1:])
    base.commit()


@family("sqlite", "SQLite, 100,000 rows", "sqlite3")
def _sqlite() -> bytes:
    with tempfile.TemporaryDirectory(prefix="watcher-bench-") as folder:
        path = Path(folder) / "people.db"
        base = sqlite3.connect(path)
        _filled(base, 100_000)
        base.close()
        return path.read_bytes()


@family("parquet", "Parquet, 200,000 rows", "pyarrow")
def _parquet() -> bytes:
    import pyarrow
    import pyarrow.parquet

    head, *found = rows(200_000)
    columns = dict(zip(map(str, head), map(list, zip(*found, strict=True)), strict=True))
    held = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), held)
    return held.getvalue()


@family("xml", "XML", "lxml")
def _xml() -> bytes:
    from lxml import etree

    root = etree.Element("people")
    for row in rows(40_000)[1:]:
        person = etree.SubElement(root, "person", id=str(row[0]))
        for name, value in zip(HEAD[1:], row[1:], strict=True):
            etree.SubElement(person, name).text = str(value)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


@family("html", "page with a table and prose", "bs4 with lxml")
def _html() -> bytes:
    told = "".join(
        "<tr>" + "".join(f"<td>{escape(str(each))}</td>" for each in row) + "</tr>\n"
        for row in rows(5_000)
    )
    said = "".join(f"<p>{escape(each)} <a href='/x'>more</a></p>\n" for each in paragraphs(1_500))
    return f"<!doctype html><title>List</title><body><table>{told}</table>{said}".encode()
