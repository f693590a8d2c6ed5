"""
Worksheets of an OOXML workbook, streamed from their XML: the careful way.

Used where calamine cannot be: it allocates a sheet's whole rectangle at once,
and a cell in the last corner then ends the process.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from watcher.model import Why
from watcher.read.archives.archive import content
from watcher.read.budget import Budget, Trouble
from watcher.read.spreadsheets.numberform import written
from watcher.read.spreadsheets.sheetstyle import Styles, whole
from watcher.read.sweep import parsed, parser

SHARED = "xl/sharedStrings.xml"
_ITEM = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,40}:)?si[\s/>]")
COLUMNS = 16_384  # XFD (ECMA-376, 18.3.1.13)
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet as the workbook names it; `member` is where its XML is."""

    name: str = field(repr=False)
    state: str  # visible, hidden, veryHidden
    member: str


def _parse(
    archive: zipfile.ZipFile, member: str | zipfile.ZipInfo, budget: Budget, made: Any
) -> Iterator[None]:
    if isinstance(member, str):
        if member not in archive.NameToInfo:
            raise Trouble(Why.BROKEN)
        member = archive.getinfo(member)
    yield from parsed(content(archive, member, budget), made)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def relations(archive: zipfile.ZipFile, member: str, budget: Budget) -> dict[str, str]:
    """The members that a workbook's relations point to, by their ids. Raises Trouble."""
    targets: dict[str, str] = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "Relationship":
            target = attributes.get("Target", "")
            path = target[1:] if target.startswith("/") else posixpath.join("xl", target)
            targets[attributes.get("Id", "")] = posixpath.normpath(path)

    made = parser()
    made.StartElementHandler = relation
    for _ in _parse(archive, member, budget, made):
        pass
    return targets


def sheets(
    archive: zipfile.ZipFile, budget: Budget, told: Callable[[dict[str, str]], None] | None = None
) -> list[Sheet]:
    """
    The sheets, in the workbook's order. Raises Trouble.

    `told` hears the attributes of the workbook's properties (ECMA-376, 18.2.28).
    """
    targets = relations(archive, "xl/_rels/workbook.xml.rels", budget)
    listed: list[tuple[str, str, str]] = []

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "sheet":
            ids = (value for key, value in attributes.items() if key.endswith(":id"))
            state = attributes.get("state", "visible")
            listed.append((attributes.get("name", ""), state, next(ids, "")))
        elif told and _local(name) == "workbookPr":
            told(attributes)

    made = parser()
    made.StartElementHandler = sheet
    for _ in _parse(archive, "xl/workbook.xml", budget, made):
        pass
    return [
        Sheet(name=name, state=state, member=targets.get(link, "")) for name, state, link in listed
    ]


def shared(archive: zipfile.ZipFile, budget: Budget) -> list[str]:
    """The strings that cells refer to. Raises Trouble."""
    if SHARED not in archive.NameToInfo:
        return []
    strings: list[str] = []
    text: list[str] = []
    inside = [False, False]  # in <t>, in phonetic <rPh>

    def start(name: str, _: dict[str, str]) -> None:
        local = _local(name)
        inside[0] = local == "t"
        inside[1] |= local == "rPh"

    def end(name: str) -> None:
        local = _local(name)
        inside[0] = False
        if local == "rPh":
            inside[1] = False
        elif local == "si":
            strings.append("".join(text))
            text.clear()

    def data(piece: str) -> None:
        if inside[0] and not inside[1]:
            text.append(piece)

    made = parser()
    made.StartElementHandler, made.EndElementHandler, made.CharacterDataHandler = start, end, data
    for _ in _parse(archive, SHARED, budget, made):
        pass
    return strings


def shared_number(archive: zipfile.ZipFile, budget: Budget) -> int:
    """How many of them there are, counted by their tags."""
    number, rest = 0, b""
    if SHARED in archive.NameToInfo:
        for chunk in content(archive, archive.getinfo(SHARED), budget).chunks():
            data = rest + chunk
            end = max(data.rfind(b"<"), len(data) - 100)
            number += len(_ITEM.findall(data[:end]))
            rest = data[end:]
    return number + len(_ITEM.findall(rest))


def column(letters: str) -> int:
    """A → 0, XFD → 16383."""
    number = 0
    for each in letters:
        number = number * 26 + ord(each) - 64
    return number - 1


class _Rows:
    """Collects the rows of a worksheet as the parser meets them."""

    def __init__(self, made: Any, strings: list[str], styles: Styles) -> None:
        self.done: list[tuple[int, list[str]]] = []
        self._strings = strings
        self._styles = styles
        self._style = ""
        self._number = 0
        self._row: dict[int, str] = {}
        self._at = -1
        self._type = ""
        self._text: list[str] = []
        self._keep = False
        made.StartElementHandler = self._start
        made.EndElementHandler = self._end
        made.CharacterDataHandler = self._data

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "row":
            told = attributes.get("r", "")
            placed = told.isdecimal() and len(told) < 10
            self._number = max(int(told), 1) if placed else self._number + 1
            self._at = -1
        elif local == "c":
            found = _CELL.match(attributes.get("r", ""))
            self._at = min(column(found[1]) if found else self._at + 1, COLUMNS - 1)
            self._type = attributes.get("t", "")
            self._style = attributes.get("s", "")
        self._keep = local in ("v", "t")

    def _data(self, data: str) -> None:
        if self._keep:
            self._text.append(data)

    def _end(self, name: str) -> None:
        local = _local(name)
        self._keep = False
        if local == "c":
            value = self._value("".join(self._text))
            self._text.clear()
            if value:
                self._row[self._at] = value
        elif local == "row" and self._row:
            cells = [""] * (max(self._row) + 1)
            for at, value in self._row.items():
                cells[at] = value
            self.done.append((self._number, cells))
            self._row = {}

    def _value(self, text: str) -> str:
        if self._type == "s":
            at = int(text) if text.strip().isdecimal() and len(text) < 12 else -1
            return self._strings[at] if 0 <= at < len(self._strings) else text
        if self._type == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(text, text)
        if self._type in ("", "n") and text:
            return self._numeral(text)
        return text

    def _numeral(self, text: str) -> str:
        shape = self._styles.form(whole(self._style))
        if not (shape.date or shape.digits) and text.isdecimal():
            return text
        try:
            return written(float(text[:100]), shape, since_1904=self._styles.since_1904)
        except (ValueError, OverflowError):
            return text


def rows(
    archive: zipfile.ZipFile,
    member: str | zipfile.ZipInfo,
    strings: list[str],
    budget: Budget,
    styles: Styles | None = None,
) -> Iterator[tuple[int, list[str]]]:
    """The rows of a worksheet's member that hold anything, with their numbers from 1. Raises Trouble."""
    made = parser()
    collected = _Rows(made, strings, styles or Styles())
    for _ in _parse(archive, member, budget, made):
        done, collected.done = collected.done, []
        for number, cells in done:
            budget.spend(sum(map(len, cells)) + len(cells))
            yield number, cells
